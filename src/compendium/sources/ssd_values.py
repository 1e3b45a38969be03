"""How the cells of the Standard Safeguarding Dataset are read, by the kind that `ssd_tables.py` gives each value.

A kind of several columns is given their cells together. `of:NAME` is what another table of the delivery
says of the row that the cell names by its id; a source system's own words for nothing (-1, 1 January 1900,
the SSD_PH of a placeholder row) are nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from compendium.sources import cells, ssd_outcomes
from compendium.sources.annex_a_values import KINDS as ANNEX_A
from compendium.sources.cells import Odd, Reading, Value, code, flag, identifier, squeezed, text, whole

PLACEHOLDER = "SSD_PH"
NO_ID = {"-1", "-1.0"}
NO_DAY = "1900-01-01"
WHOLE_FLOAT = re.compile(r"(\d+)\.0+")
# What a worker is to a child; the first that fits. Some systems give the words, some a code.
ROLES = (
    ("personal_adviser", re.compile(r"personal ?advis|\bpa\b|16 ?plus|leaving care", re.IGNORECASE)),
    ("reviewing_officer", re.compile(r"\biro\b|reviewing|conference chair", re.IGNORECASE)),
    ("early_help_worker", re.compile(r"early help|family help", re.IGNORECASE)),
    (
        "case_holder",
        re.compile(r"\b[cs]w\b|case ?(work|hold)|social worker|allocated|key ?worker|lead (work|prof)", re.IGNORECASE),
    ),
)  # fmt: skip
POSTS = (
    ("personal_adviser", re.compile(r"personal ?advis|leaving care advis", re.IGNORECASE)),
    ("senior_manager", re.compile(r"director|head of", re.IGNORECASE)),
    ("middle_manager", re.compile(r"service manager|group manager", re.IGNORECASE)),
    ("first_line_manager", re.compile(r"(team|practice|assistant) manager|team leader", re.IGNORECASE)),
    ("senior_practitioner", re.compile(r"(senior|advanced|principal|consultant).*(pract|social work)", re.IGNORECASE)),
    ("early_help_worker", re.compile(r"early help|family help", re.IGNORECASE)),
    ("case_holder", re.compile(r"social work", re.IGNORECASE)),
)
CATEGORIES = ("neglect", "physical", "sexual", "emotional")


def key(cell: Any) -> Value | Odd:
    """An id by which tables name one another: as text, however the system keeps it."""
    if isinstance(cell, str) and cell.isalnum() and cell != PLACEHOLDER:
        return cell
    plain = text(cell)
    if not isinstance(plain, str) or plain in NO_ID:
        return None
    if plain == PLACEHOLDER:
        return Odd(None, "it is a placeholder row", why="unused")
    found = WHOLE_FLOAT.fullmatch(plain)
    return found[1] if found else plain


def child(cell: Any) -> Value | Odd:
    """A child's id, as a key; spaces about it are told."""
    read = key(cell)
    return identifier(cell) if isinstance(read, str) and isinstance(cell, str) and read == text(cell) else read


def present(reading: Reading) -> Reading:
    """A reading of days for which 1 January 1900 is no day."""

    def read(cell: Any) -> Value | Odd:
        if isinstance(cell, date):
            # A date of a database; a datetime is one too.
            return None if (cell.year, cell.month, cell.day) == (1900, 1, 1) else reading(cell)
        return None if isinstance(cell, str) and cell.strip().startswith((NO_DAY, "01/01/1900")) else reading(cell)

    return read


day = present(cells.day)


def either(*readings: Reading) -> Reading:
    """Of several columns the first that says something; what none of them says is told of the last that tried."""

    def read(given: tuple[Any, ...]) -> Value | Odd:
        last: Value | Odd = None
        for reading, cell in zip(readings, given, strict=True):
            value = reading(cell)
            if value is not None and not isinstance(value, Odd):
                return value
            last = last if value is None else value
        return last

    return read


def words(cell: Any) -> Value | Odd:
    """Text, or the number that names a team; -1 is nothing."""
    plain = text(cell)
    return None if plain in NO_ID else plain


def role(cell: Any) -> Value | Odd:
    """What a worker is to a child; a role that is none of Compendium's is `other`, and never holds the case."""
    plain = text(cell)
    if not isinstance(plain, str):
        return plain
    return next((name for name, form in ROLES if form.search(plain)), "other")


def post(cell: Any) -> Value | Odd:
    """A worker's role from a job title; a title that says nothing of one is nothing."""
    plain = text(cell)
    return next((name for name, form in POSTS if form.search(plain)), None) if isinstance(plain, str) else plain


def registered(cell: Any) -> Value | Odd:
    """1 when there is a registration number; without one nothing is known."""
    return None if text(cell) is None else 1


