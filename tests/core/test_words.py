"""Facts about the word classes: each word stands in a made-up text, or in a line that says what it gives."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.quality import judged
from benchmarks.texts import FOLDERS, folder, texts

from asprinted.audit import phrasing
from asprinted.audit.candidate import Confidence
from asprinted.audit.ranking import relate
from asprinted.chinese import roles
from asprinted.chinese.lexicon import fold
from asprinted.chinese.reading import read
from asprinted.chinese.scanning import scan
from asprinted.chinese.words import CLASSES

with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))
CHINESE = Path(scan.__code__.co_filename).parent
with Path(__file__).with_name("idle.toml").open("rb") as file:
    IDLE = tomllib.load(file)
AUDIT = Path(phrasing.__file__).parent
# Single characters that tell nothing apart; the powers of ten behind 每.
NO_WORDS = {"generic", "so_many"}


def test_every_word_of_the_audit_stands_in_a_text_that_is_scored_or_in_a_line():
    text = "\n".join(fold(each.text) for name in FOLDERS for each in texts(folder(name)))
    typed = {line["word"] for line in LINES}
    calls = [
        call
        for file in AUDIT.rglob("*.py")
        for call in re.findall(r"pattern\([^)]*", file.read_text("utf-8"))
    ]
    named = {name for call in calls for name in re.findall(r"{([a-z_]+)}", call)} - NO_WORDS
    known = [name for name in sorted(named) if name not in PARTS]
    assert len(known) > 40
    assert {word for name in known for word in CLASSES[name] if word not in text} <= typed


PARTS = {"add", "word"}
"""What a pattern takes from beside it, and not from the table."""


@pytest.mark.parametrize("line", LINES, ids=[line["word"] for line in LINES])
def test_a_word_gives_what_its_line_says(line):
    assert line["word"] in CLASSES[line["class"]]
    offered = [each for each in relate(line["sentence"]) if each.confidence is not Confidence.POSSIBLE]
    said = [
        f"{each.kind} {each.direction} ".replace("  ", " ")
        + f"{each.results[0].text} = {'+'.join(span.text for span in each.parts)}"
        + "".join(f" / {span.text}" for span in each.wholes)
        + f": {each.check.verdict}"
        for each in offered
    ]
    assert said == [line["gives"]] * bool(line["gives"])


# ------------------------------------------------------------ every word of every table

# What is missed of the marked numbers of each set, in place, role or reading, and found where none is.
# A word that goes adds to it.
MISSED = {"tune": 12, "seen": 126, "held": 32, "forms": 54, "held_forms": 24, "fresh": 43, "fresh_again": 4}


@pytest.mark.parametrize("name", FOLDERS)
def test_the_numbers_of_made_up_texts_are_found_and_read_as_they_are_marked(name: str):
    counts = sum((judged(each, scan(each.text), []).counts for each in texts(folder(name))), Counter())
    missed = counts["figure"] + counts["offered figure"] - counts["span twice"] + counts["name as figure"]
    missed += counts["marked"] - counts["role"] + counts["valued"] - counts["value"]
    assert missed + counts["hedged"] - counts["interval"] == MISSED[name]


def words_of(table: str) -> Iterator[tuple[str, str, str]]:
    """Yield every word of a table, with its group and class."""
    for group, classes in tomllib.loads((CHINESE / table).read_text("utf-8")).items():
        for name, words in (classes if isinstance(classes, dict) else {group: classes}).items():
            for word in words.split() if isinstance(words, str) else ():
                yield group, name, word.replace("_", " ")


def in_place(group: str, name: str, word: str) -> str:
    """Return a word as it stands in a text where it does what its class is for."""
    return {"begins": name + word, "ends": word + name, "simpler": word[0]}.get(group, word)


def test_every_word_of_the_tables_stands_in_a_marked_text_or_in_a_line_that_says_what_it_gives():
    marked = "\n".join(each.text for name in FOLDERS for each in texts(folder(name)))
    tests = [Path(__file__).with_name(f"test_{each}.py") for each in ("reading", "roles", "scanning")]
    tests.append(Path(__file__).parents[1] / "corpus" / "test_between.py")
    text = "\n".join([marked, fold(marked), *(each.read_text("utf-8") for each in tests), *IDLE["sentences"]])
    typed = {line["word"] for line in LINES}
    typed |= {in_place(*each) for each in idle("begins", "ends", "simpler", "roles")}
    left = [
        each
        for table in ("words.toml", "roles.toml")
        for each in words_of(table)
        if each[2][0] not in "@^(;" and in_place(*each) not in text and in_place(*each) not in typed
    ]
    assert left == []


def test_every_unit_stands_behind_a_number_of_a_marked_text_or_in_a_line_that_says_what_it_is():
    text = fold("\n".join(each.text for name in FOLDERS for each in texts(folder(name))))
    typed = {(dimension, gloss, word) for dimension, gloss, word in IDLE_UNITS}
    left = [
        each
        for each in words_of("units.toml")
        if each not in typed
        and not re.search(f"[0-9零一二两三四五六七八九十百千万亿几多余]{re.escape(each[2])}", text)
    ]
    assert left == []


def idle(*groups: str) -> list[tuple[str, str, str]]:
    return [
        (group, name, word.replace("_", " "))
        for group in groups
        for name, words in IDLE[group].items()
        if isinstance(words, str)
        for word in words.split()
    ]


IDLE_UNITS = [
    (dimension, gloss, word)
    for dimension, glosses in IDLE["units"].items()
    for gloss, words in glosses.items()
    for word in words.split()
]
FRAMES = {
    "hotlines": ("打了{}，", "label"),
    "models": ("{}15，", "label"),
    "called": ("{}785，", "label"),
    "spent": ("{}15日，", "measurement"),
    "phrases": ("{}", "label"),
}


@pytest.mark.parametrize(("sentence", "found"), IDLE["sentences"].items())
def test_a_sentence_has_these_numbers(sentence: str, found: str):
    assert [each.text for each in scan(sentence)] == found.split()


@pytest.mark.parametrize("dimension", IDLE["units"])
def test_a_unit_is_what_its_line_says(dimension: str):
    for gloss, words in IDLE["units"][dimension].items():
        for word in words.split():
            reading = read(f"12{word}")
            assert (reading.unit, reading.unit_en, reading.dimension.value) == (word, gloss, dimension)


def test_a_character_behind_a_unit_or_hedge_makes_another_word_of_it():
    for _, word, behind in idle("begins"):
        number = "3年" if word in "多余" else "3"
        assert not scan(f"有{number}{word}{behind}，")[0].text.startswith(number + word), word + behind


def test_a_character_before_a_hedge_makes_another_word_of_it():
    for _, word, before in idle("ends"):
        assert [each.text for each in scan(f"{before}{word}5件，")] == ["5件"], before + word


def test_a_traditional_or_full_width_character_is_read_as_its_simple_one():
    for _, name, (one, other) in idle("simpler"):
        assert name == "cues" or fold(f"{one}件") == f"{other}件"


def test_a_word_tells_the_role_of_the_number_beside_it():
    for _, name, word in idle("roles"):
        frame, role = FRAMES[name]
        found = scan(frame.format(word))
        assert {each.role.value for each in (found if name == "phrases" else found[-1:])} == {role}, word


# ------------------------------------------------------------ every alternative of every rule

ROLES = Path(__file__).with_name("test_roles.py")


@pytest.mark.parametrize(("sentence", "found"), IDLE["patterns"].items())
def test_the_numbers_of_a_sentence_have_these_roles(sentence: str, found: str):
    roles_of = [(each.text, "".join(way.role[0] for way in (each, *each.also))) for each in scan(sentence)]
    assert [f"{text}:{letters}" for text, letters in roles_of] == found.split()


def without_each(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield each alternative of a pattern and of its groups, with the pattern that lacks it.

    >>> list(without_each("[|]a(?:b|c)"))
    [('b', '[|]a(?:(?!)|c)'), ('c', '[|]a(?:b|(?!))'), ('[|]a(?:b|c)', '(?!)')]
    """
    starts = [[0]]
    for mark in [*re.finditer(r"\\.|\[(?:\\.|[^\]\\])+\]|\(\?<?[:=!]|[|)]", pattern), None]:
        at, end = mark.span() if mark else (len(pattern), 0)
        if mark and mark[0][0] == "(":
            starts.append([end])
        elif mark and mark[0] == "|":
            starts[-1].append(end)
        elif not mark or mark[0] == ")":
            begun = starts.pop()
            for start, stop in zip(begun, [*(each - 1 for each in begun[1:]), at], strict=True):
                if len(begun) > 1 or not mark:
                    yield pattern[start:stop], f"{pattern[:start]}(?!){pattern[stop:]}"


