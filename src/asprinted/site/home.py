"""The home page: the answer with its limits, the switch that recomputes every test, and the wall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from asprinted.drawing import outcomes
from asprinted.drawing.scene import Scene
from asprinted.drawing.tiles import stamp_of
from asprinted.exact.relations import Divisor, Printed, Relation, Rule
from asprinted.exact.verdicts import Check, Verdict, real_divisors
from asprinted.prose import sentences, writing
from asprinted.rerun import pages as built
from asprinted.site import figures, notebooks, spans, tiles
from asprinted.site.edition import Edition, Page

AVERAGE = "average"
SWITCH = {position: Rule(rule) for position, rule in outcomes.RULES.items()}
"""The positions of the switch, and the rule of each; under the last, which is there where a test divides by a
headcount, that need not be whole."""

_BY_TESTS = {"claim", "unless", "untested", "rates", *SWITCH}
"""What is said where there are tests, or where there are none: a relation may join, or be struck out."""


@dataclass(frozen=True)
class Outcome:
    """What a rule makes of a test: the result as it would be printed, and whether that is what is printed."""

    text: str
    mark: str


@dataclass(frozen=True)
class Test:
    """A test of the article: its inputs and result, and what becomes of it under each position."""

    id: str
    inputs: str
    printed: str
    outcomes: Mapping[str, Outcome]


def pages(edition: Edition) -> Iterator[Page]:
    """Yield the home page."""
    checks = tested(edition)
    positions = [each for each in SWITCH if each != AVERAGE or any(map(_divides, checks))]
    tests = [_test(edition, check, positions) for check in checks]
    edition.said.update(_BY_TESTS)
    failing = {each: [test.id for test in tests if test.outcomes[each].mark == "fails"] for each in positions}
    passed = {each: len(tests) - len(names) for each, names in failing.items()}
    wall = tiles.tiles(edition, failing)
    names = _titles(edition) | edition.labels("tests", "name")
    said = {"tested": len(tests), **passed}
    values = {
        "tests": tests,
        "names": names,
        "passed": passed,
        "said": said,
        "lead": _lead(edition, tests, names, said) if tests else None,
        "wall": tiles.sections(edition, wall),
        "reaches": Counter(tile.reach for tile in wall),
        "rates": list(_rates(edition)),
        "bodies": len({_body(edition, check) for _, check in edition.collection.headline}),
        "figures": list(edition.cards.items()),
        "limits": notebooks.limits(edition, notebooks.first(edition)),
    }
    stem, card = next(iter(edition.cards.items()), ("", None))
    shown = {"image": figures.card_of(edition, stem), "alt": card.words[edition.language].alt} if card else {}
    yield Page("", "home", edition.told("work"), values, about=edition.told("about"), **shown)


def _titles(edition: Edition) -> dict[str, str]:
    """Return what each relation is called in its table."""
    return {row["id"]: edition.of(row, "title") for row in edition.collection.rows_if_described("relations")}


def tested(edition: Edition) -> list[Check]:
    """Return the checks of the article that could be made, in its order of checks."""
    checks = map(edition.collection.check, edition.collection.relations())
    return [check for check in checks if check.verdict is not Verdict.NOT_TESTABLE]


def _divides(check: Check) -> bool:
    return isinstance(check.relation, Divisor)


def _test(edition: Edition, check: Check, positions: Sequence[str]) -> Test:
    relation, language = check.relation, edition.language
    name = next(each for each in edition.collection.relations() if edition.collection.check(each) is check)
    outcomes = {each: outcome(relation, each, language) for each in positions}
    return Test(name, inputs(edition, relation), gists(edition, relation.printed), outcomes)


def _lead(
    edition: Edition, tests: Sequence[Test], names: Mapping[str, str], said: Mapping[str, int]
) -> Scene:
    """Return every test under every rule as a picture, which says in words what it shows."""
    rows = [
        outcomes.Test(
            names[test.id],
            "",
            "",
            tuple(outcome.mark != "fails" for outcome in test.outcomes.values()),
            any(outcome.mark == "open" for outcome in test.outcomes.values()),
        )
        for test in tests
    ]
    told = [" ".join(edition.told(each, **said).split()) for each in ("claim", "unless", *tests[0].outcomes)]
    drawn = outcomes.outcomes(rows, outcomes.narrowest(rows), edition.language, low=True)
    return replace(drawn, title=told[0], alt=" ".join(told[1:]))


def gists(edition: Edition, figures: Sequence[Printed]) -> str:
    """Return printed numbers in short, one behind the other."""
    said = [edition.collection[each.key].brief(edition.language) for each in figures]
    return writing.choose(edition.language, ", ", "、").join(said)


def inputs(edition: Edition, relation: Relation) -> str:
    """Return what a relation computes from, in short: 783 of 785; of a sum, its parts."""
    if isinstance(relation, Divisor):
        return edition.word("home", "one_divisor", printed=gists(edition, relation.printed))
    parts = gists(edition, relation.parts)
    if not relation.wholes:
        return parts
    return edition.word("home", "of", part=parts, whole=gists(edition, relation.wholes))


def outcome(relation: Relation, position: str, language: writing.Language) -> Outcome:
    """Return what a position of the switch makes of a relation.

    >>> from asprinted.face import share
    >>> mediation = share("99%", "783件", "785件")
    >>> outcome(mediation, "nearest", "en"), outcome(mediation, "truncation", "en")
    (Outcome(text='100%', mark='fails'), Outcome(text='99%', mark='fits'))
    """
    rule = SWITCH[position]
    if isinstance(relation, Divisor):
        return _divided(relation, position, language)
    fits = relation.fits(rule)
    mark = "fails" if not fits else "open" if relation.is_hedged else "fits"
    return Outcome(spans.result(relation.results(rule), relation.printed[0].reading, rule, language), mark)


def _divided(relation: Divisor, position: str, language: writing.Language) -> Outcome:
    if position == AVERAGE:
        reals = real_divisors(relation, SWITCH[position])
        text = "" if reals.is_empty else spans.short(reals, relation.printed[0].reading, 2, language)
        return Outcome(
            text or sentences.sentence("divisor", "none", language), "fails" if reals.is_empty else "fits"
        )
    numbers = relation.numbers(SWITCH[position]) or ()
    text = sentences.numbers(numbers, language)
    return Outcome(text, "fits" if numbers else "fails")


def _rates(edition: Edition) -> Iterator[dict[str, object]]:
    """Yield the relations that stand first, each as words: what, its number, its counts, the verdict."""
    for row, check in edition.collection.headline:
        title, printed, _, computed, found, strength = built.rate(row, check, edition.language)
        figures = check.relation.printed
        yield {
            "title": title,
            "number": printed if figures else computed,
            "key": figures[0].key if figures else "",
            "printed": bool(figures),
            "counts": inputs(edition, check.relation),
            "stamp": stamp_of(check),
            "found": found,
            "strength": strength,
        }


def _body(edition: Edition, check: Check) -> str:
    """Return whose number the part of a relation is."""
    return edition.collection.facts.typed.row(check.relation.parts[0].key).get("body", "")
