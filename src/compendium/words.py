"""How numbers, dates and plurals are written: the one place that decides.

Figures leave the engines as integers; rates and rounding happen here, once, half away from zero
(so that 62.5 at 0 decimals reads 63, as a reader with a calculator finds).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SIZES = (("GB", 1000**3), ("MB", 1000**2), ("kB", 1000))


def rounded(value: Decimal | float | int, decimals: int = 0) -> Decimal:
    """The value at so many decimals, half away from zero."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: Decimal | float | int, decimals: int = 0) -> str:
    """1234.5 -> '1,235'; a true minus sign for what is below zero."""
    amount = rounded(value, decimals)
    text = f"{abs(amount):,.{decimals}f}"
    return f"−{text}" if amount < 0 else text


def amount(value: Decimal | float | int) -> str:
    """Whole numbers as such, full-time equivalents and the like with one decimal: '78', '340.2'."""
    return number(value, 0 if value == int(value) else 1)


def percent(value: Decimal | float, decimals: int = 1) -> str:
    """81.25 -> '81.3%' (the value is already in hundredths)."""
    return f"{number(value, decimals)}%"


def points(value: Decimal | float, decimals: int = 1) -> str:
    """A difference of percentages: points, never per cent."""
    amount = number(abs(Decimal(str(value))), decimals)
    return f"{amount} point" if amount in ("1", "1.0") else f"{amount} points"


def money(pounds: Decimal | float | int, decimals: int = 0) -> str:
    """Pounds: 1234.5 -> '£1,235'."""
    text = number(abs(Decimal(str(pounds))), decimals)
    return f"−£{text}" if pounds < 0 else f"£{text}"


def size(count: int) -> str:
    """Bytes as people say them: '812 bytes', '1.4 MB'."""
    if count < 1000:
        return plural(count, "byte")
    unit, scale = next((each for each in SIZES if count >= each[1]), SIZES[-1])
    return f"{number(Decimal(count) / scale, 1)} {unit}"


def day(value: date) -> str:
    """'3 March 2017'."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """'January 2017', of any day in it."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def short_month(value: date) -> str:
    """'Jan 2017', for chart axes only."""
    return f"{MONTHS[value.month - 1][:3]} {value.year}"


def upper_first(text: str) -> str:
    """'in January 2017' -> 'In January 2017'; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """'Clear: better' -> 'clear: better', as it reads within a sentence."""
    return text[:1].lower() + text[1:]


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 row', '1,200 rows'."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def counted(count: int, one: str, more: str, many: str | None = None) -> tuple[str, str]:
    """A number and the words to set under it: ('1', 'row to mend'), ('1,200', 'rows to mend')."""
    amount, _, noun = plural(count, one, many).partition(" ")
    return amount, f"{noun} {more}"


def listing(items: list[str], last: str = "and") -> str:
    """'a, b and c'."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""
