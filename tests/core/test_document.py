"""The audit of a text: what it counts, what it says, and what a person's table changes in it."""

import csv
import hashlib
import io
from dataclasses import replace

import pytest

import proposed
from asprinted import audit, scan
from asprinted.audit import decisions, phrasing, rows
from asprinted.audit.candidate import Candidate, Confidence
from asprinted.audit.checking import check_spans
from asprinted.audit.findings import Findings
from asprinted.audit.ranking import relate
from asprinted.exact.verdicts import Verdict
from asprinted.faults import Faults
from asprinted.prose import sentences
from proposed import TEXT, place


@pytest.fixture(autouse=True)
def by_hand(monkeypatch):
    proposed.relate_by_hand(monkeypatch)
    yield
    sentences.set_language("en")


@pytest.fixture
def found():
    return audit(TEXT, name="library")


def table(found, **cells) -> list[dict[str, str]]:
    """Return the rows that the audit writes, with cells changed in the relation of an id."""
    made = {claim.id: rows.claim_row(found, claim) for claim in found.claims}
    for name, changed in cells.items():
        made[name] |= changed
    return list(made.values())


def written(records) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows.CLAIM, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue()


def again(records):
    """Audit the text once more, with a table of decisions."""
    return audit(TEXT, name="library", decisions=decisions.read(written(records), "relations.csv"))


def faults(records) -> list[str]:
    with pytest.raises(Faults) as refused:
        again(records)
    return [f"{fault.row} {fault.column}: {fault.found}" for fault in refused.value.faults]


def added(**cells) -> dict[str, str]:
    """Return a row that a person adds: 20 of the 1,000 books returned are picture books, 2%."""
    (start, end), (part_start, part_end) = place("1,250册"), place("800册")
    return {
        "text_id": "library",
        "kind": "sum",
        "result_start": str(start),
        "result_end": str(end),
        "part_start": str(part_start),
        "part_end": str(part_end),
        "decision": "accept",
        **cells,
    }


# ------------------------------------------------------------------------------------------- what is counted


def test_ids_follow_the_places_of_the_results_in_the_text(found):
    starts = [claim.results[0].start for claim in found.claims]
    assert starts == sorted(starts)
    assert [claim.id for claim in found.claims] == [f"c{number}" for number in range(1, 10)]


def test_nine_readings_of_eight_results_of_which_one_has_a_part_above_its_whole_and_three_do_not_follow(
    found,
):
    counts = found.counts
    # 980 is not 1,250; 1,000 is 11.1% above 900, not 12.5%; 1,000 of 1,250 is 80%, not 91%, and that is sure.
    assert (counts.related, counts.others, counts.testable) == (8, 1, 7)
    assert (counts.tested, counts.flagged, counts.contradicted) == (7, 3, 1)
    assert counts.found == len(found.spans) >= counts.read


def test_a_number_that_was_found_and_not_read_is_not_counted_as_read():
    vague = audit("受理几十件，审结5件，未结3件。").counts
    assert (vague.found, vague.read) == (3, 2)


def test_a_test_that_nothing_could_fail_is_testable_and_not_tested():
    # Up to 99 of any number, say of 100: whatever share is printed, some of them give it.
    least, most, share = scan("至少1册，不超过99册，占50%。")
    check = check_spans("share", (share,), (most,), (least,))
    assert check.strength == 0
    stated = Candidate("share", (share,), (most,), (least,), check=check, confidence=Confidence.SURE)
    counts = Findings("", "text", (least, most, share), (stated._replace(id="c1"),)).counts
    assert (counts.related, counts.testable, counts.tested, counts.flagged) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("kind", "text", "tested", "flagged"),
    [
        # A quarter and a range have no last place, so no share of other values tells how strong the test was.
        ("share", "占四分之一，其中25件，共100件。", 1, 0),
        ("share", "占四分之一，其中26件，共100件。", 1, 1),
        ("share", "占四分之一，其中25件，共20件。", 0, 0),
        # From 8 on, or any number at all.
        ("sum", "共10件至20件，其中至少3件，另有5件。", 1, 0),
        ("change", "减少20件至30件，现有至少100件，原有至少120件。", 0, 0),
    ],
)
def test_without_a_last_place_a_test_is_one_where_not_every_result_would_do(kind, text, tested, flagged):
    result, *inputs = scan(text)
    parts, wholes = (inputs, []) if kind == "sum" else (inputs[:1], inputs[1:])
    direction = "fall" if kind == "change" else ""
    check = check_spans(kind, (result,), parts, wholes, direction)
    assert check.strength is None
    stated = Candidate(kind, (result,), tuple(parts), tuple(wholes), direction, check=check)
    flag = "likely" if stated.fails else ""
    claim = stated._replace(id="c1", confidence=Confidence.LIKELY, flag=flag)
    counts = Findings("", text, tuple(scan(text)), (claim,)).counts
    assert (counts.tested, counts.flagged) == (tested, flagged)


