"""The nodes of the API's payload: which are counted, how each field is read, and the columns they feed. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from compendium.sources.annex_a_values import accommodation
from compendium.sources.cells import Memo, Odd, Value, code, day, distant_day, flag, identifier, text, whole

AGAIN = "\x00again"  # put behind a key that stands in an object a second time

# Every one of these, wherever it stands, is kept or in the ledger.
UNITS = (
    "children", "disabilities", "sdq_assessments", "education_health_care_plans", "social_care_episodes",
    "care_worker_details", "child_and_family_assessments", "factors", "child_in_need_plans", "section_47_assessments",
    "child_protection_plans", "child_looked_after_placements", "adoption", "care_leavers",
)  # fmt: skip


COUNTED = frozenset(UNITS) - {"children"}
INNER = {
    "children": ("child_details", "health_and_wellbeing", "education_health_care_plans", "social_care_episodes"),
    "child_details": ("disabilities",),
    "health_and_wellbeing": ("sdq_assessments",),
    "social_care_episodes": (
        "care_worker_details", "child_and_family_assessments", "child_in_need_plans", "section_47_assessments",
        "child_protection_plans", "child_looked_after_placements", "adoption", "care_leavers",
    ),
    "child_and_family_assessments": ("factors",),
}  # fmt: skip
# What is made of a kind of node beside its own table, or of one that is a code.
ALSO_FED = {
    "disabilities": "person_disability", "factors": "assessment_factor", "section_47_assessments": "icpc",
    "child_looked_after_placements": "lac_period",
}  # fmt: skip

# The columns that a child supplies that comes whole.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "person": ("person_id", "sex", "ethnicity", "dob", "expected_dob", "is_disabled", "is_uasc", "upn_unknown"),
    "person_disability": ("person_id", "disability"),
    "sdq_score": ("person_id", "completed_date", "score"),
    "referral": ("person_id", "referral_date", "source_code", "nfa", "close_date", "close_reason"),
    "involvement": ("person_id", "worker_id", "role", "start_date", "end_date"),
    "assessment": ("person_id", "start_date", "referral_date", "auth_date"),
    "assessment_factor": ("person_id", "start_date", "factor_code"),
    "cin_plan": ("person_id", "start_date", "end_date", "referral_date"),
    "s47": ("person_id", "start_date", "end_date", "referral_date", "icpc_not_required"),
    "icpc": ("person_id", "icpc_date", "s47_start_date", "referral_date", "outcome_cp_plan"),
    "cp_plan": ("person_id", "start_date", "end_date", "referral_date"),
    "placement": ("person_id", "start_date", "end_date", "type", "change_reason"),
    "lac_period": ("person_id", "start_date", "end_date", "end_reason"),
    "adoption": ("person_id", "entered_care", "decision_date", "matched_date", "placed_date"),
    "care_leaver_status": ("person_id", "as_at", "last_contact_date", "accommodation", "activity"),
}  # fmt: skip


@dataclass(frozen=True)
class Node:
    """One kind of node. fields: field -> the column it feeds and its reading; None where it is known and not kept.

    needs: column -> field: without these it is nothing.
    """

    table: str
    needs: Mapping[str, str]
    fields: Mapping[str, tuple[str, Memo] | None]


def _id(cell: Any) -> Value | Odd:
    """JSON may hold what no file of text can: half of a letter, or a control character."""
    if not isinstance(cell, str) or not cell.strip().isprintable():
        return None if cell is None else Odd(None, "it is no id")
    return identifier(cell)


def _turned(cell: Any) -> Value | Odd:
    """icpc_required_flag is the opposite of what every other return says."""
    read = flag(cell)
    return 1 - read if isinstance(read, int) else read


def listed_codes() -> dict[str, Memo]:
    """How the codes are read that stand in lists, and each make a row."""
    return {"disabilities": Memo(code("disability")), "factors": Memo(code("assessment_factor"))}


def nodes() -> dict[str, Node]:
    """Each kind of object by its key; what a payload repeats is read once."""
    days, flags = Memo(day), Memo(flag)
    return _of_a_child(days, flags) | _of_an_episode(days, flags)


def tables_within(kind: str, drawn: Mapping[str, Node]) -> set[str]:
    """The tables that a kind of node feeds, with all that may stand in it."""
    own = {ALSO_FED[kind]} if kind in ALSO_FED else set()
    own |= {drawn[kind].table} if kind in drawn else set()
    return own.union(*(tables_within(inner, drawn) for inner in INNER.get(kind, ())))


def _of_a_child(days: Memo, flags: Memo) -> dict[str, Node]:
    births = Memo(distant_day)
    return {
        "children": _node(
            "person", {"person_id": "la_child_id"}, {"la_child_id": ("person_id", Memo(_id, keep=False))},
            "mis_child_id purge",
        ),
        "child_details": _node("person", {}, {
            "unique_pupil_number_unknown_reason": ("upn_unknown", Memo(code("upn_unknown"))),
            "date_of_birth": ("dob", births),
            "expected_date_of_birth": ("expected_dob", births),
            "sex": ("sex", Memo(code("sex"))),
            "ethnicity": ("ethnicity", Memo(code("ethnicity"))),
            "uasc_flag": ("is_uasc", flags),
        }, "unique_pupil_number former_unique_pupil_number first_name surname postcode uasc_end_date purge"),
        "health_and_wellbeing": _node("sdq_score", {}, {}, "purge"),
        "sdq_assessments": _node(
            "sdq_score", {"completed_date": "date"},
            {"date": ("completed_date", days), "score": ("score", Memo(whole))}, "purge",
        ),
    }  # fmt: skip


def _of_an_episode(days: Memo, flags: Memo) -> dict[str, Node]:
    start, span = {"start_date": "start_date"}, {"start_date": ("start_date", days), "end_date": ("end_date", days)}
    return {
        "social_care_episodes": _node("referral", {"referral_date": "referral_date"}, {
            "referral_date": ("referral_date", days),
            "referral_source": ("source_code", Memo(code("referral_source"))),
            "referral_no_further_action_flag": ("nfa", flags),
            "closure_date": ("close_date", days),
            "closure_reason": ("close_reason", Memo(code("closure_reason"))),
        }, "social_care_episode_id purge"),
        "care_worker_details": _node(
            "involvement", {"worker_id": "worker_id"} | start, {"worker_id": ("worker_id", Memo(_id))} | span,
            "purge",
        ),
        "child_and_family_assessments": _node(
            "assessment", start,
            {"start_date": ("start_date", days), "authorisation_date": ("auth_date", days)},
            "child_and_family_assessment_id purge",
        ),
        "child_in_need_plans": _node("cin_plan", start, span, "child_in_need_plan_id purge"),
        "section_47_assessments": _node("s47", start, span | {
            "icpc_required_flag": ("icpc_not_required", Memo(_turned)),
            "icpc_date": ("icpc_date", days),
        }, "section_47_assessment_id purge"),
        "child_protection_plans": _node("cp_plan", start, span, "child_protection_plan_id purge"),
        "child_looked_after_placements": _node("placement", start, span | {
            "start_reason": ("start_reason", Memo(text)),
            "placement_type": ("type", Memo(code("placement_type"))),
            "end_reason": ("end_reason", Memo(code("care_end_reason"))),
            "change_reason": ("change_reason", Memo(code("placement_change_reason"))),
        }, "child_looked_after_placement_id postcode purge"),
        "adoption": _node("adoption", {}, {
            "initial_decision_date": ("decision_date", days),
            "matched_date": ("matched_date", days),
            "placed_date": ("placed_date", days),
        }, "purge"),
        "care_leavers": _node("care_leaver_status", {}, {
            "contact_date": ("last_contact_date", days),
            "activity": ("activity", Memo(code("activity"))),
            "accommodation": ("accommodation", Memo(accommodation)),
        }, "purge"),
    }  # fmt: skip


def _node(table: str, needs: Mapping[str, str], kept: Mapping[str, tuple[str, Memo]], others: str) -> Node:
    """others: the fields that are known and not kept."""
    return Node(table, needs, {**kept, **dict.fromkeys(others.split())})
