"""Assessments, section 47 enquiries, conferences, protection plans, their reviews and visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from compendium.calendar.months import add_months
from compendium.calendar.working_days import elapsed
from tests.catalogue.naive.front_door import referrals_of
from tests.catalogue.naive.history import History, Line, Row, of, open_on, people
from tests.catalogue.naive.twins import Rows, at_month_end, in_period


def assessments_of(history: History, person: str) -> list[Row]:
    """One a start day; open while any row of it is; in order of start."""
    made = []
    rows = of(history["assessment"], person)
    for start in sorted({row["start_date"] for row in rows}):
        told = [row for row in rows if row["start_date"] == start]
        finished = [row["auth_date"] for row in told]
        named = [row["referral_date"] for row in told if row["referral_date"]]
        referred = min(named) if named else _case_open_on(history, person, start)
        made.append(
            {
                "start_date": start,
                "auth_date": None if None in finished else max(finished),
                "referral_date": referred,
                "team_id": told[0]["team_id"],
            }
        )
    return made


def _case_open_on(history: History, person: str, start: date) -> date | None:
    """The child's latest referral whose case had not closed before that day."""
    return max(
        (
            row["referral_date"]
            for row in referrals_of(history, person)
            if not row["nfa"]
            and row["referral_date"] <= start
            and (row["close_date"] is None or start <= row["close_date"])
        ),
        default=None,
    )


@in_period("share")
def assessments_45wd(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["assessment"]):
        for row in assessments_of(history, person):
            if row["auth_date"]:
                in_time = row["auth_date"] >= row["start_date"] and elapsed(row["start_date"], row["auth_date"]) <= 45
                yield Line(row["auth_date"], int(in_time), team=row["team_id"])


@in_period("share")
def assessments_45wd_from_referral(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["assessment"]):
        begun: set[date] = set()
        for row in assessments_of(history, person):
            referred, finished = row["referral_date"], row["auth_date"]
            excluded = None
            if referred is None:
                excluded = "no referral date"
            elif referred in begun:
                excluded = "not the first on its referral"
            if finished:
                in_time = referred is not None and finished >= referred and elapsed(referred, finished) <= 45
                yield Line(finished, int(in_time), team=row["team_id"], excluded=excluded)
            if referred:
                begun.add(referred)


@at_month_end("share")
def assessments_open_over_45wd(history: History, month: date) -> Iterator[Line]:
    for person in people(history["assessment"]):
        for row in assessments_of(history, person):
            if open_on(row["start_date"], row["auth_date"], month):
                yield Line(month, int(elapsed(row["start_date"], month) > 45), team=row["team_id"])


@at_month_end("count")
def assessments_open_over_45wd_count(history: History, month: date) -> Iterator[Line]:
    return (line for line in assessments_open_over_45wd(history, month) if line.numerator)


def enquiries(history: History) -> list[Row]:
    """One for each child and day on which one began."""
    return list({(row["person_id"], row["start_date"]): row for row in history["s47"]}.values())


@in_period("count")
def s47_started(history: History, as_at: date) -> Iterator[Line]:
    for row in enquiries(history):
        yield Line(row["start_date"], team=row["team_id"])


@in_period("share")
def icpc_15wd(history: History, as_at: date) -> Iterator[Line]:
    for person, held in sorted({(row["person_id"], row["icpc_date"]) for row in history["icpc"]}):
        told = [row for row in of(history["icpc"], person) if row["icpc_date"] == held]
        clocks = [row["s47_start_date"] for row in told if row["s47_start_date"]]
        excluded = None
        if any(row["transfer_in"] for row in told):
            excluded = "moved in on a plan"
        elif not clocks:
            excluded = "no section 47 date"
        in_time = bool(clocks) and min(clocks) <= held and elapsed(min(clocks), held) <= 15
        yield Line(held, int(in_time), team=told[0]["team_id"], excluded=excluded)


