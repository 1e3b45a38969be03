"""Extended indicators, those that no compendium must carry: most of them counted twice all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from compendium.calendar.months import add_months, window_start
from compendium.calendar.working_days import elapsed
from tests.catalogue.naive.front_door import contacts, referrals_of
from tests.catalogue.naive.history import History, Line, Row, birth, of, one_at_a_time, open_on, people
from tests.catalogue.naive.looked_after import looked_after
from tests.catalogue.naive.plans import every_plan, open_plans, reviews_held
from tests.catalogue.naive.protection import assessments_of
from tests.catalogue.naive.service import held_by_worker, leavers, posts_held, posts_of
from tests.catalogue.naive.twins import Rows, at_month_end, in_period

HOURS = {"red": 4, "amber": 24, "green": 72}


@in_period("count")
def contacts_rate(history: History, as_at: date) -> Iterator[Line]:
    return contacts(history, as_at)


@in_period("count")
def eh_started(history: History, as_at: date) -> Iterator[Line]:
    for row in history["early_help_episode"]:
        yield Line(row["start_date"], team=row["team_id"])


@in_period("share")
def eh_assessment_timeliness(history: History, as_at: date) -> Iterator[Line]:
    for row in history["early_help_episode"]:
        begun, done = row["assessment_start"] or row["start_date"], row["assessment_end"]
        if done:
            yield Line(done, int(begun <= done and elapsed(begun, done) <= 30), team=row["team_id"])


@in_period("share")
def eh_step_up_pct(history: History, as_at: date) -> Iterator[Line]:
    for row in history["early_help_episode"]:
        ended = row["end_date"]
        if ended:
            days = [each["referral_date"] for each in of(history["referral"], row["person_id"])]
            followed = any(ended <= day <= ended + timedelta(days=28) for day in days)
            yield Line(ended, int(followed or row["end_reason"] == "step_up"), team=row["team_id"])


def closings(history: History, person: str) -> Iterator[tuple[Row, set[str | None]]]:
    """The child's cases, and what any telling of each says that it was closed for."""
    for case in referrals_of(history, person):
        alike = [
            row["close_reason"]
            for row in of(history["referral"], person)
            if all(row[name] == case[name] for name in ("referral_date", "source_code", "nfa", "close_date"))
        ]
        yield case, set(alike)


@in_period("share")
def stepdown_to_eh(history: History, as_at: date) -> Iterator[Line]:
    for person in people(history["referral"]):
        for case, reasons in closings(history, person):
            closed = case["close_date"]
            if closed is None or case["nfa"]:
                continue
            begun = [row["start_date"] for row in of(history["early_help_episode"], person)]
            followed = any(closed <= day <= closed + timedelta(days=28) for day in begun)
            yield Line(closed, int(followed or "RC9" in reasons), team=case["team_id"])


def finished_assessments(history: History) -> Iterator[tuple[str, Row]]:
    for person in people(history["assessment"]):
        for row in assessments_of(history, person):
            if row["auth_date"]:
                yield person, row


@in_period("share")
def assessment_child_seen(history: History, as_at: date) -> Iterator[Line]:
    for person, row in finished_assessments(history):
        told = [each for each in of(history["assessment"], person) if each["start_date"] == row["start_date"]]
        expected = any(each["expected_dob"] for each in of(history["person"], person))
        born = birth(history, person)
        unborn = born > row["auth_date"] if born else expected
        seen = any(each["child_seen"] == 1 for each in told)
        yield Line(row["auth_date"], int(seen), team=row["team_id"], excluded="not yet born" if unborn else None)


@in_period("median")
def assessment_median_days(history: History, as_at: date) -> Iterator[Line]:
    for _, row in finished_assessments(history):
        wrong = row["auth_date"] < row["start_date"]
        days = 0 if wrong else elapsed(row["start_date"], row["auth_date"])
        excluded = "authorised before it began" if wrong else None
        yield Line(row["auth_date"], days, team=row["team_id"], excluded=excluded)


@in_period("share")
def cp_ended_2yrs(history: History, as_at: date) -> Iterator[Line]:
    for person, plan in every_plan(history):
        if plan["end_date"]:
            lasted = (plan["end_date"] - plan["start_date"]).days + 1  # both days counted
            yield Line(plan["end_date"], int(lasted >= 730), child=person)


@in_period("share")
def cp_ended_3m(history: History, as_at: date) -> Iterator[Line]:
    """One whose case went to another council within four weeks did not end: it moved."""
    for person, plan in every_plan(history):
        ended = plan["end_date"]
        if ended:
            moved = any(
                case["close_date"] and "RC5" in reasons and ended <= case["close_date"] <= ended + timedelta(days=28)
                for case, reasons in closings(history, person)
            )
            short = ended <= add_months(plan["start_date"], 3)
            yield Line(ended, int(short), child=person, excluded="moved to another council" if moved else None)


