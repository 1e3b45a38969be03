"""Random histories of a few children that keep landing near the boundaries of the counting rules."""

from __future__ import annotations

from datetime import date
from random import Random

from compendium.record.tables import TABLES
from tests.catalogue.drawing import care, front_door, organisation, partners, protection
from tests.catalogue.drawing.anything import rows_of
from tests.catalogue.drawing.draw import Draw
from tests.catalogue.naive.history import History, Row

# Returns of a whole year, lists of departments and links between ids are settled in the record before anything is
# counted; extracts of who holds a case have tests of their own.
SETTLED = ("team", "person")
UNSETTLED = (
    "team_id", "source_code", "initial_category", "latest_category", "participation", "close_reason",
)  # fmt: skip
LEFT_EMPTY = frozenset({"allocation_seen", "department", "person_link"})


def random_history(rng: Random, month: date, children: int = 25) -> History:
    """Every table present, and none empty but those that the record has settled before."""
    draw = Draw(rng, month, children)
    made: History = {"team": organisation.teams(draw), "person": organisation.people(draw)}
    made |= _front_door(draw) | _protection(draw) | _care(draw, made["person"]) | _organisation(draw)
    made["referral"] = [*made["referral"], *front_door.referrals_after_help(draw, made["early_help_episode"])]
    made["visit"] = [*made["visit"], *made.pop("cin visits"), *made.pop("care visits")]
    for name, table in TABLES.items():
        if name not in made:
            made[name] = [] if name in LEFT_EMPTY else rows_of(draw, table)
    for name in TABLES:
        if name not in SETTLED and draw.often(0.03):
            made[name] = []  # now and then nothing at all happened of a kind
    return {name: _told_alike(name, made[name]) for name in TABLES}


def _told_alike(name: str, rows: list[Row]) -> list[Row]:
    """Rows about one child and day differ in what a rule settles, not in what none does: the team, the category."""
    event = TABLES[name].event or "person_id"
    rows = [{**dict.fromkeys(TABLES[name].column_names), **row} for row in rows]
    first: dict[tuple[object, object], Row] = {}
    for row in rows:
        if row.get("person_id") is not None:
            one = first.setdefault((row["person_id"], row[event]), row)
            row.update({told: one[told] for told in UNSETTLED if told in row})
    return rows


def _front_door(draw: Draw) -> History:
    assessments, plans = front_door.assessments(draw), front_door.cin_plans(draw)
    return {
        "contact": front_door.contacts(draw), "mash_enquiry": front_door.mash(draw),
        "referral": front_door.referrals(draw), "early_help_episode": front_door.early_help(draw),
        "assessment": assessments, "assessment_factor": front_door.factors(draw, assessments), "cin_plan": plans,
        "cin visits": front_door.cin_visits(draw, plans),
    }  # fmt: skip


def _protection(draw: Draw) -> History:
    enquiries = protection.enquiries(draw)
    conferences = protection.conferences(draw, enquiries)
    plans = protection.plans(draw, conferences)
    return {
        "s47": enquiries, "icpc": conferences, "cp_plan": plans, "cp_review": protection.reviews(draw, plans),
        "visit": protection.visits(draw, plans), "strategy_attendance": partners.attendances(draw, enquiries),
        "conference_report": partners.reports(draw, conferences), "school_attendance": partners.school(draw),
    }  # fmt: skip


def _care(draw: Draw, people: list[Row]) -> History:
    periods = care.periods(draw)
    placements = care.placements(draw, periods)
    return {
        "lac_period": periods, "placement": placements, "lac_review": care.reviews(draw, periods),
        "care visits": care.visits(draw, placements), "health_check": care.health_checks(draw, periods),
        "adoption": care.adoptions(draw), "lac_health": care.yearly_health(draw),
        "care_leaver_status": care.statuses(draw, people),
    }  # fmt: skip


def _organisation(draw: Draw) -> History:
    return {
        "involvement": organisation.involvements(draw), "worker": organisation.workers(draw),
        "establishment": organisation.posts(draw), "audit": organisation.audits(draw),
        "audit_action": organisation.actions(draw), "missing_episode": organisation.missing(draw),
        "population": organisation.population(draw),
        "audit_plan": partners.planned_audits(draw), "academy_trainee": partners.trainees(draw),
        "placement_fee": partners.fees(draw), "service_spend": partners.spending(draw),
    }  # fmt: skip
