"""How the cells of Annex A are read, by the kind that `annex_a_lists.py` gives each column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from compendium.record.codes import codes
from compendium.sources.cells import (
    LETTER_PREFIX,
    Odd,
    Reading,
    Value,
    code,
    day,
    distant_day,
    flag,
    identifier,
    text,
    whole,
)
from compendium.sources.spellings import spelt

ELIGIBILITY = {"relevant": "relevant", "former": "former_relevant", "qualifying": "qualifying", "eligible": "eligible"}
# Refusing contact or no longer needing a service is not being in touch, and stays in every denominator.
IN_TOUCH = {"yes": 1, "y": 1, "no": 0, "n": 0, "refu": 0, "refused": 0, "nreq": 0}
# How a return of care leavers says the same in sentences. Of those abroad, and of those whose residence is not known,
# these do not say what Annex A asks.
SENTENCES = (
    (r"yes,? resident in the uk$|yes$", "yes"), (r"no,? resident in the uk$|no$", "no"),
    (r"young person refuses contact$", "refu"), (r"young person no longer requires services$", "nreq"),
    (r"died after leaving care", "died"), (r"young person returned to live with parents|returned to parents", "rhom"),
)  # fmt: skip
NUMBER = re.compile(r"^\d{1,2}\s*(?:-\s*)?(?=[a-z])")
SUITABILITY = re.compile(r"(?:accommodation is considered (?:to be )?)?(suitable|unsuitable)(?: \[[12]\])?")
LOCATION = {"in": "inside", "inside": "inside", "out": "outside", "outside": "outside"}
LEAVES_DENOMINATORS = {"died": "died", "rhom": "returned_home"}
WHERE_UNKNOWN = {"G": "abroad", "H": "deported", "R": "residence_unknown"}


def phrase(cell: Any) -> Value | Odd:
    """Words without Ofsted's letter: 'c) Child in need plan' -> 'Child in need plan'."""
    plain = text(cell)
    return LETTER_PREFIX.sub("", plain, count=1) if isinstance(plain, str) else plain


def age(cell: Any) -> Value | Odd:
    """Completed years, from 6 or 6.138; -1 for an unborn child."""
    plain = text(cell)
    if not isinstance(plain, str):
        return plain
    try:
        return int(float(plain) // 1)
    except (ValueError, OverflowError):
        return Odd(None, "the age is not a number")


def eligibility(cell: Any) -> Value | Odd:
    """'b) Former relevant child' -> former_relevant."""
    plain = phrase(cell)
    if not isinstance(plain, str):
        return plain
    return ELIGIBILITY.get(plain.lower().partition(" ")[0]) or Odd(
        None, "it is no category of eligibility", why="unknown_code"
    )


def in_touch(cell: Any) -> Value | Odd:
    """1 or 0; empty for those who died or returned home, whom `exclusion` names."""
    plain = phrase(cell)
    if not isinstance(plain, str):
        return plain
    word = _in_touch_word(plain)
    if word in LEAVES_DENOMINATORS:
        return None
    return (
        IN_TOUCH[word]
        if word in IN_TOUCH
        else Odd(None, "it is neither yes, no, died, refu, nreq nor rhom", why="unknown_code")
    )


def exclusion(cell: Any) -> Value | Odd:
    """Why a care leaver leaves every denominator: died or returned_home."""
    plain = phrase(cell)
    return LEAVES_DENOMINATORS.get(_in_touch_word(plain)) if isinstance(plain, str) else None


def _in_touch_word(plain: str) -> str:
    """One word for what may be a sentence: '2 - No, resident in the UK' -> no."""
    sentence = NUMBER.sub("", plain.lower())
    return next((word for said, word in SENTENCES if re.match(said, sentence)), sentence)


def accommodation(cell: Any) -> Value | Odd:
    """The letter: 'U: Independent living' or 'U1' -> U."""
    plain = text(cell)
    if not isinstance(plain, str):
        return plain
    letter = plain[0].upper()
    known = {each[0] for each in codes("accommodation")} - {"0"}
    lone = len(plain) == 1 or not plain[1].isalpha()
    meant = letter if letter in known and lone else spelt("accommodation_letter", plain, known)
    return meant or Odd(None, "it is no code of accommodation", why="unknown_code")


def accommodation_excluded(cell: Any) -> Value | Odd:
    """Why the accommodation can be neither suitable nor unsuitable: abroad, deported, residence_unknown."""
    letter = accommodation(cell)
    return WHERE_UNKNOWN.get(letter) if isinstance(letter, str) else None


def suitable(cell: Any) -> Value | Odd:
    """'a) Suitable' -> 1, 'b) Unsuitable' -> 0."""
    plain = phrase(cell)
    word = NUMBER.sub("", plain.lower()) if isinstance(plain, str) else ""
    if found := SUITABILITY.fullmatch(word):
        return int(found[1] == "suitable")
    if word in ("not suitable", "accommodation is not considered suitable"):
        return 0
    return flag(cell)


def disabled(cell: Any) -> Value | Odd:
    """1 or 0; a code of a disability says that there is one, and NONE that there is none."""
    kind = code("disability")(cell)
    return int(kind != "NONE") if isinstance(kind, str) else flag(cell)


def location(cell: Any) -> Value | Odd:
    """'b) Out' -> outside: within the border of the authority, or beyond it."""
    plain = phrase(cell)
    if not isinstance(plain, str):
        return plain
    return LOCATION.get(plain.lower().partition(" ")[0]) or Odd(None, "it is neither in nor out", why="unknown_code")


def nothing(cell: Any) -> Value | Odd:
    """Known, and not kept."""
    return None


KINDS: Mapping[str, Reading] = {
    "id": identifier, "day": day, "birth": distant_day, "flag": flag, "whole": whole, "text": text, "worker": text,
    "phrase": phrase, "age": age, "eligibility": eligibility, "in_touch": in_touch, "exclusion": exclusion,
    "nothing": nothing, "accommodation": accommodation, "accommodation_excluded": accommodation_excluded,
    "suitable": suitable, "disabled": disabled, "location": location,
}  # fmt: skip


def reading(kind: str) -> Reading:
    """The reading of a kind: one of KINDS, or 'code:' and the name of a code set."""
    return code(kind.removeprefix("code:")) if kind.startswith("code:") else KINDS[kind]
