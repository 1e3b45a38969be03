"""What the outcome columns of the Standard Safeguarding Dataset say: JSON with a flag for each outcome.

Several flags may be set at once. What leads furthest into the service then stands: a new referral before an
open case, before a child protection enquiry, before any other service, before advice, before no further
action. Names come with or without OUTCOME_ before them. JSON that is cut off, or broken by a comment's
quotation marks, still shows its flags: they are read from what stands there, and the ledger says so.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from compendium.sources.cells import Odd, Value, flag, text

FLAG = re.compile(r'"(\w+_FLAG)"\s*:\s*"?(\w*)', re.IGNORECASE)
YES = {"Y", "YES", "1", "T", "TRUE"}
# First what leads furthest. Compendium has no code of its own for what `other` stands for here.
CONTACT = (
    ("NEW_REFERRAL", "referral"), ("EXISTING_REFERRAL", "existing_case"), ("CP_ENQUIRY", "referral"),
    ("PRIVATE_FOSTERING", "other"), ("NON_AGENCY_ADOPTION", "other"), ("OLA_CP", "other"), ("MISSING", "other"),
    ("OTHER_OUTCOMES_EXIST", "other"), ("ADVICE", "advice"), ("NFA", "nfa"),
)  # fmt: skip
SUPPORT = {
    "STRATEGY_DISCUSSION", "CLA_REQUEST", "PRIVATE_FOSTERING", "LEGAL_ACTION", "PROV_OF_SERVICES", "PROV_OF_SB_CARE",
    "SPECIALIST_ASSESSMENT",
}  # fmt: skip
# The keys of a care plan, first what is most settled, in the words of Ofsted's list 8.
PLANS = {
    "ADOPTION": "Adoption", "LTFOST18": "Long-term fostering", "LTRELFR": "Long-term fostering",
    "RESPLMT": "Long-term residential placement", "SUPPLIV": "Supported living in the community",
    "REMAINSUP": "Return to family", "RETURN1M": "Return to family", "RETURN6M": "Return to family",
    "RETURNEV": "Return to family", "OTHERPLN": "Other",
}  # fmt: skip
BROKEN = "it is no valid JSON"


@lru_cache(maxsize=4096)
def _outcomes(written: str) -> tuple[frozenset[str], str]:
    """The outcomes whose flag is set, and what is wrong with the JSON."""
    fault = ""
    try:
        given = json.loads(written)
    except (ValueError, RecursionError):  # brackets within brackets without end
        given, fault = dict(FLAG.findall(written)), BROKEN
    if isinstance(given, list) and len(given) == 1:
        given = given[0]  # FOR JSON without WITHOUT_ARRAY_WRAPPER
    if not isinstance(given, dict):
        return frozenset(), "it is no object of flags"
    named = {str(name).upper(): value for name, value in given.items()}
    return frozenset(_bare(name) for name, value in named.items() if str(value).strip().upper() in YES), fault


def outcomes(cell: Any) -> tuple[frozenset[str], str]:
    """Which outcomes the flags of a cell name, without OUTCOME_ and _FLAG; and what is wrong with it, if anything."""
    plain = text(cell)
    return _outcomes(plain) if isinstance(plain, str) else (frozenset(), "")


def contact_outcome(cell: Any) -> Value | Odd:
    """One code, of several flags the one that leads furthest."""
    found, fault = outcomes(cell)
    code = next((code for name, code in CONTACT if name in found), "other" if found else None)
    return _told(code, fault)


def contact_on_open_case(cell: Any) -> Value | Odd:
    """Whether the child's case was open already: the contact was added to an existing referral."""
    found, _ = outcomes(cell)
    return int("EXISTING_REFERRAL" in found) if found else None


def no_further_action(cells: tuple[Any, Any]) -> Value | Odd:
    """From the flag of its own, else from the outcomes."""
    own = flag(cells[0])
    if own is not None:
        return own
    found, fault = outcomes(cells[1])
    return _told(int("NFA" in found) if found else None, fault)


def needs_support(cells: tuple[Any, Any, Any]) -> Value | Odd:
    """Whether an assessment found that support is needed; cells: no further action, outcomes, day authorised.

    An assessment that is still open has found nothing, whatever its flags are set to beforehand.
    """
    if text(cells[2]) is None:
        return None
    own = flag(cells[0])
    found, fault = outcomes(cells[1])
    if own == 1 or found & (SUPPORT | {"NFA"}):
        return _told(int(bool(found & SUPPORT) and own != 1), fault)
    # Neither: what is left is a word to another agency, or nothing but the flag's No.
    return _told(0 if found else 1 if own == 0 else None, fault) if not isinstance(own, Odd) else own


def conference_not_required(cell: Any) -> Value | Odd:
    """Of an enquiry: 0 when it led to a conference, 1 when to anything else."""
    found, fault = outcomes(cell)
    return _told(int("CP_CONFERENCE" not in found) if found else None, fault)


def ended_in_plan(cells: tuple[Any, Any]) -> Value | Odd:
    """Of a conference: from the flag of its own, else from the outcomes."""
    own = flag(cells[0])
    if own is not None:
        return own
    found, fault = outcomes(cells[1])
    return _told(int("CP" in found) if found else None, fault)


def permanence_plan(cell: Any) -> Value | Odd:
    """The care plan in Ofsted's words."""
    found, fault = outcomes(cell)
    return _told(next((said for key, said in PLANS.items() if key in found), None), fault)


def factors(cell: Any) -> tuple[tuple[str, ...], str]:
    """What an assessment's factors are called, and what is wrong with them: ["1A", "2B"] or {"1A": "Yes", ...}."""
    plain = text(cell)
    if not isinstance(plain, str):
        return (), ""
    try:
        given = json.loads(plain)
    except (ValueError, RecursionError):  # brackets within brackets without end
        return (), BROKEN
    if isinstance(given, dict):
        given = [name for name, value in given.items() if str(value).strip().upper() in YES]
    if not isinstance(given, list):
        return (), "it is no list of factors"
    return tuple(dict.fromkeys(str(each) for each in given if each not in (None, ""))), ""


def _bare(name: str) -> str:
    return name.removeprefix("OUTCOME_").removesuffix("_FLAG")


def _told(value: Value, fault: str) -> Value | Odd:
    if not fault:
        return value
    if value is None:
        return Odd(None, fault, why="malformed")
    return Odd(value, f"{fault}; its flags were read from what stands there")
