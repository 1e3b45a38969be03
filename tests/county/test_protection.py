"""What the county tells of conferences, core groups and exploitation fits the lives that it tells of."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest

from compendium.county import days
from compendium.county.exploitation import Flag
from compendium.county.world import World

JANUARY = days.day("2017-01-31")


def test_every_conference_has_minutes_that_tell_of_each_child(small_world: World) -> None:
    meetings, told = small_world.meetings, 0
    for case in small_world.service.cases:
        held = [(enquiry.conference, meetings.first) for enquiry in case.enquiries if enquiry.conference]
        assert all(there[each].parts.keys() == {child.child_id for child in case.children} for each, there in held)
        for plan in case.plans:
            for day, _ in plan.reviews:
                minutes = meetings.reviews[plan, day]
                young = {child.child_id for child in case.children if child.age(day) < 4}
                assert {child for child, code in minutes.parts.items() if code == "PN0"} == young
                told += 1
    assert told


def test_a_core_group_meets_while_its_plan_is_open(small_world: World) -> None:
    groups = small_world.meetings.core_groups
    assert groups
    assert all(group.plan.start < group.day < group.plan.end and days.working(group.day) for group in groups)


def test_a_child_has_one_risk_of_a_kind_at_a_time_until_18(small_world: World) -> None:
    of_child: dict[tuple[str, str], list[Flag]] = defaultdict(list)
    for flag in small_world.exploitation.flags:
        of_child[flag.child.child_id, flag.kind].append(flag)
        assert flag.start < flag.end <= flag.child.eighteen()
    assert of_child
    assert all(one.end <= other.start for flags in of_child.values() for one, other in pairwise(flags))


@pytest.mark.slow
def test_core_groups_slip_most_in_the_south_east(whole_world: World) -> None:
    last: dict[object, int] = {}
    for group in whole_world.meetings.core_groups:
        if group.day <= JANUARY:
            last[group.plan] = group.day
    late: dict[str, int] = defaultdict(int)
    every: dict[str, int] = defaultdict(int)
    for plan in whole_world.service.protection.plans:
        if plan.start < JANUARY - 20 and plan.end > JANUARY:
            area = plan.case.family.area
            every[area] += 1
            late[area] += last.get(plan, 0) < JANUARY - 42
    shares = {area: late[area] / every[area] for area in every}
    assert max(shares, key=lambda area: shares[area]) == "SE"
    assert 0.05 < sum(late.values()) / sum(every.values()) < 0.25


@pytest.mark.slow
def test_county_lines_are_seen_more_each_year(whole_world: World) -> None:
    begun: dict[str, list[str]] = defaultdict(list)
    for flag in whole_world.exploitation.flags:
        begun[days.iso(flag.start)[:4]].append(flag.kind)
    shares = [begun[year].count("county_lines") / len(begun[year]) for year in ("2014", "2015", "2016")]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]
