"""The county's academy, supervision, plan of audits, complaints, fees and budgets hang together with the rest of it."""

from __future__ import annotations

from collections import Counter

import pytest

from compendium.county import days
from compendium.county.people import NEVER
from compendium.county.world import World

JANUARY = days.month("2017-01")


@pytest.mark.slow
def test_whoever_took_a_post_after_the_academy_is_one_of_the_workers(whole_world: World) -> None:
    workers = {worker.worker_id: worker for worker in whole_world.workforce.workers}
    taken = [each for each in whole_world.staffing.trainees if each.worker_id in workers]
    assert taken
    for trainee in taken:
        worker = workers[trainee.worker_id]
        assert (trainee.converted, trainee.left, trainee.team) == (worker.start, worker.end, worker.team)
        assert trainee.converted >= trainee.qualifies


def test_fourteen_are_on_the_programme_in_january(small_world: World) -> None:
    on = days.last_of(JANUARY)
    there = [each for each in small_world.staffing.trainees if each.start <= on < min(each.converted, each.left)]
    assert Counter(each.cohort for each in there) == {"academy-2016": 14}


def test_every_starter_is_a_social_worker_of_the_councils_own(small_world: World) -> None:
    starters = small_world.staffing.starters
    assert starters
    assert not any(each.worker.agency or each.worker.role == "personal_adviser" for each in starters)
    assert len({each.worker.worker_id for each in starters}) == len(starters)


def test_a_worker_is_supervised_while_there(small_world: World) -> None:
    supervisions = small_world.staffing.supervisions
    assert supervisions
    assert all(each.worker.start < each.day < each.worker.end and days.working(each.day) for each in supervisions)


def test_every_audit_was_planned_and_januarys_plan_was_24(small_world: World) -> None:
    planned = small_world.oversight.planned
    made = [each.audit for each in planned if each.audit]
    assert Counter(map(id, made)) == Counter(map(id, small_world.audits.audits))
    january = [each for each in planned if days.month_of(each.due) == JANUARY]
    in_january = [each for each in january if days.month_of(min(each.completed, days.END)) == JANUARY]
    assert (len(january), len(in_january)) == (24, 22)


def test_a_complaint_is_answered_or_withdrawn_but_not_both(small_world: World) -> None:
    complaints = small_world.oversight.complaints
    assert {each.stage for each in complaints} <= {1, 2}
    assert all((each.responded == NEVER) == (each.withdrawn < NEVER) for each in complaints)
    assert all(each.responded > each.received for each in complaints)


def test_fees_are_paid_to_outside_providers_only(small_world: World) -> None:
    fees = small_world.care_costs.fees
    assert {fee.placement.provider for fee in fees} <= {"PR4", "PR5"}
    keys = Counter((fee.care.child.child_id, fee.placement.start, fee.provider, fee.pays_for) for fee in fees)
    assert max(keys.values()) == 1


def test_a_months_placements_cost_what_their_nights_cost(small_world: World) -> None:
    """The first month of the accounts, counted night by night."""
    costs = small_world.care_costs
    month = days.month("2015-04")
    weekly = Counter[int]()
    for fee in costs.fees:
        weekly[id(fee.placement)] += fee.weekly_pence
    paid = 0.0
    for care in small_world.service.looked_after.periods:
        for placement in care.placements:
            if id(placement) in weekly:
                nights = range(days.first_of(month), days.last_of(month) + 1)
                paid += sum(placement.start <= night < placement.end for night in nights) * weekly[id(placement)] / 7
    whole = sum(cost.pence for cost in costs.costs if cost.month == month)
    assert 0 < paid <= whole


def test_a_forecast_is_of_a_budget_of_the_whole_year(small_world: World) -> None:
    forecasts = small_world.care_costs.forecasts
    keys = Counter((each.month, each.area, each.service) for each in forecasts)
    assert max(keys.values()) == 1
    budgets = {(days.year_ending(each.month), each.area, each.service): each.budget_pence for each in forecasts}
    assert all(
        budgets[days.year_ending(each.month), each.area, each.service] == each.budget_pence for each in forecasts
    )
