"""How a figure, or a part of it, stands to the same month a year before: by its test, or said to be untested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from compendium.calendar.months import month_end
from compendium.edition import sentences, year_before_words
from compendium.edition.differences import Differences
from compendium.edition.edition import Reading, Stand
from compendium.edition.judging import charted_basis
from compendium.edition.moves import move
from compendium.edition.reading import readings
from compendium.indicators.figures import Figures
from compendium.indicators.shape import Indicator

Breakdown = tuple[str, str]


@dataclass(frozen=True)
class YearBefore:
    """Of one month's figures."""

    figures: Figures
    month: date

    def of(self, indicator: Indicator, *, area: str | None = None, breakdown: Breakdown | None = None) -> Stand | None:
        """None where one of the two is missing, or they are not alike."""
        months = self._months(indicator, indicator.bases[0], area, breakdown)
        now = months[-1]
        before = next((each for each in months if each.period == month_end(self.month, -12)), None)
        found = move(indicator.value, now, before)
        if found is None or before is None:
            return None
        single = charted_basis(indicator)
        if single != indicator.bases[0]:
            months = self._months(indicator, single, area, breakdown) if single else ()
        tested = Differences(indicator, months[:-1]).between(now, before)
        if tested.is_few:
            return Stand(year_before_words.TOO_FEW_TO_COMPARE, True)
        if tested.answer == "no_clear_change":
            return Stand(sentences.NO_CLEAR_CHANGE.lower(), True)
        return Stand(found.words, tested.difference is not None)

    def _months(
        self, indicator: Indicator, basis: str, area: str | None, breakdown: Breakdown | None
    ) -> tuple[Reading, ...]:
        return readings(indicator, self.figures, self.month, basis, area=area, breakdown=breakdown)
