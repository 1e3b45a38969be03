"""What an indicator is, once its file has been read: words, judgement and one or two row-level queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from compendium import words
from compendium.engine.dialect import Query
from compendium.indicators.periods import BASES, SNAPSHOT, USUAL
from compendium.indicators.rules import RuleInForce

WORDS = ("title", "question", "why", "clock", "caution", "source", "benchmark", "governance")
VALUES = ("count", "percent", "ratio", "mean", "median", "mix", "share_gap", "money", "rate")
POLARITIES = ("higher_is_better", "lower_is_better", "neutral")
PLACES = ("recorded", "holder")
PARTS = ("numerator", "denominator")
RESTATED = ("financial_year", "school_term")
ROW_SETS = ("rows", "numerator_rows", "denominator_rows")
KEYS_OF_ROWS = ("child_id", "family_id", "worker_id", "audit_id")
LOOKED_UP = ("age_band", "sex", "ethnicity", "disability")
RETURNABLE = (*KEYS_OF_ROWS, "on_date", "month_end", "team_id", "area_id", "numerator", "denominator", "amount",
              "category", "excluded")  # fmt: skip
NOT_RECORDED = "Not recorded"
# A reason by which a row is put aside: no source speaks of the person. Where nothing else is left, there is no figure.
UNTOLD = "not told of for a year"
SHOWN = "show_"  # begins the name of a column that is there for the list behind a figure only


@dataclass(frozen=True)
class Span:
    """A length of time: so many months, days or working days. count: a number, or the rule or limit that says it."""

    unit: str
    count: int | str


@dataclass(frozen=True)
class Need:
    """Coverage of a table, or of one column of it, without which there is no figure.

    kind: 'period' (every event of the period itself and of so many `months` before it), 'month_end' (what is
    so on its last day), 'once' (some day of the last so many `months`, for what is only ever known now and
    then), 'latest' (on the last day, when each one's last event was: every event of so many `months`, or a list of
    the latest of each) or 'told' (something of each of so many `months`, if only of some people). instead: what
    does as well.
    """

    table: str
    kind: str
    months: int = 0
    column: str | None = None
    instead: tuple[Need, ...] = ()

    @property
    def all(self) -> tuple[Need, ...]:
        """It and what does as well."""
        return (self, *self.instead)


@dataclass(frozen=True)
class Comparator:
    """A published figure this one may be set beside, and on which basis they are alike."""

    measure: str
    basis: str


@dataclass(frozen=True)
class Example:
    """A few drawn rows in, the figures out. rules: those set otherwise than by default. line: its own in the file."""

    says: str
    given: Mapping[str, tuple[Mapping[str, str | None], ...]]
    rules: Mapping[str, int | str]
    month: Any
    basis: str
    as_at: Any
    expect: Mapping[str, Any]
    line: int


@dataclass(frozen=True)
class Change:
    """What a version of a definition changed, and on which day that was decided.

    since: the first day that it counts; before: the definition that counts the days before. Both None: every
    month was counted anew.
    """

    version: int
    on: date
    says: str
    since: date | None
    before: Indicator | None

    def __str__(self) -> str:
        """'Version 2, 3 March 2017: counts children, not contacts. It counts since April 2017.'"""
        counts = f"It counts since {words.month(self.since)}." if self.since else "Every month was counted anew."
        return f"Version {self.version}, {words.day(self.on)}: {self.says} {counts}"


@dataclass(frozen=True)
class Indicator:
    """One indicator. scale: how many of the integers make one unit, of the numerator and of the denominator.

    pounds: which of its two parts are sums of money. restates: what each month tells anew, until the next one begins:
    a financial year or a school term. Then one month is no news beside another.

    counterweight: the indicator that shows where this one looks better while children fare worse;
    no_counterweight: why there is none. moved_by: those whose own movement moves this one, so that a change of it may
    be theirs.

    changes: what its versions changed, oldest first. is_past: the definition of months before such a change.
    """

    id: str
    theme: str
    file: Path
    words: Mapping[str, str]
    value: str
    polarity: str
    place: str
    row_sets: Mapping[str, Query]
    periods: tuple[str, ...]
    count: str | None
    denominator_count: str | None
    matures: Span | None
    seasonal: bool
    restates: str | None
    rate: str | None
    scale: tuple[int, int]
    pounds: tuple[str, ...]
    by: tuple[str, ...]
    limits: Mapping[str, int | str]
    needs: tuple[Need, ...]
    show_with: tuple[str, ...]
    at_least: int
    one_row_per: tuple[str, ...]
    variant_of: str | None
    counterweight: str | None
    no_counterweight: str | None
    comparator: Comparator | None
    definition_version: int
    examples: tuple[Example, ...]
    changes: tuple[Change, ...] = ()
    is_past: bool = False
    moved_by: tuple[str, ...] = ()

    @property
    def read_with(self) -> tuple[str, ...]:
        """All that its file declares beside it: what moves it, its counterweight and what it is shown with."""
        named = (*self.moved_by, *([self.counterweight] if self.counterweight else []), *self.show_with)
        return tuple(dict.fromkeys(named))

    @property
    def key(self) -> str:
        """By which its numbers are kept: the id, and of a past definition its version too."""
        return f"{self.id}, version {self.definition_version}" if self.is_past else self.id

    @property
    def definitions(self) -> tuple[Indicator, ...]:
        """Itself, and the past definitions that count months before a break."""
        return (self, *(change.before for change in self.changes if change.before is not None))

    def at(self, day: date) -> Indicator:
        """The definition that counts a day."""
        for change in self.changes:
            if change.since is not None and change.before is not None and day < change.since:
                return change.before
        return self

    @property
    def title(self) -> str:
        return self.words["title"]

    @property
    def question(self) -> str:
        return self.words["question"]

    @cached_property
    def is_snapshot(self) -> bool:
        """Every row set is of month ends; one with dates makes it a flow."""
        return all("month_end" in query.columns for query in self.row_sets.values())

    @cached_property
    def bases(self) -> tuple[str, ...]:
        """The bases on which it is given, the default first."""
        return (SNAPSHOT,) if self.is_snapshot else self.periods or USUAL

    def counted_once(self, row_set: str) -> str | None:
        """The column of a row set whose values are counted once each; None where its rows are."""
        return self.denominator_count or self.count if row_set == "denominator_rows" else self.count

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What it is broken down by beside area and team."""
        return ("category",) if self.value == "mix" else self.by

    @property
    def has_denominator(self) -> bool:
        return (
            self.value in ("mean", "median", "mix")
            or "denominator_rows" in self.row_sets
            or any("denominator" in query.columns for query in self.row_sets.values())
        )

    def written(self, figure: Any) -> str:
        """A figure's value in words: '81.3%', '15.3', '£1,500', 'no source'."""
        if figure.status == "no_source":
            return "no source"
        if figure.status == "cannot_compute":
            return "cannot be computed"
        if figure.status == "too_few":
            return "too few"
        return "none" if figure.value is None else self.write(figure.value)

    def write(self, value: Decimal) -> str:
        """A value of this indicator as it is printed."""
        match self.value:
            case "percent" | "mix":
                return words.percent(value)
            case "money":
                return words.money(value)
            case "share_gap":
                sign = "" if words.rounded(value, 1) == 0 else "−" if value < 0 else "+"
                return f"{sign}{words.points(value)}"
            case "count":
                return words.amount(value)
            case "median":
                return words.amount(value)
        return words.number(value, 1)

    def part(self, name: str, amount: Decimal) -> str:
        """A numerator or a denominator, in its own unit, as it is printed: '221', '313.9', '£63,729,000'."""
        return words.money(amount) if name in self.pounds else words.amount(amount)

    def out_of(self, some: Decimal, whole: Decimal) -> str:
        """Both parts: '221 of 823', '£4,152,700 of £63,729,000'."""
        return f"{self.part('numerator', some)} of {self.part('denominator', whole)}"

    def in_words(self, rules: Sequence[RuleInForce]) -> str:
        """The whole definition as text, for a person. rules: all that a council may set for it, as they are."""
        lines = [self.title, "=" * len(self.title), "", self.question, ""]
        for name in ("why", "clock", "caution", "source", "benchmark", "governance"):
            if name in self.words:
                lines.append(f"{words.upper_first(name)}: {self.words[name]}")
        lines.append(f"Given: {words.listing([BASES[basis] for basis in self.bases])}")
        if self.restates:
            lines.append(f"Each month tells anew of the same {self.restates.replace('_', ' ')}, until the next begins.")
        if self.dimensions:
            lines.append(f"Broken down by: {words.listing(['area', 'team', *self.dimensions])}")
        lines += map(str, rules)
        if self.moved_by:
            lines.append(f"Moved by: {words.listing(list(self.moved_by))}")
        lines.append(f"Definition version {self.definition_version}, {self.file.name}")
        lines += map(str, self.changes)
        for example in self.examples:
            lines.append(f"Example: {example.says}")
        return "\n".join(lines)
