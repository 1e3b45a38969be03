"""Rows of the local tables about the organisation: teams, workers, posts, money, partners; and who the children are."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.county import days, places
from compendium.county.calibration import published
from compendium.county.knowledge import Knowledge
from compendium.county.workforce import ACADEMY, Worker
from compendium.county.writers.codes import AUTHORITY
from compendium.county.writers.local_work import happened, when

Row = tuple[object, ...]
SOCIAL_WORK = ("case_holder", "senior_practitioner")
AGES = ((0, 0, 0.052), (1, 4, 0.222), (5, 9, 0.292), (10, 15, 0.322), (16, 17, 0.112))


def teams(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """Changes are known when they happen, openings a month ahead."""
    for row in places.team_rows():
        if row.since <= known.on + 30:
            yield (
                row.team_id,
                row.name,
                row.service,
                row.area,
                when(row.since),
                happened(row.until, known.on) if row.until else "",
            )


def workers(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for worker in known.world.workforce.workers:
        if worker.start <= known.on and worker.end > since:
            registered = int(worker.role in SOCIAL_WORK)
            asye = int(worker.newly_qualified and known.on - worker.start < 365)
            yield (worker.worker_id, worker.role, worker.team, round(worker.fte * 100), int(worker.agency),
                   registered, asye,
                   when(worker.start), happened(worker.end, known.on))  # fmt: skip


def involvements(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for spell in known.world.allocation.involvements:
        if spell.start > until or spell.end < since:
            continue
        for child in spell.children:
            yield (
                child.child_id,
                spell.worker.worker_id,
                spell.team,
                spell.role,
                when(spell.start),
                happened(spell.end, known.on),
            )


def establishment(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """Posts, people and cover at month ends: of social workers, which is what vacancies are about."""
    for month in range(days.month_of(since), days.month_of(until) + 1):
        last = days.last_of(month)
        if last > until:
            continue
        for team in sorted({row.team_id for row in places.team_rows() if row.posts and row.stands(last)}):
            yield _post_row(known, team, month, last)


def _post_row(known: Knowledge, team: str, month: int, last: int) -> Row:
    force = known.world.workforce
    own = [worker for worker in force.in_post[team] if worker.role in SOCIAL_WORK]
    posts = round(force.posts(team, month) * 100)
    in_post, agency = _hundredths(own, last), _hundredths(force.agency[team], last)
    cover = _hundredths([worker for worker in force.agency[team] if worker.covers_vacancy], last)
    first = days.first_of(month)
    joined = sum(round(worker.fte * 100) for worker in own if first <= worker.start <= last)
    left = sum(round(worker.fte * 100) for worker in own if first <= worker.end <= last)
    ill = round(in_post * (0.45 + 0.5 * ((month * 7 + len(own)) % 5) / 4))
    vacant = max(0, posts - in_post)
    return (when(last), team, "social_worker", posts, in_post, agency, min(cover, vacant), vacant, joined, left, ill)


def _hundredths(workers: list[Worker], on: int) -> int:
    return sum(round(worker.fte * 100) for worker in workers if worker.here(on))


def bookings(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for team, there in sorted(known.world.workforce.agency.items()):
        for worker in there:
            if worker.start <= until and worker.end >= since:
                yield (f"B{worker.worker_id[1:]}", team, round(worker.fte * 100), when(worker.start),
                       happened(worker.end, known.on),
                       int(worker.covers_vacancy))  # fmt: skip


def cohorts(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for name, begun, headcount, qualifies in ACADEMY:
        if begun <= known.on:
            yield name, when(begun), headcount, when(qualifies), ""


def spend(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """The ledger of a month closes a month later."""
    for row in known.world.spend:
        last = days.last_of(row.month)
        if since <= last <= until and last + 2 <= known.on:
            yield when(last), row.area, row.service, row.kind, row.partner, row.pence


def people(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """The children that contacts named; those with a case are in the returns as well."""
    seen: set[str] = set()
    for contact in known.contacts(since, until):
        for child in contact.children:
            if child.child_id not in seen:
                seen.add(child.child_id)
                unborn = child.born > known.on
                yield (child.child_id, "U" if unborn else child.sex, child.ethnicity,
                       "" if unborn else when(child.born),
                       when(child.born) if unborn else "", int(bool(child.disabilities)), int(child.uasc))  # fmt: skip


def care_leavers(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """Month ends before the first workbook; from then on the workbooks' list 9 says the same."""
    for month in range(days.month_of(since), days.month_of(until) + 1):
        last = days.last_of(month)
        for leaver in known.world.leavers:
            state = leaver.state(last) if leaver.since <= last else None
            if state and last <= until:
                yield (leaver.child.child_id, when(last), leaver.eligibility(last), int(state.in_touch),
                       when(min(state.contact, last)),
                       state.accommodation, int(state.suitable), state.activity, when(min(state.pathway, last)),
                       leaver.team)  # fmt: skip


def population(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """Mid-year estimates by quadrant and age, as published the summer after."""
    for year in range(2012, int(days.iso(known.on)[:4])):
        total = published()["population_0_17", str(year)] * known.world.calibration.size
        for area, share in (*places.CHILDREN.items(), (AUTHORITY, 1.0)):
            persons = [round(total * share * part) for _, _, part in AGES]
            persons[2] += round(total * share) - sum(persons)
            for (low, high, _), number in zip(AGES, persons, strict=True):
                yield year, area, low, high, number, f"mid-{year} estimates, first release"
