"""Made-up reports of 40 courts over ten years, with all that is true of them: numbers, relations, slips.

No court is real, and no sentence stands in what the engine was fitted on. In every other report one digit of
one number is wrong; which one is known.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Final, NamedTuple

__all__ = ["COURTS", "RELATIONS", "TEMPLATES", "YEARS", "Made", "Place", "reports"]

COURTS: Final = 40
YEARS: Final = range(2014, 2024)
SEED: Final = 20

_FIRST, _SECOND = "云石柳清枫桐松白", "溪浦岭湖坪"

TEMPLATES: Final = (
    ("{court}{year}年工作情况通报\n",),
    (
        "{year}年，本院新收案件{new}，上年同期新收案件{last_new}，同比{new_way}{new_change}；",
        "{year}年本院新收案件{new}（上年同期新收案件{last_new}），同比{new_way}{new_change}；",
        "{year}年，新收案件{new}，上年同期新收案件{last_new}，同比{new_way}了{new_change}；",
    ),
    (
        "加上旧存案件{carried}，全年受理案件合计{accepted}。",
        "旧存案件{carried}，新收、旧存合计受理案件{accepted}。",
    ),
    (
        "本院办结案件{concluded}，同比{done_way}{done_change}，办结率{rate}。",
        "全年办结案件{concluded}，比上年{done_way}{done_change}，办结率为{rate}。",
    ),
    (
        "在新收案件中，民商事案件{civil}，占新收案件的{civil_share}。",
        "其中民商事案件{civil}，占全部新收案件的比重为{civil_share}。",
    ),
    (
        "\n诉前引导调解纠纷{disputes}，调成纠纷{settled}，调成率{settled_share}。",
        "\n全年先行调解纠纷{disputes}，其中调成纠纷{settled}，纠纷调成率为{settled_share}。",
    ),
    (
        "在岗法官{judges}，法官人均办结案件{mean}。",
        "现有员额法官{judges}，人均办结案件{mean}。",
    ),
    ("\n一年来的成绩来之不易：办结案件{concluded_again}，", "\n回顾全年：办结案件{concluded_again}，"),
    ("接待群众来访{visits}，没有发生一起安全事故。", "为群众提供诉讼咨询{visits}。"),
)
"""What a report says, in turn: of each line one way of saying it."""

RELATIONS: Final = {
    "closing": ("share", "rate", ("concluded",), ("accepted",)),
    "accepted": ("sum", "accepted", ("new", "carried"), ()),
    "rise": ("change", "new_change", ("new",), ("last_new",)),
    "civil": ("share", "civil_share", ("civil",), ("new",)),
    "settled": ("share", "settled_share", ("settled",), ("disputes",)),
    "per_judge": ("mean", "mean", ("concluded",), ("judges",)),
}
"""What every report means: the kind, and which numbers are its result, its parts and its wholes."""


class Place(NamedTuple):
    """A number of a report: where it stands, and how it was printed."""

    start: int
    token: str


@dataclass(frozen=True, slots=True)
class Made:
    """One report: `slip` names the number printed wrongly, "" for none, and `right` is what it should be."""

    court: int
    year: int
    text: str
    places: Mapping[str, Place]
    slip: str = ""
    right: str = ""

    @property
    def key(self) -> str:
        """Return a name of its own."""
        return f"court{self.court:02d}_{self.year}"


def reports(courts: int = COURTS, years: Sequence[int] = YEARS, seed: int = SEED) -> Iterator[Made]:
    """Yield the reports of each court, year by year; a court's are the same whatever others are asked for.

    >>> first = next(reports())
    >>> first.key, first.text[:14], sorted(first.places)[:3]
    ('court01_2014', '云溪县人民法院2014年工作', ['accepted', 'carried', 'civil'])
    """
    for court in range(1, courts + 1):
        chance = random.Random(f"{seed} {court}")
        name = f"{_FIRST[(court - 1) % 8]}{_SECOND[(court - 1) // 8]}县人民法院"
        before = _counts(chance, None)
        for year in years:
            counts = _counts(chance, before)
            yield _report(chance, court, name, year, counts, before)
            before = counts


def _counts(chance: random.Random, before: Mapping[str, int] | None) -> dict[str, int]:
    """Return the true counts of a year, not far from those of the year before."""
    near = partial(_near, chance, before)
    new, carried = near("new", 2_000, 18_000), before["open"] if before else chance.randint(200, 900)
    concluded = round((new + carried) * chance.uniform(0.9, 0.985))
    return {
        "new": new,
        "carried": carried,
        "accepted": new + carried,
        "concluded": concluded,
        "open": new + carried - concluded,
        "civil": round(new * chance.uniform(0.5, 0.75)),
        "disputes": (disputes := near("disputes", 500, 6_000)),
        "settled": round(disputes * chance.uniform(0.3, 0.9)),
        "judges": near("judges", 20, 90),
        "visits": near("visits", 1_000, 9_000),
    }


def _near(chance: random.Random, before: Mapping[str, int] | None, key: str, low: int, high: int) -> int:
    return round(before[key] * chance.uniform(0.88, 1.18)) if before else chance.randint(low, high)


Truth = Mapping[str, int]


def _report(chance: random.Random, court: int, name: str, year: int, counts: Truth, before: Truth) -> Made:
    tokens = _tokens(counts, before)
    ways = {
        key: "上升" if counts[of] >= before[of] else "下降"
        for key, of in {"new_way": "new", "done_way": "concluded"}.items()
    }
    printed, slip = dict(tokens), ""
    if chance.random() < 0.5:
        slip = chance.choice(sorted(set(tokens) - {"visits"}))
        printed[slip] = _slipped(chance, tokens[slip])
    text, places = "", {}
    for line in TEMPLATES:
        for part in _parts(chance.choice(line)):
            if part in printed:
                places[part] = Place(len(text), printed[part])
            text += printed.get(part) or {"court": name, "year": str(year), **ways}.get(part, part)
    return Made(court, year, text, places, slip, tokens.get(slip, ""))


def _parts(template: str) -> list[str]:
    return [part for piece in template.split("{") for part in piece.split("}")]


def _tokens(counts: Mapping[str, int], before: Mapping[str, int]) -> dict[str, str]:
    """Return the right tokens of all numbers of a report."""
    units = {"disputes": "件", "settled": "件", "judges": "名", "visits": "人次"}
    of = {**counts, "last_new": before["new"], "concluded_again": counts["concluded"]}
    tokens = {key: f"{count}{units.get(key, '件')}" for key, count in of.items() if key != "open"}
    for key in ("closing", "civil", "settled"):
        _, result, (part,), (whole,) = RELATIONS[key]
        tokens[result] = f"{_rounded(100 * counts[part], counts[whole], 2)}%"
    for key, which in {"new_change": "new", "done_change": "concluded"}.items():
        change = abs(counts[which] - before[which])
        tokens[key] = f"{_rounded(100 * change, before[which], 2)}%"
    return tokens | {"mean": f"{_rounded(counts['concluded'], counts['judges'], 1)}件"}


def _rounded(above: int, below: int, places: int) -> Decimal:
    exact = Decimal(above) / Decimal(below)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _slipped(chance: random.Random, token: str) -> str:
    """Return a token with one digit wrong; the first is never 0."""
    at = chance.choice([place for place, character in enumerate(token) if character.isdigit()])
    others = [digit for digit in "0123456789" if digit != token[at] and (at or digit != "0")]
    return token[:at] + chance.choice(others) + token[at + 1 :]