def test_what_the_engine_proposes_is_no_persons_decision(found):
    assert {phrasing.reasons(claim) for claim in found.claims} == {
        "",
        "it follows; the words alone leave it open",
    }
    bare = found.claims[0]._replace(id="c1")
    assert (phrasing.reasons(bare), rows.claim_row(found, bare)["decision"]) == ("", "")


def test_relations_stand_in_the_order_of_their_results_with_and_without_ids(found):
    assert [each.results[0].text for each in found.claims] == (
        "1,250册 1000册 80% 12.5% 12.5% 25册 91% 99% 98.35%".split()
    )


def test_what_was_found_cannot_be_changed_afterwards(found):
    for each, name in ((found, "name"), (found.claims[0], "id")):
        with pytest.raises(AttributeError):
            setattr(each, name, "other")


def test_the_checksum_is_that_of_the_text_in_utf_8(found):
    assert found.sha256 == hashlib.sha256(TEXT.encode("utf-8")).hexdigest()


# ---------------------------------------------------------------------------------------------- what is said


def test_contradicted_is_said_where_the_flag_is_sure_and_that_it_does_not_follow_where_it_is_likely(found):
    said = {claim.id: phrasing.says(claim) for claim in found.claims if claim.fails}
    assert [name for name, text in said.items() if "contradicted" in text] == ["c7"]
    flags = {claim.id: claim.flag for claim in found.claims}
    assert all(("does not follow" in text) == (flags[name] == "likely") for name, text in said.items())
    chinese = {claim.id: phrasing.says(claim, "zh") for claim in found.claims if claim.fails}
    assert [name for name, text in chinese.items() if "矛盾" in text] == ["c7"]
    assert all(name == "c7" or "若原文确系此意" in text for name, text in chinese.items())


def test_of_a_relation_that_is_merely_possible_it_is_said_that_it_need_not_be_meant(found):
    (possible,) = (claim for claim in found.claims if claim.confidence is Confidence.POSSIBLE)
    assert phrasing.verdict_of(possible) == "other numbers, if this is what is meant at all"
    assert phrasing.verdict_of(possible, "zh") == "若原文确系此意（未必如此），则数字有出入"
    assert not possible.is_asked


@pytest.mark.parametrize(("total", "said"), [("3500件", True), ("3300件", False)])
def test_only_numbers_that_add_up_are_proposed_because_they_do(total, said):
    spans = scan(f"甲1000件、乙2000件、丙500件，共{total}。")
    check = check_spans("sum", spans[3:], spans[:3], [])
    stated = Candidate("sum", (spans[3],), tuple(spans[:3]), (), seen=frozenset({"total"}), check=check)
    assert ("they add up" in phrasing.reasons(stated)) is said


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("0件", "measurement: 0 件; last place 1", "计量：0件；末位为1"),
        ("至少3件", "measurement: at least 3 件; last place 1", None),
        ("5件以下", "measurement: 0 to 5 件; last place 1", "计量：0至5件；末位为1"),
        ("占四分之一", "measurement: 25%", "计量：25%"),
        ("占三分之一", "measurement: 1/3", "计量：1/3"),
        ("74.0件", "measurement: 74 件; last place 0.1", "计量：74件；末位为0.1"),
        ("几十件", "measurement: no reading", "计量：无法读出数值"),
    ],
)
def test_a_number_tells_what_its_words_admit_and_its_last_place(text, english, chinese):
    (number,) = scan(text)
    assert phrasing.meaning(number) == english
    assert chinese in (None, phrasing.meaning(number, "zh"))


