"""What stands in a cell or an element, as a value of a canonical type.

Every reading takes what was delivered (text, a number, a date, True or False, nothing) and gives
None, a text or an int. What had to be read leniently, or could not be read at all, comes back as
`Odd`, so that a reader can keep its fast path and the ledger still hears of every such value.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from compendium import words
from compendium.calendar.working_days import FIRST_DAY, LAST_DAY
from compendium.record.codes import code_sets, codes
from compendium.record.ledger import Kind
from compendium.sources.spellings import spelt

EARLIEST = date(1900, 1, 1)  # of births, and of what is not an event
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(3_000, 73_051)  # 1908 to 2099: outside it a bare number is no day

MISSING = {"", "n/a", "na", "null", "none", "nan", "nat", "-"}
EXCEL_ERROR = re.compile(r"#(N/A|VALUE!|REF!|NAME\?|DIV/0!|NULL!|NUM!)", re.IGNORECASE)
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?(?:Z|[+-]\d\d:\d\d)?")
BRITISH_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: [\d:.]+)?")
WRITTEN_DAY = re.compile(r"(\d{1,2})[ \-]([A-Za-z]{3,9})[ \-](\d{4})")
COMPACT_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
# Not with hyphens: 16-01-05 may begin with its year.
SHORT_BRITISH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d\d)(?: [\d:.]+)?")
SHORT_WRITTEN_DAY = re.compile(r"(\d{1,2})[ \-]([A-Za-z]{3,9})[ \-](\d\d)")
FORMS = (
    (ISO_DAY, (1, 2, 3)), (BRITISH_DAY, (3, 2, 1)), (WRITTEN_DAY, (3, 2, 1)), (COMPACT_DAY, (1, 2, 3)),
    (SHORT_BRITISH_DAY, (3, 2, 1)), (SHORT_WRITTEN_DAY, (3, 2, 1)),
)  # fmt: skip
OLDEST_BIRTH = 1970  # of anyone who was up to 25 on a day of the calendar
MONTHS = {
    name[:length]: str(number)
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
         "december"), 1
    )
    for length in {3, 4, len(name)}
}  # fmt: skip
CLOCK = re.compile(r".*[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?")
LETTER_PREFIX = re.compile(r"[a-z]{1,2}\d?\)\s*", re.IGNORECASE)  # Ofsted's 'q) 6: Police', 'p1) 5D: LA services'
NUMBERED = re.compile(r"(?:1\s*-\s*(?=yes$)|0\s*-\s*(?=no$))")
LIKE_A_DAY = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}([T ][\d:.]+)?Z?")
NEAR = 0.8  # how like a known header another must be, to be shown
NAMED = re.compile(r"(?:[^\W\d]|[.:\-]){1,40}")
FLAGS = ("0", "1")
FIRST_WORD = re.compile(r"\w+")

# Ways of writing a code that are neither the code nor its label. Only where one code can be meant.
SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "sex": {
        "male": "M", "boy": "M", "1": "M", "female": "F", "girl": "F", "2": "F", "0": "U", "9": "U",
        "unknown": "U", "unborn": "U", "neither": "U", "notstated": "U", "notstatedrecorded": "U", "notrecorded": "U",
        "indeterminate": "U", "other": "U",
    },
    "referral_source": {"school": "2A", "housing": "4", "otherlegalagency": "7", "other": "8"},
    "abuse_category": {
        "physical": "PHY", "sexual": "SAB", "emotional": "EMO", "multiple": "MUL", "multiplenotrecommended": "MUL",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Odd:
    """A value read leniently (`value` is what it was taken for) or not at all (`value` is None)."""

    value: str | int | None
    what: str
    cell: str = ""  # as delivered: for the ledger, never for a screen
    why: Kind = "unreadable"  # of one that could not be read

    @property
    def kind(self) -> Kind:
        """What the ledger calls it."""
        return self.why if self.value is None else "lenient"


Value = str | int | None
Reading = Callable[[Any], "Value | Odd"]


class Memo:
    """A reading that does each different value once: `memo[cell]`.

    seen: what has been read, but for what was odd. Readers of many rows look there first, in a plain
    dict: in a subclass of dict every look is a call. For ids, which seldom recur, keep=False.
    """

    def __init__(self, reading: Reading, keep: bool = True) -> None:
        self.seen: dict[Any, Value] = {}
        self._reading, self._keep = reading, keep

    def __getitem__(self, cell: Any) -> Value | Odd:
        try:
            return self.seen[cell]
        except KeyError:
            return self.read(cell)

    def read(self, cell: Any) -> Value | Odd:
        """Reads a value that has not been seen."""
        value = self._reading(cell)
        if isinstance(value, Odd):
            return replace(value, cell=str(cell))
        if self._keep:
            self.seen[cell] = value
        return value


def text(cell: Any) -> Value | Odd:
    """Words as they stand, outer spaces off, no-break spaces made plain. A whole number loses its '.0'."""
    if cell is None:
        return None
    if isinstance(cell, str):
        plain = " ".join(cell.split())
        if plain.lower() in MISSING:
            return None
        if EXCEL_ERROR.fullmatch(plain):
            return Odd(None, f"the cell holds an Excel error ({plain.upper()})")
        return plain
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def identifier(cell: Any) -> Value | Odd:
    """An id as text. Spaces around it go; spaces within it stay. Both are told."""
    if isinstance(cell, str) and cell.isalnum() and cell.lower() not in MISSING:
        return cell
    plain = text(cell)
    if not isinstance(plain, str) or not isinstance(cell, str):
        return plain
    stripped = cell.strip()
    if any(letter.isspace() for letter in stripped):
        return Odd(stripped, "the id has a space within it; it was kept as it stands")
    return stripped if stripped == cell else Odd(stripped, "spaces around the id were taken off")


def day(cell: Any) -> Value | Odd:
    """The day of an event as 'YYYY-MM-DD', within the working-day calendar: a clock can be set by it."""
    return _read_day(cell, FIRST_DAY)


def distant_day(cell: Any) -> Value | Odd:
    """A day that no clock is set by, such as a date of birth: as far back as 1900."""
    return _read_day(cell, EARLIEST)


def _read_day(cell: Any, first: date) -> Value | Odd:
    """ISO, DD/MM/YYYY, '1 Jan 2017', 20170101, Excel's own dates, or Excel's number of a day.

    A year of two digits is told: of an event it is 20YY; of a birth, what makes a person of up to 25.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _within(cell, first)
    plain = text(cell)
    if not isinstance(plain, str) or isinstance(cell, bool):
        return plain if plain is None or isinstance(plain, Odd) else Odd(None, "a date was expected")
    for form, order in FORMS:
        if found := form.fullmatch(plain):
            year, month, number = (found[part] for part in order)
            return _day(year, MONTHS.get(month.lower(), month), number, first, plain)
    try:
        days = int(Decimal(plain))
    except (InvalidOperation, ValueError, OverflowError):
        return Odd(None, f"{shown(plain)} is not a date")
    if days in EXCEL_DAYS:
        read = EXCEL_EPOCH + timedelta(days)
        if not first <= read <= LAST_DAY:
            outside = f"Excel's number of a day outside {first.year} to {LAST_DAY.year}"
            return Odd(None, f"{shown(plain)} would be {outside}", why="out_of_calendar")
        return Odd(read.isoformat(), f"{shown(plain)} was read as Excel's number of a day")
    return Odd(None, f"{shown(plain)} is not a date")