def plans_of(history: History, person: str) -> list[Row]:
    """The child's own plans in order, one at a time, each with the number of plans before it."""
    own = [row for row in of(history["cp_plan"], person) if not row["other_la"]]
    starts = sorted({row["start_date"] for row in own})
    made = []
    for at, start in enumerate(starts):
        told = [row for row in own if row["start_date"] == start]
        ends = [row["end_date"] for row in told]
        end = None if None in ends else max(ends)
        following = starts[at + 1] if at + 1 < len(starts) else None
        if following and (end is None or following < end):
            end = following
        recorded = max([row["previous_plans"] for row in told if row["previous_plans"] is not None], default=0)
        made.append(
            {"start_date": start, "end_date": end, "earlier": max(recorded, at), "team_id": told[0]["team_id"],
             "initial_category": told[0]["initial_category"], "latest_category": told[0]["latest_category"]}
        )  # fmt: skip
    return made


@at_month_end("count")
def cp_plans_open(history: History, month: date) -> Iterator[Line]:
    for person in people(history["cp_plan"]):
        for plan in plans_of(history, person):
            if open_on(plan["start_date"], plan["end_date"], month):
                yield Line(month, child=person)


@in_period("share")
def cp_repeat_ever(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["cp_plan"]):
        for plan in plans_of(history, person):
            yield Line(plan["start_date"], int(plan["earlier"] >= 1), child=person)


@at_month_end("share")
def cp_open_2yrs(history: History, month: date) -> Iterator[Line]:
    for person in people(history["cp_plan"]):
        for plan in plans_of(history, person):
            if open_on(plan["start_date"], plan["end_date"], month):
                lasted = (month - plan["start_date"]).days + 1  # both days counted
                yield Line(month, int(lasted > 729), child=person)


@at_month_end("share")
def cp_visits_10wd(history: History, month: date) -> Iterator[Line]:
    for person in people(history["cp_plan"]):
        for plan in plans_of(history, person):
            if not open_on(plan["start_date"], plan["end_date"], month):
                continue
            seen = [
                row["visit_date"]
                for row in of(history["visit"], person)
                if row["kind"] == "cp" and row["seen"] != 0 and plan["start_date"] <= row["visit_date"] <= month
            ]
            in_time = any(elapsed(day, month) <= 10 for day in seen)
            new = elapsed(plan["start_date"], month) < 10
            yield Line(month, int(in_time), child=person, excluded="not yet due" if new else None)


@in_period("share")
def rcpc_timely(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["cp_plan"]):
        for plan in plans_of(history, person):
            start, end = plan["start_date"], plan["end_date"]
            held = sorted(
                {
                    row["review_date"]
                    for row in of(history["cp_review"], person)
                    if row["plan_start_date"] == start and row["review_date"] > start
                    and (end is None or row["review_date"] <= end)
                }
            )  # fmt: skip
            due = add_months(start, 3)
            for review in [*held, None]:
                if end is None or end > due:
                    yield Line(due, int(review is not None and review <= due), child=person)
                if review:
                    due = add_months(review, 6)


@in_period("count")
def assessments_completed(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["assessment"]):
        for row in assessments_of(history, person):
            if row["auth_date"]:
                yield Line(row["auth_date"], team=row["team_id"])


def factors_found(history: History) -> Iterator[tuple[Row, set[str]]]:
    """Each assessment completed, with the factors found in it."""
    for person in people(history["assessment"]):
        told = of(history["assessment_factor"], person)
        for row in assessments_of(history, person):
            if row["auth_date"]:
                yield row, {each["factor_code"] for each in told if each["start_date"] == row["start_date"]}


def assessments_with_factors(history: History, as_at: date) -> Iterator[Line]:
    for row, found in factors_found(history):
        if found:
            yield Line(row["auth_date"], team=row["team_id"])


@in_period("mix", over=Rows(assessments_with_factors, at_month_end=False))
def assessment_factors(history: History, as_at: date) -> Iterator[Line]:
    """An assessment counts under every factor found in it, so the shares come to more than the whole."""
    for row, found in factors_found(history):
        for factor in sorted(found):
            yield Line(row["auth_date"], team=row["team_id"], category=factor)
