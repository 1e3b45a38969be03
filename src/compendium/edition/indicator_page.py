"""The page of one indicator: everything that is known of its month, from the computed figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import dropwhile

from compendium import words
from compendium.calendar.months import month_end, month_start
from compendium.edition import sentences, year_before_words
from compendium.edition.actions_file import Entries
from compendium.edition.comparators import Comparators
from compendium.edition.data_age import age_of
from compendium.edition.differences import Differences, true_share
from compendium.edition.edition import (
    NO_HEADLINE,
    Breakdown,
    Counterweight,
    IndicatorPage,
    Judged,
    Part,
    Reading,
    SetTarget,
    Source,
    Stand,
    Term,
)
from compendium.edition.forecasting import Forecaster
from compendium.edition.impacts import Impacts
from compendium.edition.judging import charted_basis, drawn_since, judged, rebased_by
from compendium.edition.labels import label
from compendium.edition.moves import FLOOR
from compendium.edition.reading import reading, readings
from compendium.edition.seldom import judged_by_gaps
from compendium.edition.strip import Strip
from compendium.edition.targets import held_against
from compendium.edition.year_before import YearBefore
from compendium.indicators.compute import rules_in_force
from compendium.indicators.event_days import event_days
from compendium.indicators.figures import Figure, Figures
from compendium.indicators.rules import RuleInForce
from compendium.indicators.shape import Indicator
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace

SCALES = (
    ("outstanding", "good", "requires_improvement", "inadequate"),
    ("red", "amber", "green"),
    ("Within 3 months", "After 3 to 6 months", "After more than 6 months", "Not known to be closed"),
)
DIMENSIONS = {
    "age_band": "By age", "sex": "By sex", "ethnicity": "By ethnicity", "disability": "By disability",
    "source": "By who made it", "category": "By category", "rating": "By rating", "outcome": "By outcome",
    "grade": "By the grade of the audit",
}  # fmt: skip


@dataclass(frozen=True)
class PageMaker:
    """Makes the pages of one month. snapshot: the record. comparators: published figures."""

    figures: Figures
    workspace: Workspace
    snapshot: Snapshot
    sources: tuple[Source, ...]
    cut: date
    month: date
    comparators: Comparators
    entries: Entries = field(default_factory=Entries)
    _known: dict[tuple[str, str], tuple[Reading, ...]] = field(default_factory=dict, repr=False)

    def page(self, indicator: Indicator) -> IndicatorPage:
        figure = self.figures.one(indicator.id, self.month)
        now, target = reading(indicator, figure), self._target(indicator)
        before = self._reading(indicator, month_end(self.month, -12))
        year = self._reading(indicator, self.month, "rolling_12_months")
        months = self.all_months(indicator)
        found = self._judged(indicator, months)
        strip = self._strip(indicator, now, target, found)
        rules = rules_in_force(indicator, self.figures.catalogue, self.workspace)
        own = [
            sentences.set_here(each.title, each.written, each.default_written) for each in rules if not each.is_default
        ]
        return IndicatorPage(
            id=indicator.id,
            theme=indicator.theme,
            title=indicator.title,
            question=indicator.question,
            value_kind=indicator.value,
            polarity=indicator.polarity,
            polarity_words=sentences.POLARITY[indicator.polarity],
            definition_version=figure.definition_version,
            variant_of=indicator.variant_of,
            definition=definition(indicator, rules),
            sentences=(*_lead(indicator, now, before, year), *own, *self._shown_with(indicator)),
            now=now,
            month_before=self._reading(indicator, month_end(self.month, -1)),
            year_before=before,
            year_to_date=self._reading(indicator, self.month, "year_to_date"),
            rolling_12_months=year,
            judged=found,
            target=target,
            comparisons=strip.cells() if strip else (),
            series=self._series(indicator),
            areas=self._areas(indicator),
            teams=self._teams(indicator),
            breakdowns=self._breakdowns(indicator),
            counterweight=self._counterweight(indicator),
            data_age=self._data_age(indicator, now),
            tests=strip.statements() if strip else (),
            stands=self._stands(indicator),
            restates=indicator.restates,
            forecast=Forecaster(self.figures, self.workspace, self.snapshot, self.month).of(indicator, months),
            practice=Impacts(self.figures, self.entries, self.workspace, self.cut, self.month).on(indicator),
        )

    def _judged(self, indicator: Indicator, months: Sequence[Reading]) -> Judged:
        """By its months; where these hold too few, by the gaps between one event and the next."""
        found = judged(indicator, months, rebased_by(self.workspace, indicator.id, self.cut))
        known = list(dropwhile(lambda each: each.value is None, months))
        if found.sentences != (sentences.NOT_CHARTED["few_cases"],) or any(each.value is None for each in known):
            return found
        first = month_start(known[0].period)
        days = event_days(self.snapshot, self.figures.catalogue, self.workspace, indicator, first, self.month)
        return judged_by_gaps(indicator, days, self.month) or found

    def _data_age(self, indicator: Indicator, now: Reading) -> tuple[str, ...]:
        told = age_of([each.table for need in indicator.needs for each in need.all], self.sources, self.cut)
        if now.status != "no_source":
            return told
        return (*told, *(sentences.not_covered(str(each)) for each in self.figures.lacking(indicator.id, self.month)))

    def _strip(self, indicator: Indicator, now: Reading, target: SetTarget | None, found: Judged) -> Strip | None:
        if indicator.value in NO_HEADLINE:
            return None
        return Strip(
            self.figures, indicator, self.workspace, self.comparators, self.cut, self.month, now, target, found,
            self._differences(indicator),
        )  # fmt: skip

    def _target(self, indicator: Indicator) -> SetTarget | None:
        target = self.workspace.targets.get(indicator.id)
        if target is None or indicator.value in NO_HEADLINE:
            return None
        return held_against(indicator, reading(indicator, self.figures.one(indicator.id, self.month)), target)

    def _reading(self, indicator: Indicator, month: date, basis: str | None = None) -> Reading | None:
        if month not in self.figures.months or (basis is not None and basis not in indicator.bases):
            return None
        return reading(indicator, self.figures.one(indicator.id, month, basis))

    def all_months(self, indicator: Indicator, basis: str | None = None) -> tuple[Reading, ...]:
        """As far back as one version of the definition counts."""
        if indicator.value in NO_HEADLINE:
            return ()
        basis = basis or indicator.bases[0]
        if (indicator.id, basis) not in self._known:
            self._known[indicator.id, basis] = readings(indicator, self.figures, self.month, basis)
        return self._known[indicator.id, basis]

    def _stands(self, indicator: Indicator) -> Stand | None:
        return None if indicator.value in NO_HEADLINE else YearBefore(self.figures, self.month).of(indicator)

    def part_stands(self, indicator: str, dimension: str, part: str) -> Stand | None:
        """How an area, or a part of a breakdown, stands to the same month a year before."""
        own, of = self.figures.catalogue[indicator], YearBefore(self.figures, self.month).of
        return of(own, area=part) if dimension == "area" else of(own, breakdown=(dimension, part))

    def _differences(self, indicator: Indicator) -> Differences:
        """From its single months before this one, or its month ends; from none where it is given for longer only."""
        basis = charted_basis(indicator)
        return Differences(indicator, self.all_months(indicator, basis)[:-1] if basis else ())

    def _series(self, indicator: Indicator, area: str | None = None) -> tuple[Reading, ...]:
        if indicator.value == "mix" or (area is None and indicator.value in NO_HEADLINE):
            return ()
        months = [each for each in self.figures.series(indicator.id, area=area) if each.period <= self.month]
        return tuple(reading(indicator, each) for each in months if each.period >= drawn_since(self.month))

    def _by(self, indicator: Indicator, dimension: str) -> list[tuple[Figure, Reading, Reading | None]]:
        """Each part's figure, as a reading now and a year before."""
        last = month_end(self.month, -12)
        before = self.figures.by(indicator.id, last, dimension) if last in self.figures.months else []
        then = {_key(figure): reading(indicator, figure) for figure in before}
        now = self.figures.by(indicator.id, self.month, dimension)
        return [(figure, reading(indicator, figure), then.get(_key(figure))) for figure in now]

    def _areas(self, indicator: Indicator) -> tuple[Part, ...]:
        if indicator.value == "mix":
            return ()
        found = {figure.area: (now, before) for figure, now, before in self._by(indicator, "area")}
        if indicator.value == "share_gap":
            whole = reading(indicator, self.figures.one(indicator.id, self.month))
            found = {area: (_with_shares(now, whole), before) for area, (now, before) in found.items()}
        return tuple(
            Part(area, name, "", *found[area], self._series(indicator, area))
            for area, name in self.workspace.areas.items()
            if area in found
        )

    def _teams(self, indicator: Indicator) -> tuple[Part, ...]:
        if indicator.value in (*NO_HEADLINE, "rate"):  # nobody lives in a team
            return ()
        areas = self.workspace.areas
        parts = []
        for figure, now, before in self._by(indicator, "team"):
            team = self.figures.teams.get(figure.team or "")
            if team is not None and (figure.numerator or figure.denominator):
                area = areas.get(team.area_id, team.area_id)
                name = label("team", team.name.removeprefix(f"{area} "))  # it stands under its area already
                parts.append(Part(figure.team or "", name, area, now, before))
        # A team may name an area that compendium.toml does not; such areas come last.
        order = {name: number for number, name in enumerate(areas.values())}
        return tuple(sorted(parts, key=lambda part: (order.get(part.group, len(order)), part.group, part.name)))

    def _breakdowns(self, indicator: Indicator) -> tuple[Breakdown, ...]:
        made = []
        for dimension in indicator.dimensions:
            parts = tuple(
                Part(_key(figure), label(dimension, _key(figure)), "", now, before)
                for figure, now, before in self._by(indicator, dimension)
                if figure.value is not None or figure.numerator
            )
            if parts:
                parts = _in_order(parts)
                title = DIMENSIONS.get(dimension, f"By {dimension.replace('_', ' ')}")
                made.append(Breakdown(dimension, title, parts))
        return tuple(made)

    def _counterweight(self, indicator: Indicator) -> Counterweight | None:
        other = self.figures.catalogue.get(indicator.counterweight or "")
        return None if other is None else Counterweight(other.id, other.title, self._beside(other))

    def _shown_with(self, indicator: Indicator) -> tuple[str, ...]:
        """Those without which it is not to be read: they go wherever its own sentences go."""
        others = (self.figures.catalogue.get(name) for name in indicator.show_with)
        return tuple(self._beside(other) for other in others if other is not None)

    def _beside(self, other: Indicator) -> str:
        """Another indicator's figure of the month in one sentence."""
        if other.value in NO_HEADLINE:
            return year_before_words.counterweight_in_parts(other.title)
        now, found = reading(other, self.figures.one(other.id, self.month)), self._stands(other)
        written = year_before_words.NO_CASES if now.denominator == 0 else now.written
        return year_before_words.counterweight(other.title, written, *((found.words, found.is_tested) if found else ()))


