"""A fault says what is wrong, where, and what was expected, alone and in numbers."""

import pickle

import pytest

from asprinted.faults import Fault, Faults, Gathered, hidden, near, placed, quote, refuse

MISTYPED = Fault("printed.csv", 14, "section", '"cort"', "one of court, police")


def test_a_fault_is_raised_without_a_place_and_gets_it_on_the_way_up():
    raised = Fault.of('"cort"', "one of court, police")
    assert str(raised) == 'found "cort", expected one of court, police.'
    assert raised.place == ""
    assert raised.at(file="printed.csv", row=14, column="section") == MISTYPED
    assert str(Fault.of("a", "b", "space")) == "column space: found a, expected b."


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({}, ""),
        ({"row": 14}, "row 14"),
        ({"column": "section"}, "column section"),
        ({"row": 14, "column": "section"}, "row 14, column section"),
        ({"line": 3}, "line 3 of the text"),
        ({"line": 1, "start": 0}, "line 1 of the text, character 0"),
    ],
)
def test_a_place_names_what_is_known_of_it(place, said):
    assert Fault.of("a", "b").at(**place).place == said
    where = ", ".join(part for part in ("x.csv", said) if part)
    assert str(Fault.of("a", "b").at(file="x.csv", **place)) == f"{where}: found a, expected b."


def test_faults_of_no_file_begin_with_their_number():
    assert str(Faults([Fault.of("a", "b", "--into")], "nothing was audited")) == (
        "1 fault; nothing was audited.\n  column --into: found a, expected b."
    )


def test_faults_of_one_file_name_it_once_and_each_place():
    assert str(Faults([MISTYPED, Fault("printed.csv", None, "", "no rows", "rows")])) == (
        "printed.csv has 2 faults; nothing was written.\n"
        '  row 14, column section: found "cort", expected one of court, police.\n'
        "  found no rows, expected rows."
    )


def test_faults_of_several_files_stand_together_by_file():
    other = Fault("facts.csv", 2, "", "a", "b")
    message = str(Faults([MISTYPED, other, MISTYPED.at(row=15)], outcome=""))
    assert message == (
        "3 faults in 2 files.\n"
        '  printed.csv, row 14, column section: found "cort", expected one of court, police.\n'
        '  printed.csv, row 15, column section: found "cort", expected one of court, police.\n'
        "  facts.csv, row 2: found a, expected b."
    )


def test_one_fault_is_one():
    assert str(Faults([MISTYPED])).startswith("printed.csv has 1 fault; ")


def test_faults_pass_between_processes_whole():
    placed = MISTYPED.at(line=3, start=7)
    assert pickle.loads(pickle.dumps(placed)) == placed
    both = pickle.loads(pickle.dumps(Faults([placed, MISTYPED], "nothing was read")))
    assert (both.faults, both.outcome) == ((placed, MISTYPED), "nothing was read")
    assert str(both).startswith("printed.csv has 2 faults; nothing was read.")


def test_equal_faults_are_one_in_a_set():
    assert len({MISTYPED, MISTYPED.at(row=14), MISTYPED.at(row=15)}) == 2


def test_a_mistyped_name_gets_a_hint_at_the_nearest_and_a_strange_one_none():
    assert near("visit", ["books_lent", "visits"], "column {}") == "; near to it is column visits"
    assert near("xyz", ["books_lent", "visits"]) == ""
    assert (quote(""), quote(" ")) == ("an empty cell", '" "')


def test_a_long_cell_is_told_without_its_middle():
    message = str(Fault("printed.csv", 2, "note", f'"{"x" * 100_000}"', "less"))
    assert len(message) < 500
    assert "(99,702 characters left out)" in message


def test_of_many_faults_of_a_file_twenty_are_told_and_the_others_counted():
    many = [Fault("printed.csv", row, "key", f'"{row}"', "another") for row in range(2, 5002)]
    message = str(Faults([*many, Fault("sets.csv", 3, "where", '"x"', "a rule")]))
    head, *lines = message.splitlines()
    assert head == "5,001 faults in 2 files; nothing was written."
    assert len(lines) == 22
    assert lines[20] == "  printed.csv: and 4,980 more."
    # Another file's faults are not hidden by the first one's.
    assert lines[21].startswith("  sets.csv, row 3")
    assert str(Faults(many)).splitlines()[-1] == "  and 4,980 more."


def test_a_fault_that_is_found_twice_is_told_once():
    twice = [Fault("README.md", 1, "", "the byte 0xb9", "UTF-8") for _ in range(2)]
    assert str(Faults(twice)).splitlines()[0] == "README.md has 1 fault; nothing was written."


def test_what_a_terminal_would_obey_is_told_by_its_code():
    message = str(Fault("a\x1b.csv", 2, "k\u202ey", '"a\x1b[31m\n\x07\ud800"', "text"))
    assert hidden(message) == ""
    assert message.startswith("a<U+001B>.csv, row 2, column k<U+202E>y: ")
    assert message.endswith('found "a<U+001B>[31m<U+000A><U+0007><U+D800>", expected text.')


def test_letters_of_any_script_and_blanks_are_no_hidden_characters():
    assert hidden("结案率 61.71%，约 1.73万余件 — “naïve” é ñ Ω Ж ✓ −5 \u3000 ") == ""
    assert [hidden(f"a{each}") for each in "\x00\x7f\xad\u200d\u2029\ufeff"] == [
        "U+0000", "U+007F", "U+00AD", "U+200D", "U+2029", "U+FEFF",
    ]  # fmt: skip


def test_what_is_raised_in_a_place_ends_that_place_alone_and_is_told_with_what_was_added():
    def read() -> None:
        with Gathered("printed.csv", "nothing was read") as faults:
            for row in (14, 15):
                with faults.at(row=row, column="section"):
                    raise Fault.of('"cort"', "one of court, police")
            with faults.at(file="sets.csv", row=2):
                refuse([Fault.of("a", "b", "where"), Fault("printed.csv", 3, "key", "c", "d")])
            faults.add("e", "f", "kind", 16)
            raise Fault.of("g", "h")

    with pytest.raises(Faults) as raised:
        read()
    assert raised.value.outcome == "nothing was read"
    assert raised.value.faults == (
        MISTYPED,
        MISTYPED.at(row=15),
        Fault("sets.csv", 2, "where", "a", "b"),
        Fault("printed.csv", 3, "key", "c", "d"),
        Fault("printed.csv", 16, "kind", "e", "f"),
        Fault("printed.csv", None, "", "g", "h"),
    )


def test_a_gatherer_without_a_fault_raises_nothing_and_lets_every_other_error_pass():
    with Gathered("printed.csv") as faults:
        assert not faults
        faults.extend([])
    refuse(iter([]))

    def look_up() -> None:
        with Gathered("printed.csv") as faults:
            faults.add("a", "b")
            with faults.at(row=2):
                raise KeyError("courts")

    with pytest.raises(KeyError):
        look_up()


def test_a_column_that_the_table_has_not_gives_way_to_the_one_that_is_looked_at():
    faults = Gathered("sets.csv", columns=["key", "where"])
    faults.extend([Fault.of("a", "b", "formula"), Fault.of("a", "b", "key")], row=2, column="where")
    assert [fault.column for fault in faults] == ["where", "key"]


def test_a_fault_on_its_way_up_keeps_what_it_names_itself():
    with pytest.raises(Fault) as raised, placed(file="sets.csv", row=14, column="section"):
        raise Fault.of('"cort"', "one of court, police").at(file="printed.csv")
    assert raised.value == MISTYPED
