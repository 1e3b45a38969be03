"""What the parts of a breakdown are called: a code by its label, another value as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from compendium import words
from compendium.record.codes import codes

# The code sets that a breakdown's parts are of; a breakdown that is not here is in words already.
CODED = {
    "agency": ("agency",),
    "category": ("abuse_category", "assessment_factor"),
    "legal_status": ("legal_status",),
    "need": ("primary_need",),
    "origin": ("eh_origin",),
    "outcome": ("contact_outcome",),
    "placement": ("placement_type",),
    "recorded_reason": ("eh_end_reason",),
    "route": ("starter_route",),
    "setting": ("care_setting",),
    "way": ("participation",),
}


def label(dimension: str, part: str) -> str:
    """'nfa' of outcome -> 'No further action'; 'not_recorded' -> 'Not recorded'."""
    known = _accommodation() if dimension == "accommodation" else _codes(dimension)
    return known.get(part) or words.upper_first(part.replace("_", " "))


@cache
def _codes(dimension: str) -> Mapping[str, str]:
    return {code: said for name in CODED.get(dimension, ()) for code, said in codes(name).items()}


@cache
def _accommodation() -> Mapping[str, str]:
    """The letter says where a young person lives, the digit whether it is suitable: letters alone are shown."""
    return {code[0]: said.rsplit(" (", 1)[0] for code, said in codes("accommodation").items() if len(code) == 2}
