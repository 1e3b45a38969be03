"""Rows of the local tables about trainees, starters, supervision, the plan of audits, complaints, fees and budgets."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.county import days
from compendium.county.audits import Action
from compendium.county.knowledge import Knowledge
from compendium.county.oversight import DEEP_DIVES
from compendium.county.people import NEVER
from compendium.county.staffing import EVENTS
from compendium.county.writers.local_work import happened, when

Row = tuple[object, ...]


def trainees(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """Always everyone who ever began."""
    for trainee in known.world.staffing.trainees:
        if trainee.start <= until:
            yield (trainee.worker_id, trainee.cohort, when(trainee.start), when(trainee.qualifies),
                   happened(trainee.converted, known.on), happened(trainee.left, known.on), trainee.team)  # fmt: skip


def starters(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for starter in known.world.staffing.starters:
        worker = starter.worker
        if since <= worker.start <= until:
            yield worker.worker_id, when(worker.start), worker.team, round(worker.fte * 100), starter.route


def supervisions(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for each in known.world.staffing.supervisions:
        if since <= each.day <= until:
            yield each.worker.worker_id, when(each.day), each.worker.team


def events(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for name, kind, on, says in EVENTS:
        if on <= known.on:
            yield name, kind, when(on), says


def planned(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """What fell due; of what had fallen due before, what was completed since, and what still is not."""
    for each in known.world.oversight.planned:
        completed = each.completed if each.audit and each.audit.known <= known.on else NEVER
        if each.due <= until and (each.due >= since or completed >= since):
            audit = each.audit.audit_id if each.audit and completed < NEVER else ""
            yield each.planned_id, when(each.due), each.team, each.theme, each.service, when(completed), audit


def deep_dives(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    actions = known.world.audits.actions
    for each in DEEP_DIVES:
        if each.commissioned <= until and (each.commissioned >= since or each.reported >= since):
            reported = happened(each.reported, known.on)
            yield (each.deep_dive_id, when(each.commissioned), each.indicator, each.edition, each.question,
                   when(each.due), reported, each.finding if reported else "",
                   _action(actions, each.what, known.on))  # fmt: skip


def _action(actions: list[Action], what: str, on: int) -> str:
    return next((each.action_id for each in actions if each.what == what and each.agreed <= on), "")


def complaints(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for each in known.world.oversight.complaints:
        responded, withdrawn = happened(each.responded, known.on), happened(each.withdrawn, known.on)
        if each.received <= until and (each.received >= since or min(each.responded, each.withdrawn) >= since):
            yield (each.complaint_id, each.stage, when(each.received), responded, withdrawn, int(each.extended),
                   each.child_id, each.team, each.theme, each.outcome if responded else "")  # fmt: skip


def fees(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for fee in known.world.care_costs.fees:
        care, placement = fee.care, fee.placement
        if care.known > known.on or placement.start > until or care.start > until:
            continue
        end = known.care_end(care) if placement is care.placements[-1] else placement.end
        end = end if end <= known.on else NEVER
        if placement.start >= since or end >= since:
            yield (care.child.child_id, when(placement.start), when(end), fee.setting, fee.provider, fee.pays_for,
                   fee.weekly_pence)  # fmt: skip


def placement_costs(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for cost in known.world.care_costs.costs:
        if since <= (last := days.last_of(cost.month)) <= until:
            yield when(last), cost.area, cost.setting, cost.pence


def forecasts(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for each in known.world.care_costs.forecasts:
        if since <= (last := days.last_of(each.month)) <= until:
            yield when(last), each.area, each.service, each.budget_pence, each.forecast_pence