def test_a_verdict_is_in_the_words_of_checks_where_nothing_is_flagged(found):
    said = {claim.id: phrasing.verdict_of(claim) for claim in found.claims if not claim.fails}
    assert said["c2"] == "follows, rounded or cut"
    assert said["c9"] == "not excluded, rounded or cut"


def test_reasons_are_told_in_their_order_after_the_persons(found):
    claim = found.claims[2]._replace(seen=frozenset({"one_unit", "part_among"}), meant=1.0)
    among, order = "said to be among the whole", "order, units and distance"
    assert phrasing.reasons(claim) == f"{among}; {order}"
    assert phrasing.reasons(claim._replace(decided=True)) == f"a person says so; {among}; {order}"
    assert phrasing.reasons(claim, "zh") == "有“其中”等词；次序、单位与远近相合"


def test_hedged_counts_leave_a_result_not_excluded(found):
    (hedged,) = (claim for claim in found.claims if claim.results[0].text == "98.35%")
    assert "not excluded" in phrasing.says(hedged)


def test_an_impossible_pair_says_why_it_cannot_be_tested(found):
    (pair,) = (claim for claim in found.claims if claim.results[0].text == "99%")
    assert pair.check.verdict is Verdict.NOT_TESTABLE
    assert "the part is greater than its whole" in rows.claim_row(found, pair)["reason"]
    assert phrasing.strength_of(pair) == ""


@pytest.mark.parametrize("kind", ["share", "mean", "sum", "change"])
def test_every_kind_of_relation_tells_how_strong_its_test_was(found, kind):
    told = [
        phrasing.strength_of(claim)
        for claim in found.claims
        if claim.kind == kind and claim.check.verdict is not Verdict.NOT_TESTABLE
    ]
    assert told
    assert all("would have failed" in text for text in told)


def test_a_summary_has_one_line_for_each_result_that_does_not_follow_and_a_caution(found):
    counts, *flagged, caution = repr(found).splitlines()
    assert counts.endswith("; flagged as not following, surely or likely: 3.")
    assert [line.partition(":")[0] for line in flagged] == ["c1", "c4", "c7"]
    assert caution == "That numbers agree shows that they belong together, not that they are true."


def test_a_text_without_a_name_is_called_text():
    assert rows.as_json(audit(TEXT))["text_id"] == "text"


def test_the_summary_shows_itself_in_the_language_last_set(found):
    assert "Relations proposed: 8, testable: 7, tested: 7;" in repr(found)
    assert "not that they are true" in repr(found)
    sentences.set_language("zh")
    assert "提出勾稽关系8组，可检验7组，已检验7组；其中确定或较可能不符的3组" in repr(found)
    assert "不说明属实" in repr(found)


# -------------------------------------------------------------------------------------------------- as a row


def test_a_row_joins_the_places_of_several_numbers_of_one_side(found):
    row = rows.claim_row(found, found.claims[1])
    assert (row["claim_id"], row["kind"], row["verdict"]) == ("c2", "sum", "both")
    starts, ends = zip(*map(place, ("800册", "180册", "20册")), strict=True)
    assert row["part_start"] == ";".join(map(str, starts))
    assert row["part_end"] == ";".join(map(str, ends))
    assert (row["whole_start"], row["computed_low"], row["computed_high"]) == (
        "",
        "1000.000000",
        "1000.000000",
    )


def test_computed_ends_are_rounded_outward(found):
    (rise,) = (claim for claim in found.claims if claim.id == "c4")
    row = rows.claim_row(found, rise)
    # 100 of 900 is 0.1111…
    assert (row["computed_low"], row["computed_high"]) == ("0.111111", "0.111112")


