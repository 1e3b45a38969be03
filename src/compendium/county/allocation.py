"""Who held which case from when to when: a sweep through time, so that caseloads are what they would be.

A case goes to someone in the team of its stage, the less burdened the likelier; when a worker leaves,
the team shares the cases out again.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field

from compendium.county import days, places
from compendium.county.care_leavers import Leaver
from compendium.county.people import NEVER, Child
from compendium.county.records import Case, Help
from compendium.county.workforce import Worker, Workforce

WORKING_ROLES = ("case_holder", "senior_practitioner", "personal_adviser", "early_help_worker")


@dataclass(slots=True, eq=False)
class Involvement:
    children: list[Child]
    worker: Worker
    team: str
    role: str
    start: int
    end: int = NEVER


@dataclass(slots=True, eq=False)
class Piece:
    """Work to be held by somebody: a case, an early help episode, a care leaver."""

    children: list[Child]
    role: str
    stages: list[tuple[int, str]]
    until: int
    held: Involvement | None = None
    team: str = ""
    spells: list[Involvement] = field(default_factory=list)


class Allocation:
    def __init__(self, chance: random.Random, workforce: Workforce) -> None:
        self.chance = chance
        self.involvements: list[Involvement] = []
        self.of_case: dict[int, Piece] = {}
        self.by_team: dict[str, list[Worker]] = defaultdict(list)
        self.holding: dict[Worker, set[Piece]] = defaultdict(set)
        self.events: list[tuple[int, int, int, object]] = []
        for worker in workforce.workers:
            self.by_team[worker.team].append(worker)
            if worker.end < NEVER:
                self._at(worker.end, 0, worker)

    def _at(self, day: int, kind: int, what: object) -> None:
        self.events.append((day, kind, len(self.events), what))

    def run(self, cases: list[Case], episodes: list[Help], leavers: list[Leaver]) -> None:
        for case in cases:
            if not case.nfa:
                piece = Piece(case.children, "case_holder", sorted(case.stages), case.close)
                self.of_case[id(case)] = piece
                self._plan(piece)
        for episode in episodes:
            self._plan(Piece(episode.children, "early_help_worker", [(episode.start, episode.team)], episode.end))
        for leaver in leavers:
            self._plan(Piece([leaver.child], "personal_adviser", [(leaver.since, leaver.team)], leaver.until))
        for team in self.by_team.values():
            team.sort(key=lambda worker: worker.start)
        for day, kind, _, what in sorted(self.events, key=lambda event: event[:3]):
            if day > days.END:
                break
            if kind == 0 and isinstance(what, Worker):
                self._leave(what, day)
            elif isinstance(what, tuple):
                self._hand(what[0], what[1], day)
            elif isinstance(what, Piece):
                self._end(what, day)

    def _plan(self, piece: Piece) -> None:
        for since, team in piece.stages:
            if since < piece.until:
                self._at(max(since, places.BEGINNING), 2, (piece, team))
        if piece.until < NEVER:
            self._at(max(piece.until, places.BEGINNING + 1), 1, piece)

    def _hand(self, piece: Piece, team: str, day: int) -> None:
        if day >= piece.until:
            return
        if piece.team == team and piece.held:
            return
        self._end(piece, day)
        piece.team = team
        self._give(piece, day)

    def _give(self, piece: Piece, day: int) -> None:
        worker = self._least_burdened(piece, day)
        if worker is None:
            return
        made = Involvement(piece.children, worker, piece.team, piece.role, day)
        self.involvements.append(made)
        piece.spells.append(made)
        piece.held = made
        worker.load += len(piece.children)
        self.holding[worker].add(piece)

    def _least_burdened(self, piece: Piece, day: int) -> Worker | None:
        chance, best, lightest = self.chance, None, 1e9
        for worker in self.by_team[piece.team]:
            if worker.start > day:
                break
            if day < worker.end and (piece.role == "case_holder") == (worker.role in WORKING_ROLES[:2]):
                burden = worker.load / worker.fte + chance.random() * 9
                if burden < lightest:
                    best, lightest = worker, burden
        return best

    def _end(self, piece: Piece, day: int) -> None:
        if piece.held:
            piece.held.end = max(day, piece.held.start + 1)
            piece.held.worker.load -= len(piece.children)
            self.holding[piece.held.worker].discard(piece)
            piece.held = None

    def _leave(self, worker: Worker, day: int) -> None:
        self.by_team[worker.team].remove(worker)
        for piece in sorted(
            self.holding.pop(worker, ()), key=lambda each: (each.stages[0][0], each.children[0].child_id)
        ):
            self._end(piece, day)
            self._give(piece, day)

    def worker_of(self, case: Case, on: int) -> str:
        piece = self.of_case.get(id(case))
        if piece:
            for spell in reversed(piece.spells):
                if spell.start <= on:
                    return spell.worker.worker_id if on < spell.end else ""
        return ""
