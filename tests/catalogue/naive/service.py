"""Care leavers, the workforce, audits, missing children."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from compendium.calendar.ages import age_at, birthday
from compendium.calendar.months import add_months
from tests.catalogue.naive.front_door import cin_open
from tests.catalogue.naive.history import History, Line, Row, birth, holder, of, open_on, people
from tests.catalogue.naive.twins import Rows, at_month_end, in_period

LEFT = {"died": "died", "returned_home": "returned home", "transferred": "moved to another council"}
ELSEWHERE = {"abroad": "gone abroad", "deported": "deported", "residence_unknown": "residence not known"}
LETTERS = {"G": "gone abroad", "H": "deported", "R": "residence not known"}
TOLD_TOGETHER = ("eligibility", "in_touch", "is_suitable", "exclusion", "accommodation_exclusion")
UNTOLD = "not told of for a year"
EET = {letter + digit for letter in "FP" for digit in "12345"}


def _status(history: History, person: str, first: date, last: date) -> Row | None:
    """What was last seen from the one day to the other; what the row does not tell is as it was last told."""
    rows = sorted(of(history["care_leaver_status"], person), key=lambda row: row["as_at"])
    seen = [row for row in rows if row["as_at"] <= last]
    if not seen or seen[-1]["as_at"] < first:
        return None
    latest = seen[-1]
    told = [row for row in seen if any(row.get(name) is not None for name in TOLD_TOGETHER)] or [{}]
    kept = {name: told[-1].get(name) for name in TOLD_TOGETHER}
    return {**latest, **kept, "team_id": latest["team_id"] or told[-1].get("team_id")}


def _activity(row: Row | None) -> int:
    return int(row is not None and row["activity"] in EET)


def _suitable(row: Row | None) -> int:
    return int(row is not None and row["is_suitable"] == 1 and row["accommodation"] != "X")


def _gone(row: Row, housing: bool) -> str | None:
    gone = LEFT.get(row["exclusion"])
    if gone is None and housing:
        gone = ELSEWHERE.get(row["accommodation_exclusion"]) or LETTERS.get(row["accommodation"] or "")
    return gone


def _care_leavers(history: History, month: date, ages: range, kinds: set[str | None], housing: bool) -> Iterator[Line]:
    for person in people(history["care_leaver_status"]):
        row = _status(history, person, date.min, month)
        born = birth(history, person)
        if row is None or row["eligibility"] not in kinds | {None} or (born and age_at(born, month) not in ages):
            continue
        excluded = _gone(row, housing)
        if row["exclusion"] is None and add_months(row["as_at"], 12) <= month:
            excluded = UNTOLD
        if excluded is None and born is None:
            excluded = "no date of birth"
        if excluded is None and row["eligibility"] is None:
            excluded = "kind of entitlement not recorded"
        flag = _suitable(row) if housing else _activity(row)
        yield Line(month, flag, team=row["team_id"], excluded=excluded)


@at_month_end("share")
def cl_eet(history: History, month: date) -> Iterator[Line]:
    return _care_leavers(history, month, range(19, 22), {"former_relevant"}, housing=False)


@at_month_end("share")
def cl_eet_17_18(history: History, month: date) -> Iterator[Line]:
    return _care_leavers(history, month, range(17, 19), {"relevant", "former_relevant"}, housing=False)


@at_month_end("share")
def cl_suitable_accom(history: History, month: date) -> Iterator[Line]:
    return _care_leavers(history, month, range(19, 22), {"former_relevant"}, housing=True)


@at_month_end("share")
def cl_suitable_accom_17_18(history: History, month: date) -> Iterator[Line]:
    return _care_leavers(history, month, range(17, 19), {"relevant", "former_relevant"}, housing=True)


def _birthdays(history: History, housing: bool) -> Iterator[Line]:
    for person in people(history["care_leaver_status"]):
        born = birth(history, person)
        for age in range(19, 22) if born else ():
            day = birthday(born, age) if born else date.min
            latest = _status(history, person, date.min, add_months(day, 1))
            later = [
                row
                for row in history["care_leaver_status"]
                if row["person_id"] == person and add_months(day, 1) < row["as_at"] <= add_months(day, 3)
            ]
            stale = latest is None or add_months(latest["as_at"], 12) <= day
            if stale and later:
                latest = _status(history, person, date.min, min(row["as_at"] for row in later))
            if latest is None or latest["eligibility"] not in ("former_relevant", None):
                continue
            seen = latest if day <= add_months(latest["as_at"], 3) and latest["as_at"] <= add_months(day, 1) else None
            excluded = _gone(latest, housing)
            if latest["exclusion"] is None and add_months(latest["as_at"], 12) <= day:
                excluded = UNTOLD
            if excluded is None and latest["eligibility"] is None:
                excluded = "kind of entitlement not recorded"
            flag = _suitable(seen) if housing else _activity(seen)
            yield Line(day, flag, team=latest["team_id"], excluded=excluded)


@in_period("share")
def cl_eet_birthday(history: History, as_at: date) -> Iterator[Line]:
    return _birthdays(history, housing=False)


@in_period("share")
def cl_suitable_accom_birthday(history: History, as_at: date) -> Iterator[Line]:
    return _birthdays(history, housing=True)


def posts_of(history: History, month: date) -> list[Row]:
    return [row for row in history["establishment"] if row["month_end"] == month and row["role"] == "social_worker"]


def vacant_hours(row: Row) -> int | None:
    """The posts that nobody fills; where posts or people are not given, what is given as vacant."""
    posts, filled = row["establishment_hundredths"], row["in_post_hundredths"]
    if posts is None or filled is None:
        given: int | None = row["vacancy_hundredths"]
        return given
    return max(0, int(posts) - int(filled))


@at_month_end("share")
def sw_vacancy_rate(history: History, month: date) -> Iterator[Line]:
    for row in posts_of(history, month):
        filled, vacant = row["in_post_hundredths"], vacant_hours(row)
        excluded = "people in post not given" if filled is None else "vacancies not given" if vacant is None else None
        yield Line(month, vacant or 0, (vacant or 0) + (filled or 0), team=row["team_id"], excluded=excluded)


@at_month_end("share")
def sw_agency_rate(history: History, month: date) -> Iterator[Line]:
    for row in posts_of(history, month):
        agency, filled = row["agency_hundredths"], row["in_post_hundredths"]
        excluded = (
            "people in post not given" if filled is None else "agency workers not given" if agency is None else None
        )
        yield Line(month, agency or 0, (agency or 0) + (filled or 0), team=row["team_id"], excluded=excluded)


def held_by_worker(history: History, month: date) -> Counter[str]:
    held = (holder(history, person, month) for person in people(history["involvement"]))
    return Counter(each[0] for each in held if each)


def posts_held(history: History, worker: str, month: date) -> tuple[list[Row], int, str | None]:
    """What a worker was that evening: the rows, the hours of all of them, and the team."""
    rows = [
        row
        for row in history["worker"]
        if row["worker_id"] == worker and open_on(row["start_date"], row["end_date"], month)
    ]
    hours = sum(row["fte_hundredths"] or 0 for row in rows)
    return rows, hours, max((row["team_id"] for row in rows if row["team_id"]), default=None)


@at_month_end("share")
def sw_caseload_avg(history: History, month: date) -> Iterator[Line]:
    for worker, cases in held_by_worker(history, month).items():
        _, hours, team = posts_held(history, worker, month)
        yield Line(month, cases, hours, team=team, excluded=None if hours > 0 else "no hours recorded")


@at_month_end("share")
def audit_actions_overdue(history: History, month: date) -> Iterator[Line]:
    for row in history["audit_action"]:
        if open_on(row["agreed_on"], row["done_date"], month):
            due = row["due_date"]
            yield Line(
                month, int(due is not None and due < month), team=row["team_id"],
                excluded=None if due else "no due date",
            )  # fmt: skip


@at_month_end("count")
def audit_actions_overdue_count(history: History, month: date) -> Iterator[Line]:
    return (line for line in audit_actions_overdue(history, month) if line.numerator)


@in_period("share")
def audit_good_or_better(history: History, as_at: date) -> Iterator[Line]:
    for row in history["audit"]:
        grade = row["moderated_grade"] or row["grade"]
        yield Line(
            row["audit_date"], int(grade in ("good", "outstanding")), team=row["team_id"],
            excluded=None if grade else "no grade recorded",
        )  # fmt: skip


@in_period("share")
def rhi_72h(history: History, as_at: date) -> Iterator[Line]:
    end_of_record = datetime.combine(as_at + timedelta(days=1), time())
    for row in history["missing_episode"]:
        back, talked = row["ended_at"], row["rhi_completed_at"]
        if back is None:
            continue
        limit = back + timedelta(hours=72)
        waiting = talked is None and limit >= end_of_record
        yield Line(
            back.date(), int(talked is not None and back <= talked <= limit), team=row["team_id"],
            excluded="not yet due" if waiting else None,
        )  # fmt: skip


@in_period("share")
def rhi_72h_of_accepted(history: History, as_at: date) -> Iterator[Line]:
    accepted = [row for row in history["missing_episode"] if row["rhi_accepted"] == 1]
    return rhi_72h({**history, "missing_episode": accepted}, as_at)


@in_period("mix")
def audit_grade_mix(history: History, as_at: date) -> Iterator[Line]:
    for row in history["audit"]:
        grade = row["moderated_grade"] or row["grade"]
        yield Line(
            row["audit_date"], team=row["team_id"], category=grade, excluded=None if grade else "no grade recorded"
        )


def hours_with_cases(history: History, month: date) -> Iterator[Line]:
    """The hours of workers who hold a case."""
    return (line for line in sw_caseload_avg(history, month) if line.excluded is None)


@at_month_end("share", over=Rows(hours_with_cases, at_month_end=True))
def resource_by_quadrant(history: History, month: date) -> Iterator[Line]:
    """Open cases, each with its case holder's area."""
    return cin_open(history, month)


