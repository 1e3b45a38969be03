"""Rows of the local tables about conferences as their minutes say, core groups, exploitation and NRM referrals."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.county.exploitation import ended
from compendium.county.knowledge import Knowledge
from compendium.county.meetings import Minutes
from compendium.county.writers.local_work import when

Row = tuple[object, ...]


def first_conferences(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    minutes = known.world.meetings.first
    for case in known.cases():
        for enquiry in case.enquiries:
            held, conference = known.conference_day(enquiry), enquiry.conference
            if conference and enquiry.known <= known.on and since <= held <= until:
                for child in case.children:
                    yield (child.child_id, when(held), when(enquiry.start), *_said(minutes[conference], child.child_id))


def reviews(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    minutes = known.world.meetings.reviews
    for plan in known.plans():
        for held in known.reviews(plan):
            if since <= held <= until:
                for child in plan.case.children:
                    yield child.child_id, when(plan.start), when(held), *_said(minutes[plan, held], child.child_id)


def core_groups(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for group in known.world.meetings.core_groups:
        if since <= group.day <= until and group.known <= known.on:
            for child in group.plan.case.children:
                yield child.child_id, when(group.day), group.plan.case.team_on(group.day), when(group.known)


def flags(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for flag in known.world.exploitation.flags:
        end = ended(flag, known.on)
        if flag.start <= until and flag.known <= known.on and (flag.start >= since or end >= since):
            yield (flag.child.child_id, flag.kind, when(flag.start), when(end), flag.risk, flag.team,
                   when(flag.known))  # fmt: skip


def nrm_referrals(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for each in known.world.exploitation.referrals:
        if since <= each.day <= until and each.known <= known.on:
            yield (each.child.child_id, when(each.day), each.kind, int(each.county_lines), each.team,
                   when(each.known))  # fmt: skip


def _said(minutes: Minutes, child_id: str) -> tuple[object, object]:
    return "" if minutes.quorate is None else int(minutes.quorate), minutes.parts[child_id]
