"""How the cells of the SSDA903 return are read, by the kind that `ssda903_tables.py` gives each column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from compendium.record.codes import codes
from compendium.sources.annex_a_values import IN_TOUCH, LEAVES_DENOMINATORS, WHERE_UNKNOWN, location, nothing
from compendium.sources.cells import (
    Odd,
    Reading,
    Value,
    code,
    day,
    distant_day,
    flag,
    hundredths,
    identifier,
    moment,
    text,
    whole,
)

# A table that went through a data frame has its whole numbers as 689661.0.
WITH_NOUGHT = re.compile(r"(\d+)\.0")


def without_nought(cell: Any) -> Any:
    """'689661.0' -> '689661'. Said by the reader once for a table, not for every row."""
    if isinstance(cell, str) and (found := WITH_NOUGHT.fullmatch(cell.strip())):
        return found[1]
    return cell


def child(cell: Any) -> Value | Odd:
    """The child's id."""
    return identifier(without_nought(cell))


def coded(set_name: str) -> Reading:
    """A code, which may have become a number: '2.0' for SEX."""
    read = code(set_name)
    return lambda cell: read(without_nought(cell))


def urn(cell: Any) -> Value | Odd:
    """Ofsted's number; XXXXXXX stands for a provision that has none."""
    plain = text(without_nought(cell))
    return None if isinstance(plain, str) and not plain.strip("xX") else plain


def upn(cell: Any) -> Value | Odd:
    """Why there is no pupil number. A pupil number itself is not kept."""
    plain = text(cell)
    return plain.upper() if isinstance(plain, str) and plain.upper() in codes("upn_unknown") else None


def in_touch(cell: Any) -> Value | Odd:
    """1 or 0; empty for those who died or returned home, whom `exclusion` names."""
    plain = text(cell)
    if not isinstance(plain, str) or plain.lower() in LEAVES_DENOMINATORS:
        return None if isinstance(plain, str) else plain
    known = IN_TOUCH.get(plain.lower())
    return known if known is not None else Odd(None, "it is no code of in touch", why="unknown_code")


def exclusion(cell: Any) -> Value | Odd:
    """Why a care leaver leaves every denominator."""
    plain = text(cell)
    return LEAVES_DENOMINATORS.get(plain.lower()) if isinstance(plain, str) else None


def activity(cell: Any) -> Value | Odd:
    """The code; 0 (not in touch) says that it is not known."""
    read = coded("activity")(cell)
    return None if read == "0" else read


def accommodation(cell: Any) -> Value | Odd:
    """The letter of 'U1'; 0 (not in touch) says that it is not known."""
    read = coded("accommodation")(cell)
    return read[0] if isinstance(read, str) and read != "0" else None if read == "0" else read


def suitable(cell: Any) -> Value | Odd:
    """Whether it is suitable: the second letter, 1 or 2."""
    read = coded("accommodation")(cell)
    return None if not isinstance(read, str) or read == "0" else int(read[1] == "1")


def accommodation_excluded(cell: Any) -> Value | Odd:
    """Why the accommodation can be neither suitable nor unsuitable: abroad, deported, residence_unknown."""
    read = coded("accommodation")(cell)
    return WHERE_UNKNOWN.get(read[0]) if isinstance(read, str) else None


def score(cell: Any) -> Value | Odd:
    """A questionnaire's score, 0 to 40."""
    read = whole(cell)
    return Odd(None, "a score lies between 0 and 40") if isinstance(read, int) and not 0 <= read <= 40 else read


KINDS: Mapping[str, Reading] = {
    "child": child, "day": day, "birth": distant_day, "moment": moment, "flag": flag, "score": score, "text": text,
    "urn": urn, "upn": upn, "worker": text, "in_touch": in_touch, "exclusion": exclusion, "activity": activity,
    "accommodation": accommodation, "suitable": suitable, "accommodation_excluded": accommodation_excluded,
    "distance": hundredths, "location": location, "nothing": nothing,
}  # fmt: skip


def reading(kind: str) -> Reading:
    """The reading of a kind: one of KINDS, or 'code:' and the name of a code set."""
    return coded(kind.removeprefix("code:")) if kind.startswith("code:") else KINDS[kind]