def moment(cell: Any) -> Value | Odd:
    """A local time as 'YYYY-MM-DD HH:MM:SS'; a day without a time is its midnight."""
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0, tzinfo=None).isoformat(sep=" ")
    read = day(cell)
    told = read if isinstance(read, Odd) else None
    if (on := told.value if told else read) is None:
        return read
    clock = CLOCK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    hours, minutes, seconds = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    try:
        at = f"{on} {time(hours, minutes, seconds).isoformat()}"
    except ValueError:
        return Odd(None, f"{shown(str(cell))} is not a time")
    return replace(told, value=at) if told else at


def flag(cell: Any) -> Value | Odd:
    """1 or 0: 1, 0, true, false, yes, no, Y, N, 'a) Yes'. 'Unknown' is empty."""
    plain = text(cell)
    if not isinstance(plain, str):
        return plain
    word = NUMBERED.sub("", LETTER_PREFIX.sub("", plain.lower(), count=1))
    if word in ("1", "yes", "y", "true", "t", "1.0"):
        return 1
    if word in ("0", "no", "n", "false", "f", "0.0"):
        return 0
    if word in ("unknown", "not known", "not recorded"):
        return None
    return Odd(None, f"{shown(plain, FLAGS)} is neither yes nor no")


def whole(cell: Any) -> Value | Odd:
    """A whole number; '1,200' and '3.0' are whole."""
    return _scaled(cell, 1)


def hundredths(cell: Any) -> Value | Odd:
    """A number with up to two decimals, times 100: 0.8 FTE is 80, £12.50 is 1250."""
    return _scaled(cell, 100)


def millionths(cell: Any) -> Value | Odd:
    """A number with up to six decimals, times 1,000,000."""
    return _scaled(cell, 1_000_000)


