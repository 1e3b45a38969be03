"""Periods of care, placements, visits and reviews of children looked after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from compendium.calendar.ages import age_at, birthday
from compendium.calendar.months import add_months
from compendium.calendar.working_days import due_day
from tests.catalogue.naive.history import History, Line, Row, birth, of, open_on, people
from tests.catalogue.naive.twins import at_month_end, in_period

AWAY = {"T0": 42, "T1": 42, "T2": 21, "T3": 21, "T4": 7}  # days for which a stay away may last


@dataclass
class Stay:
    """A time with one carer. before: when the stay before it in the same period began."""

    start: date
    end: date | None
    type: str
    is_long_term: int | None
    before: date | None


@dataclass(frozen=True)
class Period:
    start: date
    end: date | None
    legal_status: str | None
    team: str | None
    end_reason: str | None


def periods_of(history: History, person: str) -> list[Period]:
    rows = [row for row in of(history["lac_period"], person) if row["legal_status"] not in ("V3", "V4")]
    rows.sort(key=lambda row: row["start_date"])
    born = birth(history, person)
    made = []
    for at, row in enumerate(rows):
        limits = [row["end_date"], birthday(born, 18) if born else None]
        limits += [rows[at + 1]["start_date"]] if at + 1 < len(rows) else []
        ends = [day for day in limits if day]
        if born is None or row["start_date"] < birthday(born, 18):
            end = min(ends) if ends else None
            made.append(Period(row["start_date"], end, row["legal_status"], row["team_id"], row["end_reason"]))
    return made


def period_at(history: History, person: str, day: date) -> Period | None:
    return next((each for each in periods_of(history, person) if open_on(each.start, each.end, day)), None)


def stays_of(history: History, person: str, period: Period) -> list[Stay]:
    """Walk through the placements and begin a new stay at each true move."""
    placed = [
        dict(row)
        for row in sorted(of(history["placement"], person), key=lambda row: row["start_date"])
        if (row["end_date"] is None or row["end_date"] > row["start_date"])
        and open_on(period.start, period.end, row["start_date"])
    ]
    for at, row in enumerate(placed):
        limits = [row["end_date"], period.end, placed[at + 1]["start_date"] if at + 1 < len(placed) else None]
        row["end_date"] = min((day for day in limits if day), default=None)
    stays: list[Stay] = []
    settled: Row | None = None  # the last placement that was not a stay away
    away_since = False
    for at, row in enumerate(placed):
        if _is_away(row):
            following = next((each for each in placed[at + 1 :] if not _is_away(each)), None)
            folds = settled is not None and (following is None or _comes_back(settled, following))
            away_since = True
        else:
            folds = settled is not None and (_same_carer(settled, row) or (away_since and _comes_back(settled, row)))
            settled, away_since = row, False
        if folds:
            stays[-1].end = row["end_date"]
        else:
            before = stays[-1].start if stays else None
            stays.append(Stay(row["start_date"], row["end_date"], row["type"], row["is_long_term"], before))
        if not _is_away(row):
            stays[-1].type, stays[-1].is_long_term = row["type"], row["is_long_term"]
    return stays


def _is_away(row: Row) -> bool:
    limit = AWAY.get(row["type"])
    return limit is not None and (row["end_date"] is None or (row["end_date"] - row["start_date"]).days <= limit)


def _same_carer(row: Row, other: Row) -> bool:
    return other["type"] in ("A3", "A5") or (row["carer_id"] is not None and row["carer_id"] == other["carer_id"])


def _comes_back(row: Row, other: Row) -> bool:
    """To the same carers; where they are not known, to the same kind of placement, provider and home."""
    unknown = row["carer_id"] is None or other["carer_id"] is None
    alike = all(None in (row[name], other[name]) or row[name] == other[name] for name in ("provider", "urn"))
    return _same_carer(row, other) or (unknown and row["type"] == other["type"] and alike)


def stay_at(history: History, person: str, period: Period, day: date) -> Stay | None:
    return next((each for each in stays_of(history, person, period) if open_on(each.start, each.end, day)), None)


def looked_after(history: History, month: date) -> Iterator[tuple[str, Period]]:
    for person in people(history["lac_period"]):
        period = period_at(history, person, month)
        if period:
            yield person, period


@at_month_end("count")
def cla_total(history: History, month: date) -> Iterator[Line]:
    for person, _ in looked_after(history, month):
        yield Line(month, child=person)


@at_month_end("share")
def cla_3plus_placements(history: History, month: date) -> Iterator[Line]:
    opens = date(month.year - 1 + month.month // 12, month.month % 12 + 1, 1)
    for person, _ in looked_after(history, month):
        stays = [stay for period in periods_of(history, person) for stay in stays_of(history, person, period)]
        within = [stay for stay in stays if stay.start <= month and (stay.end is None or stay.end > opens)]
        yield Line(month, int(len(within) >= 3), child=person)


@at_month_end("share")
def cla_long_term_stability(history: History, month: date) -> Iterator[Line]:
    for person, period in looked_after(history, month):
        born = birth(history, person)
        if add_months(period.start, 30) > month or (born and age_at(born, month) >= 16):
            continue
        stay = stay_at(history, person, period, month)
        excluded = "no date of birth" if born is None else "no placement recorded" if stay is None else None
        stable = stay is not None and add_months(stay.start, 24) <= month
        if stay is not None and stay.type in ("A3", "A4", "A5", "A6") and stay.before:
            stable = stable or add_months(stay.before, 24) <= month
        yield Line(month, int(stable), child=person, excluded=excluded)


@at_month_end("share")
def cla_visits_timely(history: History, month: date) -> Iterator[Line]:
    for person, period in looked_after(history, month):
        stay = stay_at(history, person, period, month)
        if stay is None:
            yield Line(month, 0, child=person, excluded="no placement recorded")
            continue
        visits = [
            row["visit_date"]
            for row in of(history["visit"], person)
            if row["kind"] == "lac" and row["seen"] != 0 and stay.start <= row["visit_date"] <= month
        ]
        if stay.start + timedelta(days=7) > month:
            yield Line(month, 0, child=person, excluded="not yet due")
            continue
        in_time = bool(visits) and month <= _next_visit(history, person, period, stay, max(visits))
        yield Line(month, int(in_time), child=person)


def _next_visit(history: History, person: str, period: Period, stay: Stay, last: date) -> date:
    """Regulation 28: when the visit after this one is due."""
    if stay.type == "P1" and period.legal_status == "C1":
        reviewed = any(day <= last for day in reviews_of(history, person, period))
        return last + timedelta(days=28 if reviewed else 7)
    if stay.is_long_term and last >= add_months(stay.start, 12):
        return add_months(last, 3)
    return last + timedelta(days=42)


def reviews_of(history: History, person: str, period: Period) -> list[date]:
    return sorted(
        {
            row["review_date"]
            for row in of(history["lac_review"], person)
            if row["review_date"] > period.start and (period.end is None or row["review_date"] <= period.end)
        }
    )


@in_period("share")
def cla_reviews_timely(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["lac_period"]):
        for period in periods_of(history, person):
            due = due_day(period.start, 20)
            for number, review in enumerate([*reviews_of(history, person, period), None]):
                if period.end is None or period.end > due:
                    yield Line(due, int(review is not None and review <= due), child=person)
                if review:
                    due = add_months(review, 3 if number == 0 else 6)
