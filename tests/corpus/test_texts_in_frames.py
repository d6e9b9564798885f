"""Texts in frames of pandas and Dask: the same rows wherever they are audited, also where a worker dies."""

import os
import signal

import pandas
import pytest
from dask import dataframe
from distributed import Client, LocalCluster, as_completed

from asprinted import corpus
from asprinted.audit import rows
from asprinted.faults import Fault

RIGHT = "受理{}件，审结{}件，结案率50%。"


def reports(many: int) -> pandas.DataFrame:
    """Reports of which every fifth has a share that does not follow, and the fourth is none."""
    texts = [
        RIGHT.format(2 * number, number + (number % 5 == 0) * number // 2)
        for number in range(100, 100 + many)
    ]
    texts[3] = ""
    return pandas.DataFrame({"report": texts, "court": [f"c{number}" for number in range(many)]})


def test_each_relation_has_a_row_with_the_index_of_its_text():
    found = corpus.relations(reports(6), "report", "court")
    assert list(found.columns) == rows.CLAIM
    assert dict(found["verdict"]) == {
        0: "contradicted", 1: "both", 2: "both", 4: "both", 5: "contradicted",
    }  # fmt: skip
    assert list(found["text_id"]) == ["c0", "c1", "c2", "c4", "c5"]


def test_each_text_has_a_row_with_its_counts_or_why_it_has_none():
    share = "读者来信785封，其中答复413封，占来信总数的{}%。"
    texts = [share.format(62.6), share.format(52.6), "", share.format(52.6)]
    found = corpus.summary(pandas.DataFrame({"report": texts}), "report")
    assert list(found["related"].fillna(-1)) == [1, 1, -1, 1]
    assert list(found["flagged"].fillna(-1)) == [1, 0, -1, 0]
    assert found["fault"][2] == "found an empty cell, expected a text with characters in it."
    assert list(found["text_id"]) == ["0", "1", "2", "3"]


def test_a_text_at_which_the_audit_breaks_is_told_and_the_others_are_done(monkeypatch):
    def broken(text: str, name: str):
        if name == "c1":
            raise RecursionError
        return original(text, name=name)

    original = corpus.frames.audit
    monkeypatch.setattr(corpus.frames, "audit", broken)
    found = corpus.summary(reports(4), "report", "court")
    assert [bool(fault) for fault in found["fault"]] == [False, True, False, True]
    assert "RecursionError" in found["fault"][1]


@pytest.mark.parametrize(("text", "name"), [("reports", ""), ("report", "courts")])
def test_a_column_that_is_not_there_is_told(text, name):
    with pytest.raises(Fault, match=r"no column '(reports|courts)'"):
        corpus.summary(reports(4), text, name)


def test_a_cell_that_is_no_text_is_told():
    found = corpus.summary(pandas.DataFrame({"report": [1.5, None]}), "report")
    assert list(found["fault"]) == [
        'found "1.5", a number, expected a text with characters in it.',
        "found an empty cell, expected a text with characters in it.",
    ]


@pytest.mark.parametrize("do", [corpus.relations, corpus.summary])
def test_dask_gives_the_rows_and_the_types_of_pandas(do):
    frame = reports(10)
    parted = dataframe.from_pandas(frame, npartitions=3)
    made = do(parted, "report", "court")
    expected = do(frame, "report", "court")
    assert list(made.dtypes) == list(expected.dtypes)
    pandas.testing.assert_frame_equal(made.compute(scheduler="synchronous"), expected)


@pytest.mark.drill
@pytest.mark.filterwarnings("ignore")
def test_of_two_workers_one_is_killed_midway_and_nothing_is_lost_or_doubled():
    frame = reports(100)
    parted = dataframe.from_pandas(frame, npartitions=10)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        processes = client.run(os.getpid)
        futures = client.compute(corpus.summary(parted, "report", "court").to_delayed())
        done = as_completed(futures)
        # What it had done is lost with it, and done again by the other.
        (worker,) = client.who_has([next(done)]).popitem()[1]
        os.kill(processes[worker], signal.SIGKILL)
        parts = client.gather(futures)
        assert processes[worker] not in client.run(os.getpid).values()
    found = pandas.concat(parts)
    pandas.testing.assert_frame_equal(found, corpus.summary(frame, "report", "court"))
    assert list(found["text_id"]) == [f"c{number}" for number in range(100)]