@cache
def code(set_name: str) -> Reading:
    """Reads a code of a set: the code, 'q) 6: Police', 'N1 - Abuse', 'RC8 - ...', its label, or a known spelling.

    A code beside words that mean another ('7 - Police', where 7 may be a council's own number) is neither.
    """
    known = {each.upper(): each for each in codes(set_name)}
    labels = _labels(set_name)

    def meaning(label: str) -> str | None:
        return labels.get(squeezed(label)) or spelt(set_name, label, known.values())

    def read(cell: Any) -> Value | Odd:
        if isinstance(cell, str) and cell in known:  # before `text`, which takes the code NONE for nothing
            return cell
        plain = text(cell)
        if not isinstance(plain, str):
            return plain
        bare = LETTER_PREFIX.sub("", plain, count=1)
        for candidate in (plain.upper(), bare.upper()):
            if candidate in known:
                return known[candidate]
        if (first := FIRST_WORD.match(bare)) and (found := known.get(first[0].upper())):
            said = meaning(bare[first.end() :].lstrip(" -–:).,"))
            if said in (None, found):
                return found
        elif (found := meaning(bare) or meaning(plain)) is not None:
            return found
        near = difflib.get_close_matches(plain.upper(), known, 1)
        hint = f"; did you mean {known[near[0]]}?" if near else ""
        return Odd(
            None, f"{shown(plain, known)} is not a code of {set_name.replace('_', ' ')}{hint}", why="unknown_code"
        )

    return read


def squeezed(written: str) -> str:
    """Letters and digits only, small: how headers and labels are compared."""
    return re.sub(r"[^a-z0-9]", "", written.lower())


def _labels(set_name: str) -> dict[str, str]:
    """label -> code, without labels that two codes share."""
    found: dict[str, str] = {}
    for each, label in codes(set_name).items():
        found[squeezed(label)] = "" if squeezed(label) in found else each
    return {label: each for label, each in found.items() if each} | dict(SYNONYMS.get(set_name, {}))


def _day(year: str, month: str, number: str, first: date, written: str) -> Value | Odd:
    century = 0
    if len(year) == 2:
        century = 2000
        if first == EARLIEST and century + int(year) > LAST_DAY.year:
            century = 1900
            if century + int(year) < OLDEST_BIRTH:
                return Odd(None, "its year has two digits, and neither century makes it a birth of anyone up to 25")
    try:
        read = _within(date(century + int(year), int(month), int(number)), first)
    except ValueError:
        return Odd(None, f"{shown(written)} is not a day of the calendar")
    return Odd(read, f"its year has two digits; it was read as {read}") if century and isinstance(read, str) else read


def _within(day: date, first: date) -> Value | Odd:
    if first <= day <= LAST_DAY:
        return day.isoformat()
    return Odd(None, f"{day.isoformat()} lies outside {first.year} to {LAST_DAY.year}", why="out_of_calendar")


def _scaled(cell: Any, factor: int) -> Value | Odd:
    plain = text(cell)
    if not isinstance(plain, str):
        return plain
    try:
        amount = Decimal(plain.replace(",", "").removeprefix("£")) * factor
    except InvalidOperation:
        return Odd(None, f"{shown(plain)} is not a number")
    if not amount.is_finite() or abs(amount) > 2**53:
        return Odd(None, f"{shown(plain)} is not a number")
    if amount != int(amount):
        decimals = {100: "two", 1_000_000: "six"}
        return Odd(
            None,
            f"it has more than {decimals[factor]} decimals" if factor > 1 else f"{shown(plain)} is not a whole number",
        )
    return int(amount)


def shown(written: str, like: Iterable[str] = ()) -> str:
    """A value as a message may show it: a day, a code of any set, or with a digit what has the form of a code.

    like: the codes that were expected. Anything else might be a name or an id: only what it is made of is told.
    """
    formed = any(letter.isdigit() for letter in written) and _form(written) in map(_form, like)
    if formed or written in _all_codes() or LIKE_A_DAY.fullmatch(written):
        return f"'{written}'"
    kinds = {
        "letters": sum(letter.isalpha() for letter in written),
        "digits": sum(letter.isdigit() for letter in written),
    }
    kinds["signs"] = len(written) - sum(kinds.values())
    made_of = [kind for kind, count in kinds.items() if count]
    if len(made_of) == 1:
        return f"what stands there ({words.plural(len(written), made_of[0].removesuffix('s'))})"
    return f"what stands there ({len(written)} {words.listing(made_of)})"


def _form(written: str) -> str:
    """Which of its characters are capitals, other letters and digits."""
    return "".join(
        "9" if each.isdigit() else "A" if each.isupper() else "a" if each.isalpha() else each for each in written
    )


@cache
def _all_codes() -> frozenset[str]:
    return frozenset(each for name in code_sets() for each in codes(name))


def shown_header(written: str, known: Iterable[str], otherwise: str) -> str:
    """The header of a column as a message may show it: only where it is near to a known one.

    Where a file has lost its header, what stands in its place is of a child: an id or a name, as like as not.
    """
    near = difflib.get_close_matches(squeezed(written), map(squeezed, known), 1, NEAR)
    return f"'{written}'" if near else otherwise


def shown_name(written: str, otherwise: str) -> str:
    """The name of an element or a file as a message may show it: one word of letters, and no long one."""
    return f"'{written}'" if NAMED.fullmatch(written) else otherwise