def test_a_row_of_a_number_has_each_column_and_says_why_there_is_no_value():
    hedged, _, vague = scan("受理1.76万余件，\n结案率61.71%，几十件")
    row = rows.span_row("news", hedged)
    assert list(row) == rows.SPAN
    assert ",".join(row.values()) == "news,2,9,1.76万余件,measurement,17600,17600,17700,100,余,件,[),"
    row = rows.span_row("news", vague)
    assert list(row) == rows.SPAN
    assert {name: text for name, text in row.items() if text and name != "unread"} == {
        "text_id": "news", "start": "21", "end": "24", "surface": "几十件", "role": "measurement",
    }  # fmt: skip
    assert "names no number" in row["unread"]


def test_a_row_of_a_relation_has_each_column(found):
    row = rows.claim_row(found, found.claims[2])
    assert set(row) == set(rows.CLAIM)
    places = [at for token in ("80%", "1000册", "1,250册") for at in place(token)]
    assert [int(row[column]) for columns in rows.PLACES.values() for column in columns] == places
    said = [row[name] for name in "text_id result part whole direction confidence".split()]
    assert said == ["library", "80%", "1000册", "1,250册", "", "sure"]
    # Of 101 values one would have passed: 1 - 1/101 = 0.99009…, cut
    assert (row["strength"], row["sha256"], row["decision"]) == ("0.9900", found.sha256, "")
    assert rows.claim_row(found, found.claims[3])["direction"] == "rise"


def test_a_row_of_what_cannot_be_tested_has_no_strength_and_its_reason_in_the_language_asked_for(found):
    row = rows.claim_row(found, found.claims[7])
    assert (row["verdict"], row["strength"]) == ("not_testable", "")
    chinese = rows.claim_row(found, found.claims[7]._replace(decided=True), "zh")
    assert chinese["reason"].count("；") == 1
    assert "部分大于总数" in chinese["reason"]
    english = rows.claim_row(found, found.claims[7]._replace(decided=True))
    assert english["reason"].startswith("a person says so; ")


def test_json_holds_each_number_with_its_place_in_its_line():
    held = rows.as_json(audit("受理1.76万余件，\n结案率61.71%", name="news"))
    assert [(each["start"], each["end"], each["line"], each["column"]) for each in held["spans"]] == [
        (2, 9, 1, 2),
        (14, 20, 2, 3),
    ]
    assert [each["surface"] for each in held["spans"]] == ["1.76万余件", "61.71%"]
    assert "text_id" not in held["spans"][0]
    assert (held["text_id"], held["relations"], held["counts"]["found"]) == ("news", [], 2)
    assert [rows.as_json(audit("受理5件"))["spans"][0].get(name) for name in ("also", "unread")] == [None, ""]


def test_json_holds_other_ways_to_take_a_place():
    (span,) = scan("受理5件")
    two_ways = replace(span, also=(replace(span, end=span.end - 1, text="5"),))
    (held,) = rows.as_json(Findings("受理5件", "news", (two_ways,), ()))["spans"]
    assert [(each["end"], each["surface"]) for each in held["also"]] == [(3, "5")]


def test_json_holds_each_relation_with_its_numbers_and_what_is_said_of_it(found):
    held = rows.as_json(found)["relations"][2]
    for side, token in (("results", "80%"), ("parts", "1000册"), ("wholes", "1,250册")):
        start, end = place(token)
        assert held[side] == [{"start": start, "end": end, "surface": token}]
    assert (held["claim_id"], held["kind"], held["verdict"]) == ("c3", "share", "both")
    assert held["says"] == "Printed: 80%; 1,000 of 1,250 is 80.0000%: follows, rounded or cut."
    assert held["strength_says"].endswith("99.00% would have failed.")
    chinese = rows.as_json(found, "zh")["relations"][2]
    assert chinese["says"] == "原文80%；以1000除以1250，得80.0000%：四舍五入或去尾都相符。"
    assert chinese["strength_says"].endswith("99.00%通不过。")


def test_json_of_a_scan_alone_holds_no_relation_and_no_count(found):
    assert list(rows.as_json(found, related=False)) == ["text_id", "sha256", "spans", "text"]
    assert list(rows.as_json(found)) == ["text_id", "sha256", "counts", "spans", "relations", "text"]
    assert rows.as_json(found)["sha256"] == found.sha256


