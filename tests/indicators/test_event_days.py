"""The days on which something seldom happened, and nothing else of the rows behind a figure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from compendium.indicators.event_days import Day, event_days
from compendium.workspace import Workspace
from tests.indicators.drawn import AREAS, catalogue_of, snapshot_of
from tests.indicators.test_rows import SHARE, TABLES, TWO

FIRST, LAST = date(2016, 12, 1), date(2017, 1, 31)
OPEN = """
value: count
place: recorded
needs: {referral.close_date: month_end}
rows: |
  SELECT r.person_id AS child_id, r.team_id, m.month_end, 1 AS numerator
  FROM month_end AS m JOIN referral AS r ON OPEN_AT(r.referral_date, r.close_date, m.month_end)
"""


def days_of(tmp_path: Path, indicator: str, first: date = FIRST, last: date = LAST) -> tuple[Day, ...]:
    catalogue = catalogue_of(tmp_path, share=SHARE, two=TWO, stock=OPEN)
    county = Workspace(tmp_path, "A county", "999", True, AREAS, None, "", tmp_path / "county.key")
    return event_days(snapshot_of(TABLES), catalogue, county, catalogue[indicator], first, last)


def test_each_day_has_its_cases_and_those_that_count_without_what_is_put_aside(tmp_path: Path) -> None:
    assert days_of(tmp_path, "share") == (
        Day(date(2016, 12, 31), 1, 1),
        Day(date(2017, 1, 5), 0, 1),
        Day(date(2017, 1, 10), 1, 1),
    )


def test_only_the_days_asked_for_are_told(tmp_path: Path) -> None:
    assert [each.on for each in days_of(tmp_path, "share", date(2017, 1, 5), date(2017, 1, 9))] == [date(2017, 1, 5)]


def test_a_stock_and_what_is_made_of_two_sets_of_rows_have_no_events(tmp_path: Path) -> None:
    assert days_of(tmp_path, "stock") == days_of(tmp_path, "two") == ()
