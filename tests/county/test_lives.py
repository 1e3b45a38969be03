"""Children live plausible lives: a plan follows a conference follows an enquiry follows a referral."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from compendium.county import days, places
from compendium.county.chance import stream
from compendium.county.knowledge import Knowledge
from compendium.county.looked_after import LookedAfter
from compendium.county.people import NEVER, Child
from compendium.county.world import World

HISTORY = days.first_of(days.WARM_UP)


def test_a_case_is_closed_before_the_child_is_referred_again(small_world: World) -> None:
    spans = defaultdict(list)
    for case in small_world.service.cases:
        for child in case.children:
            spans[child.child_id].append((case.day, case.close))
    for of_child in spans.values():
        of_child.sort()
        for (_, close), (day, _) in pairwise(of_child):
            assert close <= day


def test_each_step_follows_the_one_before(small_world: World) -> None:
    plans = 0
    for case in small_world.service.cases:
        for assessment in case.assessments:
            assert case.day <= assessment.start <= assessment.auth <= max(case.close, assessment.auth)
        for enquiry in case.enquiries:
            assert case.day <= enquiry.start <= case.close
            if enquiry.conference:
                assert enquiry.conference.day >= enquiry.start
        held = {enquiry.conference.day for enquiry in case.enquiries if enquiry.conference and enquiry.conference.plan}
        for plan in case.plans:
            assert plan.start in held or plan.start < HISTORY
            assert plan.end > plan.start
            plans += 1
    assert plans > 100


def test_nothing_happens_on_a_referral_with_no_further_action(small_world: World) -> None:
    idle = [case for case in small_world.service.cases if case.nfa]
    assert idle
    assert all(not (case.assessments or case.enquiries or case.plans or case.care) for case in idle)
    assert all(case.close == case.day for case in idle)


def test_a_case_stays_open_while_there_is_a_plan_or_care(small_world: World) -> None:
    for case in small_world.service.cases:
        assert all(plan.end <= case.close for plan in case.plans if case.close < NEVER)
        assert all(care.end <= case.close for care in case.care if case.close < NEVER)


def test_placements_fill_a_period_of_care(small_world: World) -> None:
    for care in small_world.service.looked_after.periods:
        assert care.placements[0].start == care.start
        assert care.placements[-1].end == care.end
        for one, following in pairwise(care.placements):
            assert one.end == following.start
        assert care.start < care.end
        if care.end < NEVER:
            assert care.end <= care.child.eighteen()


def test_nobody_is_looked_after_before_birth(small_world: World) -> None:
    periods = small_world.service.looked_after.periods
    for care in periods:
        steps = [care.start, *care.health, *care.dental]
        steps += [placement.start for placement in care.placements] + [held for held, _, _ in care.reviews]
        assert care.child.born <= min(steps)
    assert all(episode.child.born < episode.started_at[0] for episode in small_world.missing)


def test_care_that_was_meant_to_begin_before_birth_begins_with_it(small_world: World) -> None:
    case = small_world.service.looked_after.periods[0].case
    looked_after = LookedAfter(stream(2017, "unborn"), small_world.calibration)
    for due, begins in ((-30, 0), (0, 0), (3, 3)):
        child = Child("unborn", case.family, case.day + 100, "F", "WBRI", ())
        care = looked_after.begin(child, replace(case, care=[]), child.born + due)
        assert care.start == child.born + begins <= care.known


def test_a_guardian_who_was_the_foster_carer_had_fostered_the_child(small_world: World) -> None:
    by_reason = defaultdict(set)
    for care in small_world.service.looked_after.periods:
        by_reason[care.reason].add(care.placements[-1].kind[0])
    assert by_reason["E45"] == {"U"}


def test_a_case_stays_open_until_the_conference_of_an_enquiry_has_been_held(small_world: World) -> None:
    held = [
        (enquiry.conference.day, case.close)
        for case in small_world.service.cases
        for enquiry in case.enquiries
        if enquiry.conference and not enquiry.conference.plan
    ]
    assert held and all(day <= close for day, close in held)


def test_a_child_about_whom_there_was_an_enquiry_was_in_need(small_world: World) -> None:
    closed = [case for case in small_world.service.cases if case.reason == "RC8"]
    assert closed and not any(case.enquiries or case.in_plan for case in closed)


def test_a_child_has_one_plan_at_a_time(small_world: World) -> None:
    """Of child in need and child protection plans; the one of need is taken up again where protection ends."""
    known, resumed = Knowledge(small_world, days.END), 0
    for case in known.cases():
        protected = [(plan.start, known.plan_end(plan)) for plan in case.plans if plan.known <= days.END]
        in_need = list(known.in_need_plans(case))
        for (_, end), (start, _) in pairwise(sorted([*protected, *in_need])):
            assert end <= start
        assert all(start < end for start, end in in_need)
        resumed += len(in_need) > 1
    assert resumed


def test_most_assessments_of_a_disabled_child_name_a_disability(small_world: World) -> None:
    named = [
        not {"5A", "6A"}.isdisjoint(made.factors_of(child))
        for case in small_world.service.cases
        for made in case.assessments
        for child in case.children
        if child.disabilities
    ]
    assert 0.75 < sum(named) / len(named) < 1


def test_reviews_of_plans_lie_within_them(small_world: World) -> None:
    for plan in small_world.service.protection.plans:
        assert all(plan.start < held <= plan.end for held, _ in plan.reviews)


def test_visits_are_of_children_born_and_on_working_days(small_world: World) -> None:
    assert all(visit.child.born <= visit.day and days.working(visit.day) for visit in small_world.visits)


def test_a_worker_holds_cases_only_while_there(small_world: World) -> None:
    for spell in small_world.allocation.involvements:
        assert spell.worker.start <= spell.start
        assert spell.end <= spell.worker.end or spell.worker.end > days.END


def test_a_contact_on_an_open_case_is_one(small_world: World) -> None:
    spans = defaultdict(list)
    for case in small_world.service.cases:
        if not case.nfa:
            spans[case.family.number].append((case.day, case.close))
    for contact in small_world.front_door.contacts:
        is_open = any(day < contact.day < close for day, close in spans[contact.family.number])
        if contact.on_open_case:
            assert is_open
        elif contact.outcome in ("nfa", "advice"):
            assert not is_open


def test_every_team_is_of_the_county(small_world: World) -> None:
    teams = {row.team_id for row in places.team_rows()}
    assert {contact.team for contact in small_world.front_door.contacts} <= teams
    assert {visit.team for visit in small_world.visits} <= teams
    now = [row for row in places.team_rows() if row.stands(days.END)]
    assert 36 <= len(now) <= 44
    assert len({row.team_id for row in places.team_rows()}) < len(places.team_rows())  # some were renamed or moved
