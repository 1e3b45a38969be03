"""What must hold of any history: parts add up, months make years, and a naive count in Python agrees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compendium.calendar.months import month_end, month_ends, month_start, within_months
from compendium.calendar.working_days import elapsed
from compendium.errors import ComputeError
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figures
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from compendium.indicators.periods import period_start
from compendium.record.snapshot import Snapshot
from tests.indicators.drawn import COUNTY

ENDS = list(month_ends(date(2016, 1, 31), date(2017, 3, 31)))
CUT = date(2017, 4, 3)
DAYS = st.dates(date(2015, 1, 1), date(2017, 3, 31))
TEAMS = ("NE1", "NE2", "SW1", "HUB", "unheard of", None)
TEAM_ROWS = [
    {"team_id": "NE1", "area_id": "NE", "valid_from": "2010-01-01"},
    {"team_id": "NE2", "area_id": "NE", "valid_from": "2010-01-01", "valid_to": "2016-07-15"},
    {"team_id": "NE2", "area_id": "SW", "valid_from": "2016-07-15"},
    {"team_id": "SW1", "area_id": "SW", "valid_from": "2010-01-01", "valid_to": "2016-03-01"},
    {"team_id": "HUB", "area_id": "countywide", "valid_from": "2010-01-01"},
]
CHILDREN = st.sampled_from("ABCDE")
REFERRALS = st.lists(
    st.fixed_dictionaries({"person_id": CHILDREN, "referral_date": DAYS, "team_id": st.sampled_from(TEAMS)}),
    max_size=14, unique_by=lambda row: (row["person_id"], row["referral_date"]),
)  # fmt: skip
CONFERENCES = st.lists(
    st.builds(
        lambda child, held, before, team: {
            "person_id": child, "icpc_date": held, "team_id": team,
            "s47_start_date": None if before is None else held - timedelta(days=before),
        },
        CHILDREN, DAYS, st.none() | st.integers(-3, 40), st.sampled_from(TEAMS),
    ),
    max_size=14, unique_by=lambda row: (row["person_id"], row["icpc_date"]),
)  # fmt: skip

Rows = Sequence[dict[str, Any]]
# Each history is a database of its own, so a quarter of the usual number.
USUAL = settings.default.max_examples if settings.default else 50
some = settings(max_examples=max(10, USUAL // 4))


@cache
def catalogue() -> Catalogue:
    return load_catalogue([SHIPPED])


def computed(indicator: str, months: Sequence[date] = ENDS, **tables: Rows) -> Figures:
    snapshot = Snapshot.drawn({"team": TEAM_ROWS, **tables}, CUT)
    return compute(snapshot, catalogue(), COUNTY, months, [indicator])


def area_on(team: str | None, day: date) -> str:
    for row in TEAM_ROWS:
        ends = row.get("valid_to", "9999-01-01")
        if row["team_id"] == team and row["valid_from"] <= day.isoformat() < ends:
            return row["area_id"]
    return "countywide"


@some
@given(referrals=REFERRALS)
def test_areas_add_up_to_the_whole_and_months_to_the_year(referrals: Rows) -> None:
    figures = computed("rereferrals_12m", referral=referrals)
    for month in ENDS:
        for basis in ("month", "year_to_date", "rolling_12_months"):
            whole = figures.one("rereferrals_12m", month, basis)
            areas = figures.by("rereferrals_12m", month, "area", basis)
            assert whole.numerator == sum(figure.numerator or 0 for figure in areas)
            assert whole.denominator == sum(figure.denominator or 0 for figure in areas)
    months = figures.series("rereferrals_12m")
    for span, basis in ((12, "rolling_12_months"), (12, "year_to_date")):
        last = months[-1]
        year = figures.one("rereferrals_12m", last.period, basis)
        assert year.denominator == sum(figure.denominator or 0 for figure in months[-span:])


@some
@given(referrals=REFERRALS)
def test_the_parts_of_a_breakdown_add_up_to_the_whole(referrals: Rows) -> None:
    people = [{"person_id": "A", "sex": "F", "dob": "2010-05-05"}, {"person_id": "B", "expected_dob": "2017-09-01"}]
    figures = computed("rereferrals_12m", [date(2017, 3, 31)], referral=referrals, person=people)
    whole = figures.one("rereferrals_12m", date(2017, 3, 31), "rolling_12_months")
    for dimension in figures.catalogue["rereferrals_12m"].dimensions:
        parts = figures.by("rereferrals_12m", date(2017, 3, 31), dimension, "rolling_12_months")
        assert whole.denominator == sum(figure.denominator or 0 for figure in parts)


@some
@given(referrals=REFERRALS)
def test_one_month_alone_gives_what_all_months_together_give(referrals: Rows) -> None:
    together = computed("rereferrals_12m", referral=referrals)
    alone = computed("rereferrals_12m", [ENDS[5]], referral=referrals)
    for basis in together.catalogue["rereferrals_12m"].bases:
        assert together.one("rereferrals_12m", ENDS[5], basis) == alone.one("rereferrals_12m", ENDS[5], basis)


@some
@given(referrals=REFERRALS)
def test_a_headline_alone_is_the_headline_of_all(referrals: Rows) -> None:
    """Of a share, of what is counted once each, of a stock and of a rate over twelve months."""
    names = ["rereferrals_12m", "rereferrals_12m_children", "cin_open", "referrals_rate"]
    snapshot = Snapshot.drawn({"team": TEAM_ROWS, "referral": referrals}, CUT)
    whole = compute(snapshot, catalogue(), COUNTY, ENDS, names)
    alone = compute(snapshot, catalogue(), COUNTY, ENDS, names, detail="headline")
    for name in names:
        assert alone.series(name) == whole.series(name)


def test_of_a_headline_nothing_else_is_given() -> None:
    """Nought would be wrong: it was not counted."""
    snapshot = Snapshot.drawn({"team": TEAM_ROWS, "referral": []}, CUT)
    alone = compute(snapshot, catalogue(), COUNTY, ENDS, ["rereferrals_12m"], detail="headline")
    for more in ({"area": "NE"}, {"team": "NE1"}, {"breakdown": ("sex", "F")}, {"basis": "year_to_date"}):
        with pytest.raises(ComputeError, match="only the headline"):
            alone.one("rereferrals_12m", ENDS[-1], **more)


@some
@given(referrals=REFERRALS, shuffled=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(referrals: list[dict[str, Any]], shuffled: Any) -> None:
    before = computed("rereferrals_12m", referral=referrals).series("rereferrals_12m", area="NE")
    shuffled.shuffle(referrals)
    assert computed("rereferrals_12m", referral=referrals).series("rereferrals_12m", area="NE") == before


@some
@given(referrals=REFERRALS)
def test_a_referral_is_one_again_when_the_child_s_last_one_was_within_twelve_months(referrals: Rows) -> None:
    figures = computed("rereferrals_12m", referral=referrals)
    for month in ENDS:
        for basis in ("month", "year_to_date"):
            first = period_start(basis, month)
            for area in COUNTY.areas:
                here = [row for row in referrals if first <= row["referral_date"] <= month
                        and area_on(row["team_id"], row["referral_date"]) == area]  # fmt: skip
                again = [
                    row
                    for row in here
                    if any(
                        earlier["person_id"] == row["person_id"]
                        and earlier["referral_date"] < row["referral_date"]
                        and within_months(earlier["referral_date"], row["referral_date"], 12)
                        for earlier in referrals
                    )
                ]
                figure = figures.one("rereferrals_12m", month, basis, area=area)
                assert (figure.numerator, figure.denominator) == (len(again), len(here))


@some
@given(conferences=CONFERENCES)
def test_a_conference_is_in_time_within_fifteen_working_days_of_its_enquiry(conferences: Rows) -> None:
    figures = computed("icpc_15wd", icpc=conferences)
    for month in ENDS:
        held = [row for row in conferences if month_start(month) <= row["icpc_date"] <= month]
        clocked = [row for row in held if row["s47_start_date"] is not None]
        in_time = [
            row
            for row in clocked
            if row["s47_start_date"] <= row["icpc_date"] and elapsed(row["s47_start_date"], row["icpc_date"]) <= 15
        ]
        figure = figures.one("icpc_15wd", month)
        assert (figure.numerator, figure.denominator) == (len(in_time), len(held) - sum(figure.excluded.values()))


@some
@given(plans=st.lists(st.tuples(DAYS, st.none() | st.integers(1, 500)), max_size=8))
def test_a_plan_is_open_on_nights_from_its_first_day_to_before_its_last(
    plans: list[tuple[date, int | None]],
) -> None:
    rows = [
        {"person_id": f"child {at}", "start_date": begun, "end_date": days and begun + timedelta(days=days)}
        for at, (begun, days) in enumerate(plans)
    ]
    figures = computed("cp_plans_open", cp_plan=rows)
    for month in ENDS:
        open_then = [row for row in rows if row["start_date"] <= month  # type: ignore[operator]
                     and (row["end_date"] is None or row["end_date"] > month)]  # type: ignore[operator]  # fmt: skip
        assert figures.one("cp_plans_open", month).numerator == len(open_then)


@some
@given(begun=DAYS, visits=st.lists(DAYS, max_size=6), month=st.sampled_from(ENDS))
def test_a_child_on_a_plan_was_seen_within_ten_working_days_or_not(
    begun: date, visits: list[date], month: date
) -> None:
    rows = [{"person_id": "A", "kind": "cp", "visit_date": day, "seen": 1} for day in visits]
    plan = [{"person_id": "A", "start_date": begun}]
    figure = computed("cp_visits_10wd", [month], cp_plan=plan, visit=rows).one("cp_visits_10wd", month)
    seen = any(begun <= day <= month and elapsed(day, month) <= 10 for day in visits)
    due = begun <= month and elapsed(begun, month) >= 10
    assert (figure.numerator, figure.denominator) == (int(seen and due), int(due))
    assert sum(figure.excluded.values()) == int(begun <= month and not due)
    assert month == month_end(month)
