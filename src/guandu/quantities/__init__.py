"""What this article's figures imply: one named function a derived value, each with its caveat.

This package is the only place that knows keys of this article. It computes with fractions, from the readings
of printed tokens; no value of the article or of another publisher is typed here, and hedges and rounding are
carried through as intervals. Everything returned is derived, that is, said by this project and by nobody
else, unless a `Comparison` says that it was printed. A figure that is not verified, or that has no address
where it could be looked up, is refused: `UnusableError`.

One module an idea, each importing only from those before it: `base`, `periods`, `residents` and `comparison`
hold what several need; the sections of the article have theirs; `elsewhere`, `other_years` and `carried_over`
set the article beside what others printed; `registry` lists everything, and `readable` writes it down. The
examples begin as a notebook does, with `findings`, `quantities` and `data = dataset.load()`.
"""

from guandu.dataset import Dataset, UnusableError, load, usable
from guandu.quantities.article import Width, hedged_widths, section_kinds
from guandu.quantities.base import Form, Quantity, Text
from guandu.quantities.carried_over import (
    CarryOver,
    carry_over,
    carry_over_break_even,
    carry_over_rows,
    open_in_august_2020,
)
from guandu.quantities.caseload import (
    Courts,
    Decomposition,
    caseload_in_city_2017,
    caseload_ratio,
    cases_per_1000_residents,
    cases_per_judge,
    cases_per_resident_ratio,
    decomposition,
    decompositions,
    residents_per_judge,
    residents_per_judge_log_share,
    residents_per_judge_ratio,
)
from guandu.quantities.changes import FALLS, duration_before, index_after_fall
from guandu.quantities.checks import REACHES, LedgerRow, ledger, power_within
from guandu.quantities.comparison import Comparison
from guandu.quantities.court import (
    accepted_per_day,
    closing_rate_recomputed,
    concluded_per_day,
    disposition_time,
    pending,
    pending_share,
)
from guandu.quantities.court_mediation import court_mediation_share, not_reported_settled
from guandu.quantities.elsewhere import (
    TwoRates,
    camera_counts,
    caseload_ratio_to,
    caseloads,
    closing_and_clearance,
    closing_rates,
    disputes_per_1000_residents_elsewhere,
    disputes_per_mediator_elsewhere,
    full_year_closing_rates,
    mediation_shares,
    mediators_per_10000_residents_elsewhere,
    peoples_mediation_rates,
    proposals,
    resolution_rates,
    robbery_falls,
)
from guandu.quantities.governance import cameras_ratio, communities_with_party_committee_share
from guandu.quantities.judges import (
    WORKING_DAYS,
    cases_per_judge_of_2017,
    concluded_per_judge_and_working_day,
    headcounts_of_2017,
    implied_judges,
    implied_judges_band,
    means_by_judges,
)
from guandu.quantities.mix import (
    SCHEMES,
    Scheme,
    equally_weighted_rate,
    pooled_rate,
    pooled_share,
    scheme_weights,
)
from guandu.quantities.other_years import (
    accepted_per_day_since_2020,
    accepted_since_2017,
    accepted_since_2020,
    concluded_per_day_since_2020,
    level_of_china_2016,
    level_since_2020,
    year_end_pace,
    year_end_share,
)
from guandu.quantities.peoples_mediation import (
    amount_per_dispute,
    disputes_per_1000_residents,
    disputes_per_mediator,
    disputes_per_organisation,
    mediators_per_10000_residents,
    mediators_per_organisation,
    parties_per_dispute,
    peoples_mediation_rate,
    peoples_mediation_unsettled,
    peoples_mediation_unsettled_share,
)
from guandu.quantities.periods import CutOff, days, last_day
from guandu.quantities.police import (
    Pair,
    notices_per_unit_checked,
    persons_checked_per_resident,
    persons_per_unit_checked,
    police_disputes_per_1000_residents,
    police_grid,
    police_pairs,
    police_rate_interval,
    police_rate_of_rounded_counts,
    police_unresolved,
    police_unresolved_raw,
)
from guandu.quantities.procuratorate import account_to_won
from guandu.quantities.readable import compared, overview, reference
from guandu.quantities.registry import comparisons, every, reach, uses
from guandu.quantities.residents import population_caveat

__all__ = [
    "FALLS",
    "REACHES",
    "SCHEMES",
    "WORKING_DAYS",
    "CarryOver",
    "Comparison",
    "Courts",
    "CutOff",
    "Dataset",
    "Decomposition",
    "Form",
    "LedgerRow",
    "Pair",
    "Quantity",
    "Scheme",
    "Text",
    "TwoRates",
    "UnusableError",
    "Width",
    "accepted_per_day",
    "accepted_per_day_since_2020",
    "accepted_since_2017",
    "accepted_since_2020",
    "account_to_won",
    "amount_per_dispute",
    "camera_counts",
    "cameras_ratio",
    "carry_over",
    "carry_over_break_even",
    "carry_over_rows",
    "caseload_in_city_2017",
    "caseload_ratio",
    "caseload_ratio_to",
    "caseloads",
    "cases_per_1000_residents",
    "cases_per_judge",
    "cases_per_judge_of_2017",
    "cases_per_resident_ratio",
    "closing_and_clearance",
    "closing_rate_recomputed",
    "closing_rates",
    "communities_with_party_committee_share",
    "compared",
    "comparisons",
    "concluded_per_day",
    "concluded_per_day_since_2020",
    "concluded_per_judge_and_working_day",
    "court_mediation_share",
    "days",
    "decomposition",
    "decompositions",
    "disposition_time",
    "disputes_per_1000_residents",
    "disputes_per_1000_residents_elsewhere",
    "disputes_per_mediator",
    "disputes_per_mediator_elsewhere",
    "disputes_per_organisation",
    "duration_before",
    "equally_weighted_rate",
    "every",
    "full_year_closing_rates",
    "headcounts_of_2017",
    "hedged_widths",
    "implied_judges",
    "implied_judges_band",
    "index_after_fall",
    "last_day",
    "ledger",
    "level_of_china_2016",
    "level_since_2020",
    "load",
    "means_by_judges",
    "mediation_shares",
    "mediators_per_10000_residents",
    "mediators_per_10000_residents_elsewhere",
    "mediators_per_organisation",
    "not_reported_settled",
    "notices_per_unit_checked",
    "open_in_august_2020",
    "overview",
    "parties_per_dispute",
    "pending",
    "pending_share",
    "peoples_mediation_rate",
    "peoples_mediation_rates",
    "peoples_mediation_unsettled",
    "peoples_mediation_unsettled_share",
    "persons_checked_per_resident",
    "persons_per_unit_checked",
    "police_disputes_per_1000_residents",
    "police_grid",
    "police_pairs",
    "police_rate_interval",
    "police_rate_of_rounded_counts",
    "police_unresolved",
    "police_unresolved_raw",
    "pooled_rate",
    "pooled_share",
    "population_caveat",
    "power_within",
    "proposals",
    "reach",
    "reference",
    "residents_per_judge",
    "residents_per_judge_log_share",
    "residents_per_judge_ratio",
    "resolution_rates",
    "robbery_falls",
    "scheme_weights",
    "section_kinds",
    "usable",
    "uses",
    "year_end_pace",
    "year_end_share",
]