def _lead(indicator: Indicator, now: Reading, before: Reading | None, year: Reading | None) -> tuple[str, ...]:
    """Out of how many and when, then what it was a year before, and what it is per head or over twelve months."""
    if indicator.value == "mix":
        return (sentences.mix_of(now.denominator or Decimal(0), now.period, now.basis),)
    if indicator.value == "share_gap":
        return (sentences.shares_of(now.period, now.basis),)
    told = [sentences.counted(now.of, now.period, now.basis)]
    if now.denominator is not None and now.denominator < FLOOR and year is not None and year.value is not None:
        told.append(sentences.few(year.in_full))
    if indicator.value == "percent" and now.numerator is not None and now.denominator and now.denominator < FLOOR:
        told += [each for each in [true_share(now.numerator, now.denominator)] if each]
    if before is not None and before.value is not None and now.is_like(before):
        told.append(sentences.was(before.in_full, before.period, before.basis))
    if now.rate is not None and indicator.value == "count":
        rated = year if year is not None and year.rate is not None else now
        told.append(sentences.rate(words.number(rated.rate or 0, 1), rated.period, rated.basis))
    if now.is_provisional:
        told.append(sentences.PROVISIONAL)
    return tuple(told)


def _with_shares(part: Reading, whole: Reading) -> Reading:
    """Both shares that a gap is the difference of, in words."""
    if not (part.numerator is not None and part.denominator is not None and whole.numerator and whole.denominator):
        return part
    shares = part.numerator / whole.numerator * 100, part.denominator / whole.denominator * 100
    return replace(part, of=sentences.against(*shares))


def definition(indicator: Indicator, rules: Sequence[RuleInForce]) -> tuple[Term, ...]:
    """The lines of the definition as the catalogue words it. rules: the local rules in force."""
    lines = {
        "Why it matters": indicator.words.get("why", ""),
        "How it is counted": indicator.words.get("clock", ""),
        "Read with care": indicator.words.get("caution", ""),
        "Local rules": ". ".join(map(str, rules)),
        "Source": indicator.words.get("source", ""),
        "Published elsewhere": indicator.words.get("benchmark", ""),
        "Who answers for it": indicator.words.get("governance", ""),
        "Nothing to read beside it": indicator.no_counterweight or "",
        "Definition": f"Version {indicator.definition_version}, kept as {indicator.id} in the catalogue.",
        "What changed": " ".join(map(str, indicator.changes)),
    }
    return tuple(Term(name, said) for name, said in lines.items() if said)


def _key(figure: Figure) -> str:
    return figure.area or figure.team or (figure.breakdown[1] if figure.breakdown else "")


def _in_order(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Parts that are steps of a known scale in the order of its steps; others as they came."""
    for scale in SCALES:
        if all(part.id in scale for part in parts):
            return tuple(sorted(parts, key=lambda part: scale.index(part.id)))
    return parts
