"""One month's edition, frozen: what every page, workbook or document is drawn from.

Everything in it is plain: text, whole numbers, Decimal, date, tuples and mappings of these. Its words
are already written (by `sentences`), so that every form in which it is published says the same.
`to_json` and `from_json` give back an equal edition.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from compendium.edition.comparison import Comparison, NeighbourSet, Statement
from compendium.edition.forecast import Forecast
from compendium.edition.plain import as_plain, from_plain
from compendium.edition.point_table import PointTable
from compendium.edition.practice import HeldExpectation, Practice, TakenAction
from compendium.edition.revised import Redefined, RevisionHistory, Verdicts
from compendium.edition.split import Split
from compendium.edition.trust import Trust
from compendium.indicators.row_changes import RowChanges

NO_HEADLINE = ("mix", "share_gap")  # kinds of value with no one figure for the whole: their parts tell them
FEW = 5  # a team, or a part of a percentage, with fewer is given no figure: who they are could be guessed
SMALL = 10  # a share of fewer is flagged


@dataclass(frozen=True)
class Reading:
    """One figure. numerator and denominator are in whole units (children, full-time equivalents, pounds)."""

    period: date
    basis: str
    status: str  # ok, provisional, no_source, too_few, cannot_compute
    written: str  # the value in words: '81.3%', '5,619', 'no source'
    of: str  # '221 of 823', or '' where there is no denominator
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    rate: Decimal | None = None  # per 10,000 children
    excluded: Mapping[str, int] = field(default_factory=dict)
    definition_version: int = 1

    @property
    def is_provisional(self) -> bool:
        return self.status == "provisional"

    def is_like(self, other: Reading) -> bool:
        """Whether the two may be compared: both final, and counted by one version of the definition."""
        provisional = self.is_provisional or other.is_provisional
        return not provisional and self.definition_version == other.definition_version

    @property
    def is_few(self) -> bool:
        """So few behind a share that no line is drawn through it."""
        return self.denominator is not None and self.denominator < FEW

    @property
    def in_full(self) -> str:
        """'26.9% (221 of 823)'."""
        return f"{self.written} ({self.of})" if self.of and self.value is not None else self.written


@dataclass(frozen=True)
class Part:
    """An area, a team or a category: its figure now and a year before, and for an area its months."""

    id: str
    name: str
    group: str  # the name of a team's area; '' for others
    now: Reading
    year_before: Reading | None
    series: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class Breakdown:
    name: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class SetTarget:
    """A target that people set, and how the month stands to it."""

    value: Decimal
    written: str
    tolerance: Decimal
    set_by: str
    set_on: date
    judgement: str  # met, within_tolerance, missed, not_judged
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Band:
    """Where a month would lie if nothing had happened: 95 of 100 between the inner two, 997 of 1,000 between low and
    high; in the unit of a reading's value."""

    period: date
    low: Decimal
    inner_low: Decimal
    inner_high: Decimal
    high: Decimal


@dataclass(frozen=True)
class Judged:
    """Whether the newest month is out of the usual (`signals.verdict`), and in what words.

    strength: signal, worth_a_look, usual or too_few; sense: better, worse or neither. method: the chart and its
    baseline, in words. away: how far beyond the middle, in widths of the half range; nought where not judged. chance:
    how likely it was to be a signal though nothing had happened. is_new: the month before was no such signal. by_steps:
    each month is set against the one before it, so that its range says nothing of months further off.
    """

    strength: str
    sense: str
    badge: str
    sentences: tuple[str, ...]
    method: str
    away: Decimal
    chance: Decimal
    is_new: bool = False
    bands: tuple[Band, ...] = ()
    by_steps: bool = False

    @property
    def is_signal(self) -> bool:
        return self.strength == "signal"


@dataclass(frozen=True)
class Term:
    """A line of a definition."""

    name: str
    words: str


@dataclass(frozen=True)
class Counterweight:
    """The figure to read beside another, so that one is not bought with the other."""

    indicator: str
    title: str
    sentence: str


@dataclass(frozen=True)
class IndicatorPage:
    id: str
    theme: str
    title: str
    question: str
    value_kind: str
    polarity: str
    polarity_words: str
    definition_version: int
    variant_of: str | None  # the indicator that this is another way of counting
    definition: tuple[Term, ...]
    sentences: tuple[str, ...]
    now: Reading
    month_before: Reading | None
    year_before: Reading | None
    year_to_date: Reading | None
    rolling_12_months: Reading | None
    judged: Judged
    target: SetTarget | None
    comparisons: tuple[Comparison, ...]
    series: tuple[Reading, ...]
    areas: tuple[Part, ...]
    teams: tuple[Part, ...]
    breakdowns: tuple[Breakdown, ...]
    counterweight: Counterweight | None
    data_age: tuple[str, ...]
    tests: tuple[Statement, ...] = ()
    stands: Stand | None = None  # to the same month a year before
    restates: str | None = None  # what its months tell anew, until the next begins: financial_year or school_term
    forecast: Forecast | None = None  # of stocks only
    drivers: Split | None = None  # what made the difference, where the month is out of the usual
    history: RevisionHistory | None = None
    practice: Practice | None = None  # where somebody did, or expected, something
    trust: tuple[str, ...] = ()  # sentences on the data-quality rules that endanger it

    @property
    def has_headline(self) -> bool:
        return self.value_kind not in NO_HEADLINE

    @property
    def besides(self) -> tuple[str, ...]:
        """The sentences to put under a heading that gives the figure: a count is not said twice."""
        return self.sentences if self.now.of or not self.has_headline else self.sentences[1:]

    @property
    def misses_target(self) -> bool:
        return self.target is not None and self.target.judgement == "missed"