@in_period("share")
def conference_quorate(history: History, as_at: date) -> Iterator[Line]:
    told: dict[tuple[str, date], set[int | None]] = {}
    for row in history["icpc"]:
        told.setdefault((row["person_id"], row["icpc_date"]), set()).add(row["is_quorate"])
    for person, plan in every_plan(history):
        for row in of(history["cp_review"], person):
            if row["plan_start_date"] == plan["start_date"] and row["review_date"] in reviews_held(
                history, person, plan
            ):
                told.setdefault((person, row["review_date"]), set()).add(row["is_quorate"])
    for (person, day), said in told.items():
        yield Line(day, int(1 in said), child=person, excluded=None if said - {None} else "not recorded")


@in_period("share")
def adopt_a1(history: History, as_at: date) -> Iterator[Line]:
    for row in history["adoption"]:
        if row["order_date"]:
            placed = row["placed_date"]
            days = (placed - row["entered_care"]).days if placed else 0
            excluded = None if placed else "day of being placed not recorded"
            yield Line(row["order_date"], days, child=row["person_id"], excluded=excluded)


@at_month_end("share")
def cp_visits_4wk(history: History, month: date) -> Iterator[Line]:
    for person, plan in open_plans(history, month):
        seen = [
            row["visit_date"]
            for row in of(history["visit"], person)
            if row["kind"] == "cp" and row["seen"] != 0 and plan["start_date"] <= row["visit_date"] <= month
        ]
        lately = any((month - day).days <= 28 for day in seen)
        new = (month - plan["start_date"]).days < 28
        yield Line(month, int(lately), child=person, excluded="not yet due" if new else None)


@at_month_end("share")
def core_group_timely(history: History, month: date) -> Iterator[Line]:
    for person, plan in open_plans(history, month):
        met = [
            row["meeting_date"]
            for row in of(history["core_group"], person)
            if plan["start_date"] <= row["meeting_date"] <= month
        ]
        lately = any((month - day).days <= 6 * 7 for day in met)
        new = elapsed(plan["start_date"], month) <= 10
        yield Line(month, int(lately), child=person, excluded="not yet due" if new else None)


@at_month_end("share")
def cin_plan_reviewed(history: History, month: date) -> Iterator[Line]:
    for person in people(history["cin_plan"]):
        for plan in one_at_a_time(of(history["cin_plan"], person)):
            if not open_on(plan["start_date"], plan["end_date"], month):
                continue
            held = [
                row["review_date"]
                for row in of(history["cin_plan_review"], person)
                if plan["start_date"] <= row["review_date"] <= month
            ]
            lately = any((month - day).days <= 12 * 7 for day in held)
            new = (month - plan["start_date"]).days <= 12 * 7
            yield Line(month, int(lately), child=person, excluded="not yet due" if new else None)


@at_month_end("share")
def cla_uasc(history: History, month: date) -> Iterator[Line]:
    for person, period in looked_after(history, month):
        told = {
            row["is_uasc"]
            for row in of(history["lac_period"], person)
            if row["start_date"] == period.start and row["legal_status"] not in ("V3", "V4")
        }
        yield Line(month, int(1 in told), child=person, excluded=None if told - {None} else "not recorded")


@at_month_end("share")
def cla_dental(history: History, month: date) -> Iterator[Line]:
    """Of those looked after for a year; a return on the month's last day speaks for its year."""
    for person, period in looked_after(history, month):
        if add_months(period.start, 12) > month:
            continue
        days = {
            row["check_date"]
            for row in of(history["health_check"], person)
            if row["kind"] == "dental" and not row["refused"]
        }
        days |= {row["dental_check_date"] for row in of(history["lac_period"], person)} - {None}
        days |= {row["as_at"] for row in of(history["lac_health"], person) if row["dental_check"] == 1} & {month}
        yield Line(month, int(any(window_start(month, 12) <= day <= month for day in days)), child=person)


@at_month_end("share")
def cl_pathway_plan(history: History, month: date) -> Iterator[Line]:
    for row, excluded in leavers(history, month, range(16, 25), ("eligible", "relevant", "former_relevant")):
        reviewed = [each["pathway_review_date"] for each in of(history["care_leaver_status"], row["person_id"])]
        lately = any(day and day <= month <= add_months(day, 6) for day in reviewed)
        yield Line(month, int(lately), team=row["team_id"], excluded=excluded)


@at_month_end("share")
def cl_neet(history: History, month: date) -> Iterator[Line]:
    """Illness or disability, looking after a child, and other reasons."""
    for row, excluded in leavers(history, month, range(19, 22), ("former_relevant",)):
        yield Line(month, int(row["activity"] in ("G4", "G5", "G6")), team=row["team_id"], excluded=excluded)


