"""The Annex A workbook of a day: eleven lists in Ofsted's own layout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from compendium.county import days, places
from compendium.county.knowledge import Knowledge, months_before
from compendium.county.people import NEVER, Child
from compendium.county.records import Case, Enquiry
from compendium.county.world import World
from compendium.county.writers import annex_a_care, codes
from compendium.county.writers.annex_a_headers import KINDS, TITLES, headers
from compendium.county.writers.workbook import Workbook

Row = tuple[object, ...]


def write_annex_a(world: World, on: int, folder: Path) -> Path:
    """annex_a_<date>.xlsx: a front sheet, then List_1 to List_11, title in row 1 and headers in row 2."""
    path = folder / f"annex_a_{days.iso(on)}.xlsx"
    lists = Lists(Knowledge(world, on))
    with Workbook(path) as book:
        front = [
            ["Annex A child-level data"],
            ["Wealdmere County Council", codes.AUTHORITY],
            [codes.SYNTHETIC],
            ["Extract date", f"{days.iso(on)[8:]}/{days.iso(on)[5:7]}/{days.iso(on)[:4]}"],
        ]
        book.sheet("Front_Sheet", front, "s", ())
        for number in range(1, 12):
            top = [[f"List {number}: {TITLES[number]}"], headers(number, days.month_of(on))]
            book.sheet(f"List_{number}", top, KINDS[number], lists.rows(number))
    return path


class Lists:
    """The rows of each list as known on the day of the extract."""

    def __init__(self, known: Knowledge) -> None:
        self.known, self.on = known, known.on
        self.since = months_before(self.on, 6)
        self.year_ago = months_before(self.on, 12)
        self.cases = list(known.cases())
        self.team_names = {row.team_id: places.row_of(row.team_id, self.on).name for row in places.team_rows()}
        self.last_seen: dict[str, int] = {}
        self.last_visit: dict[tuple[str, str], tuple[int, bool]] = {}
        for visit in known.visits(0, self.on):
            if visit.seen:
                self.last_seen[visit.child.child_id] = visit.day
                self.last_visit[visit.child.child_id, visit.kind] = (visit.day, visit.alone)
        self._people: dict[str, Row] = {}

    def rows(self, number: int) -> Iterator[Row]:
        by_number = {1: self.contacts, 2: self.early_help, 3: self.referrals, 4: self.assessments, 5: self.enquiries,
                     6: self.children_in_need, 7: self.child_protection}  # fmt: skip
        return by_number[number]() if number in by_number else annex_a_care.rows(self, number)

    def person(self, child: Child) -> Row:
        """Id, gender, ethnicity, date of birth, age: an unborn child by the expected date."""
        row = self._people.get(child.child_id)
        if row is None:
            unborn = child.born > self.on
            age = -1 if unborn else _age(child.born, self.on)
            gender = codes.GENDER["U" if unborn else child.sex]
            row = self._people[child.child_id] = (
                child.child_id,
                gender,
                codes.ETHNICITY[child.ethnicity],
                child.born,
                age,
            )
        return row

    def disabled(self, child: Child) -> str:
        return codes.yes_no(bool(child.disabilities))

    def holder(self, case: Case, on: int | None = None) -> tuple[str, str]:
        """Team by its name of the day, and the worker, at the extract or when the case was last open."""
        at = min(self.on if on is None else on, case.close - 1 if self.known.closed(case) < NEVER else self.on)
        at = max(at, case.day)
        return self.team_names[case.team_on(at)], self.known.world.allocation.worker_of(case, at)

    def contacts(self) -> Iterator[Row]:
        for contact in self.known.contacts(self.since, self.on):
            for child in contact.children:
                yield (*self.person(child), contact.day, codes.SOURCE[contact.source])

    def early_help(self) -> Iterator[Row]:
        for episode in self.known.helped():
            if self.known.help_end(episode) < NEVER and episode.start < self.since:
                continue
            done = episode.assessed if episode.assessed <= self.on else None
            for child in episode.children:
                yield (*self.person(child), episode.start, done, episode.organisation)

    def referrals(self) -> Iterator[Row]:
        for case in self.cases:
            if case.day < self.since:
                continue
            team, worker = self.team_names[case.assess_team], self.holder(case, case.day + 1)[1]
            for child in case.children:
                latest = max(day for day in child.referrals if day <= self.on)
                count = sum(1 for day in child.referrals if days.months_on(latest, -12) <= day < latest)
                yield (
                    *self.person(child),
                    case.day,
                    codes.SOURCE[case.source],
                    codes.yes_no(case.nfa),
                    count,
                    team,
                    worker,
                )

    def assessments(self) -> Iterator[Row]:
        for case in self.cases:
            for made in case.assessments:
                auth = made.auth if made.auth_known <= self.on and made.auth <= self.on else NEVER
                if made.known > self.on or auth < self.since:
                    continue
                open_still = auth == NEVER
                worker = self.holder(case, made.start + 1)[1]
                for child in case.children:
                    seen = None if open_still else codes.yes_no(child.child_id not in made.unseen)
                    needs = None if open_still else codes.yes_no(made.in_need)
                    yield (*self.person(child), self.disabled(child), made.start, seen, None if open_still else auth,
                           needs, self.team_names[made.team], worker)  # fmt: skip

    def enquiries(self) -> Iterator[Row]:
        per_child: dict[str, list[tuple[int, int]]] = defaultdict(list)
        wanted: list[tuple[Case, Enquiry, int]] = []
        for case in self.cases:
            for enquiry in case.enquiries:
                if enquiry.known > self.on or enquiry.start > self.on:
                    continue
                held = self.known.conference_day(enquiry)
                for child in case.children:
                    per_child[child.child_id].append((enquiry.start, held))
                pending = held == NEVER and (enquiry.concluded > self.on or enquiry.conference is not None)
                if enquiry.start >= self.since or self.since <= held < NEVER or pending:
                    wanted.append((case, enquiry, held))
        for case, enquiry, held in wanted:
            unnecessary = None if enquiry.concluded > self.on else codes.yes_no(enquiry.conference is None)
            plan = None if held == NEVER or not enquiry.conference else codes.yes_no(enquiry.conference.plan)
            worker = self.holder(case, enquiry.start + 1)[1]
            for child in case.children:
                seen = per_child[child.child_id]
                enquired = sum(1 for start, _ in seen if start >= self.year_ago)
                conferred = sum(1 for _, day in seen if self.year_ago <= day < NEVER)
                yield (*self.person(child), self.disabled(child), enquiry.start, unnecessary,
                       None if held == NEVER else held,
                       plan, enquired, conferred, self.team_names[enquiry.team], worker)  # fmt: skip

    def children_in_need(self) -> Iterator[Row]:
        latest: dict[str, tuple[Child, Case]] = {}
        for case in self.cases:
            if not case.nfa and self.known.closed(case) >= self.since:
                for child in case.children:
                    latest[child.child_id] = (child, case)
        for child, case in latest.values():
            closed = self.known.closed(case)
            open_still = closed == NEVER
            seen = self.last_seen.get(child.child_id)
            yield (*self.person(child), self.disabled(child), case.day, codes.NEED[case.need],
                   seen if seen and seen >= case.day else None, None if open_still else closed,
                   None if open_still else codes.CLOSURE[case.reason], self.status(case),
                   *self.holder(case))  # fmt: skip

    def status(self, case: Case) -> str:
        if self.known.closed(case) < NEVER:
            return "e) Closed episode"
        if any(care.known <= self.on and self.known.care_end(care) == NEVER for care in case.care):
            return "a) Looked after child"
        if any(plan.known <= self.on and self.known.plan_end(plan) == NEVER for plan in case.plans):
            return "b) Child Protection plan"
        if case.assessments and case.assessments[0].auth_known > self.on:
            return "d) Open assessment"
        return "c) Child in need plan"

    def child_protection(self) -> Iterator[Row]:
        latest: dict[str, Row] = {}
        for plan in self.known.plans():
            end = self.known.plan_end(plan)
            if end < self.since:
                continue
            reviews = self.known.reviews(plan)
            for child in plan.case.children:
                visit = self.last_visit.get((child.child_id, "cp"))
                seen = visit if visit and visit[0] >= plan.start else None
                latest[child.child_id] = (
                    *self.person(child), self.disabled(child), plan.start, codes.CATEGORY[plan.category],
                    codes.CATEGORY[plan.latest],
                    seen[0] if seen else None, codes.yes_no(seen[1]) if seen else codes.UNKNOWN,
                    reviews[-1] if reviews else None,
                    None if end == NEVER else end, codes.NO, plan.earlier.get(child.child_id, 0),
                    *self.holder(plan.case),
                )  # fmt: skip
        yield from latest.values()


def _age(born: int, on: int) -> int:
    birth, day = days.iso(born), days.iso(on)
    return int(day[:4]) - int(birth[:4]) - (day[5:] < birth[5:])
