"""A published figure: a number as printed, or the symbol that stands in its place. A symbol is never made a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from compendium.words import rounded

# c suppressed, z not applicable, x not available, k or ~ rounds to nothing, low fewer than can be told, u of low
# reliability; and how older releases and LAIT write the same.
SYMBOLS = frozenset({"c", "z", "x", "k", "low", "u", ":", "-", "~", "..", "."})
LONGEST = 20  # letters of a symbol that are kept
SPELT = re.compile(r"(\d{1,2}):(\d\d)")  # years:months


def decimal(written: str) -> Decimal | None:
    """The number; None for anything else."""
    try:
        value = Decimal(written.replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**15 else None


def count(written: str) -> int | None:
    """A whole number; None for a symbol or a figure with decimals."""
    value = decimal(written)
    return int(value) if value is not None and value == int(value) else None


def figure(written: str) -> tuple[str | None, str | None]:
    """(the number as printed, None), or (None, the symbol); (None, None) for an empty cell."""
    if not written:
        return None, None
    return (written.replace(",", ""), None) if decimal(written) is not None else (None, written[:LONGEST])


def months(written: str) -> tuple[str | None, str | None]:
    """The same of a time written as years:months, in months."""
    found = SPELT.fullmatch(written)
    if found and int(found[2]) < 12:
        return str(12 * int(found[1]) + int(found[2])), None
    return None, written[:LONGEST] or None


def is_known(symbol: str) -> bool:
    return symbol.lower() in SYMBOLS


def total(written: Sequence[str]) -> int | None:
    """The sum of counts; None when one of them is a symbol, empty or no whole number, or there is none."""
    counts = [count(each) for each in written]
    return sum(each for each in counts if each is not None) if counts and None not in counts else None


def percentage(numerator: Sequence[str], denominator: str) -> tuple[str | None, str | None]:
    """100 x sum of the counts / denominator to one decimal, as the department prints it; else the first symbol
    in its way."""
    above, below = total(numerator), count(denominator)
    if above is not None and below:
        return str(rounded(Decimal(100 * above) / below, 1)), None
    return None, next((each[:LONGEST] for each in (*numerator, denominator) if each and count(each) is None), None)