def test_json_holds_both_readings_of_one_result(found):
    relations = {each["claim_id"]: each for each in rows.as_json(found)["relations"]}
    assert (relations["c4"]["rivals"], relations["c5"]["rivals"]) == (["c5"], ["c4"])
    assert (relations["c4"]["leads"], relations["c5"]["leads"]) == (True, False)
    assert rows.as_json(found)["text"][slice(*place("80%"))] == "80%"


# -------------------------------------------------------------------------------------- a person's decisions


def test_a_table_without_decisions_changes_nothing(found):
    assert again(table(found)).claims == found.claims


def test_what_is_accepted_is_sure_and_ends_the_other_readings_of_its_result(found):
    settled = again(table(found, c5={"decision": "accept"}))
    assert [claim.id for claim in settled.claims] == [f"c{number}" for number in (1, 2, 3, 5, 6, 7, 8, 9)]
    (claim,) = (claim for claim in settled.claims if claim.id == "c5")
    assert claim.is_sure
    assert "contradicted" in phrasing.says(claim)
    assert settled.counts.others == 0
    assert rows.claim_row(settled, claim)["decision"] == "accept"
    assert phrasing.reasons(claim) == "a person says so"


def test_what_is_rejected_goes_and_the_other_ids_stay(found):
    settled = again(table(found, c1={"decision": "reject"}, c7={"decision": " Reject"}))
    assert [claim.id for claim in settled.claims] == [f"c{number}" for number in (2, 3, 4, 5, 6, 8, 9)]
    assert settled.counts.flagged == 1


def test_a_rejected_first_reading_leaves_its_place_to_the_second(found):
    settled = again(table(found, c4={"decision": "reject"}))
    (second,) = (claim for claim in settled.claims if claim.id == "c5")
    assert second.leads


def test_what_a_person_adds_is_checked_like_the_rest_and_comes_last(found):
    settled = again([*table(found, c1={"decision": "reject"}), added()])
    last = settled.claims[-1]
    assert (last.id, last.is_sure, last.check.verdict) == ("c10", True, Verdict.CONTRADICTED)
    # 800 is not 1,250.
    assert settled.counts.contradicted == 2


def test_a_person_may_mark_a_number_that_was_found_differently():
    start, end = place("2024年")
    whole = {"whole_start": added()["part_start"], "whole_end": added()["part_end"]}
    settled = again([added(kind="mean", result_start=str(start), result_end=str(end - 1), **whole)])
    assert [(span.line, span.column) for span in settled.spans if span.text == "2024"] == [(3, 0)]
    assert "2024年" not in [span.text for span in settled.spans]


def test_what_a_person_adds_ends_the_other_readings_of_its_result(found):
    (start, end), (part_start, part_end), (whole_start, whole_end) = map(place, ("91%", "180册", "1000册"))
    places = {"result_start": start, "result_end": end, "part_start": part_start, "part_end": part_end}
    places |= {"whole_start": whole_start, "whole_end": whole_end}
    settled = again([added(kind="share", **places)])
    assert [claim.id for claim in settled.claims if claim.results[0].text == "91%"] == ["c10"]


def test_a_table_made_by_hand_needs_no_more_than_places_and_decisions():
    row = {name: text for name, text in added().items() if text}
    row |= dict.fromkeys(set(decisions.NEEDED) - set(row), "")
    table = "\n".join([",".join(row), ",".join(row.values())])
    settled = audit(TEXT, name="library", decisions=decisions.read(table))
    assert settled.claims[-1].decided


def test_ids_follow_the_text_whatever_the_order_of_the_proposals(found):
    _, claims = decisions.settle(TEXT, found.spans, found.claims[::-1])
    starts = [claim.results[0].start for claim in claims]
    assert starts == sorted(starts)
    assert [claim.id for claim in claims] == [f"c{number}" for number in range(1, 10)]


def test_a_fault_names_the_column_of_the_side_it_speaks_of(found):
    (start, end), (whole_start, whole_end) = place("25册"), place("1000册")
    odd = [
        added(whole_start=str(whole_start), whole_end=str(whole_end)),
        added(kind="divisor", result_start=str(start), result_end=str(end)),
        added(part_start="5", part_end="5"),
    ]
    *others, last = faults(odd)
    assert [line.partition(":")[0] for line in others] == ["2 whole_start", "3 part_start"]
    assert last == "4 part_start: characters 5 to 5"


