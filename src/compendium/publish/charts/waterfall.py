"""A horizontal waterfall: from what was expected to what came, one step for each part; from 0.

The main driver is solid in the colour of the verdict, the other steps are pale with an edge in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise
from textwrap import wrap

from compendium.publish.charts import palette
from compendium.publish.charts.drawing import NARROW, WIDE, Drawing, text_width
from compendium.publish.charts.line import SENSES
from compendium.publish.charts.scale import Scale

PALE = {"better": "#9dbde0", "worse": "#e3b693", "neither": "#a98cc2"}  # always with an edge in the strong colour

_LINE = 19  # from one line of text to the next
_BAR, _GAP = 26, 14
_NAMES, _LETTERS = 222, 21  # room for the names beside the bars, and how many letters of them make a line


@dataclass(frozen=True)
class Step:
    """size: signed. written: beside the bar."""

    name: str
    size: Decimal
    written: str
    is_main: bool = False


@dataclass(frozen=True)
class Waterfall:
    """first, last: the names and sizes of the two whole bars; the steps lead from the one to the other. sense: better,
    worse or neither."""

    slug: str
    title: str
    description: str
    first: Step
    steps: tuple[Step, ...]
    last: Step
    sense: str

    def wide(self) -> str:
        return self._draw(WIDE, beside=True).svg("ch w")

    def narrow(self, css_class: str = "ch n") -> str:
        return self._draw(NARROW, beside=False).svg(css_class)

    def _draw(self, width: int, *, beside: bool) -> Drawing:
        """beside: the names stand to the left of their bars; else above them."""
        bars = (self.first, *self.steps, self.last)
        names = [wrap(each.name, _LETTERS if beside else 28) or [""] for each in bars]
        tops, height = _tops([len(each) for each in names], beside=beside)
        picture = Drawing(width, height, f"{self.slug}-{'w' if beside else 'n'}", self.title, self.description)
        along = self._along(width, _NAMES + 10 if beside else 1)
        edges = self._edges()
        for at, top in enumerate(tops[1:]):  # under the words
            reached = along.at(edges[at][1])
            picture.line((reached, tops[at] + _BAR), (reached, top), palette.MID)
        for at, (each, lines, top) in enumerate(zip(bars, names, tops, strict=True)):
            is_whole = at in (0, len(bars) - 1)
            bold = is_whole or each.is_main
            first = top + (_BAR - len(lines) * _LINE) / 2 + 14.5 if beside else top - len(lines) * _LINE + 13
            for number, line in enumerate(lines):
                place = (_NAMES if beside else 8, first + number * _LINE)
                picture.text(place, line, anchor="end" if beside else "start", bold=bold, halo=not beside)
            low, high = (along.at(edge) for edge in sorted(edges[at]))
            picture.bar((low, top), max(high - low, 1), _BAR, *self._paint(each, is_whole))
            picture.text((high + 8, top + _BAR / 2 + 5.5), each.written, bold=bold)
        picture.line((along.at(0), 0), (along.at(0), height), palette.INK)
        return picture

    def _paint(self, step: Step, is_whole: bool) -> tuple[str, str]:
        """Filling and edge."""
        if is_whole:
            return palette.GREY, "none"
        strong = SENSES[self.sense]
        return (strong, "none") if step.is_main else (PALE[self.sense], strong)

    def _edges(self) -> list[tuple[Decimal, Decimal]]:
        """Where each bar begins and where it ends."""
        reached = list(accumulate((each.size for each in self.steps), initial=self.first.size))
        steps = list(pairwise(reached))
        return [(Decimal(0), self.first.size), *steps, (Decimal(0), self.last.size)]

    def _along(self, width: int, start: float) -> Scale:
        """As wide as leaves room for what is written at the end of every bar."""
        written = [self.first.written, *(each.written for each in self.steps), self.last.written]
        ends = [(float(min(edges)), float(max(edges))) for edges in self._edges()]
        low, high = min(0.0, *(end[0] for end in ends)), max(1e-9, *(end[1] for end in ends))
        room = min(
            (width - start - text_width(words, bold=True) - 10) * (high - low) / max(end[1] - low, 1e-9)
            for words, end in zip(written, ends, strict=True)
        )
        return Scale((low, high), start, start + min(room, width - start - 2))


def _tops(lines: list[int], *, beside: bool) -> tuple[list[float], float]:
    """Where each bar begins, and how high the picture is."""
    tops, top = [], 6.0 if beside else 0.0
    for number in lines:
        over = 0 if beside else number * _LINE + 5
        spare = max(number * _LINE - _BAR, 0) / 2 if beside else 0
        tops.append(top + over + spare)
        top += over + 2 * spare + _BAR + (_GAP if beside else 10)
    return tops, top