def rounded(cell: Any) -> Value | Odd:
    """Hundredths of a measurement that may have any number of decimals, such as hours or miles."""
    plain = text(cell)
    if not isinstance(plain, str):
        return plain
    try:
        amount = Decimal(plain) * 100
    except InvalidOperation:
        return Odd(None, "it is not a number")
    return round(amount) if amount.is_finite() and abs(amount) < 2**53 else Odd(None, "it is not a number")


def category(cell: Any) -> Value | Odd:
    """A category of abuse, as a code or in words. Several at once are MUL."""
    plain = text(cell)
    if not isinstance(plain, str):
        return plain
    small = plain.lower()
    if small.startswith("mult") or sum(each in small for each in CATEGORIES) > 1:
        return "MUL"
    read = code("abuse_category")(cell)
    if not isinstance(read, Odd):
        return read
    found = [each for each in CATEGORIES if each in small]
    return code("abuse_category")(found[0]) if found else read


def uasc(cell: Any) -> Value | Odd:
    """1 for the status of an unaccompanied child who seeks asylum."""
    plain = text(cell)
    if not isinstance(plain, str):
        return plain
    return int("UASC" in plain.upper() or "unaccompanied" in plain.lower())


def health_check(cell: Any) -> Value | Odd:
    """initial, review or dental; other checks are not taken."""
    plain = text(cell)
    if not isinstance(plain, str):
        return plain
    small = plain.lower()
    if "dent" in small or small == "dt":
        return "dental"
    if "initial" in small or small == "iha":
        return "initial"
    if "health" in small or "medical" in small or small in ("ha", "rha"):
        return "review"
    return Odd(None, "it is neither a health assessment nor a dental check", why="unused")


def missing_kind(cell: Any) -> Value | Odd:
    """M or A: missing, or away (absent) without authorisation."""
    plain = text(cell)
    if isinstance(plain, str) and squeezed(plain).startswith(("absent", "away", "unauth")):
        return "A"
    return code("missing_kind")(cell)


def long_term(cell: Any) -> Value | Odd:
    """A foster placement by code: U1 and U4 are meant to last."""
    kind = code("placement_type")(cell)
    return int(kind in ("U1", "U4")) if isinstance(kind, str) else None


def adoption_order(given: tuple[Any, Any]) -> Value | Odd:
    """The day of an order; cells: the day, the kind of order. Of another kind than adoption: nothing."""
    kind = text(given[1])
    return day(given[0]) if not isinstance(kind, str) or "adopt" in kind.lower() else None


# Kinds that say why a row is not to be kept; nothing otherwise.
def held(cell: Any) -> Value | Odd:
    """A review or conference without a day has not been held."""
    return Odd(None, "it has not been held", why="unused") if day(cell) is None else None


def cancelled(cell: Any) -> Value | Odd:
    return Odd(None, "it was cancelled", why="unused") if flag(cell) == 1 else None


def not_eligible(cell: Any) -> Value | Odd:
    """A care leaver whose eligibility has ended."""
    plain = text(cell)
    ended = isinstance(plain, str) and squeezed(plain) == "nocurrenteligibility"
    return Odd(None, "the young person is no longer eligible", why="unused") if ended else None


def no_adoption(given: tuple[Any, ...]) -> Value | Odd:
    """A row of permanence without any day on the way to adoption."""
    told = any(day(cell) is not None for cell in given)
    return None if told else Odd(None, "nothing in it tells of adoption", why="unused")


KINDS: Mapping[str, Reading] = {
    "child": child, "key": key, "day": day, "birth": present(cells.distant_day), "moment": present(cells.moment),
    "flag": flag, "whole": whole, "text": text, "words": words, "rounded": rounded, "role": role, "post": post,
    "registered": registered, "category": category, "uasc": uasc, "health_check": health_check,
    "missing_kind": missing_kind, "long_term": long_term,
    "sex": either(code("sex"), code("sex")),
    "source": either(code("referral_source"), code("referral_source")),
    "adoption_order": adoption_order,
    "contact_outcome": ssd_outcomes.contact_outcome, "on_open_case": ssd_outcomes.contact_on_open_case,
    "no_further_action": ssd_outcomes.no_further_action, "needs_support": ssd_outcomes.needs_support,
    "conference_not_required": ssd_outcomes.conference_not_required, "ended_in_plan": ssd_outcomes.ended_in_plan,
    "permanence_plan": ssd_outcomes.permanence_plan,
    "not_held": held, "cancelled": cancelled, "not_eligible": not_eligible, "no_adoption": no_adoption,
    **{name: ANNEX_A[name] for name in (
        "eligibility", "in_touch", "exclusion", "accommodation", "accommodation_excluded", "suitable",
    )},
}  # fmt: skip
REFUSALS = ("not_held", "cancelled", "not_eligible", "no_adoption")


def reading(kind: str) -> Reading:
    """The reading of a kind: one of KINDS, or 'code:' and the name of a code set."""
    return code(kind.removeprefix("code:")) if kind.startswith("code:") else KINDS[kind]
