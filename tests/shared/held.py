"""What a picture of each form must show of its table: where each mark stands, how it looks, and no more.

Everything is read back from the SVG, and each mark is taken once: what is left over, nobody asked for.
Colours, places and sizes are typed here, not asked of the code that draws. Lengths are points.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise
from math import ceil, floor, log
from pathlib import Path

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from asprinted.collection.cards import Caption
from asprinted.figures import style
from sheets import Box, Line, Shape, Sheet, around

Row = Mapping[str, str]
Scale = Callable[[float], float]

ARTICLE, OTHERS, PAPER = "#0072B2", "#626A73", "#FFFFFF"
INK, MUTED, GREY, FAINT, GROUND = "#1F2328", "#57606A", "#868E97", "#E1E4E8", "#F4F5F6"
ROUNDED, CUT, TINT, PALE = "#3B4252", "#9C5F00", "#DCEDF8", "#99C7E0"
OF_RULE = {"": OTHERS, "nearest": ROUNDED, "truncation": CUT}
BODY = 11.5
PROJECT = {"en": "The Guandu figures project", "zh": "官渡数字项目"}
_CALL = re.compile(r'book\.draw\(\s*figures\.(\w+),\s*"(\w+)"')
NEAR = 0.12
"""How far a mark may stand from its number: less than a reader could see, and more than SVG rounds."""


class Reading:
    """A picture being read: what is asked of it is taken, so that in the end nothing is left."""

    def __init__(self, sheet: Sheet, rows: Sequence[Row], language: str, low: bool) -> None:
        self.sheet, self.rows, self.language, self.low = sheet, rows, language, low
        self.lines, self.shapes = list(sheet.lines), list(sheet.shapes)
        self.margin = 7.92 if low else 14.4
        self.right = sheet.wide - self.margin

    def cell(self, row: Row, name: str) -> str:
        """Return a text of a row in the language of the picture."""
        return row.get(f"{name}_{self.language}") or row.get(name) or ""

    def take(self, kind: str, **where: object) -> Shape:
        """Take the first shape of a kind with such places and such a look."""
        for shape in self.shapes:
            if shape.kind == kind and all(
                _alike(getattr(shape, name), asked) for name, asked in where.items()
            ):
                self.shapes.remove(shape)
                return shape
        raise AssertionError(f"no {kind} with {where}; there are {self._like(kind)}")

    def _like(self, kind: str) -> list[str]:
        found = [shape for shape in self.shapes if shape.kind == kind]
        return [
            f"{s.left:.1f}–{s.right:.1f} {s.top:.1f}–{s.bottom:.1f} {s.fill} {s.edge} {s.width}"
            for s in found
        ]

    def words(
        self, text: str, *, bold: bool = False, color: str = INK, size: float = BODY, **where: float
    ) -> Box:
        """Take the lines that say a text in a look, one under the other, and return their place."""
        look = (bold, color, size)
        for line in self.lines:
            if (line.bold, line.color, round(line.size, 3)) == look and (
                block := self._from(line, _bare(text))
            ):
                place = around(block)
                if all(abs(getattr(place, name) - at) < NEAR for name, at in where.items()):
                    pairs = [one.wide + other.wide for one, other in pairwise(block)]
                    assert all(both > place.wide - 2 for both in pairs), f"{text!r} is torn"
                    self.lines = [each for each in self.lines if each not in block]
                    return place
        raise AssertionError(
            f"not written so: {text!r} {look} {where}; there are {[e.text for e in self.lines]}"
        )

    def _from(self, line: Line, rest: str) -> list[Line]:
        said = _bare(line.text)
        if not said or not rest.startswith(said):
            return []
        if said == rest:
            return [line]
        below = [
            other
            for other in self.lines
            if 0 < other.bottom - line.bottom < 1.4 * line.size
            and (other.size, other.bold, other.color) == (line.size, line.bold, line.color)
            and min(other.right, line.right) > max(other.left, line.left)
        ]
        return next(([line, *more] for each in below if (more := self._from(each, rest[len(said) :]))), [])

    def outlined(self, text: str, *, bold: bool, color: str, size: float = BODY) -> Box:
        """Take a text that stands in outlines, as one with a halo does: the halo, then the letters."""
        face = FontProperties(fname=style.font("Bold" if bold else "Regular"), size=size)
        path = TextPath((0, 0), text, prop=face)
        ends = [segment[-2:] for segment, code in path.iter_segments(simplify=False) if code != 79]
        for shape in self.shapes:
            if shape.kind == "area" and shape.edge == "NONE" and shape.fill == color and _drawn(shape, ends):
                halo = self.take(
                    "area", left=shape.left, top=shape.top, right=shape.right, points=shape.points
                )
                assert halo.width in (3.0, 2.2), f"{text} without a halo"
                self.shapes.remove(shape)
                return shape
        raise AssertionError(f"not written: {text!r} in {color}")

    def nothing_left(self) -> None:
        told = [
            f"{shape.kind} {shape.left:.1f} {shape.top:.1f} {shape.fill} {shape.edge}"
            for shape in self.shapes
        ]
        told += [line.text for line in self.lines]
        assert told == []


def _alike(found: object, asked: object) -> bool:
    if isinstance(asked, int | float) and not isinstance(asked, bool):
        return isinstance(found, int | float) and abs(found - asked) < NEAR
    return found == asked


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _drawn(shape: Shape, ends: Sequence[Sequence[float]]) -> bool:
    """Say whether a shape is a path, moved."""
    if len(shape.points) != len(ends):
        return False
    moves = [(x - right, y + up) for (x, y), (right, up) in zip(shape.points, ends, strict=True)]
    return all(max(each) - min(each) < 0.1 for each in zip(*moves, strict=True))


def number(text: str) -> float:
    """Return the number that a tick says.

    >>> number("20%"), number("1.76万"), number("17,600"), number("×1.5"), number("−½")
    (0.2, 17600.0, 17600.0, 1.5, -0.5)
    """
    plain = text.replace(",", "").replace("−", "-").replace("½", "0.5").lstrip("×+")
    times = 0.01 if plain.endswith("%") else 10_000 if plain.endswith("万") else 1
    return float(plain.rstrip("%万")) * times


def ruler(places: Mapping[float, float], of: Callable[[float], float] = float) -> Scale:
    """Return where a number stands on an axis, of which some places are known: all must agree, and grow."""
    (one, first), *_, (other, last) = sorted(places.items())
    unit = (other - one) / (of(last) - of(first))
    assert first < last

    def at(value: float) -> float:
        return one + (of(value) - of(first)) * unit

    assert all(abs(at(value) - place) < NEAR for place, value in places.items()), places
    return at


def close(one: float, other: float, by: float = NEAR) -> None:
    assert abs(one - other) < by, (one, other)


def beside(words: Box, low: float, high: float, y: float, *, by: float = 12) -> None:
    """Hold words to the right or the left of a mark, in its row."""
    assert 2 < words.left - high < by or 2 < low - words.right < by, (words, low, high)
    close(words.y, y, 1)


def yes(row: Row, name: str, default: str = "") -> bool:
    return row.get(name, default) in ("1", "True")


def given(row: Row, name: str) -> float | None:
    return float(row[name]) if row.get(name) else None


def body(row: Row) -> tuple[str, str]:
    """Return the colour of a mark, and of the words beside it: the article's own, or all others'."""
    return (ARTICLE, ARTICLE) if yes(row, "own") else (OTHERS, INK)


# ------------------------------------------------------------------------------------------- around a drawing


def caption(r: Reading, words: Caption, project: str) -> None:
    """Hold claim over measure over drawing over note over a rule over source and credit."""
    small = BODY if r.low else 9.5
    title = r.words(words.title, bold=True, size=15.0 if r.low else 17.0)
    under = r.words(words.subtitle, color=MUTED)
    rule = r.take("stroke", edge=GREY, width=0.6, left=r.margin, right=r.right)
    noted = [] if r.low else [r.words(words.note)]
    source = _source(r, words.source, small)
    credit = r.words(f"{project} · CC BY 4.0", color=MUTED, size=small)
    for block in (title, under, *noted, source):
        close(block.left, r.margin)
    assert credit.top > source.top - NEAR
    assert abs(credit.left - r.margin) < NEAR or abs(credit.right - r.right) < NEAR
    down = [title, under, *noted, rule, source]
    assert all(over.bottom <= below.top for over, below in pairwise(down)), down
    ground = r.take("area", fill=PAPER, left=0, top=0, right=r.sheet.wide, bottom=r.sheet.tall)
    assert ground is r.sheet.shapes[0]
    assert r.low or abs(rule.y - noted[0].bottom - 13.3) < 1
    for line in r.sheet.lines:
        assert r.margin - NEAR < line.left < line.right < r.right + NEAR, line.text
    for mark in (*r.lines, *r.shapes):
        assert under.bottom < mark.top, mark
        assert mark.bottom < (noted or [rule])[0].top, mark


def _source(r: Reading, source: str, size: float) -> Box:
    label = {"en": "Source: ", "zh": "来源："}[r.language]
    try:
        return r.words(label + source, color=MUTED, size=size)
    except AssertionError:
        assert r.low
        return r.words(source, color=MUTED, size=size)


def legible(sheet: Sheet) -> None:
    """No words lie over others or over a dot, none leave the sheet, and all stand upright."""
    boxes = [
        (line.text, Box(line.left, line.top, line.right, line.bottom + 0.2 * line.size))
        for line in sheet.lines
    ]
    outlines = [shape for shape in sheet.shapes if shape.kind == "area" and len(shape.points) > 30]
    boxes += [("outlined", shape) for shape in outlines if shape.width == 0]
    for (one, box), (other, second) in combinations(boxes, 2):
        assert not box.meets(second), (one, other)
    for text, box in boxes:
        assert -9 < box.left < box.right < sheet.wide + 9, text
        assert 0 < box.top < box.bottom < sheet.tall, text
    assert all(line.upright for line in sheet.lines)
    bodies = [*enumerate(sheet.shapes)]
    bodies = [(at, shape) for at, shape in bodies if shape.kind in ("o", "area") and shape.fill != "NONE"]
    for at, over in bodies:
        # A dot may lie on another, where their numbers are near.
        below = [under for under in sheet.shapes[:at] if over.kind != "o" or under.fill == "NONE"]
        assert not [under for under in below if _within(under, over)], over
    strokes = [shape for shape in sheet.shapes if shape.kind == "stroke" and shape.edge != FAINT]
    for shape in sheet.shapes:
        assert -0.1 < shape.left <= shape.right < sheet.wide + 0.1, shape
    for line in sheet.lines:
        inner = Box(line.left + 1, line.top + 1, line.right - 1, line.bottom - 1)
        assert not [stroke for stroke in strokes if stroke.meets(inner, -1e-6)], line.text
        dots = [shape for shape in sheet.shapes if shape.kind == "o" and shape.meets(inner)]
        assert not dots, line.text


def _within(mark: Box, other: Box) -> bool:
    """Say whether a mark lies inside another, off its edges."""
    sides = (
        mark.left - other.left,
        other.right - mark.right,
        mark.top - other.top,
        other.bottom - mark.bottom,
    )
    return min(sides) > 0.3


# ------------------------------------------------------------------------------------------------------ axes


def numbered(r: Reading, *, percent: bool) -> tuple[Scale, Shape]:
    """Read an axis below a drawing by its ticks, and take it with its grid."""
    marks = [
        shape
        for shape in r.shapes
        if shape.kind == "|" and shape.edge == GREY and abs(shape.tall - 3.5) < NEAR
    ]
    places = {}
    for mark in marks:
        r.shapes.remove(mark)
        r.take("stroke", edge=FAINT, left=mark.x, right=mark.x, bottom=mark.top)
        said = next(
            line for line in r.lines if abs(line.x - mark.x) < NEAR and 0 < line.top - mark.bottom < 9
        )
        assert said.text.endswith("%") == percent
        places[mark.x] = number(said.text)
        r.words(said.text, color=MUTED, x=mark.x)
    spine = r.take("stroke", edge=GREY, top=marks[0].top, bottom=marks[0].top)
    at = ruler(places)
    close(at(0), spine.left)
    return at, spine


def ruled(
    r: Reading, known: Mapping[str, float] = {}, of: Callable[[float], float] = float, *, above: bool = False
) -> tuple[Scale, Shape]:
    """Read an axis of a ruler, below its plane or above it; words at its ends are set inward."""
    base = r.take("stroke", edge=MUTED, width=0.9, tall=0)
    end = "bottom" if above else "top"
    ticks = [
        s for s in r.shapes if s.kind == "stroke" and abs(getattr(s, end) - base.y) < NEAR and s.wide == 0
    ]
    places = {}
    for tick in sorted(
        (tick for tick in ticks if tick.edge == MUTED and abs(tick.tall - 3.6) < NEAR), key=_left
    ):
        r.shapes.remove(tick)
        said = next(line for line in r.lines if line.left - NEAR <= tick.x <= line.right + NEAR
                    and 0 < (tick.top - line.bottom if above else line.top - tick.bottom) < 9
                    and line.color == MUTED)  # fmt: skip
        assert abs(said.x - tick.x) < NEAR or min(abs(said.left - r.margin), abs(said.right - r.right)) < NEAR
        places[tick.x] = known[said.text] if said.text in known else number(said.text)
        r.words(said.text, color=MUTED, left=said.left)
    return ruler(places, of), base


def crossed(r: Reading) -> tuple[Scale, Scale]:
    """Read the two axes of shares of a picture that no form draws, and take them."""
    scales, edge = [], min(line.left for line in r.lines)
    close(edge, r.margin)
    for kind, way in (("|", "x"), ("-", "y")):
        ticks = [shape for shape in r.shapes if shape.kind == kind and shape.edge == GREY]
        places = {}
        for tick in ticks:
            r.shapes.remove(tick)
            near = [e for e in r.lines if abs(getattr(e, way) - getattr(tick, way)) < 1 and e.color == MUTED]
            said = min(near, key=lambda line: abs(line.x - tick.x) + abs(line.y - tick.y))
            assert said.top > tick.bottom if way == "x" else said.right < tick.left
            assert said.text.endswith("%")
            places[tick.x if way == "x" else -tick.y] = number(said.text)
            r.words(said.text, color=MUTED, left=said.left)
        scales.append(ruler(places))
    low, side = r.take("stroke", edge=GREY, tall=0), r.take("stroke", edge=GREY, wide=0)
    close(low.y, side.bottom)
    close(low.left, side.left)
    close(low.right, r.right)
    name = r.words(r.cell(r.rows[0], "axis"), color=MUTED)
    assert name.top > low.y
    assert low.left < name.x < low.right
    return scales[0], scales[1]


def _left(box: Box) -> float:
    return box.left


# ------------------------------------------------------------------------------------------------- the forms


def list_plot(r: Reading) -> None:
    share = all(float(row[name]) <= 1 for row in r.rows for name in ("value", "low", "high") if row.get(name))
    at, spine = numbered(r, percent=share)
    if not r.low and r.cell(r.rows[0], "axis"):
        r.words(r.cell(r.rows[0], "axis"), color=MUTED, left=spine.left)
    group, last = "", 0.0
    for row in r.rows:
        color, ink = body(row)
        y = r.take("stroke", edge=FAINT, left=spine.left, right=spine.right, tall=0).y
        assert y > last
        if not r.low and r.cell(row, "group") not in ("", group):
            group = r.cell(row, "group")
            assert last < r.words(group, bold=True, left=r.margin).y < y
        close(r.words(r.cell(row, "label"), bold=yes(row, "own"), color=ink, left=r.margin).y, y, 1)
        values = [value for name in ("value", "low", "high") if (value := given(row, name)) is not None]
        if row.get("value"):
            face = color if yes(row, "printed", "1") else PAPER
            r.take("o", x=at(values[0]), y=y, fill=face, edge=color, width=1.6, wide=6.4)
        if row.get("low"):
            low, high = at(float(row["low"])), at(float(row["high"]))
            r.take("stroke", left=low, right=high, y=y, edge=color, width=2.4)
            for end in (low, high):
                r.take("|", x=end, y=y, edge=color, tall=10)
        shown = r.cell(row, "shown") or (f"{100 * max(values):.7g}%" if share else f"{max(values):,g}")
        said = r.outlined(shown, bold=yes(row, "own"), color=ink)
        beside(said, at(min(values)), at(max(values)), y)
        last = y


def dots_by_day(r: Reading) -> None:
    months = {"en": ("Jan", "Apr", "Jul", "Oct"), "zh": ("1月", "4月", "7月", "10月")}[r.language]
    quarters = dict(zip((1, 91, 182, 274), months, strict=True))
    ticks = [shape for shape in r.shapes if shape.kind == "|" and shape.edge == GREY]
    long, short = ([tick for tick in ticks if abs(tick.tall - tall) < NEAR] for tall in (3.5, 2.0))
    assert len(long) + len(short) == len(ticks) == 12
    named = [day for day in quarters if not r.low or day in (1, 182)]
    at = ruler(dict(zip((tick.x for tick in long), named, strict=True)))
    for day, tick in zip(
        (1, 32, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335), sorted(ticks, key=_left), strict=True
    ):
        close(tick.x, at(day))
        r.shapes.remove(tick)
        if day in named:
            assert tick.bottom < r.words(quarters[day], color=MUTED, left=tick.x).top
    spine = r.take("stroke", edge=GREY, tall=0)
    grid = [s for s in r.shapes if s.kind == "stroke" and s.edge == FAINT and abs(s.left - spine.left) < NEAR]
    places = {}
    for line in grid:
        r.shapes.remove(line)
        said = next(each for each in r.lines if abs(each.y - line.y) < 1.2 and each.right < spine.left)
        assert said.text.endswith("%")
        places[-line.y] = number(said.text)
        r.words(said.text, color=MUTED, left=said.left)
    up = ruler(places)
    band = r.take("area", fill=GROUND, edge=FAINT, bottom=spine.y)
    close(band.left, at(float(r.rows[0]["band_from"])))
    close(band.right, at(float(r.rows[0]["band_to"])))
    if not r.low and r.cell(r.rows[0], "band"):
        assert band.top < r.words(r.cell(r.rows[0], "band"), color=MUTED, x=band.x).y < band.bottom
    for row in r.rows:
        color, y, day = body(row)[0], -up(float(row["share"])), at(float(row["day"]))
        if row["day_to"]:
            end = at(float(row["day_to"]))
            r.take("stroke", left=day, right=end, y=y, edge=color, width=1.6)
            r.take("|", x=end, y=y, edge=color, tall=9)
        face = color if yes(row, "printed", "1") else PAPER
        wide = 7.9 if yes(row, "own") else 5.9 if yes(row, "near") else 3.9
        r.take("o", x=day, y=y, fill=face, edge=color, wide=wide)
    _days_listed(r, spine)


def _days_listed(r: Reading, spine: Shape) -> None:
    near = [row for row in r.rows if yes(row, "own") or yes(row, "near")]
    near.sort(key=lambda row: (float(row["day"]), not yes(row, "own")))
    last = r.words(r.cell(near[0], "heading"), bold=True, left=r.margin).bottom
    ends = set()
    for row in near:
        (color, ink), own = body(row), yes(row, "own")
        face = color if yes(row, "printed", "1") else PAPER
        label = r.words(r.cell(row, "label"), bold=own, color=ink, left=r.margin + 17.28)
        mark = r.take("o", x=r.margin + 5.76, edge=color, fill=face, wide=7.9 if own else 5.9)
        rate = r.words(r.cell(row, "shown") or f"{float(row['share']):.2%}", bold=own, color=ink, y=label.y)
        line = r.take("stroke", edge=FAINT, left=r.margin, tall=0)
        assert last <= line.y < label.top
        close(mark.y, label.y, 0.5)
        last = label.bottom
        ends.add(round(rate.right))
        assert rate.left > label.right
        assert line.right > rate.right - NEAR
    assert len(ends) == 1
    assert ends == {round(r.right)} or max(ends) < spine.left


def split_bar(r: Reading) -> None:
    said = any(row.get("printed") == "0" for row in r.rows)
    left, wide = r.margin + 0.75, r.right - r.margin - 1.5
    for index, row in enumerate(r.rows):
        filled = yes(row, "printed") if said else index == 0
        part = r.take("area", left=left, wide=float(row["share"]) * wide, edge=ARTICLE, width=1.5,
                      fill=ARTICLE if filled else PAPER)  # fmt: skip
        label = r.words(r.cell(row, "label"), bold=True)
        assert 0 < part.top - label.bottom < 9
        close(label.left, part.left, 1)
        first, *rest = r.cell(row, "shown").split("\n")
        size = next(line.size for line in r.lines if line.text == first and part.left < line.x < part.right)
        assert size >= 15
        hero = r.words(first, bold=True, size=size, color=PAPER if filled else ARTICLE)
        under = r.words(" ".join(rest), color=PAPER if filled else INK)
        assert part.top < hero.top < hero.bottom < under.top < under.bottom < part.bottom
        close(hero.top - part.top, part.bottom - under.bottom, 0.3 * size + 3)
        for words in (hero, under):
            close(words.left, part.left + 7, 1)
        left = part.right
    close(left, r.right - 0.75)


ONES = {"as printed": 0.0, "与原文相同": 0.0, "+1 digit": 1.0, "+1个末位": 1.0}


def interval_ruler(r: Reading) -> None:
    at, base = ruled(r, {"as printed": 0.0, "与原文相同": 0.0})
    last = 0.0
    for row in r.rows:
        line = r.take("stroke", edge=GREY, left=base.left, right=base.right, tall=0, width=0.8)
        assert last < line.y < base.y
        low, high = given(row, "low"), given(row, "high")
        ends = base.left if low is None else at(low - 1), base.right if high is None else at(high - 1)
        bar = r.take("area", fill=ARTICLE, left=ends[0], right=ends[1], y=line.y)
        close(bar.tall, 9.36)
        for end, value, sign in ((ends[0], low, "<"), (ends[1], high, ">")):
            if value is None:
                arrow = r.take(sign, fill=ARTICLE, y=line.y, tall=15)
                close(arrow.right if sign == ">" else arrow.left, end)
            else:
                r.take("stroke", edge=ARTICLE, left=end, right=end, y=line.y, tall=18.72, width=1.4)
        label = r.words(r.cell(row, "label"), bold=True, left=r.margin)
        token = r.words(r.cell(row, "token"), color=MUTED, left=r.margin) if r.cell(row, "token") else label
        close((label.top + token.bottom) / 2, line.y, 2)
        assert label is token or label.bottom < token.top
        close(r.words(r.cell(row, "shown"), right=r.right).y, line.y, 1)
        last = line.y


def last_digit_ruler(r: Reading) -> None:
    at, base = ruled(r, ONES)
    field = r.take("area", fill=GROUND, left=at(-0.5), right=at(0.5), bottom=base.y)
    names = {
        "en": ("prints the same if rounded", "same if cut"),
        "zh": ("四舍五入后与原文相同", "去尾后与原文相同"),
    }
    rounded, cut = names[r.language]
    assert at(-0.5) < r.words(rounded, bold=True, color=ROUNDED).left < at(0)
    assert at(0.5) - 30 < r.words(cut, bold=True, color=CUT).right < at(1)
    roof = r.take("stroke", edge=CUT, left=at(0), right=at(1), width=1.4, tall=0)
    for color, values, top in ((ROUNDED, (-0.5, 0.5), field.top), (CUT, (0, 1), roof.y)):
        for value in values:
            pieces = [r.take("stroke", edge=color, x=at(value), wide=0, width=0.9)]
            while any(_alike(s.x, at(value)) and s.edge == color and s.width == 0.9 for s in r.shapes):
                pieces.append(r.take("stroke", edge=color, x=at(value), wide=0, width=0.9))
            close(pieces[0].top, top)
            close(pieces[-1].bottom, base.y)
    far = [row for row in r.rows if float(row["high"]) < -0.7 or float(row["low"]) > 1.2]
    near = [row for row in r.rows if row not in far]
    last = field.top
    for row in near:
        if r.cell(row, "label") or row["low"] != row["high"]:
            y = _offset_named(r, row, at, base)
            assert last < y < base.y
            last = y
    _swarm(r, [row for row in near if not r.cell(row, "label") and row["low"] == row["high"]], at, last, base)
    _far_off(r, far, base)


def outward(value: float, *, up: bool) -> str:
    """Write an offset, rounded away from the middle: whole digits, or tenths below ten.

    >>> outward(-60.44, up=False), outward(50.8, up=True), outward(-0.25, up=False)
    ('−61', '+51', '−0.3')
    """
    times = 10 if abs(value) < 9.95 else 1
    whole = (ceil if up else floor)(round(value * times, 6)) / times
    return f"{whole:+,.{1 if times == 10 else 0}f}".replace("-", "−")


def _offset_named(r: Reading, row: Row, at: Scale, base: Shape) -> float:
    (color, ink), own = body(row), yes(row, "own")
    low, high = float(row["low"]), float(row["high"])
    if low == high:
        dot = r.take("o", x=at(low), fill=PAPER, edge=color, width=1.6)
        beside(r.words(r.cell(row, "label"), bold=own, color=ink), dot.left, dot.right, dot.y)
        return dot.y
    face = (PALE if color == ARTICLE else None) if yes(row, "hedged") or r.low else color
    left, right = at(max(low, -0.7)), at(min(high, 1.2))
    bar = r.take("area", left=left, right=right, edge=color if face == PALE else "NONE", fill=face)
    thick = bar.tall > 10
    label = r.words(r.cell(row, "label"), bold=own, color=INK if thick else ink)
    for end, value, inside, up in ((left, low, low >= -0.7, False), (right, high, high <= 1.2, True)):
        if inside:
            r.take("stroke", edge=color, x=end, y=bar.y, tall=18.72, width=1.4)
            continue
        r.take("<>"[up], fill=color, x=end, y=bar.y, tall=9)
        said = r.words(outward(value, up=up), color=INK if thick else MUTED)
        close((said.right if up else said.left), end, 9)
        assert bar.top < said.y < bar.bottom if thick else said.top > bar.bottom
    assert (bar.top < label.y < bar.bottom) if thick else 0 < bar.top - label.bottom < 15
    return bar.y


def _swarm(r: Reading, rows: Sequence[Row], at: Scale, last: float, base: Shape) -> None:
    for name in dict.fromkeys(r.cell(row, "group") for row in rows):
        label = r.words(name)
        dots = [
            r.take("o", x=at(float(row["low"])), fill=PAPER, edge=body(row)[0], width=1.6)
            for row in rows
            if r.cell(row, "group") == name
        ]
        for one, other in combinations(dots, 2):
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 > (one.wide + 0.5) ** 2, name
        pile = around([*dots])
        assert last < pile.top < pile.bottom < base.y
        assert label.bottom < pile.top or (
            r.low and pile.right < label.left and pile.top - 6 < label.y < pile.bottom + 6
        )


def _far_off(r: Reading, rows: Sequence[Row], base: Shape) -> None:
    for row in rows:
        low, high = float(row["low"]), float(row["high"])
        right, nearer = low > 1.2, high if high < 0 else low
        text = f"{nearer:+.1f}" if abs(nearer) < 9.95 else f"{nearer:+,.0f}"
        (color, ink), own = body(row), yes(row, "own")
        said = r.words(text.replace("-", "−"), bold=True, color=ink)
        label = r.words(r.cell(row, "label"), bold=own, color=ink)
        arrow = r.take("<>"[right], fill=color, x=base.right if right else base.left, tall=9)
        close(arrow.y, label.y, 1)
        close(said.y, label.y, 1)
        assert base.y < arrow.top
        assert (
            label.right < said.left < arrow.left
            if right
            else arrow.right < said.left < said.right < label.left
        )


def strips(r: Reading) -> None:
    before, names = None, list(dict.fromkeys(r.cell(row, "strip") for row in r.rows))
    for index, name in enumerate(names):
        rows = [row for row in r.rows if r.cell(row, "strip") == name]
        at, base = ruled(r, above=not index)
        unit = at(1) - at(0)
        limits = [(end - at(0)) / unit for end in (base.left, base.right)]
        for limit, column in zip(limits, ("axis_from", "axis_to"), strict=True):
            close(limit, float(rows[0].get(column) or limit), 1e-3)
        head = r.words(name, bold=True)
        bars = [_bar_of_rule(r, row, at) for row in rows]
        assert all(one.y < other.y for one, other in pairwise(bars))
        assert (base.y < bars[0].top) if not index else bars[-1].bottom < base.y
        assert head.top < bars[0].bottom
        for whole in range(ceil(limits[0] - 1e-6), floor(limits[1] + 1e-6) + 1):
            strong = whole == float(rows[0].get("mark") or "nan")
            look = {"edge": INK if strong else MUTED, "width": 1.8 if strong else 0.8}
            pieces = [r.take("stroke", x=at(whole), wide=0, **look)]
            while any(_alike(s.x, at(whole)) and s.wide == 0 and s.width == look["width"] for s in r.shapes):
                pieces.append(r.take("stroke", x=at(whole), wide=0, **look))
            if not index:
                close(pieces[0].top, base.y)
            else:
                close(pieces[-1].bottom, base.y)
        if before:
            narrow = [before(limit) for limit in limits]
            beam = r.take("area", fill=GROUND, left=base.left, right=base.right, bottom=base.y)
            for corner in narrow:
                assert any(abs(x - corner) < NEAR and abs(y - beam.top) < NEAR for x, y in beam.points), (
                    narrow
                )
        before = at


def _bar_of_rule(r: Reading, row: Row, at: Scale) -> Shape:
    color = ARTICLE if yes(row, "own") and not row.get("rule") else OF_RULE[row.get("rule", "")]
    low, high = at(float(row["low"])), at(float(row["high"]))
    bar = r.take("area", left=low, right=high, fill=color, edge="NONE", tall=9.36)
    for end in (low, high):
        r.take("stroke", edge=color, x=end, y=bar.y, tall=18.72, width=1.4)
    label = r.words(" · ".join(filter(None, (r.cell(row, "label"), r.cell(row, "bounds")))))
    above = label.bottom < bar.top and bar.top - label.bottom < 12 and label.left < bar.right
    if not above:
        beside(label, low, high, bar.y)
    return bar


def chain(r: Reading) -> None:
    at, base = ruled(r, of=log)
    last = 0.0
    for basis in dict.fromkeys(r.cell(row, "basis") for row in r.rows):
        rows = [row for row in r.rows if r.cell(row, "basis") == basis]
        head = r.words(basis, bold=True, left=r.margin)
        assert head.top > last
        low = high = 1.0
        for index, row in enumerate(rows):
            color, start = body(row)[0], at(low)
            if yes(row, "product"):
                low, high = float(row["low"]), float(row["high"])
                stem = r.take("stroke", edge=color, left=at(1), right=at(low), tall=0, width=1.2)
                bar = r.take("area", edge=color, left=at(low), right=at(high), y=stem.y, tall=9.36, fill=PALE)
                for end in (low, high):
                    r.take("stroke", edge=color, x=at(end), y=bar.y, tall=18.72, width=1.4)
                start = at(1)
            else:
                low, high = low * float(row["low"]), high * float(row["high"])
                bar = r.take("area", fill=PAPER, edge=color, left=start, right=at(low), tall=9.36, width=1.4)
                r.take("area", fill=PALE if color == ARTICLE else None, edge=color, width=1.0,
                       left=at(low), right=at(high), y=bar.y, tall=9.36)  # fmt: skip
                r.take("stroke", edge=INK, x=start, y=bar.y, tall=18.72, width=1.4)
                if index < len(rows) - 1:
                    joint = r.take("stroke", edge=MUTED, x=at(low), top=bar.bottom, width=0.9)
                    assert 3 < joint.tall < 40
            label = r.words(f"{r.cell(row, 'factor')} {r.cell(row, 'shown')}", bold=yes(row, "product"))
            if label.right < bar.left and r.low:
                close(label.y, bar.y, 1)
            else:
                assert 0 < bar.top - label.bottom < 12
                assert abs(label.left - start) < 6 or abs(label.right - r.right) < 10
            assert last < bar.y < base.y
            last = bar.y


def number_made(r: Reading) -> None:
    names = {"en": ("printed", "rounded", "cut"), "zh": ("原文", "四舍五入", "去尾")}[r.language]
    for row in r.rows:
        label = r.words(r.cell(row, "label"), bold=True) if r.cell(row, "label") else None
        counts = [_boxed(r, r.cell(row, name), ARTICLE, filled=True) for name in ("part", "whole")]
        made = _boxed(r, r.cell(row, "quotient"), MUTED, filled=False)
        for sign, (one, other) in zip("÷=", pairwise([*counts, made]), strict=True):
            place = r.words(sign)
            assert one.right < place.left < place.right < other.left
            close(place.y, made.y, 1)
            close(one.y, other.y)
        printed = _boxed(r, r.cell(row, "printed"), ARTICLE, filled=True)
        held = []
        for name, color in (("rounded", ROUNDED), ("cut", CUT)):
            box = _boxed(r, r.cell(row, name), color, filled=False)
            held.append(box)
            _forked(r, made, box, color)
            _signed(r, box, fits=yes(row, f"{name}_fits"))
        assert label is None or label.bottom < made.top
        assert printed.bottom < held[0].top < held[0].bottom < held[1].top
        for box, name, color in zip((printed, *held), names, (MUTED, ROUNDED, CUT), strict=True):
            close(box.left, printed.left)
            close(box.right, printed.right)
            said = r.words(name, color=color)
            assert 0 < box.left - said.left < 110
            close(said.y, box.y, 1)


def _boxed(r: Reading, text: str, color: str, *, filled: bool) -> Shape:
    words = r.words(text, bold=True, color=PAPER if filled else color)
    box = r.take("area", edge=color, fill=color if filled else PAPER, width=1.4, x=words.x, tall=21.6)
    close(words.y, box.y, 1)
    assert box.left < words.left < words.right < box.right
    return box


def _forked(r: Reading, made: Shape, box: Shape, color: str) -> None:
    """Take the way from under a quotient to the box of a rule, with the sign at its end."""
    ways = [s for s in r.shapes if s.kind == "path" and s.edge == color and abs(s.bottom - box.y) < NEAR]
    way = ways[0]
    r.shapes.remove(way)
    arrow = r.take(">", fill=color, x=way.points[-1][0], y=box.y)
    assert arrow.right < box.left
    start = way.points[0]
    if abs(start[0] - made.x) > NEAR:
        # The quotient stands too far right: the way first leads back.
        (back,) = [
            s
            for s in r.shapes
            if s.kind == "path" and s.edge == ROUNDED and abs(s.points[-1][0] - start[0]) < NEAR
        ] or [None]
        if back is not None:
            close(back.points[0][0], made.x)
            if color == CUT:
                r.shapes.remove(back)
    else:
        assert 0 <= start[1] - made.bottom < 4


def _signed(r: Reading, box: Shape, *, fits: bool) -> None:
    if fits:
        tick = r.take("path", edge=INK, width=2.0, y=box.y - 0.36)
        (left, _), (low, deepest), (right, highest) = tick.points
        assert left < low < right
        assert highest < deepest
        signs = [tick]
    else:
        signs = [r.take("stroke", edge=INK, width=2.0, y=box.y) for _ in "xx"]
        assert {(s.points[1][0] > s.points[0][0]) == (s.points[1][1] > s.points[0][1]) for s in signs} == {
            True,
            False,
        }
    assert all(2 < sign.left - box.right < 12 for sign in signs)


def rules(r: Reading) -> None:
    names = {"en": ("rounded", "cut", "cut, by average"), "zh": ("四舍五入", "去尾", "去尾，取平均")}[
        r.language
    ]
    columns = ("nearest", "truncation", "average")
    heads = [
        r.words(name, bold=True, color=color) for name, color in zip(names, (ROUNDED, CUT, CUT), strict=True)
    ]
    last = max(head.bottom for head in heads)
    for index, row in enumerate(r.rows):
        label = r.words(r.cell(row, "label"), bold=True, left=r.margin + 5.76)
        counts = [] if r.low else [r.words(r.cell(row, "counts"), color=MUTED, size=9.5, left=label.left)]
        printed = r.words(r.cell(row, "printed"), bold=True, color=ARTICLE)
        assert last < label.top
        last = (counts or [label])[-1].bottom
        middle = (label.top + last) / 2
        assert label.top - 1 < printed.y < last + 1
        assert printed.right < heads[0].left + 20
        if index % 2 == 0:
            ground = r.take("area", fill=GROUND, left=r.margin, right=r.right)
            assert ground.top < label.top
            assert last < ground.bottom
            middle = ground.y
        for column, head, color in zip(columns, heads, (ROUNDED, CUT, CUT), strict=True):
            _passed(r, head.x, middle, color, passes=yes(row, column), hedged=yes(row, "hedged"))
    said = r.words({"en": "pass", "zh": "相符"}[r.language], bold=True)
    assert said.top > last
    for column, head, color in zip(columns, heads, (ROUNDED, CUT, CUT), strict=True):
        part, whole = sum(yes(row, column) for row in r.rows), len(r.rows)
        told = {"en": f"{part} of {whole}", "zh": f"{whole}项中{part}项"}[r.language]
        assert abs(r.words(told, bold=True, color=color, x=head.x).y - said.y) < NEAR
    frame = r.take("area", edge=INK, dashed=True, fill="NONE")
    assert heads[1].right < frame.left < heads[2].left < heads[2].right < frame.right
    assert frame.top < heads[2].top
    assert said.bottom < frame.bottom


def _passed(r: Reading, x: float, y: float, color: str, *, passes: bool, hedged: bool) -> None:
    if not passes:
        signs = [r.take("stroke", edge=INK, width=3.2, x=x) for _ in "xx"]
        assert {(s.points[1][0] > s.points[0][0]) == (s.points[1][1] > s.points[0][1]) for s in signs} == {
            True,
            False,
        }
        close(signs[0].y, signs[1].y)
        close(signs[0].y, y, 4)
        return
    dot = r.take("o", x=x, fill=PAPER if hedged else color, edge=color)
    close(dot.y, y, 4)
    down = r.take("stroke", edge=color if hedged else PAPER, width=1.8)
    up = r.take("stroke", edge=color if hedged else PAPER, width=1.8)
    assert dot.left < down.left < down.right <= up.left + NEAR < up.right < dot.right
    assert down.points[0][1] < down.points[1][1] > up.points[1][1]


def changes(r: Reading) -> None:
    wide, last = r.right - r.margin, 0.0
    for row in r.rows:
        frame = r.take("area", edge=MUTED, fill="NONE", dashed=True, left=r.margin, right=r.right)
        assert frame.top > last
        gone = given(row, "gone")
        if gone is None:
            close(r.words("?", bold=True, color=MUTED, size=17.0, x=(r.margin + r.right) / 2).y, frame.y, 1)
        else:
            r.take(
                "area",
                fill=ARTICLE,
                left=r.right - gone * wide,
                right=r.right,
                top=frame.top,
                bottom=frame.bottom,
            )
            edge, before = r.right - gone * wide, 99.0
            for _ in range(16 if yes(row, "open") else 0):
                stripe = r.take("area", fill=ARTICLE, top=frame.top, bottom=frame.bottom)
                assert stripe.right < edge
                assert stripe.wide < before
                edge, before = stripe.left, stripe.wide
        shown = r.words(
            r.cell(row, "shown"), bold=True, color=ARTICLE if gone is None else PAPER, right=r.right - 6.48
        )
        close(shown.y, frame.y, 1)
        label = r.words(r.cell(row, "label"), bold=not r.low)
        if r.low:
            close(label.y, frame.y, 1)
        else:
            close(label.left, r.margin)
            close(r.words(r.cell(row, "when"), color=MUTED, right=r.right).y, label.y)
            assert last < label.bottom < frame.top
        last = frame.bottom
    if not r.low:
        assert r.words("0", color=MUTED, left=r.margin).top > last
        before = {"en": "before: not printed", "zh": "之前：文中未列"}[r.language]
        assert r.words(before, color=MUTED, right=r.right).top > last


def barcode(r: Reading) -> None:
    first, *close_ones = r.rows
    low, high = int(first["low"]), int(first["high"])
    unit = (r.right - r.margin) / (high - low + 1)
    up = {n for row in close_ones for n in range(int(row["low"]), int(row["high"]) + 1)}
    ticks = [
        r.take("stroke", x=r.margin + (n - low + 0.5) * unit, wide=0, edge=ARTICLE if n in up else GREY,
               width=1.4 if n in up else 0.7)
        for n in range(low, high + 1)
    ]  # fmt: skip
    flat = next(tick for tick in ticks if tick.edge == GREY)
    for tick in ticks:
        out = 8.64 if tick.edge == ARTICLE else 0
        close(tick.top, flat.top - out)
        close(tick.bottom, flat.bottom + out)
    middle = r.margin + ((min(up) + max(up)) / 2 - low + 0.5) * unit
    assert r.words(f"{min(up)}–{max(up)}", bold=True, color=ARTICLE, x=middle).bottom < flat.top - 8.64
    for value, end in ((low, {"left": r.margin}), (high, {"right": r.right})):
        assert r.words(str(value), color=MUTED, **end).top > flat.bottom
    last = flat.bottom + 8.64
    for row in close_ones:
        label = r.words(r.cell(row, "label"), bold=True, color=OF_RULE[row["rule"]])
        assert last < label.top
        close(label.x, min(max(middle, r.margin + label.wide / 2), r.right - label.wide / 2))
        last = label.bottom
    assert last < r.words(r.cell(first, "label"), color=MUTED, left=r.margin).top


def _grid(r: Reading, marks: Sequence[Shape]) -> Box:
    """Hold dots to rows from the left, each as long as the one above it but for the last."""
    tops = sorted({round(mark.y, 1) for mark in marks})
    rows = [sorted((mark for mark in marks if round(mark.y, 1) == top), key=_left) for top in tops]
    for over, below in pairwise(rows):
        assert len(below) == len(over) or (below is rows[-1] and len(below) < len(over))
    for row in rows:
        close(row[0].x, rows[0][0].x)
        assert all(
            abs(other.x - one.x - (rows[0][1].x - rows[0][0].x)) < NEAR for one, other in pairwise(row)
        )
    assert [*marks] == [mark for row in rows for mark in row]
    return around([*marks])


def remainder(r: Reading) -> None:
    whole, left = int(r.rows[0]["whole"]), int(r.rows[0]["left"])
    dots = [r.take("o", fill=ARTICLE, edge="NONE") for _ in range(whole - left)]
    dots += [r.take("o", fill=PAPER, edge=ARTICLE, wide=dots[0].wide) for _ in range(left)]
    grid = _grid(r, dots)
    asked = {"en": "Not settled, by the printed rate", "zh": "按原文比率，未成功件数"}[r.language]
    head = r.words(asked, bold=True, left=r.margin)
    assert grid.bottom < head.top
    most = max(int(row["high"]) for row in r.rows) + 1
    unit = (r.right - r.margin) / (most + 1)
    line = r.take("stroke", edge=INK, x=r.margin + (left + 0.5) * unit, width=1.6)
    r.take("stroke", edge=PAPER, x=line.x, top=line.top, bottom=line.bottom, width=4.0)
    r.take("o", fill=PAPER, edge=ARTICLE, x=line.x, y=line.top)
    last = head.bottom
    for row in r.rows:
        bar = r.take("area", fill=OF_RULE[row["rule"]], left=r.margin + int(row["low"]) * unit,
                     right=r.margin + (int(row["high"]) + 1) * unit)  # fmt: skip
        assert last < bar.top < bar.bottom < line.bottom
        words = r.words(r.cell(row, "label"), bold=True, color=PAPER)
        close(words.y, bar.y, 1)
        assert bar.left < words.left < words.right < bar.right
        assert not words.left - 2 < line.x < words.right + 2
        last = bar.bottom
    for n in range(most + 1):
        look = {"color": INK, "bold": True} if n == left else {"color": MUTED}
        assert r.words(str(n), x=r.margin + (n + 0.5) * unit, **look).top > last


def piles(r: Reading) -> None:
    label, last, at = "", 0.0, 0.0
    for row in r.rows:
        color = OF_RULE[row.get("rule") or ""]
        face = (color, "NONE") if yes(row, "printed", "1") else (PAPER, color)
        grid = _grid(r, [r.take("o", fill=face[0], edge=face[1]) for _ in range(int(float(row["number"])))])
        if r.cell(row, "label") != label:
            label = r.cell(row, "label")
            at = r.words(label, bold=True, left=r.margin).bottom
            assert last < at
        assert max(last, at) < grid.top
        assert r.margin < grid.left < r.margin + 3
        last = grid.bottom


LOOKS = {
    "recomputed": (ARTICLE, ARTICLE, False, PAPER),
    "beside": (TINT, ARTICLE, False, INK),
    "lacking": (TINT, ARTICLE, True, INK),
    "alone": (FAINT, FAINT, False, MUTED),
}


def wall(r: Reading) -> None:
    kinds = {row["reach"]: r.cell(row, "reach_label") for row in r.rows}
    # A card that is high enough has the words of a figure.
    low = r.low and all(line.text != r.cell(r.rows[0], "section") for line in r.lines)
    last = 0.0
    for reach in (reach for reach in LOOKS if reach in kinds):
        fill, edge, dashed, _ = LOOKS[reach]
        count, key = (
            sum(row["reach"] == reach for row in r.rows),
            r.take("area", fill=fill, edge=edge, dashed=dashed, tall=12.96, wide=18.72),
        )
        number_ = r.words(str(count), bold=True, left=key.right + 5.04)
        words = r.words(kinds[reach], left=number_.right + 5.04)
        for each in (number_, words):
            close(each.y, key.y, 1)
        last = max(last, key.bottom)
    section, right, top = "", 0.0, 0.0
    for row in r.rows:
        fill, edge, dashed, ink = LOOKS[row["reach"]]
        tile = r.take("area", fill=fill, edge=edge, dashed=dashed, width=1.3)
        new = not low and r.cell(row, "section") != section
        if new:
            section = r.cell(row, "section")
            head = r.words(section, bold=True, left=r.margin)
            assert max(last, top) < head.top < head.bottom < tile.top
        # As words are read: to the right of the last tile, or further down at the left edge.
        if new or abs(tile.top - top) > NEAR:
            assert tile.top > max(last, top) - NEAR
            close(tile.left, r.margin)
        else:
            assert 0 < tile.left - right < 6
        right, top, last = tile.right, tile.top, max(last, tile.bottom if new else last)
        if low and row["reach"] != "recomputed":
            continue
        number_ = r.words(r.cell(row, "number"), bold=True, color=ink, left=tile.left + 5.4)
        assert tile.top < number_.top < number_.bottom < tile.bottom
        if not low:
            gloss = r.words(r.cell(row, "gloss"), color=ink, size=9.5, left=number_.left)
            assert number_.bottom < gloss.top < gloss.bottom < tile.bottom
            assert gloss.right < tile.right


def cells(r: Reading) -> None:
    boxes, bottoms = [], dict[int, float]()
    for row in r.rows:
        box = r.take("area", fill=GROUND, edge="NONE")
        boxes.append(box)
        parts = [r.words(r.cell(row, "question"), bold=True)]
        # A card that is high enough has all of a cell.
        whole = not r.low or any(line.text == r.cell(row, "counts") for line in r.lines)
        size = 26.0 if whole else 18.0
        if yes(row, "printed"):
            parts.append(r.words(r.cell(row, "rate"), bold=True, color=ARTICLE, size=size))
        else:
            outline = r.shapes.index(next(s for s in r.shapes if s.fill == GROUND and s.edge == ARTICLE))
            assert r.shapes[outline].width == 2.2
            parts.append(r.outlined(r.cell(row, "rate"), bold=True, color=GROUND, size=size))
        if whole:
            parts += [r.words(r.cell(row, "counts")), r.words(r.cell(row, "rest"), color=MUTED)]
            parts.append(r.words(r.cell(row, "tag"), bold=True))
        assert all(over.bottom < under.top for over, under in pairwise(parts)), parts
        assert box.top < parts[0].top
        assert parts[-1].bottom < box.bottom
        if whole and not r.low:
            # What is as high as its neighbour fills its box.
            fullest = [*r.rows].index(row) // 2 * 2
            bottoms[fullest] = max(bottoms.get(fullest, 0.0), parts[-1].bottom)
            close(parts[0].top - box.top, 11.5, 1.5)
        for part in parts:
            close(part.left, box.left + 8.64, 3)
            assert part.right < box.right
    for index, box in enumerate(boxes):
        # Two beside each other, in the order of the table.
        close(box.left, r.margin if index % 2 == 0 else r.right - box.wide)
        close(box.top, boxes[index - index % 2].top)
        assert index < 2 or box.top > boxes[index - 2].bottom
        close(box.bottom - bottoms.get(index - index % 2, box.bottom - 12.5), 12.5, 2)


FORMS: dict[str, Callable[[Reading], None]] = {
    form.__name__: form
    for form in (
        list_plot, dots_by_day, split_bar, interval_ruler, last_digit_ruler, strips, chain, number_made,
        rules, changes, barcode, remainder, piles, wall, cells,
    )
}  # fmt: skip


def drawn_by(home: Path) -> dict[str, str]:
    """Return which form draws each picture of a collection, as its notebook says."""
    found = {}
    for path in sorted((home / "notebooks").glob("[0-9]*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        source = "\n".join("".join(cell["source"]) for cell in cells)
        found |= {stem: form for form, stem in _CALL.findall(source)}
    return found


def hold(r: Reading, form: str, words: Caption, project: str) -> None:
    """Hold a picture to its table, its caption and the grammar of its form."""
    legible(r.sheet)
    assert not [shape for shape in r.sheet.shapes if shape.clipped and shape.kind == "o"]
    caption(r, words, project)
    FORMS[form](r)
    r.nothing_left()