def lesser(rule: roles._RoleRule) -> Iterator[tuple[str, roles._RoleRule]]:
    """Yield each word before and each alternative behind, with the rule that lacks it."""
    for word in rule.before:
        yield word, rule._replace(before=tuple({*rule.before} - {word}))
    for alternative, pattern in without_each(rule.after.pattern):
        yield alternative, rule._replace(after=re.compile(pattern))


def fits(rule: roles._RoleRule, place: roles._Around) -> bool:
    near = place.head.endswith(rule.before) or place.head.rstrip(roles._LEADS).endswith(rule.before)
    return near and bool(rule.after.match(place.line, place.end))


def reached(asked: set[tuple]) -> dict[roles._RoleRule, list[roles._Around]]:
    """Return for each rule the places where no rule before it fits and it says what those behind do not."""
    found = {}
    for group, kind, place, *unit in asked:
        rules = roles._rules(group).get((kind, unit[0] if unit else place.unit))
        fitting = [rule for rule in rules.rules if fits(rule, place)] if rules else []
        for rule in rules.rules if rules else ():
            behind = [each.told for each in fitting if each is not rule]
            if rule.told != (behind[0] if behind else (roles.Role.MEASUREMENT, None)):
                found.setdefault(rule, []).append(place)
            if rule in fitting:
                break
    return found


def test_every_word_and_alternative_of_a_rule_tells_a_number_of_a_marked_text_or_of_a_line(monkeypatch):
    asked, first = set(), roles._first
    monkeypatch.setattr(roles, "_first", lambda *place: asked.add(place) or first(*place))
    lines = [*IDLE["patterns"], *re.findall(r'\("([^"\n]+)"', ROLES.read_text("utf-8"))]
    lines += [FRAMES[name][0].format(word) for _, name, word in idle("roles")]
    for text in [*lines, *(each.text for name in FOLDERS for each in texts(folder(name)))]:
        scan(text)
    left = [
        (part, rule.after.pattern)
        for rule, places in reached(asked).items()
        for part, less in lesser(rule)
        if part and not any(fits(rule, at) != fits(less, at) for at in places)
    ]
    assert left == []
    tables = tomllib.loads((CHINESE / "roles.toml").read_text("utf-8"))["rules"].values()
    assert {row[4] for rows in tables for row in rows} == {rule.after.pattern for rule in reached(asked)}
