"""Rows of the local tables about partners, reviews of child in need plans, school attendance and the hub's saving."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.county import days, savings
from compendium.county.knowledge import Knowledge
from compendium.county.people import NEVER
from compendium.county.plan_reviews import COLLECTED
from compendium.county.writers import local_people
from compendium.county.writers.local_work import happened, moment, when

Row = tuple[object, ...]


def requests(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for request in known.world.partners.requests:
        enquiry = request.enquiry
        if not since <= request.asked_at[0] <= min(until, known.on) or enquiry.contact.known > known.on:
            continue
        for n in range(1, len(enquiry.contact.children) + 1):
            yield (f"M{enquiry.contact.number:06d}-{n}", request.agency, when(request.asked_at[0]),
                   moment(request.asked_at, known.on), moment(request.answered_at, known.on),
                   when(enquiry.contact.known))  # fmt: skip


def attendances(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for place in known.world.partners.places:
        enquiry = place.enquiry
        if since <= enquiry.start <= until and enquiry.known <= known.on and place.case.known <= known.on:
            there = "" if place.attended is None else int(place.attended)
            for child in place.case.children:
                yield child.child_id, when(enquiry.start), place.agency, there, when(enquiry.known)


def reports(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for report in known.world.partners.reports:
        day = known.conference_day(report.enquiry) if report.enquiry else report.day
        if since <= day <= until and report.known <= known.on and report.case.known <= known.on:
            received = report.received or NEVER
            for child in report.case.children:
                yield (child.child_id, when(day), report.agency, happened(received, known.on), report.team,
                       when(report.known))  # fmt: skip


def plan_reviews(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for review in known.world.plan_reviews:
        if since <= review.day <= until and review.known <= known.on and review.case.known <= known.on:
            for child in review.case.children:
                yield child.child_id, when(review.day), when(review.known)


def school(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for each in known.world.attendance:
        if since <= each.term_end <= until and each.term_end + COLLECTED <= known.on:
            yield each.child.child_id, when(each.term_end), each.possible, each.attended


def spend_with_front_doors(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """The ledger of those months once more, with what the former front doors cost."""
    yield from local_people.spend(known, since, until)
    for row in known.world.front_doors:
        last = days.last_of(row.month)
        if since <= last <= until:
            yield when(last), row.area, row.service, row.kind, row.partner, row.pence


def claims(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    if known.on >= savings.CLAIMED_ON:
        begins, ends = savings.PERIOD
        pence = round(savings.MONTHLY * known.world.calibration.size) * 100
        yield (savings.CLAIM, "The hub replaces four front doors", "mash", "front_door", when(savings.CLAIMED_ON),
               "The project board of the hub", when(begins), when(ends), pence)  # fmt: skip


def assumptions(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    if known.on >= savings.CLAIMED_ON:
        for step, each in enumerate(savings.ASSUMPTIONS, 1):
            value = each.value * (known.world.calibration.size if each.scaled else 1)
            yield (savings.CLAIM, step, each.says, round(value * 100), each.unit, each.operation, each.source,
                   each.indicator, each.service)  # fmt: skip
