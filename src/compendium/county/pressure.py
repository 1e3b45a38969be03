"""How hard pressed a team is: its quadrant's share of the work over its share of the workers, and who is lately gone.

This is what makes the South East late: it has more of the families than of the workers, throughout;
and what makes January 2017 worse there, after three workers left one assessment team in December.
"""

from __future__ import annotations

from functools import lru_cache

from compendium.county import days, places
from compendium.county.workforce import Workforce


class Pressure:
    def __init__(self, workforce: Workforce) -> None:
        self.workforce = workforce
        self.on = lru_cache(maxsize=None)(self._on)
        self.of_area = lru_cache(maxsize=None)(self._of_area)

    def _of_area(self, area: str, month: int) -> float:
        """1 where work and workers are in balance, as for teams that serve the whole county."""
        if area not in places.FAMILIES:
            return 1.0
        there = {each: self._workers(each, month) for each in places.AREAS}
        share = there[area] / max(sum(there.values()), 0.1)
        return min(max(places.FAMILIES[area] / max(share, 0.02), 0.7), 1.6)

    def _on(self, team: str, month: int) -> tuple[float, float]:
        """(its quadrant's pressure, its usual strength over its strength now)."""
        now = self._strength(team, month)
        usual = sum(self._strength(team, month - back) for back in range(2, 8)) / 6
        thin = min(max(usual / max(now, 0.3), 0.8), 1.6) if usual else 1.0
        return self.of_area(places.row_of(team, _middle(month)).area, month), thin

    def _strength(self, team: str, month: int) -> float:
        return self.workforce.fte(team, _middle(month))

    def _workers(self, area: str, month: int) -> float:
        """Case-holding strength of a quadrant, FTE."""
        rows = {
            row.team_id for row in places.team_rows() if row.area == area and row.posts and row.stands(_middle(month))
        }
        return sum(self._strength(team, month) for team in sorted(rows))


def _middle(month: int) -> int:
    return min(max(days.first_of(month) + 14, places.BEGINNING), days.END)
