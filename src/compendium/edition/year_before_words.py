"""How a figure stands to the same month a year before, and what is read beside another, in words."""

from __future__ import annotations

from datetime import date

from compendium import words
from compendium.edition import sentences

HOW_TESTED = (
    "A difference from a year before is clear by its test, unless “no clear change” or “not tested” stands there."
)
TOO_FEW_TO_COMPARE = "too few to compare"
_LINKS = {"the same": "as", sentences.NO_CLEAR_CHANGE.lower(): "from", TOO_FEW_TO_COMPARE: "with"}


def stands(difference: str, is_tested: bool, then: date | None = None, was: str = "") -> str:
    """How a figure stands to the same month a year before: '22.1 points higher than in January 2016 (60.2%)', 'no clear
    change from a year before', '2.2% lower than a year before, not tested'. What is not called untested is clear."""
    link = _LINKS.get(difference, "than")
    when = words.month(then) if then else "a year before"
    if then and link in ("than", "as"):
        when = f"in {when}"
    untested = "" if is_tested or difference == "the same" else ", not tested"
    return f"{difference} {link} {when}{f' ({was})' if was else ''}{untested}"


def finding_heading(title: str, written: str, stands: str) -> str:
    return f"{title}: {written}, {stands}" if stands else f"{title}: {written}"


def counterweight_in_parts(title: str) -> str:
    return f"{title}: see its parts."


NO_CASES = "no cases to count"


def counterweight(title: str, written: str, difference: str = "", is_tested: bool = True) -> str:
    """'Referrals: 1,016, no clear change from a year before.' Untested it is a sentence of its own, for its length."""
    if not difference:
        return f"{title}: {written}."
    link = ", " if is_tested else ". That is "
    return f"{title}: {written}{link}{stands(difference, is_tested)}."
