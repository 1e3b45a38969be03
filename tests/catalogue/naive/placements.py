"""Beginning and ceasing to be looked after, where children are placed, their reviews, health and social workers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from compendium.calendar.ages import age_at
from compendium.calendar.months import add_months, window_start
from tests.catalogue.naive.history import History, Line, Row, birth, holder, of, open_on, people
from tests.catalogue.naive.looked_after import looked_after, periods_of
from tests.catalogue.naive.twins import at_month_end, in_period

PERMANENT = ("E11", "E12", "E43", "E44", "E45", "E46", "E47", "E48")
UNKNOWN = ("X1", "E99", None)
GROUPS = {
    "U": "Foster home", "K1": "Secure children's home", "K2": "Children's home", "K3": "Supported accommodation",
    "H5": "Supported accommodation", "P1": "With parents", "A": "Placed for adoption", "R": "Other residential",
    "S": "Other residential", "P": "Independent living or employment", "T": "Temporary", "Z": "Other placement",
}  # fmt: skip


@in_period("count")
def cla_started(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["lac_period"]):
        for period in periods_of(history, person):
            yield Line(period.start, child=person)


@in_period("count")
def cla_ceased(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["lac_period"]):
        for period in periods_of(history, person):
            if period.end:
                yield Line(period.end, child=person)


@at_month_end("share")
def cla_exit_permanence(history: History, month: date) -> Iterator[Line]:
    """By the last time that a child left in the twelve months; a period cut short by a birthday has no reason."""
    for person in people(history["lac_period"]):
        left = [period for period in periods_of(history, person) if period.end and period.end <= month]
        last = max(left, key=lambda period: period.end or date.min, default=None)
        if last is None or last.end is None or last.end < window_start(month, 12):
            continue
        told = {row["end_date"] for row in of(history["lac_period"], person) if row["start_date"] == last.start}
        reason = last.end_reason if last.end in told else None
        born = birth(history, person)
        grown = born is not None and age_at(born, last.end) >= 18
        excluded = "reason not recorded" if reason in UNKNOWN and not grown else None
        yield Line(month, int(reason in PERMANENT), child=person, excluded=excluded)


@in_period("share")
def cla_review_participation(history: History, as_at: date) -> Iterator[Line]:
    told: dict[tuple[str, date], str | None] = {}
    for row in history["lac_review"]:
        key, code = (row["person_id"], row["review_date"]), row["participation"]
        told[key] = max(filter(None, (told.get(key), code)), default=None)
    for (person, day), code in told.items():
        born = birth(history, person)
        if born and age_at(born, day) < 4:
            continue
        excluded = "no date of birth" if born is None else None if code else "participation not recorded"
        if excluded is None and code == "PN0":
            excluded = "coded as under four"
        yield Line(day, int(code in {f"PN{number}" for number in range(1, 7)}), child=person, excluded=excluded)


def placement_on(history: History, person: str, night: date) -> Row | None:
    """The last placement begun in the period of care of that night, unless it has ended or lasted no night."""
    period = next((each for each in periods_of(history, person) if open_on(each.start, each.end, night)), None)
    if period is None:
        return None
    placed = [
        row
        for row in of(history["placement"], person)
        if period.start <= row["start_date"] <= night
        and (row["end_date"] is None or row["end_date"] > row["start_date"])
    ]
    latest = max(placed, key=lambda row: row["start_date"], default=None)
    return latest if latest and open_on(latest["start_date"], latest["end_date"], night) else None


@at_month_end("mix")
def cla_placement_mix(history: History, month: date) -> Iterator[Line]:
    for person, _ in looked_after(history, month):
        placed = placement_on(history, person, month)
        kind = placed["type"] if placed else None
        category = None if kind is None else GROUPS.get(kind) or GROUPS[kind[0]]
        yield Line(month, child=person, category=category)


@at_month_end("share")
def cla_20_miles(history: History, month: date) -> Iterator[Line]:
    for person, _ in looked_after(history, month):
        placed = placement_on(history, person, month)
        far = placed is not None and placed["location"] == "outside" and (placed["distance_hundredths"] or 0) > 2000
        yield Line(month, int(far), child=person)


@at_month_end("count")
def cla_unregistered(history: History, month: date) -> Iterator[Line]:
    for person, _ in looked_after(history, month):
        placed = placement_on(history, person, month)
        if placed is None:
            continue
        born = birth(history, person)
        kind = placed["type"] or ""
        too_young = kind in ("H5", "K3") and born is not None and age_at(born, month) < 16
        if kind.startswith("Z") or placed["is_registered"] == 0 or too_young:
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
            if row["kind"] in ("initial", "review") and not row["refused"]
        }
        days |= {row["health_assessment_date"] for row in of(history["lac_period"], person)} - {None}
        days = {day for day in days if window_start(month, 12) <= day <= month}
        returned = any(
            row["as_at"] == month and row["health_assessment"] == 1 for row in of(history["lac_health"], person)
        )
        needed = 2 if born is not None and age_at(born, month) < 5 else 1
        yield Line(
            month, int(returned or len(days) >= needed), child=person, excluded=None if born else "no date of birth"
        )


@at_month_end("share")
def cla_sw_changes(history: History, month: date) -> Iterator[Line]:
    first = window_start(month, 12)
    for person, _ in looked_after(history, month):
        rows = of(history["involvement"], person)
        workers = {
            row["worker_id"]
            for row in rows
            if row["role"] in (None, "case_holder", "social_worker") and row["start_date"] <= month
            and (row["end_date"] is None or row["end_date"] > max(first, row["start_date"]))
        }  # fmt: skip
        if of(history["allocation_seen"], person):
            nights = (first + timedelta(days=number) for number in range((month - first).days + 1))
            workers |= {held[0] for night in nights if (held := holder(history, person, night))}
        yield Line(month, int(len(workers - {None}) >= 3), child=person)