def test_a_number_that_cannot_be_read_is_a_fault_of_its_place():
    text = "受理几十件，审结5件，共8件。"
    at = {span.text: (str(span.start), str(span.end)) for span in scan(text)}
    ends = zip(at["几十件"], at["5件"], strict=True)
    part_start, part_end = map(";".join, ends)
    row = added(result_start=at["8件"][0], result_end=at["8件"][1], part_start=part_start, part_end=part_end)
    with pytest.raises(Faults) as refused:
        audit(text, decisions=decisions.read(written([row]), "relations.csv"))
    (fault,) = refused.value.faults
    assert (fault.row, fault.column) == (2, "part_start")
    assert "几十件" in fault.found


def test_the_order_of_summands_does_not_matter(found):
    (row,) = (row for row in table(found) if row["claim_id"] == "c2")
    turned = {name: ";".join(reversed(row[name].split(";"))) for name in ("part_start", "part_end")}
    settled = again([row | turned | {"part": "", "decision": "accept"}])
    assert [claim.id for claim in settled.claims if claim.decided] == ["c2"]


def test_a_table_of_another_text_is_refused_by_its_checksum(found):
    changed = TEXT.replace("满意率91%", "满意率92%")
    with pytest.raises(Faults) as refused:
        audit(changed, decisions=decisions.read(written(table(found)), "relations.csv"))
    (fault,) = refused.value.faults
    assert (fault.row, fault.column) == (2, "sha256")
    assert fault.expected.endswith("the checksum of this text (9 rows in all)")


def test_stale_places_are_refused_each_with_what_stands_there_now(found):
    shifted = [
        row | {"sha256": "", "result_start": str(int(row["result_start"]) - 1)} for row in table(found)[:2]
    ]
    assert faults(shifted) == ['2 result: "1,250册"', '3 result: "1000册"']


def test_every_fault_is_told_at_once():
    wrong = [
        added(kind="ratio"),
        added(part_start="x"),
        added(decision="yes"),
        added(decision=""),
        added(result_end=""),
        added(part_end="999999"),
        added(part_start="0", part_end="3"),
        added(direction="rise"),
        added(result_start="", result_end=""),
    ]
    told = [
        '3 part_start: "x"',
        '4 decision: "yes"',
        "5 decision: a relation added without a decision",
        "6 result_end: 0 ends of 1 numbers",
    ]
    assert faults(wrong) == told
    on_the_text = faults([row for number, row in enumerate(wrong, start=2) if number not in (3, 4, 5, 6)])
    assert [line.partition(":")[0] for line in on_the_text] == [
        "2 kind", "3 part_start", "4 part_start", "5 direction", "6 result_start",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no such column"),
        ("text_id,kind\na,share\n", "no such column"),
        ('"text_id', "no table"),
        (",".join(rows.CLAIM) + "\nlibrary,c1\n", "2 cells"),
    ],
)
def test_what_is_no_such_table_is_refused(text, told):
    with pytest.raises(Faults, match=told):
        decisions.read(text)


def test_a_relation_that_is_accepted_and_rejected_is_refused_with_both_rows(found):
    accepted, *others = table(found, c1={"decision": "accept"})
    both = written([accepted, *others, {**accepted, "decision": "reject"}])
    with pytest.raises(Faults, match=rf"row {len(others) + 3}, column decision: .* row 2 has the other"):
        decisions.read(both)
    assert len(decisions.read(written([accepted, *others, accepted]))) == len(others) + 2


def test_a_table_saved_by_a_spreadsheet_with_a_mark_and_its_line_ends_is_read(found):
    text = "\ufeff" + written(table(found, c1={"decision": "reject"})).replace("\n", "\r\n")
    assert [each.choice for each in decisions.read(text)].count("reject") == 1


def test_what_is_not_flagged_is_no_question_to_ask():
    (slip,) = relate("受理案件34765件，审结21454件，结案率67.11%。")
    assert (slip.flag, slip.is_asked) == ("sure", True)
    loose = slip._replace(flag="")
    assert (loose.fails, loose.is_asked) == (True, False)
    assert not slip._replace(leads=False).is_asked
