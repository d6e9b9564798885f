"""Every derived value in one list, and which of them, and which checks, use each printed figure."""

from __future__ import annotations

from guandu.audit import Rule
from guandu.dataset import Dataset
from guandu.quantities import (
    carried_over,
    caseload,
    changes,
    court,
    court_mediation,
    elsewhere,
    governance,
    judges,
    mix,
    other_years,
    peoples_mediation,
    police,
    procuratorate,
)
from guandu.quantities.article import statistics
from guandu.quantities.base import Quantity
from guandu.quantities.caseload import Courts
from guandu.quantities.checks import REACHES, ledger
from guandu.quantities.periods import CutOff

__all__ = ["comparisons", "every", "reach", "uses"]


def every(data: Dataset) -> tuple[Quantity, ...]:
    """Return all derived values, B01 to B38, in order, each variant of one after the other.

    >>> quantities = every(data)
    >>> quantities[0].ref, quantities[-1].ref, len({quantity.ref for quantity in quantities})
    ('B01', 'B38', 38)
    """
    return (
        court.closing_rate_recomputed(data),
        court.pending(data),
        court.pending_share(data),
        court.disposition_time(data, CutOff.COARSER),
        court.disposition_time(data, CutOff.FINER),
        *(court.accepted_per_day(data, cut_off) for cut_off in CutOff),
        *(court.concluded_per_day(data, cut_off) for cut_off in CutOff),
        judges.implied_judges(data),
        *(judges.implied_judges_band(data, rule) for rule in Rule),
        *judges.headcounts_of_2017(data),
        *(judges.concluded_per_judge_and_working_day(data, cut_off) for cut_off in CutOff),
        court_mediation.court_mediation_share(data),
        court_mediation.not_reported_settled(data),
        police.police_rate_of_rounded_counts(data),
        police.police_rate_interval(data),
        police.police_unresolved_raw(data),
        *(police.police_unresolved(data, rule) for rule in (*Rule, None)),
        peoples_mediation.peoples_mediation_rate(data),
        peoples_mediation.peoples_mediation_unsettled(data),
        peoples_mediation.peoples_mediation_unsettled_share(data),
        peoples_mediation.disputes_per_1000_residents(data),
        caseload.cases_per_1000_residents(data),
        caseload.residents_per_judge(data),
        caseload.cases_per_judge(data),
        *_caseload(data, Courts.ALL_COURTS),
        peoples_mediation.parties_per_dispute(data),
        *(peoples_mediation.amount_per_dispute(data, rule) for rule in Rule),
        peoples_mediation.mediators_per_organisation(data),
        peoples_mediation.mediators_per_organisation(data, professional=False),
        peoples_mediation.disputes_per_mediator(data),
        peoples_mediation.disputes_per_organisation(data),
        peoples_mediation.mediators_per_10000_residents(data),
        governance.communities_with_party_committee_share(data),
        governance.communities_with_party_committee_share(data, later=True),
        governance.cameras_ratio(data),
        police.persons_per_unit_checked(data),
        police.persons_checked_per_resident(data),
        police.notices_per_unit_checked(data),
        procuratorate.account_to_won(data),
        police.police_disputes_per_1000_residents(data),
        *(changes.index_after_fall(data, key) for key in changes.FALLS),
        changes.duration_before(data),
        mix.pooled_rate(data),
        mix.equally_weighted_rate(data),
        mix.equally_weighted_rate(data, printed=True),
        *_caseload(data, Courts.BASIC_COURTS),
        caseload.caseload_in_city_2017(data),
    )


def comparisons(data: Dataset) -> tuple[Quantity, ...]:
    """Return the derived values that have no number: the court against itself and against other figures.

    >>> [quantity.name for quantity in comparisons(data)][:2]
    ['level_since_2020', 'level_of_china_2016']
    """
    return (
        other_years.level_since_2020(data),
        other_years.level_of_china_2016(data),
        other_years.accepted_since_2020(data),
        other_years.accepted_since_2017(data),
        *(other_years.accepted_per_day_since_2020(data, cut_off) for cut_off in CutOff),
        *(other_years.concluded_per_day_since_2020(data, cut_off) for cut_off in CutOff),
        carried_over.open_in_august_2020(data),
        *judges.cases_per_judge_of_2017(data),
        other_years.year_end_share(data),
        other_years.year_end_pace(data),
        *(elsewhere.caseload_ratio_to(data, key) for key in ("K043", "K044", "K037", "K064", "K009")),
    )


def reach(data: Dataset) -> dict[str, str]:
    """Return, for each printed figure, how far the check goes that goes furthest with it (`REACHES`).

    >>> from collections import Counter
    >>> Counter(reach(data).values())
    Counter({'alone': 21, 'side_by_side': 17, 'tested': 11, 'not_testable': 4})
    """
    rows = ledger(data)
    return {
        figure["key"]: min(
            (row.reach for row in rows if figure["key"] in row.keys), key=REACHES.index, default="alone"
        )
        for figure in statistics(data)
    }


def uses(data: Dataset) -> dict[str, tuple[str, ...]]:
    """Return, for each printed figure, the derived values and checks that use it (their numbers), in order.

    Every printed figure is in it; one that nothing uses has an empty tuple.

    >>> uses(data)["mediation_disputes"]
    ('B15', 'B16', 'B17', 'B20', 'B21', 'B23', 'B24', 'B35', 'B36', 'C05', 'C09', 'C11')
    """
    used: dict[str, dict[str, None]] = {row["key"]: {} for row in statistics(data)}
    items = [(quantity.ref, quantity.keys) for quantity in every(data)]
    items += [(row.ref, row.keys) for row in ledger(data)]
    for ref, keys in items:
        for key in keys:
            if key in used:
                used[key][ref] = None
    return {key: tuple(refs) for key, refs in used.items()}


def _caseload(data: Dataset, courts: Courts) -> tuple[Quantity, ...]:
    """Return the caseload beside one national basis: three rates, then what their ratios come to."""
    return (
        caseload.residents_per_judge(data, courts),
        caseload.cases_per_1000_residents(data, courts),
        caseload.cases_per_judge(data, courts),
        caseload.caseload_ratio(data, courts),
        caseload.cases_per_resident_ratio(data, courts),
        caseload.residents_per_judge_ratio(data, courts),
        caseload.residents_per_judge_log_share(data, courts),
    )
