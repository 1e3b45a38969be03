"""Rows of the local tables about looked-after children's health, schooling and homes, and the way to adoption."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.county import days
from compendium.county.knowledge import Knowledge
from compendium.county.records import Care
from compendium.county.writers.annex_a_care import steps
from compendium.county.writers.local_work import happened, when

Row = tuple[object, ...]


def checks(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for each in known.world.wellbeing.checks:
        if since <= each.day <= until and each.care.known <= known.on:
            doctor = "" if each.by_doctor is None else int(each.by_doctor)
            yield each.care.child.child_id, each.kind, when(each.day), int(each.refused), doctor, each.cause


def plans(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for care, on in known.world.wellbeing.plans:
        if since <= on <= until and care.known <= known.on:
            yield care.child.child_id, when(on)


def scores(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for care, on, score in known.world.wellbeing.scores:
        if since <= on <= until and care.known <= known.on:
            yield care.child.child_id, when(on), "" if score is None else score, "SDQ2" if score is None else ""


def homes(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """How far from home every placement is, and whether it is registered where it must be."""
    for care in known.care():
        for placement in care.placements:
            if placement.start <= until and placement.end >= since:
                home = known.world.wellbeing.homes[id(placement)]
                miles = "" if home.miles is None else home.miles
                yield care.child.child_id, when(placement.start), miles, int(home.registered)


def adoptions(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """Every child with a decision to be placed; the workbooks' list 10 has those of the last year."""
    for care in known.world.service.looked_after.periods:
        if care.reason not in ("E11", "E12"):
            continue
        decided, ordered, matched, placed, adopted = (happened(step, known.on) for step in steps(care))
        if decided and care.known <= known.on:
            carer = _with_carers(care) if placed else 0
            yield (
                care.child.child_id, when(care.start), care.child.family.family_id, decided, ordered, matched, placed,
                adopted, int(carer > 0) if placed else "", when(carer) if carer else "",
            )  # fmt: skip


def leavers(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """Month ends, as the advisers' own list has them: with the latest contact, which workbooks tell less often."""
    for month in range(days.month_of(since), days.month_of(until) + 1):
        last = days.last_of(month)
        for leaver in known.world.leavers:
            state = leaver.state(last) if leaver.since <= last <= until else None
            if state:
                contact = known.world.leaver_contacts.latest(leaver, last)
                yield (
                    leaver.child.child_id, when(last), leaver.eligibility(last), int(state.in_touch), when(contact),
                    state.accommodation, int(state.suitable), state.activity, when(min(state.pathway, last)),
                    leaver.team,
                )  # fmt: skip


def _with_carers(care: Care) -> int:
    """The day on which a child adopted by its foster carers came to them; nought where others adopt."""
    for before, after in zip(care.placements, care.placements[1:], strict=False):
        if after.kind in ("A3", "A5"):
            return before.start
    return 0


def received(*months: str) -> tuple[int, ...]:
    """On the second of a month, the day before the other tables of care come."""
    return tuple(days.first_of(days.month(each)) + 1 for each in months)
