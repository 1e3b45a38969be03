"""What one authority says of one indicator: its months as cells, on which bases they have a source, by which rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from compendium import words
from compendium.calendar.months import month_ends
from compendium.indicators.cells import Cells
from compendium.indicators.numbers import Numbers, Period, measure
from compendium.indicators.periods import period_start
from compendium.indicators.placing import month_number
from compendium.indicators.shape import Indicator
from compendium.indicators.tally import WHOLE, MonthTally
from compendium.pooling.addable import empty_tally
from compendium.pooling.month_cells import MonthCell

Rules = Mapping[str, int | str]


@dataclass
class Contribution:
    """months: those the file holds, first and last; told: those it has numbers for, which the others are not 0.

    children: month -> of how many children the rate is, and by which estimate.
    """

    definition: Indicator
    version: int
    fingerprint: str
    rules: Rules
    as_at: date
    months: tuple[date, date]
    cells: Cells = field(default_factory=Cells)
    sourced: dict[date, tuple[str, ...]] = field(default_factory=dict)
    states: dict[date, str] = field(default_factory=dict)
    children: dict[date, tuple[int, str | None]] = field(default_factory=dict)
    told: set[date] = field(default_factory=set)

    def differs(self, fingerprint: str, rules: Rules) -> str:
        """How its definition is not the pool's, whose fingerprint and rules these are; '' where they are the same."""
        if self.version != self.definition.definition_version:
            return f"its definition is version {self.version}, not {self.definition.definition_version}"
        if self.fingerprint != fingerprint:
            return f"its definition is called version {self.version} but counts otherwise"
        unlike = sorted(name for name in {*rules, *self.rules} if rules.get(name) != self.rules.get(name))
        own = words.listing([f"{name} = {self.rules.get(name, 'not set')}" for name in unlike])
        pools = words.listing([str(rules.get(name, "not set")) for name in unlike])
        return f"its rule is {own}, not {pools}" if unlike else ""

    def lacks(self, basis: str, month: date) -> str:
        """Why it has no numbers for a period; '' where it has."""
        first, last = self.months
        needed = list(month_ends(period_start(basis, month), month))
        before, after = [each for each in needed if each < first], [each for each in needed if each > last]
        if before or after:
            return f"its file lacks {words.listing([_named(each) for each in (before, after) if each])}"
        if self.states.get(month) == "cannot_compute":
            return "it could not be computed there"
        if basis not in self.sourced.get(month, ()):
            return "no source"
        untold = [each for each in needed if each not in self.told]
        return f"its file has no number for {_named(untold)}" if untold else ""

    def numbers(self, basis: str, month: date, breakdown: tuple[str, str] | None) -> Numbers:
        period = Period(basis, month_number(period_start(basis, month)), month_number(month))
        return measure(self.definition, self.cells, WHOLE, breakdown, period, self.states[month])


def contribution(definition: Indicator, rows: Sequence[MonthCell], months: tuple[date, date]) -> Contribution:
    """Of the rows of one indicator in one file."""
    one = rows[0]
    made = Contribution(definition, one.definition_version, one.fingerprint, one.rules, one.as_at, months)
    first, last = month_number(months[0]), month_number(months[1])
    numerator = made.cells.numerator = empty_tally(definition, "numerator", first, last)
    denominator = empty_tally(definition, "denominator", first, last)
    if definition.has_denominator:
        made.cells.denominator = denominator
    excluded: dict[str, MonthTally] = {}
    for row in rows:
        number = month_number(row.month)
        if row.numerator is not None:
            key = WHOLE if row.category is None else ("category", row.category)
            numerator.add([key], number, row.numerator)
        if row.denominator is not None:
            denominator.add([WHOLE], number, row.denominator)
        if row.category is not None:
            continue
        for reason, count in row.excluded.items():
            if reason not in excluded:
                excluded[reason] = empty_tally(definition, "excluded", first, last)
            excluded[reason].add([WHOLE], number, count)
        if row.denominator is not None if definition.has_denominator else row.numerator is not None:
            made.told.add(row.month)
        made.sourced[row.month], made.states[row.month] = row.sourced, row.status
        if row.children is not None:
            made.children[row.month] = row.children, row.population
    made.cells.excluded.update(excluded)
    return made


def _named(months: Sequence[date]) -> str:
    """'January 2016', 'January 2016 to March 2016'."""
    ends = [words.month(each) for each in (months[0], months[-1])]
    return " to ".join(dict.fromkeys(ends))
