"""Contacts, the safeguarding hub, referrals, children in need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from compendium.calendar.months import add_months
from compendium.calendar.working_days import elapsed
from compendium.record.codes import code_set
from tests.catalogue.naive.history import History, Line, Row, of, one_at_a_time, open_on, people
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
            yield Line(row["referral_date"], team=row["team_id"])


@in_period("share")
def rereferrals_12m(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["referral"]):
        earlier: list[date] = []
        for row in referrals_of(history, person):
            day = row["referral_date"]
            yield Line(day, int(any(day <= add_months(before, 12) for before in earlier)), team=row["team_id"])
            earlier.append(day)


@at_month_end("count")
def cin_open(history: History, month: date) -> Iterator[Line]:
    for person in people(history["referral"]):
        cases = [row for row in referrals_of(history, person) if not row["nfa"]]
        if any(open_on(row["referral_date"], row["close_date"], month) for row in cases):
            yield Line(month, child=person)


@in_period("share")
def contact_to_referral_pct(history: History, as_at: date) -> Iterator[Line]:
    for row in history["contact"]:
        excluded = None
        if row["on_open_case"]:
            excluded = "case already open"
        elif row["decision_date"] is None and row["outcome"] is None:
            excluded = "not yet decided"
        yield Line(row["contact_date"], int(row["outcome"] == "referral"), team=row["team_id"], excluded=excluded)


@in_period("count")
def referrals_rate(history: History, as_at: date) -> Iterator[Line]:
    return referrals(history, as_at)


@in_period("share")
def referral_nfa_pct(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["referral"]):
        for row in referrals_of(history, person):
            yield Line(row["referral_date"], int(row["nfa"] == 1), team=row["team_id"])


@in_period("mix")
def referral_source_mix(history: History, as_at: date) -> Iterator[Line]:
    groups = code_set("referral_source")
    for person in people(history["referral"]):
        for row in referrals_of(history, person):
            source = groups[row["source_code"]].group if row["source_code"] else "Unknown"
            yield Line(row["referral_date"], team=row["team_id"], category=source)


@at_month_end("share")
def cin_open_2yrs(history: History, month: date) -> Iterator[Line]:
    for person in people(history["referral"]):
        for row in referrals_of(history, person):
            if not row["nfa"] and open_on(row["referral_date"], row["close_date"], month):
                yield Line(month, int(add_months(row["referral_date"], 24) <= month), child=person)


@at_month_end("share")
def cin_visits_timely(history: History, month: date) -> Iterator[Line]:
    for person in people(history["cin_plan"]):
        for plan in one_at_a_time(of(history["cin_plan"], person)):
            if not open_on(plan["start_date"], plan["end_date"], month):
                continue
            began = plan["start_date"]
            seen = [
                row["visit_date"]
                for row in of(history["visit"], person)
                if row["kind"] == "cin" and row["seen"] != 0 and began <= row["visit_date"] <= month
            ]
            in_time = any(elapsed(day, month) <= 20 for day in seen)
            new = elapsed(began, month) <= 20
            yield Line(month, int(in_time), child=person, excluded="not yet due" if new else None)
