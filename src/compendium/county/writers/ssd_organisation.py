"""Rows of the Standard Safeguarding Dataset about teams and workers, and about who the children are."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.county import places
from compendium.county.people import NEVER
from compendium.county.writers.ssd_window import Window, when, yes_no

Row = tuple[object, ...]
TITLES = {"case_holder": "Social Worker", "senior_practitioner": "Senior Practitioner",
          "personal_adviser": "Personal Adviser", "early_help_worker": "Early Help Worker"}  # fmt: skip
ROLES = {"case_holder": "CW", "personal_adviser": "PA", "early_help_worker": "Early Help"}


def departments(window: Window) -> Iterator[Row]:
    """Each team by its newest name, below its area."""
    newest = {row.team_id: row for row in places.team_rows() if row.since <= window.on}
    areas = places.AREAS | {places.COUNTYWIDE: "Countywide teams"}
    for row in newest.values():
        yield row.team_id, row.name, row.area, areas[row.area]
    for area, name in areas.items():
        yield area, name, None, None


def professionals(window: Window) -> Iterator[Row]:
    """Without registration numbers: none is invented."""
    for worker in window.known.world.workforce.workers:
        if worker.start <= window.on:
            yield (worker.worker_id, worker.worker_id, None, TITLES[worker.role], None, worker.team, worker.fte,
                   yes_no(worker.agency))  # fmt: skip


def involvements(window: Window) -> Iterator[Row]:
    for number, spell in enumerate(window.known.world.allocation.involvements):
        end = spell.end if spell.end <= window.on else NEVER
        if spell.start <= window.on and window.shows(end):
            for child in spell.children:
                yield (f"{number}{child.child_id[-6:]}", spell.worker.worker_id, ROLES[spell.role], spell.team,
                       when(spell.start), when(end), None, window.named(child), None)  # fmt: skip


def persons(window: Window) -> Iterator[Row]:
    for child in window.people.values():
        unborn = child.born > window.on
        sex = "U" if unborn else child.sex
        yield (child.child_id, sex, sex, child.ethnicity, None if unborn else when(child.born), None,
               when(child.born) if unborn else None, None, None)  # fmt: skip


def disabilities(window: Window) -> Iterator[Row]:
    for child in window.people.values():
        for code in child.disabilities or ("NONE",):
            yield f"{child.child_id}{code}", child.child_id, code


def immigration(window: Window) -> Iterator[Row]:
    for child in window.people.values():
        if child.uasc:
            yield child.child_id, f"I{child.child_id}", "Unaccompanied Asylum Seeking Child (UASC)", None, None


def families(window: Window) -> Iterator[Row]:
    for child in window.people.values():
        yield f"F{child.child_id}", child.family.family_id, child.child_id
