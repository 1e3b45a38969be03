"""What partners did hangs together with the rest of the county: enquiries, conferences, terms, the claim."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from compendium.county import days, savings
from compendium.county.partners import Request
from compendium.county.world import World


def minutes(at: tuple[int, int]) -> int:
    return at[0] * 1440 + at[1]


def by_enquiry(world: World) -> dict[int, list[Request]]:
    found = defaultdict(list)
    for request in world.partners.requests:
        found[id(request.enquiry)].append(request)
    return found


def test_whoever_the_hub_waited_for_answered_last_and_before_the_enquiry_closed(small_world: World) -> None:
    schools_out = 0
    for requests in by_enquiry(small_world).values():
        enquiry = requests[0].enquiry
        answers = {each.agency: minutes(each.answered_at) for each in requests if each.answered_at}
        assert answers[enquiry.waited_for] <= max(minutes(enquiry.closed_at), minutes(enquiry.opened_at) + 2)
        late = {name for name, at in answers.items() if at > answers[enquiry.waited_for] + 1}
        if late:
            assert late == {"education"} and days.month_of(enquiry.opened_at[0]) % 12 == 7
            schools_out += 1
    assert schools_out


def test_every_enquiry_asked_somebody_once(small_world: World) -> None:
    found = by_enquiry(small_world)
    assert len(found) == len(small_world.front_door.enquiries)
    assert all(len({each.agency for each in requests}) == len(requests) for requests in found.values())


def test_the_police_are_at_more_discussions_than_health_and_health_at_fewer_in_the_south_east(
    whole_world: World,
) -> None:
    def share(agency: str, *areas: str) -> float:
        there = [
            place.attended is True
            for place in whole_world.partners.places
            if place.agency == agency and place.case.family.area in areas
        ]
        return sum(there) / len(there)

    quadrants = ("NE", "NW", "SE", "SW")
    assert share("police", *quadrants) > share("health", *quadrants) + 0.1
    assert share("health", "SE") < share("health", "NE", "NW", "SW")


def test_nobody_is_at_school_more_often_than_it_is_open_and_children_on_plans_miss_more(small_world: World) -> None:
    assert all(0 <= each.attended <= each.possible for each in small_world.attendance)
    terms = {each.term_end for each in small_world.attendance}
    assert len(terms) == 8 and all(days.working(term) for term in terms)


def test_no_plan_is_reviewed_while_a_protection_plan_or_care_stands_in_its_place(small_world: World) -> None:
    assert small_world.plan_reviews
    for review in small_world.plan_reviews:
        assert review.case.in_plan <= review.day < review.case.close
        assert not any(plan.start <= review.day < plan.end for plan in review.case.plans)
        assert not any(care.start <= review.day < care.end for care in review.case.care)


def test_the_claim_follows_from_its_assumptions_and_is_more_than_the_accounts_will_show(whole_world: World) -> None:
    total = Decimal(0)
    for each in savings.ASSUMPTIONS:
        total += {"plus": 1, "minus": -1, "": 0}[each.operation] * Decimal(str(each.value))
    assert total == savings.MONTHLY
    before = sum(row.pence for row in whole_world.front_doors) / 100 / len(savings.BEFORE)
    since = [
        row
        for row in whole_world.spend
        if row.service == "mash" and row.kind == "actual" and row.month < days.month("2017-02")
    ]
    now = sum(row.pence for row in since) / 100 / len({row.month for row in since})
    assert 0 < before - now < savings.MONTHLY
