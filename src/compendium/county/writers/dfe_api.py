"""The payload of the department's daily API: every child as known on a day, or what has changed between two.

A payload goes back to 1 April of the financial year two years before its day. It holds the children of every case
that was open since, and of them what was open since.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from compendium.county import days
from compendium.county.knowledge import Knowledge, months_before
from compendium.county.people import NEVER, Child
from compendium.county.records import Care, Case
from compendium.county.world import World
from compendium.county.writers.annex_a_care import steps
from compendium.county.writers.codes import AUTHORITY

Node = dict[str, Any]
# What an element of each list is known by; lists of anything else are given whole.
IDS = {
    "social_care_episodes": "social_care_episode_id",
    "child_and_family_assessments": "child_and_family_assessment_id",
    "child_in_need_plans": "child_in_need_plan_id",
    "section_47_assessments": "section_47_assessment_id",
    "child_protection_plans": "child_protection_plan_id",
    "child_looked_after_placements": "child_looked_after_placement_id",
}


def first_day(on: int) -> int:
    """The first day that a payload of a day goes back to."""
    year = days.year_ending(days.month_of(months_before(on, 24)))
    return days.day(f"{year - 1}-04-01")


def write_payload(world: World, on: int, folder: Path) -> Path:
    """dfe_api_<day>.json: every child, which it says."""
    said = {"la_code": AUTHORITY, "complete_from": days.iso(first_day(on)), "complete_to": days.iso(on)}
    return _write(folder / f"dfe_api_{days.iso(on)}.json", said, children(world, on).values())


def write_changes(world: World, since: int, on: int, folder: Path) -> Path:
    """dfe_api_changes_<day>.json: ids and what has changed since a day, of each child that changed."""
    before, after = children(world, since), children(world, on)
    changed = [
        {"la_child_id": name, "purge": True} if name not in after else after[name] if name not in before else part
        for name in {**before, **after}
        if name not in before or name not in after or (part := _changed(before[name], after[name]))
    ]
    return _write(folder / f"dfe_api_changes_{days.iso(on)}.json", {"la_code": AUTHORITY}, changed)


def _write(path: Path, head: Mapping[str, str], given: Any) -> Path:
    """A child a line, so that it can be looked through."""
    lines = ",\n".join(json.dumps(child) for child in given)
    opening = "".join(f"{json.dumps(key)}: {json.dumps(value)}, " for key, value in head.items())
    path.write_text(f'{{{opening}"Children": [\n{lines}\n]}}\n', encoding="utf-8")
    return path


def children(world: World, on: int) -> dict[str, Node]:
    """The id of each child of the payload of a day -> the child, whole."""
    known, first = Knowledge(world, on), first_day(on)
    cases: dict[Child, list[Case]] = defaultdict(list)
    for case in known.cases():
        if case.day <= on and known.closed(case) >= first:
            for child in case.children:
                cases[child].append(case)
    payload = Payload(known, first)
    return {child.child_id: payload.child(child, cases[child]) for child in sorted(cases, key=lambda c: c.child_id)}


class Payload:
    """Writes children as they were known; `first` is the first day of the payload."""

    def __init__(self, known: Knowledge, first: int) -> None:
        self._known, self._first, self._on = known, first, known.on
        self._leavers = {leaver.child: leaver for leaver in known.leavers()}

    def child(self, child: Child, cases: list[Case]) -> Node:
        unborn = child.born > self._on
        details = {
            "unique_pupil_number_unknown_reason": "UN1" if child.age(self._on) < 5 else "UN4",
            "first_name": "Synthetic",
            "surname": child.child_id,
            "expected_date_of_birth" if unborn else "date_of_birth": days.iso(child.born),
            "sex": "U" if unborn else child.sex,
            "ethnicity": child.ethnicity,
            "disabilities": list(child.disabilities or ("NONE",)),
            "postcode": "ZZ99 9ZZ",
            "uasc_flag": child.uasc,
        }
        episodes = [self._episode(child, case) for case in cases]
        leaver = self._leavers.get(child)
        if leaver and (state := leaver.state(self._on)):
            episodes[-1]["care_leavers"] = _told(
                contact_date=state.contact, activity=state.activity or None, accommodation=state.accommodation
            )
        return {"la_child_id": child.child_id, "child_details": details, "social_care_episodes": episodes}

    def _episode(self, child: Child, case: Case) -> Node:
        closed = self._known.closed(case)
        key = f"{child.child_id}-{case.day}"
        care = [each for each in case.care if each.child is child]
        return _told(
            social_care_episode_id=key,
            referral_date=case.day,
            referral_source=case.source,
            referral_no_further_action_flag=case.nfa,
            closure_date=closed,
            closure_reason=case.reason if closed < NEVER else None,
            care_worker_details=list(self._workers(case)),
            child_and_family_assessments=list(self._assessments(key, child, case)),
            child_in_need_plans=list(self._in_need_plans(key, case)),
            section_47_assessments=list(self._enquiries(key, case)),
            child_protection_plans=list(self._plans(key, case)),
            child_looked_after_placements=[node for each in care for node in self._placements(key, each)],
            adoption=next((node for each in care if (node := self._adoption(each))), None),
        )

    def _workers(self, case: Case) -> Iterator[Node]:
        piece = self._known.world.allocation.of_case.get(id(case))
        for spell in piece.spells if piece else ():
            if spell.start <= self._on and spell.end >= self._first:
                yield _told(worker_id=spell.worker.worker_id, start_date=spell.start, end_date=self._past(spell.end))

    def _assessments(self, key: str, child: Child, case: Case) -> Iterator[Node]:
        for number, made in enumerate(case.assessments):
            done = made.auth if made.auth_known <= self._on and made.auth <= self._on else NEVER
            if made.known <= self._on and made.start <= self._on and done >= self._first:
                yield _told(
                    child_and_family_assessment_id=f"{key}-A{number}",
                    start_date=made.start,
                    authorisation_date=done,
                    factors=list(made.factors_of(child)) if done < NEVER else [],
                )

    def _in_need_plans(self, key: str, case: Case) -> Iterator[Node]:
        for number, (start, end) in enumerate(self._known.in_need_plans(case)):
            if end >= self._first:
                yield _told(child_in_need_plan_id=f"{key}-N{number}", start_date=start, end_date=end)

    def _enquiries(self, key: str, case: Case) -> Iterator[Node]:
        for number, enquiry in enumerate(case.enquiries):
            if enquiry.known > self._on or enquiry.start > self._on:
                continue
            held, concluded = self._known.conference_day(enquiry), enquiry.concluded <= self._on
            if enquiry.start >= self._first or self._first <= held < NEVER:
                yield _told(
                    section_47_assessment_id=f"{key}-S{number}",
                    start_date=enquiry.start,
                    icpc_required_flag=enquiry.conference is not None if concluded else None,
                    icpc_date=held,
                )

    def _plans(self, key: str, case: Case) -> Iterator[Node]:
        for number, plan in enumerate(case.plans):
            end = self._known.plan_end(plan)
            if plan.known <= self._on and plan.start <= self._on and end >= self._first:
                yield _told(child_protection_plan_id=f"{key}-P{number}", start_date=plan.start, end_date=end)

    def _placements(self, key: str, care: Care) -> Iterator[Node]:
        if care.known > self._on or care.start > self._on:
            return
        ceased = self._known.care_end(care)
        for number, placed in enumerate(care.placements):
            last = placed is care.placements[-1]
            end = ceased if last else self._past(placed.end)
            if placed.start > self._on or end < self._first:
                continue
            reason = care.reason if last else "X1"
            yield _told(
                child_looked_after_placement_id=f"{key}-{care.start}-{number}",
                start_date=placed.start,
                start_reason="P" if number else "S",
                placement_type=placed.kind,
                postcode="ZZ99 9ZZ",
                end_date=end,
                end_reason=reason if end < NEVER else None,
                change_reason="CARPL" if end < NEVER and not last else None,
            )

    def _adoption(self, care: Care) -> Node:
        if care.reason not in ("E11", "E12") or care.known > self._on or care.start > self._on:
            return {}
        decided, _, matched, placed, _ = (self._past(step) for step in steps(care))
        if not any(self._first <= step < NEVER for step in (decided, matched, placed)):
            return {}
        return _told(initial_decision_date=decided, matched_date=matched, placed_date=placed)

    def _past(self, day: int) -> int:
        """The day, if it has come."""
        return day if day <= self._on else NEVER


def _told(**given: Any) -> Node:
    """Days as they are written; what is not known or not yet is left out, as the API wants it."""
    node: Node = {}
    for name, value in given.items():
        if isinstance(value, int) and not isinstance(value, bool):
            value = None if value >= NEVER else days.iso(value)
        if value is not None:
            node[name] = value
    return node


def _changed(before: Node, after: Node) -> Node:
    """Ids and what has changed: a value that is gone is null, an element that is gone is marked `purge`."""
    part: Node = {}
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if name in IDS:
            part[name] = list(_elements(IDS[name], old or [], new or []))
        elif isinstance(old, dict) and isinstance(new, dict):
            part[name] = _changed(old, new)
        else:
            part[name] = new
    ids = {name: value for name, value in after.items() if name in ("la_child_id", *IDS.values())}
    return ids | part if part else {}


def _elements(key: str, old: list[Node], new: list[Node]) -> Iterator[Node]:
    before, after = ({node[key]: node for node in nodes} for nodes in (old, new))
    for name in {**before, **after}:
        if name not in after:
            yield {key: name, "purge": True}
        elif name not in before:
            yield after[name]
        elif before[name] != after[name]:
            yield _changed(before[name], after[name])
