"""Whose case a child is, where only allocations or extracts say so: children on a plan, by area."""

from __future__ import annotations

import pytest

from compendium.calendar.months import parse_month
from tests.catalogue.county import figures

TEAMS = """
    team_id  area_id     valid_from
    NE1      NE          2012-04-01
    SE1      SE          2012-04-01
"""


def plans_by_area(month: str, **tables: str) -> dict[str, int]:
    """Areas with a child on a plan in that month; every child drawn is on one throughout."""
    named = [text for table, text in tables.items() if table != "team"]
    children = sorted({line.split()[0] for text in named for line in text.strip().splitlines()[1:]})
    plans = "person_id  start_date\n" + "\n".join(f"{child}  2012-05-01" for child in children)
    made = figures({"team": TEAMS, "cp_plan": plans, **tables}, month, "cp_plans_open")
    whole = made.one("cp_plans_open", parse_month(month))
    by_area = {each.area: each.numerator for each in made.by("cp_plans_open", parse_month(month), "area")}
    assert sum(number or 0 for number in by_area.values()) == whole.numerator == len(children)
    return {str(area): number for area, number in by_area.items() if number}


def test_of_two_at_once_the_later_holds_the_case_and_the_earlier_again_when_it_ends() -> None:
    allocations = """
        person_id  worker_id  team_id  role         start_date  end_date
        A          W1         NE1      case_holder  2016-01-01  -
        A          W2         SE1      case_holder  2016-06-01  2016-09-30
    """
    assert plans_by_area("2016-05", involvement=allocations) == {"NE": 1}
    assert plans_by_area("2016-06", involvement=allocations) == {"SE": 1}
    assert plans_by_area("2016-08", involvement=allocations) == {"SE": 1}
    assert plans_by_area("2016-09", involvement=allocations) == {"NE": 1}


def test_nobody_holds_the_case_in_between() -> None:
    allocations = """
        person_id  worker_id  team_id  role         start_date  end_date
        A          W1         NE1      case_holder  2016-01-01  2016-05-31
        A          W2         SE1      case_holder  2016-06-30  -
    """
    assert plans_by_area("2016-04", involvement=allocations) == {"NE": 1}
    assert plans_by_area("2016-05", involvement=allocations) == {"countywide": 1}
    assert plans_by_area("2016-06", involvement=allocations) == {"SE": 1}


@pytest.mark.parametrize("role", ["reviewing_officer", "personal_adviser", "early_help_worker"])
def test_only_a_case_holder_holds_a_case(role: str) -> None:
    allocations = f"""
        person_id  worker_id  team_id  role         start_date
        A          W1         NE1      case_holder  2016-01-01
        A          W2         SE1      {role}       2016-06-01
    """
    assert plans_by_area("2016-06", involvement=allocations) == {"NE": 1}


EXTRACTS = """
    person_id  as_at       team_id  worker_id
    A          2016-11-01  NE1      W1
    A          2016-12-01  SE1      W2
    B          2016-11-01  NE1      W1
    C          2016-12-01  SE1      W2
"""


def test_an_extract_speaks_for_the_days_since_the_extract_before() -> None:
    assert plans_by_area("2016-11", allocation_seen=EXTRACTS) == {"SE": 2, "countywide": 1}


def test_an_extract_speaks_for_its_own_day_and_the_next_one_from_the_day_after() -> None:
    on_the_last_day = EXTRACTS.replace("2016-11-01", "2016-10-31")
    assert plans_by_area("2016-10", allocation_seen=on_the_last_day) == {"NE": 2, "countywide": 1}
    on_the_day_before = EXTRACTS.replace("2016-11-01", "2016-10-30")
    assert plans_by_area("2016-10", allocation_seen=on_the_day_before) == {"SE": 2, "countywide": 1}


def test_the_first_extract_speaks_for_half_a_year_before_it() -> None:
    assert plans_by_area("2016-10", allocation_seen=EXTRACTS) == {"NE": 2, "countywide": 1}
    days_183 = EXTRACTS.replace("2016-11-01", "2016-10-30")
    assert plans_by_area("2016-04", allocation_seen=days_183) == {"NE": 2, "countywide": 1}
    days_184 = EXTRACTS.replace("2016-11-01", "2016-10-31")
    assert plans_by_area("2016-04", allocation_seen=days_184) == {"countywide": 3}


def test_the_last_extract_speaks_for_the_days_that_follow() -> None:
    assert plans_by_area("2017-03", allocation_seen=EXTRACTS) == {"SE": 2, "countywide": 1}


def test_allocations_with_dates_come_before_what_extracts_name() -> None:
    allocations = """
        person_id  worker_id  team_id  role         start_date
        A          W3         NE1      case_holder  2016-01-01
    """
    found = plans_by_area("2016-11", allocation_seen=EXTRACTS, involvement=allocations)
    assert found == {"NE": 1, "SE": 1, "countywide": 1}


def test_of_two_lists_that_name_the_child_the_one_with_a_worker_stands() -> None:
    lists = """
        person_id  as_at       team_id  worker_id
        A          2016-11-01  SE1      -
        A          2016-11-01  NE1      W1
    """
    assert plans_by_area("2016-10", allocation_seen=lists) == {"NE": 1}


def test_a_team_that_moved_takes_its_children_with_it() -> None:
    teams = """
        team_id  area_id  valid_from  valid_to
        NE1      NE       2012-04-01  2016-07-01
        NE1      SE       2016-07-01  -
    """
    allocations = """
        person_id  worker_id  team_id  role         start_date
        A          W1         NE1      case_holder  2016-01-01
    """
    assert plans_by_area("2016-06", involvement=allocations, team=teams) == {"NE": 1}
    assert plans_by_area("2016-07", involvement=allocations, team=teams) == {"SE": 1}


def caseload(workers: str) -> tuple[int | None, int | None]:
    """Cases and hours of the workers who hold them, January 2017."""
    allocations = """
        person_id  worker_id  team_id  role         start_date
        A          W1         NE1      case_holder  2016-01-01
        B          W1         NE1      case_holder  2016-01-01
    """
    made = figures({"team": TEAMS, "involvement": allocations, "worker": workers}, "2017-01", "sw_caseload_avg")
    figure = made.one("sw_caseload_avg", parse_month("2017-01"))
    return figure.numerator, figure.denominator


def test_a_worker_told_of_without_dates_counts_where_no_other_source_has_dates() -> None:
    undated = """
        worker_id  role         fte_hundredths  start_date  end_date
        W1         case_holder  80              1995-01-01  -
    """
    assert caseload(undated) == (2, 80)
    assert caseload(undated + "        W1         case_holder  60              2015-01-01  -\n") == (2, 60)
    # Two posts at once, each with its own dates, add up.
    twice = "        W1  case_holder  60  2015-01-01  -\n        W1  case_holder  20  2016-01-01  -\n"
    assert caseload(undated + twice) == (2, 80)
