"""The funnel: dots on two scales, size along and value up, over the ground where chance alone would leave them.

Pale grey holds 99.8% of what chance does, darker grey 95%. A unit beyond is a diamond, filled beyond the pale grey,
and named where there is room; the table below it names all. Nothing is in order of rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from compendium.publish.charts import palette
from compendium.publish.charts.drawing import NARROW, WIDE, Drawing, Spot, text_width
from compendium.publish.charts.placing import Label
from compendium.publish.charts.scale import Scale, tick_words, ticks_for

FILLED, OPEN, DOT, RING = "filled", "open", "dot", "ring"
_REACH = 9  # from the middle of a mark to its name


@dataclass(frozen=True)
class Unit:
    """shape: FILLED beyond the outer limits, OPEN beyond the inner ones, DOT within, RING too few to say."""

    name: str
    size: Decimal
    value: Decimal
    shape: str = DOT


@dataclass(frozen=True)
class Limit:
    """The limits of a unit of one size: outer low, inner low, inner high, outer high."""

    size: float
    values: tuple[float, float, float, float]


@dataclass(frozen=True)
class Funnel:
    """kind: of the value. centre: of all units together, and its words. limits: by size, the smallest first."""

    slug: str
    title: str
    description: str
    kind: str
    size_words: str
    units: tuple[Unit, ...]
    centre: tuple[Decimal, str]
    limits: tuple[Limit, ...] = ()

    @property
    def can_be_drawn(self) -> bool:
        return len(self.units) > 1

    @property
    def starts_at(self) -> float:
        return self._ticks()[0]

    def wide(self) -> str:
        return self._draw(WIDE, 400).svg("ch w")

    def narrow(self, css_class: str = "ch n") -> str:
        return self._draw(NARROW, 300).svg(css_class)

    def _ticks(self) -> tuple[float, ...]:
        """Of the values; limits that reach further are cut off at the frame."""
        return ticks_for([float(unit.value) for unit in self.units] + [float(self.centre[0])], self.kind)

    def _draw(self, width: int, height: int) -> Drawing:
        picture = Drawing(width, height, f"{self.slug}-{'w' if width == WIDE else 'n'}", self.title, self.description)
        ticks = self._ticks()
        left = max(text_width(tick_words(tick, self.kind)) for tick in ticks) + 10
        up = Scale(ticks, height - 56, 16)
        sizes = ticks_for([max(float(unit.size) for unit in self.units)], "count")
        along = Scale(sizes, left + 8, width - 16)
        self._ground(picture, along, up)
        _frame(picture, along, up, self.kind, left)
        picture.text((width - 16, height - 6), self.size_words, colour=palette.GREY, anchor="end")
        middle = up.at(self.centre[0])
        picture.line((along.start, middle), (along.end, middle), palette.INK, 2)
        taken = self._marks(picture, along, up)
        if width == WIDE:
            self._names(picture, along, up, taken)
        return picture

    def _ground(self, picture: Drawing, along: Scale, up: Scale) -> None:
        def edge(at: int) -> list[Spot]:
            low, high = up.ticks[0], up.ticks[-1]
            return [(along.at(each.size), up.at(min(max(each.values[at], low), high))) for each in self.limits]

        if self.limits:
            picture.area([*edge(0), *reversed(edge(3))], palette.RANGE)
            picture.area([*edge(1), *reversed(edge(2))], palette.INNER_RANGE)
            for at in range(4):
                picture.polyline(edge(at), palette.MID, 1)

    def _marks(self, picture: Drawing, along: Scale, up: Scale) -> list[Spot]:
        """Those beyond the limits last, so that none is covered."""
        spots = []
        for unit in sorted(self.units, key=lambda each: (DOT, RING, OPEN, FILLED).index(each.shape)):
            spot = along.at(unit.size), up.at(unit.value)
            spots.append(spot)
            if unit.shape in (FILLED, OPEN):
                picture.diamond(spot, 5.5, unit.shape == FILLED)
            elif unit.shape == RING:
                picture.ring(spot, 3.5, palette.MID)
            else:
                picture.dot(spot, 3.5)
        return spots

    def _names(self, picture: Drawing, along: Scale, up: Scale, marks: Sequence[Spot]) -> None:
        """Of the units beyond the outer limits, and of the centre, each where it covers no mark and no other name."""
        middle = up.at(self.centre[0])
        wanted = [(self.centre[1], [(along.start + 6, middle - 7), (along.start + 6, middle + 18)])]
        for unit in self.units:
            if unit.shape == FILLED:
                x, y = along.at(unit.size), up.at(unit.value)
                room = text_width(unit.name, bold=True)
                beside = [(x + _REACH, y + 5), (x - _REACH - room, y + 5)]
                wanted.append((unit.name, [*beside, (x - room / 2, y - _REACH - 3), (x - room / 2, y + _REACH + 13)]))
        placed: list[Label] = []
        for name, spots in wanted:
            for x, y in spots:
                label = Label(name, x, y)
                if _is_clear(label, along, up, marks, placed):
                    placed.append(label)
                    picture.text((x, y), name, bold=True, halo=True)
                    break


def _is_clear(label: Label, along: Scale, up: Scale, marks: Sequence[Spot], placed: Sequence[Label]) -> bool:
    left, top, right, bottom = label.box
    if left < along.start or right > along.end or top < up.end - 8 or bottom > up.start:
        return False
    return not any(label.meets(each) for each in placed) and not any(
        left - 6 < x < right + 6 and top - 4 < y < bottom + 4 for x, y in marks
    )


def _frame(picture: Drawing, along: Scale, up: Scale, kind: str, left: float) -> None:
    for tick in up.ticks:
        y = up.at(tick)
        picture.line((along.start, y), (along.end, y), palette.RULE)
        picture.text((left, y + 5.5), tick_words(tick, kind), colour=palette.GREY, anchor="end")
    end = -1.0
    for tick in along.ticks:
        x, name = along.at(tick), tick_words(tick, "count")
        middle = min(x, picture.width - text_width(name) / 2)
        if middle - text_width(name) / 2 > end:
            picture.text((middle, up.start + 20), name, colour=palette.GREY, anchor="middle")
            end = middle + text_width(name) / 2 + 8