def in_post(history: History, month: date) -> Iterator[Line]:
    for row in posts_of(history, month):
        yield Line(month, 0, row["in_post_hundredths"] or 0, team=row["team_id"])


@in_period("share", over=Rows(in_post, at_month_end=True))
def sw_turnover(history: History, as_at: date) -> Iterator[Line]:
    """Leavers of the twelve months over the people in post at their end."""
    for row in history["establishment"]:
        if row["role"] == "social_worker":
            left = row["leavers_hundredths"]
            yield Line(
                row["month_end"],
                left or 0,
                team=row["team_id"],
                excluded=None if left is not None else "leavers not given",
            )


def leavers(history: History, month: date, ages: range, kinds: tuple[str, ...]) -> Iterator[tuple[Row, str | None]]:
    """What was last told of each, and why some are put aside."""
    for person in people(history["care_leaver_status"]):
        row = _status(history, person, date.min, month)
        born = birth(history, person)
        if row is None or row["eligibility"] not in (*kinds, None) or (born and age_at(born, month) not in ages):
            continue
        excluded = _gone(row, housing=False)
        if excluded is None and add_months(row["as_at"], 12) <= month:
            excluded = UNTOLD
        if excluded is None and born is None:
            excluded = "no date of birth"
        if excluded is None and row["eligibility"] is None:
            excluded = "kind of entitlement not recorded"
        yield row, excluded


@at_month_end("count")
def cl_total(history: History, month: date) -> Iterator[Line]:
    for row, excluded in leavers(history, month, range(16, 25), ("eligible", "relevant", "former_relevant")):
        yield Line(month, team=row["team_id"], excluded=excluded)


@at_month_end("share")
def cl_in_touch(history: History, month: date) -> Iterator[Line]:
    """Contact in the last eight weeks, whenever it was told of; young people of 17 to 24."""
    for row, excluded in leavers(history, month, range(17, 25), ("former_relevant",)):
        told = of(history["care_leaver_status"], row["person_id"])
        seen = [
            visit["visit_date"]
            for visit in of(history["visit"], row["person_id"])
            if visit["kind"] == "care_leaver" and visit["seen"] != 0
        ]
        days = [each["last_contact_date"] or (each["as_at"] if each["in_touch"] == 1 else None) for each in told]
        lately = any(day and day <= month <= day + timedelta(days=56) for day in (*days, *seen))
        yield Line(month, int(lately), team=row["team_id"], excluded=excluded)
