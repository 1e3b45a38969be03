"""A child's history as plain rows, and the questions every counting rule asks of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from compendium.calendar.ages import age_at

Row = dict[str, Any]
History = dict[str, list[Row]]
AREAS = ("NE", "NW", "SE", "SW")


@dataclass(frozen=True)
class Line:
    """One row that an indicator counts.

    The place: child, whose case holder gives it; or team, the team recorded; or area, where no team is known.
    category: what a mix counts it under. who: the child, family or worker counted once in the period.
    """

    on: date
    numerator: int = 1
    denominator: int = 1
    excluded: str | None = None
    child: str | None = None
    team: str | None = None
    area: str | None = None
    category: str | None = None
    who: str | None = None


def open_on(start: date, end: date | None, day: date) -> bool:
    """Begun by that day and not ended that night."""
    return start <= day and (end is None or end > day)


def people(rows: Iterable[Row]) -> list[str]:
    return sorted({row["person_id"] for row in rows})


def of(rows: Iterable[Row], person: str) -> list[Row]:
    return [row for row in rows if row["person_id"] == person]


def birth(history: History, person: str) -> date | None:
    return next((row["dob"] for row in history["person"] if row["person_id"] == person), None)


def one_at_a_time(rows: Iterable[Row]) -> list[Row]:
    """Episodes of one child in order: those of one day are one, and each ends when the next begins."""
    told = list(rows)
    starts = sorted({row["start_date"] for row in told})
    made: list[Row] = []
    for at, start in enumerate(starts):
        same = [row for row in told if row["start_date"] == start]
        ends = [row["end_date"] for row in same]
        limits = [None if None in ends else max(ends), *starts[at + 1 : at + 2]]
        made.append({**same[0], "end_date": min((day for day in limits if day), default=None)})
    return made


def too_young(history: History, person: str, day: date, age: int) -> bool:
    """Known to be under an age on a day; an unborn child is under any."""
    row = next((each for each in history["person"] if each["person_id"] == person), None)
    if row is None or row["dob"] is None:
        return row is not None and row["expected_dob"] is not None
    return age_at(row["dob"], day) < age


def holder(history: History, person: str, day: date) -> tuple[str, str | None] | None:
    """The worker and team that hold a case on a day: of several, the one allocated last."""
    there = [
        row
        for row in of(history["involvement"], person)
        if row["role"] == "case_holder" and open_on(row["start_date"], row["end_date"], day)
    ]
    if not there:
        return None
    latest = max(row["start_date"] for row in there)
    chosen = min((row for row in there if row["start_date"] == latest), key=lambda row: str(row["worker_id"]))
    return chosen["worker_id"], chosen["team_id"]


def area(history: History, line: Line) -> str:
    """The area of a row: of the team recorded, or of the case holder's team, as that team belonged on the day."""
    team = line.team
    if line.child is not None:
        held = holder(history, line.child, line.on)
        team = held[1] if held else None
    for row in history["team"]:
        if row["team_id"] == team and open_on(row["valid_from"], row["valid_to"], line.on):
            return str(row["area_id"])
    return line.area if line.area in AREAS else "countywide"
