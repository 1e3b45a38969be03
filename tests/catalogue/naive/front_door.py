"""Contacts, the safeguarding hub, referrals, early help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from compendium.calendar.months import add_months
from compendium.calendar.working_days import elapsed
from tests.catalogue.naive.history import History, Line, Row, of, open_on, people
from tests.catalogue.naive.twins import at_month_end, in_period


@in_period("count")
def contacts(history: History, as_at: date) -> Iterator[Line]:
    for row in history["contact"]:
        yield Line(
            row["contact_date"], team=row["team_id"], excluded="case already open" if row["on_open_case"] else None
        )


@in_period("share")
def contact_decision_1wd(history: History, as_at: date) -> Iterator[Line]:
    for row in history["contact"]:
        received, decided = row["contact_date"], row["decision_date"]
        excluded = None
        if row["on_open_case"]:
            excluded = "case already open"
        elif decided is None and elapsed(received, as_at) <= 1:
            excluded = "not yet decided, not yet late"
        in_time = decided is not None and decided >= received and elapsed(received, decided) <= 1
        yield Line(received, int(in_time), team=row["team_id"], excluded=excluded)


@in_period("share")
def mash_timeliness(history: History, as_at: date) -> Iterator[Line]:
    end_of_record = datetime.combine(as_at + timedelta(days=1), time())
    for row in history["mash_enquiry"]:
        opened, closed, rating = row["opened_at"], row["closed_at"], row["rating"]
        excluded, in_time = None, False
        if rating is None:
            excluded = "no rating recorded"
        elif opened is None:
            excluded = "no opening time recorded"
        else:
            allowed = timedelta(hours={"red": 4, "amber": 24, "green": 72}[rating])
            if closed is None and opened + allowed >= end_of_record:
                excluded = "still open, not yet late"
            in_time = closed is not None and opened <= closed <= opened + allowed
        yield Line(row["opened_on"], int(in_time), team=row["team_id"], excluded=excluded)


def _same(row: Row, other: Row) -> bool:
    return all(row[name] == other[name] for name in ("source_code", "nfa", "close_date"))


def referrals_of(history: History, person: str) -> list[Row]:
    """The referrals that count, in order: doubles are one, and of those left open on a day only one stands."""
    counted: list[Row] = []
    rows = of(history["referral"], person)
    for day in sorted({row["referral_date"] for row in rows}):
        distinct: list[Row] = []
        for row in rows:
            if row["referral_date"] == day and not any(_same(row, other) for other in distinct):
                distinct.append(row)
        settled = [row for row in distinct if row["nfa"] or (row["close_date"] and row["close_date"] <= day)]
        left_open = [row for row in distinct if row not in settled]
        # Whichever of the open ones stands, the child's case lasts as long as the longest of them.
        left_open.sort(key=lambda row: row["close_date"] or date.max, reverse=True)
        counted += settled + left_open[:1]
    return counted


@in_period("count")
def referrals(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["referral"]):
        for row in referrals_of(history, person):
            yield Line(row["referral_date"])


@in_period("share")
def rereferrals_12m(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["referral"]):
        earlier: list[date] = []
        for row in referrals_of(history, person):
            day = row["referral_date"]
            yield Line(day, int(any(day <= add_months(before, 12) for before in earlier)))
            earlier.append(day)


@at_month_end("count")
def cin_open(history: History, month: date) -> Iterator[Line]:
    for person in people(history["referral"]):
        cases = [row for row in referrals_of(history, person) if not row["nfa"]]
        if any(open_on(row["referral_date"], row["close_date"], month) for row in cases):
            yield Line(month, child=person)


@at_month_end("count")
def eh_open(history: History, month: date) -> Iterator[Line]:
    episodes = history["early_help_episode"]
    for person in people(episodes):
        if any(open_on(row["start_date"], row["end_date"], month) for row in of(episodes, person)):
            yield Line(month)


@at_month_end("count")
def eh_open_families(history: History, month: date) -> Iterator[Line]:
    there = [row for row in history["early_help_episode"] if open_on(row["start_date"], row["end_date"], month)]
    for _ in {row["family_id"] for row in there if row["family_id"]}:
        yield Line(month)
    for row in there:
        if row["family_id"] is None:
            yield Line(month, excluded="no family recorded")


@in_period("share")
def eh_closed_needs_met(history: History, as_at: date) -> Iterator[Line]:
    reasons = {None: "no reason recorded", "transfer": "moved between teams"}
    for row in history["early_help_episode"]:
        if row["end_date"]:
            yield Line(
                row["end_date"],
                int(row["end_reason"] == "needs_met"),
                excluded=reasons.get(row["end_reason"]),
            )