@dataclass(frozen=True)
class Move:
    """How far a figure is from the same month a year before. unit: 'points' or 'per_cent'."""

    unit: str
    size: Decimal  # signed
    words: str  # '4.2 points higher'


@dataclass(frozen=True)
class Stand:
    """How a figure stands to an earlier one: '4.2 points higher', 'no clear change'. is_tested: a test allows it."""

    words: str
    is_tested: bool


@dataclass(frozen=True)
class Finding:
    """An exception of the front page."""

    indicator: str
    heading: str
    sentences: tuple[str, ...]
    is_signal: bool
    is_new: bool  # the month before was no such signal
    misses_target: bool


@dataclass(frozen=True)
class Chapter:
    theme: str
    title: str
    lede: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """How old and how complete one kind of record is."""

    name: str
    runs_to: date | None
    received: date | None
    is_complete: bool
    words: str


@dataclass(frozen=True)
class Delivery:
    """A delivery that the edition is built from."""

    source_format: str
    file_name: str
    received_on: date
    reference_date: date | None
    read: int
    kept: int
    rejected: int


@dataclass(frozen=True)
class Unlisted:
    """A name in the records that the list of teams, or the settings' list of areas, does not explain; and its rows."""

    name: str
    rows: int


@dataclass(frozen=True)
class Revision:
    """A figure of the month as it was first published, beside what it is now. is_large: told on the first page, as is
    one whose verdict has flipped. why: its rows; verdicts: None where one of the two was not judged."""

    indicator: str
    title: str
    first: Reading
    now: Reading
    sentences: tuple[str, ...]
    is_large: bool
    why: RowChanges | None = None
    verdicts: Verdicts | None = None

    @property
    def has_flipped(self) -> bool:
        return self.verdicts is not None and self.verdicts.have_flipped


@dataclass(frozen=True)
class PointFigure:
    """A figure that answers a point: what it is, its value, and x of n, a comparison or the like."""

    indicator: str | None
    name: str
    written: str
    detail: str


@dataclass(frozen=True)
class Point:
    """One of the ten points of the board's mission, or its recommendation."""

    number: str
    title: str
    figures: tuple[PointFigure, ...]
    tables: tuple[PointTable, ...]
    to_come: tuple[str, ...]


@dataclass(frozen=True)
class Assumption:
    """What a claim of a saving takes for granted, how it enters the calculation, and what the record shows of it."""

    says: str
    value: str  # '250,000 pounds a month'
    enters: str  # 'added', 'taken away', 'multiplied by', 'not in the sum'
    running: str  # what the calculation has come to with it; '' when it is not in the sum
    source: str
    shown: str


@dataclass(frozen=True)
class ClaimedMonth:
    """A month for which a saving was claimed, in pounds. before: the same month before the change, where recorded."""

    month: date
    before: Decimal | None
    after: Decimal

    @property
    def fall(self) -> Decimal | None:
        """By how much it was cheaper; below nothing it cost more."""
        return None if self.before is None else self.before - self.after


@dataclass(frozen=True)
class SavingsClaim:
    """A claim of a saving as it was made, and what the record shows since. monthly: claimed, in pounds."""

    id: str
    title: str
    made: tuple[str, ...]
    monthly: Decimal
    assumptions: tuple[Assumption, ...]
    arithmetic: tuple[str, ...]
    months: tuple[ClaimedMonth, ...]
    conclusion: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """One month as known at a cut date. first_cut: when the month was first known, if earlier."""

    authority: str
    synthetic: bool
    month: date
    cut: date
    first_cut: date | None
    deliveries: tuple[Delivery, ...]
    sources: tuple[Source, ...]
    unlisted_teams: tuple[Unlisted, ...]
    unlisted_areas: tuple[Unlisted, ...]
    chapters: tuple[Chapter, ...]
    pages: tuple[IndicatorPage, ...]
    findings: tuple[Finding, ...]
    rule: tuple[str, ...]  # how findings are chosen, in words
    by_chance: str  # how many signals there are, and how many chance alone would make
    revisions: tuple[Revision, ...]
    points: tuple[Point, ...]
    redefined: tuple[Redefined, ...] = ()
    claims: tuple[SavingsClaim, ...] = ()
    actions: tuple[TakenAction, ...] = ()
    expectations: tuple[HeldExpectation, ...] = ()  # those of no action
    neighbours: NeighbourSet | None = None
    trust: Trust | None = None

    def page(self, indicator: str) -> IndicatorPage:
        return next(page for page in self.pages if page.id == indicator)

    def to_json(self) -> str:
        return json.dumps(as_plain(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Edition:
        return from_plain(cls, json.loads(text))
