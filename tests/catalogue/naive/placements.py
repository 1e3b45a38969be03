"""Beginning and ceasing to be looked after, where children are placed, their reviews, health and social workers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from compendium.calendar.ages import age_at
from compendium.calendar.months import add_months, window_start
from tests.catalogue.naive.history import History, Line, birth, of, people
from tests.catalogue.naive.looked_after import looked_after, periods_of, stay_at
from tests.catalogue.naive.twins import at_month_end, in_period

ADOPTED = ("E11", "E12")
GUARDIANSHIP = ("E43", "E44", "E45", "E46", "E47", "E48")
GROUPS = {
    "U": "foster", "K1": "secure", "K2": "childrens_home", "K3": "supported", "H5": "supported", "P1": "parents",
    "A": "adoption", "R": "residential", "S": "residential_school", "P": "independent", "T": "temporary", "Z": "other",
}  # fmt: skip


@in_period("count")
def cla_started(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["lac_period"]):
        for period in periods_of(history, person):
            yield Line(period.start, team=period.team)


@in_period("count")
def cla_ceased(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["lac_period"]):
        for period in periods_of(history, person):
            if period.end:
                yield Line(period.end, team=period.team)


@in_period("share")
def cla_exit_permanence(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["lac_period"]):
        for period in periods_of(history, person):
            if period.end:
                permanent = period.end_reason in ADOPTED + GUARDIANSHIP
                excluded = None if period.end_reason else "no reason recorded"
                yield Line(period.end, int(permanent), team=period.team, excluded=excluded)


@in_period("share")
def cla_review_participation(history: History, as_at: date) -> Iterator[Line]:
    taking_part = {f"PN{number}" for number in range(1, 7)}
    reviews = {(row["person_id"], row["review_date"]): row for row in history["lac_review"]}
    for (person, day), row in reviews.items():
        born = birth(history, person)
        if row["participation"] == "PN0" or (born and age_at(born, day) < 4):
            continue
        period = next((each for each in periods_of(history, person) if each.start <= day), None)
        excluded = "no date of birth" if born is None else None if row["participation"] else "not recorded"
        yield Line(
            day, int(row["participation"] in taking_part), team=period.team if period else None, excluded=excluded
        )


@at_month_end("mix")
def cla_placement_mix(history: History, month: date) -> Iterator[Line]:
    for person, period in looked_after(history, month):
        stay = stay_at(history, person, period, month)
        kind = stay.type if stay else None
        category = None if kind is None else GROUPS.get(kind) or GROUPS[kind[0]]
        yield Line(month, child=person, category=category)


@at_month_end("share")
def cla_20_miles(history: History, month: date) -> Iterator[Line]:
    for person, _ in looked_after(history, month):
        placed = [row for row in of(history["placement"], person) if open_on_night(row, month)]
        latest = max(placed, key=lambda row: row["start_date"], default=None)
        far = (
            latest is not None
            and latest["location"] == "outside"
            and latest["distance_hundredths"] is not None
            and latest["distance_hundredths"] > 2000
        )
        yield Line(month, int(far), child=person)


def open_on_night(row: dict[str, object], month: date) -> bool:
    start, end = row["start_date"], row["end_date"]
    return start <= month and (end is None or end > month)  # type: ignore[operator]


@at_month_end("count")
def cla_unregistered(history: History, month: date) -> Iterator[Line]:
    for person, period in looked_after(history, month):
        placed = [row for row in of(history["placement"], person) if open_on_night(row, month)]
        latest = max(placed, key=lambda row: row["start_date"], default=None)
        if latest is None or period.start > month:
            continue
        born = birth(history, person)
        kind = latest["type"] or ""
        too_young = kind in ("H5", "K3") and born is not None and age_at(born, month) < 16
        if kind.startswith("Z") or latest.get("is_registered") == 0 or too_young:
            yield Line(month, child=person)


@at_month_end("share")
def cla_health_assessment(history: History, month: date) -> Iterator[Line]:
    for person, period in looked_after(history, month):
        if add_months(period.start, 12) > month:
            continue
        born = birth(history, person)
        days = {
            row["check_date"]
            for row in of(history["health_check"], person)
            if row["kind"] in ("initial", "review") and not row.get("refused")
            and window_start(month, 12) <= row["check_date"] <= month
        }  # fmt: skip
        needed = 2 if born is not None and age_at(born, month) < 5 else 1
        yield Line(month, int(len(days) >= needed), child=person, excluded=None if born else "no date of birth")


@at_month_end("share")
def cla_sw_changes(history: History, month: date) -> Iterator[Line]:
    first = window_start(month, 12)
    for person, _ in looked_after(history, month):
        workers = {
            row["worker_id"]
            for row in of(history["involvement"], person)
            if row["role"] == "case_holder" and row["start_date"] <= month
            and (row["end_date"] is None or row["end_date"] > max(first, row["start_date"]))
        }  # fmt: skip
        yield Line(month, int(len(workers) >= 3), child=person)