@in_period("count")
def sw_starters(history: History, as_at: date) -> Iterator[Line]:
    for row in history["worker_starter"]:
        hours = row["fte_hundredths"]
        excluded = None if hours is not None else "no hours recorded"
        yield Line(row["start_date"], hours or 0, team=row["team_id"], excluded=excluded)


def working_days_of_a_year(history: History, month: date) -> Iterator[Line]:
    leap = (month - add_months(month, -12)).days == 366
    for row in posts_of(history, month):
        yield Line(month, 0, (row["in_post_hundredths"] or 0) * (254 if leap else 253), team=row["team_id"])


@in_period("share", over=Rows(working_days_of_a_year, at_month_end=True))
def sw_sickness(history: History, as_at: date) -> Iterator[Line]:
    for row in history["establishment"]:
        if row["role"] == "social_worker":
            lost = row["sickness_days_hundredths"]
            excluded = None if lost is not None else "days lost not given"
            yield Line(row["month_end"], lost or 0, team=row["team_id"], excluded=excluded)


@at_month_end("share")
def sw_asye_share(history: History, month: date) -> Iterator[Line]:
    for worker in held_by_worker(history, month):
        rows, hours, team = posts_held(history, worker, month)
        if any(row["role"] in ("personal_adviser", "early_help_worker") for row in rows):
            continue
        new = any(row["is_asye"] for row in rows)
        yield Line(month, hours if new else 0, hours, team=team, excluded=None if hours > 0 else "no hours recorded")


@in_period("share")
def audit_moderation_agreement(history: History, as_at: date) -> Iterator[Line]:
    for row in history["audit"]:
        if row["moderated_grade"]:
            excluded = None if row["grade"] else "no first grade recorded"
            alike = row["grade"] == row["moderated_grade"]
            yield Line(row["audit_date"], int(alike), team=row["team_id"], excluded=excluded)


@in_period("share")
def complaints_stage1_timely(history: History, as_at: date) -> Iterator[Line]:
    for row in history["complaint"]:
        received, answered = row["received_on"], row["responded_on"]
        if row["stage"] == 1 and answered:
            in_time = received <= answered and elapsed(received, answered) <= (20 if row["is_extended"] else 10)
            yield Line(answered, int(in_time), team=row["team_id"])


@in_period("share")
def partner_referral_quality(history: History, as_at: date) -> Iterator[Line]:
    for row in history["contact"]:
        led = row["outcome"] in ("referral", "early_help")
        excluded = "case already open" if row["on_open_case"] else None
        yield Line(row["contact_date"], int(led), team=row["team_id"], excluded=excluded)


@in_period("share")
def partner_mash_info_time(history: History, as_at: date) -> Iterator[Line]:
    end_of_record = datetime.combine(as_at + timedelta(days=1), time())
    enquiries = {row["enquiry_id"]: row for row in history["mash_enquiry"]}
    for row in history["partner_request"]:
        enquiry = enquiries.get(row["enquiry_id"], {})
        rating, asked, answered = enquiry.get("rating"), row["asked_at"], row["answered_at"]
        excluded, in_time = None, False
        if rating is None:
            excluded = "no rating recorded"
        elif asked is None:
            excluded = "no time of asking recorded"
        else:
            limit = asked + timedelta(hours=HOURS[rating])
            in_time = answered is not None and asked <= answered <= limit
            if answered is None and limit >= end_of_record:
                excluded = "not yet answered, not yet late"
        yield Line(row["asked_on"], int(in_time), team=enquiry.get("team_id"), excluded=excluded)


@at_month_end("count")
def missing_repeat(history: History, month: date) -> Iterator[Line]:
    for person in people(history["missing_episode"]):
        gone = [row["started_on"] for row in of(history["missing_episode"], person)]
        lately = [day for day in gone if day <= month < day + timedelta(days=90)]
        yield Line(month, int(len(lately) >= 3), child=person)


@in_period("count")
def nrm_referrals(history: History, as_at: date) -> Iterator[Line]:
    for row in history["nrm_referral"]:
        yield Line(row["referral_date"], team=row["team_id"])


@at_month_end("share")
def budget_variance(history: History, month: date) -> Iterator[Line]:
    for row in history["budget_forecast"]:
        if row["month_end"] == month:
            over, budget = row["forecast_pence"] - row["budget_pence"], row["budget_pence"]
            yield Line(month, over, budget, team=row["team_id"], area=row["area_id"])


@in_period("count")
def agency_spend(history: History, as_at: date) -> Iterator[Line]:
    for row in history["service_spend"]:
        if row["service"] == "agency" and row["kind"] == "actual":
            yield Line(row["month_end"], row["amount_pence"], area=row["area_id"])
