"""The county's SSDA903 returns, read back: what the record then holds is what was true."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from compendium.county import days
from compendium.county.records import Placement
from compendium.county.world import World
from compendium.county.writers.annex_a_care import legal_on, steps
from compendium.county.writers.ssda903 import write_return, write_return_workbook, write_return_xml
from tests.sources.desk import Desk

YEARS = range(2013, 2018)
FIRST, LAST = days.day("2012-04-01"), days.day("2017-03-31")
TODAY = date(2017, 8, 1)


@pytest.fixture(scope="module")
def desk(small_world: World, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Five years of returns, loaded; nothing of them is rejected or set aside."""
    pytest.MonkeyPatch().delenv("COMPENDIUM_KEY_FILE", raising=False)
    desk = Desk(tmp_path_factory.mktemp("returns"))
    for year in YEARS:
        report = desk.load(write_return(small_world, year, desk.folder).name, today=TODAY)
        assert report.source_format == "SSDA903" and report.received_on == date(year, 7, 14)
        assert [finding for finding in report.findings if finding.severity != "noted"] == []
    return desk


def ended(day: int) -> str | None:
    return days.iso(day) if day <= LAST else None


def test_periods_of_care_are_those_of_the_world(desk: Desk, small_world: World) -> None:
    """Of those that began before the first return, too: but for when they began."""
    periods = [care for care in small_world.service.looked_after.periods if care.start <= LAST and care.end >= FIRST]
    true = Counter(
        (care.child.child_id, days.iso(care.start) if care.start >= FIRST else "before", ended(care.end), care.need)
        for care in periods
    )
    held = Counter(
        (child, start if start >= days.iso(FIRST) else "before", end, need)
        for child, start, end, need in desk.rows("lac_period", "person_id, start_date, end_date, need_code")
    )
    assert held == true and len(true) > 100


def test_placements_are_those_of_the_world(desk: Desk, small_world: World) -> None:
    true = Counter(
        (care.child.child_id, days.iso(place.start), ended(min(place.end, care.end)), place.kind, place.provider)
        for care in small_world.service.looked_after.periods
        for place in care.placements
        if place.start <= LAST and min(place.end, care.end) >= FIRST and place.start < care.end
    )
    held = Counter(desk.rows("placement", "person_id, start_date, end_date, type, provider"))
    assert held == true and len(true) > 150


def test_the_way_to_adoption_is_that_of_the_world(desk: Desk, small_world: World) -> None:
    """A status that changes within a placement makes no new one, and no new period."""
    adopted = [care for care in small_world.service.looked_after.periods if care.reason in ("E11", "E12")]
    true = {
        care.child.child_id: tuple(days.iso(day) for day in (care.start, *steps(care)))
        for care in adopted
        if care.start >= FIRST and care.end <= LAST and care.placements[-1].kind[0] == "A"
    }
    columns = "entered_care, decision_date, placement_order, matched_date, placed_date, order_date"
    held = {child: dates for child, *dates in desk.rows("adoption", f"person_id, {columns}")}
    assert true and {child: tuple(held[child]) for child in true} == true


def test_every_format_tells_of_the_placement_order(small_world: World) -> None:
    """From its day on, and of nobody else: the returns make the status of it, the lists give it."""
    for care in small_world.service.looked_after.periods:
        ordered = steps(care)[1] if care.reason in ("E11", "E12") else None
        assert legal_on(care, care.start)[0] != "E1"
        if ordered is not None:
            assert legal_on(care, ordered - 1) == (care.legal, care.legal_since)
            assert legal_on(care, ordered) == legal_on(care, care.end) == ("E1", ordered)


def test_an_adoption_takes_its_steps_in_their_order(small_world: World) -> None:
    """Decided, ordered, matched, placed, adopted: also where the child came to the adopters within weeks."""
    adopted = [care for care in small_world.service.looked_after.periods if care.reason in ("E11", "E12")]
    assert adopted
    for care in adopted:
        decided, ordered, matched, placed, adopted_on = steps(care)
        assert decided <= ordered <= matched <= placed < adopted_on
    quick = replace(adopted[0], placements=[Placement(adopted[0].start + 1, "A6", "PR1", "", False, False)])
    assert list(steps(quick)) == sorted(steps(quick))


def test_reviews_are_those_of_the_world(desk: Desk, small_world: World) -> None:
    true = Counter(
        (care.child.child_id, days.iso(held), code)
        for care in small_world.service.looked_after.periods
        for held, _, code in care.reviews
        if FIRST <= held <= LAST
    )
    assert Counter(desk.rows("lac_review", "person_id, review_date, participation")) == true and len(true) > 300


def test_times_missing_are_those_of_the_world_by_day(desk: Desk, small_world: World) -> None:
    """Missing is told from 2014; a return has no hours, so two of one day are one."""
    true = {
        (episode.child.child_id, days.iso(episode.started_at[0]))
        for episode in small_world.missing
        if episode.looked_after and episode.started_at[0] <= LAST
    }
    assert set(desk.rows("missing_episode", "person_id, started_on")) == true and true


def test_care_leavers_are_as_they_were_on_their_birthdays(desk: Desk, small_world: World) -> None:
    leavers = {leaver.child.child_id: leaver for leaver in small_world.leavers}
    rows = desk.rows("care_leaver_status", "person_id, as_at, activity, accommodation, is_suitable, in_touch")
    for child, as_at, activity, accommodation, is_suitable, in_touch in rows:
        state = leavers[child].state(days.day(as_at))
        assert state is not None
        true = (state.activity or None, state.accommodation, int(state.suitable), int(state.in_touch))
        assert (activity, accommodation, is_suitable, in_touch) == true
    assert len(rows) > 10


def test_workbook_and_xml_tell_the_same(small_world: World, tmp_path: Path) -> None:
    desks = [Desk(tmp_path / name) for name in "abc"]
    for desk, write in zip(desks, (write_return, write_return_workbook, write_return_xml), strict=True):
        report = desk.load(write(small_world, 2015, desk.folder).name, today=TODAY)
        assert [finding for finding in report.findings if finding.severity != "noted"] == []
    for table in (
        "person",
        "lac_period",
        "placement",
        "lac_review",
        "lac_health",
        "adoption_decision",
        "care_leaver_status",
        "missing_episode",
    ):
        rows = [desk.rows(table) for desk in desks]
        assert rows[0] and rows[0] == rows[1] == rows[2], table


def test_who_is_still_in_care_has_no_end(desk: Desk, small_world: World) -> None:
    periods = small_world.service.looked_after.periods
    true = sum(care.start <= LAST < care.end for care in periods)
    assert sum(row[0] is None for row in desk.rows("lac_period", "end_date")) == true
