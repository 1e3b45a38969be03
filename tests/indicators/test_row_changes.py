"""Why a figure changed: its rows then and now, paired and told apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.indicators.row_changes import FigureRow, RowChanges, compared, rows_behind_headlines, why_changed
from compendium.record.deliveries import Record
from tests.catalogue.worked_cases.test_revised_figures import conferences
from tests.record.drawn import deliver, make_workspace

JANUARY = date(2017, 1, 31)
NONE = RowChanges()


def rows(drawn: str) -> list[FigureRow]:
    """'A 10 1/1': a row about A, of 10 January, that is one of one. A dash for who: nobody; for what: put aside."""
    made = []
    for line in drawn.split(","):
        if line.strip():
            who, day, worth = line.split()
            counts = None if worth == "-" else tuple(int(each) for each in worth.split("/"))
            made.append(FigureRow("rows", None if who == "-" else who, date(2017, 1, int(day)), counts))
    return made


@pytest.mark.parametrize(
    ("then", "now", "kinds", "found"),
    [
        ("A 10 1/1", "A 10 1/1", {}, NONE),
        ("A 10 1/1", "A 10 1/1, B 11 0/1", {"B": {"added"}}, RowChanges(late=1)),
        ("A 10 1/1, B 11 0/1", "A 10 1/1", {"B": {"withdrawn"}}, RowChanges(deleted=1)),
        ("A 10 1/1, B 11 0/1", "A 10 1/1", {"B": {"closed"}}, RowChanges(late=1)),  # its end came late
        ("A 10 0/1", "A 10 1/1", {"A": {"corrected"}}, RowChanges(corrected=1)),
        ("A 10 0/1", "A 10 1/1", {"A": {"added"}}, RowChanges(late=1)),  # a visit, say, typed in since
        ("A 10 0/1", "A 10 1/1", {None: {"completed"}}, RowChanges(late=1)),  # told of no one child
        ("A 10 0/1", "A 10 1/1", {}, RowChanges(corrected=1)),  # nothing else explains it
        ("A 10 0/1", "A 13 1/1", {"A": {"added", "withdrawn"}}, RowChanges(corrected=1)),  # another day
        ("A 10 0/1", "A 13 0/1", {"A": {"withdrawn"}}, NONE),  # another day, and the figure is the same
        ("A 10 1/1", "A 31 -", {"A": {"withdrawn"}}, RowChanges(corrected=1)),  # moved out of the month
        ("A 10 -", "A 10 1/1", {"A": {"withdrawn"}}, RowChanges(late=1)),  # put aside until it was complete
        ("A 10 -", "", {"A": {"withdrawn"}}, NONE),
        ("", "A 10 -", {"A": {"added"}}, NONE),
        ("A 10 1/1", "A 10 1/1, A 10 1/1", {}, RowChanges(late=1)),  # two of one child on one day
        ("A 10 1/1, A 20 0/1", "A 20 1/1", {"A": {"withdrawn"}}, RowChanges(corrected=1, deleted=1)),
        ("- 10 5/1", "- 11 6/1", {}, RowChanges(late=1, deleted=1)),  # of nobody, so they are not the same
        ("- 10 5/1", "- 10 6/1", {}, RowChanges(corrected=1)),
    ],
)
def test_each_row_that_changed_is_told_once(
    then: str, now: str, kinds: Mapping[str | None, set[str]], found: RowChanges
) -> None:
    assert compared(rows(then), rows(now), kinds) == found


DRAWN = st.lists(
    st.builds(
        FigureRow,
        st.just("rows"),
        st.sampled_from("ABC"),
        st.integers(0, 30).map(lambda days: date(2017, 1, 1) + timedelta(days=days)),
        st.none() | st.tuples(st.integers(0, 1), st.just(1)),
    ),
    max_size=12,
)


@given(DRAWN, DRAWN)
def test_what_is_only_added_is_late_and_what_is_only_taken_away_is_deleted(
    there: list[FigureRow], more: list[FigureRow]
) -> None:
    counting = sum(each.worth is not None for each in more)
    assert compared(there, there, {}) == NONE
    assert compared(there, [*more, *there], {None: {"added"}}) == RowChanges(late=counting)
    assert compared([*there, *more], there, {None: {"withdrawn"}}) == RowChanges(deleted=counting)


def test_e14_four_conferences_late_and_twelve_dates_corrected(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "wealdmere")
    record = Record.open(workspace)
    for received, drawing in (("2017-02-03", conferences(40, 20)), ("2017-03-03", conferences(52, 12))):
        covers = [(table, "2016-07-01", received, "event") for table in ("icpc", "s47")]
        deliver(record, received, [("icpc", drawing)], *covers)
    asked, catalogue = ["icpc_15wd", "icpc_held"], load_catalogue([SHIPPED])
    then, now = (
        rows_behind_headlines(record.as_at(date(2017, month, 3)), catalogue, workspace, asked, [JANUARY])
        for month in (2, 3)
    )
    assert why_changed(then, now, [(name, JANUARY) for name in asked]) == {
        ("icpc_15wd", JANUARY): RowChanges(late=4, corrected=12),
        ("icpc_held", JANUARY): RowChanges(late=4),
    }


def test_a_row_that_has_moved_out_of_the_month_was_corrected_and_not_deleted(tmp_path: Path) -> None:
    """Two children of February, of whom one stood in January at first, and one who is gone."""
    workspace = make_workspace(tmp_path / "wealdmere")
    record = Record.open(workspace)
    held = "person_id icpc_date\n"
    for received, drawing in (
        ("2017-02-03", f"{held} a 2017-01-10\n b 2017-01-31\n c 2017-01-20"),
        ("2017-03-03", f"{held} a 2017-01-10\n b 2017-02-02\n d 2017-02-20"),
    ):
        deliver(record, received, [("icpc", drawing)], ("icpc", "2016-07-01", received, "event"))
    then, now = (
        rows_behind_headlines(record.as_at(date(2017, each, 3)), load_catalogue([SHIPPED]), workspace, ["icpc_held"],
                              [JANUARY])
        for each in (2, 3)
    )  # fmt: skip
    assert why_changed(then, now, [("icpc_held", JANUARY)]) == {
        ("icpc_held", JANUARY): RowChanges(corrected=1, deleted=1)
    }
