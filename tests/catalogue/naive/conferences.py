"""Section 47 enquiries and what follows them, conferences and who takes part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from compendium.calendar.months import add_months
from tests.catalogue.naive.history import History, Line, birth, of, people, too_young
from tests.catalogue.naive.protection import enquiries, plans_of
from tests.catalogue.naive.twins import in_period

TAKING_PART = {f"PN{number}" for number in range(1, 7)}


@in_period("share")
def s47_to_icpc_pct(history: History, as_at: date) -> Iterator[Line]:
    for row in enquiries(history):
        held = any(each["s47_start_date"] == row["start_date"] for each in of(history["icpc"], row["person_id"]))
        recent = as_at < row["start_date"] + timedelta(days=60)
        yield Line(row["start_date"], int(held), team=row["team_id"], excluded="too recent" if recent else None)


@in_period("share")
def s47_repeat_12m(history: History, as_at: date) -> Iterator[Line]:
    begun = enquiries(history)
    for row in begun:
        start = row["start_date"]
        earlier = [each["start_date"] for each in of(begun, row["person_id"]) if each["start_date"] < start]
        yield Line(start, int(any(start <= add_months(day, 12) for day in earlier)), team=row["team_id"])


def held_conferences(history: History) -> Iterator[tuple[str, date, list[dict[str, object]]]]:
    """Child, day, and all that is told of the conference on it."""
    for person in people(history["icpc"]):
        rows = of(history["icpc"], person)
        for held in sorted({row["icpc_date"] for row in rows}):
            yield person, held, [row for row in rows if row["icpc_date"] == held]


@in_period("count")
def icpc_held(history: History, as_at: date) -> Iterator[Line]:
    for _, held, told in held_conferences(history):
        yield Line(held, team=told[0]["team_id"])  # type: ignore[arg-type]


@in_period("share")
def icpc_to_plan_pct(history: History, as_at: date) -> Iterator[Line]:
    for _, held, told in held_conferences(history):
        outcomes = [row["outcome_cp_plan"] for row in told]
        excluded = None if any(each is not None for each in outcomes) else "outcome not recorded"
        yield Line(held, int(1 in outcomes), team=told[0]["team_id"], excluded=excluded)  # type: ignore[arg-type]


@in_period("share")
def conference_participation(history: History, as_at: date) -> Iterator[Line]:
    """First conferences and reviews of children aged four or over."""
    told: dict[tuple[str, date], set[str | None]] = {}
    for row in history["icpc"]:
        told.setdefault((row["person_id"], row["icpc_date"]), set()).add(row["participation"])
    for person in people(history["cp_review"]):
        for plan in plans_of(history, person):
            for row in of(history["cp_review"], person):
                start, day = plan["start_date"], row["review_date"]
                within = day > start and (plan["end_date"] is None or day <= plan["end_date"])
                if row["plan_start_date"] == start and within:
                    told.setdefault((person, day), set()).add(row["participation"])
    for (person, day), codes in told.items():
        born = birth(history, person)
        if too_young(history, person, day, 4):
            continue
        known = codes & {*TAKING_PART, "PN7"}
        excluded = "date of birth not known" if born is None and known else None if known else "not recorded"
        yield Line(day, int(bool(codes & TAKING_PART)), child=person, excluded=excluded)
