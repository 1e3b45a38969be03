"""The workforce census of a year: the social workers of 30 September, and who left in the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from compendium.county import days, places
from compendium.county.people import NEVER
from compendium.county.workforce import Worker
from compendium.county.world import World
from compendium.county.writers.codes import AUTHORITY, SYNTHETIC
from compendium.county.writers.local_people import SOCIAL_WORK

ROLE = {"case_holder": "5", "senior_practitioner": "4"}


def write_workforce_census(world: World, year: int, folder: Path) -> Path:
    """workforce_census_<year>_<received>.xml, received at the end of the January after."""
    received = days.iso(days.day(f"{year + 1}-01-27"))
    path = folder / f"workforce_census_{year}_{received}.xml"
    path.write_text("\n".join(_lines(world, year, received)) + "\n", encoding="utf-8")
    return path


def _lines(world: World, year: int, received: str) -> Iterator[str]:
    on = days.day(f"{year}-09-30")
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f"<!-- {SYNTHETIC} -->"
    yield "<Message>"
    yield (
        f"<Header><CollectionDetails><Collection>CSWW</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{year}-09-30</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel>"
        f"<LEA>{AUTHORITY}</LEA><SoftwareCode>Synthetic county</SoftwareCode>"
        f"<DateTime>{received}T09:30:00Z</DateTime></Source></Header>"
    )
    agency = [worker for workers in world.workforce.agency.values() for worker in workers if worker.here(on)]
    yield (
        f"<LALevelVacancies><NumberOfVacancies>{_vacancies(world, on):.2f}</NumberOfVacancies>"
        f"<NoAgencyFTE>{sum(worker.fte for worker in agency):.2f}</NoAgencyFTE>"
        f"<NoAgencyHeadcount>{len(agency)}</NoAgencyHeadcount></LALevelVacancies>"
    )
    cases = _cases(world, on)
    year_before = days.months_on(on, -12)
    for worker in world.workforce.workers:
        there = worker.here(on) or (not worker.agency and year_before < worker.end <= on and worker.start <= on)
        if there and worker.role in SOCIAL_WORK:
            yield _worker(worker, on, cases[worker.worker_id])
    yield "</Message>"


def _vacancies(world: World, on: int) -> float:
    """Posts less people in post, team by team, as the establishment list counts them."""
    force, month = world.workforce, days.month_of(on)
    vacant = 0
    for team in {row.team_id for row in places.team_rows() if row.posts and row.stands(on)}:
        own = sum(round(w.fte * 100) for w in force.in_post[team] if w.here(on) and w.role in SOCIAL_WORK)
        vacant += max(0, round(force.posts(team, month) * 100) - own)
    return vacant / 100


def _cases(world: World, on: int) -> Counter[str]:
    """The children each worker holds."""
    held: Counter[str] = Counter()
    for spell in world.allocation.involvements:
        if spell.role == "case_holder" and spell.start <= on < spell.end:
            held[spell.worker.worker_id] += len(spell.children)
    return held


def _worker(worker: Worker, on: int, cases: int) -> str:
    left = worker.end <= on
    given = {
        "AgencyWorker": int(worker.agency),
        "SWENo": worker.worker_id,
        "FTE": f"{worker.fte:.6f}",
        "OrgRole": ROLE[worker.role],
        "RoleStartDate": days.iso(worker.start),
        "StartOrigin": 1 if worker.newly_qualified else 9,
        "RoleEndDate": days.iso(worker.end) if left and worker.end < NEVER else None,
        "LeaverDestination": 8 if left else None,
        "ReasonLeave": 1 if left else None,
        "FTE30": None if left else f"{worker.fte:.6f}",
        "Cases30": None if left else cases,
        "CFKSSstatus": 1 if worker.newly_qualified and on - worker.start < 365 else 2,
    }
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in given.items() if value is not None)
    return f"<CSWWWorker>{inside}</CSWWWorker>"
