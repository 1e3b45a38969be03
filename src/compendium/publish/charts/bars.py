"""Bars lying on their side, from 0: the parts of a figure, in the order given, each with its value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from compendium.publish.charts import palette
from compendium.publish.charts.drawing import NARROW, WIDE, Drawing, text_width
from compendium.publish.charts.scale import Scale

_LINE = 19  # from one line of text to the next
_BAR = 20


@dataclass(frozen=True)
class Bar:
    """before: the same part a year earlier, drawn as an upright line; None where it is not known."""

    name: str
    value: Decimal | None
    written: str
    before: Decimal | None = None


@dataclass(frozen=True)
class Bars:
    slug: str
    title: str
    description: str
    bars: tuple[Bar, ...]

    @property
    def can_be_drawn(self) -> bool:
        return any(bar.value for bar in self.bars)

    def wide(self) -> str:
        return self._draw(WIDE, name_room=225, letters=25).svg("ch w")

    def narrow(self, css_class: str = "ch n") -> str:
        return self._draw(NARROW, name_room=0, letters=32).svg(css_class)

    def _draw(self, width: int, name_room: int, letters: int) -> Drawing:
        """name_room: how much of the width the names take; 0 puts each name above its bar."""
        names = [wrap(bar.name, letters) or [""] for bar in self.bars]
        rooms = [_room(len(lines), name_room > 0) for lines in names]
        side = "w" if name_room else "n"
        picture = Drawing(width, sum(rooms) + 4, f"{self.slug}-{side}", self.title, self.description)
        value_room = max(text_width(bar.written, bold=True) for bar in self.bars) + 14
        values = [float(value) for bar in self.bars for value in (bar.value, bar.before) if value is not None]
        along = Scale((0.0, max([*values, 1e-9])), name_room + 10 if name_room else 1, width - value_room)
        top = 2.0
        for bar, lines, room in zip(self.bars, names, rooms, strict=True):
            self._one(picture, along, bar, lines, top, room, name_room)
            top += room
        picture.line((along.start, 0), (along.start, top), palette.INK)
        return picture

    def _one(
        self, picture: Drawing, along: Scale, bar: Bar, lines: list[str], top: float, room: float, name_room: int
    ) -> None:
        block = len(lines) * _LINE
        if name_room:
            first, bar_top = top + (room - block) / 2 + 14, top + (room - _BAR) / 2
        else:
            first, bar_top = top + 15, top + block + 3
        for number, line in enumerate(lines):
            at = (name_room, first + number * _LINE) if name_room else (8, first + number * _LINE)
            picture.text(at, line, anchor="end" if name_room else "start")
        end = along.start
        if bar.value is not None:
            end = along.at(max(bar.value, Decimal(0)))
            picture.bar((along.start, bar_top), end - along.start, _BAR, palette.MID)
        if bar.before is not None:
            x = along.at(max(bar.before, Decimal(0)))
            picture.line((x, bar_top - 4), (x, bar_top + _BAR + 4), palette.WHITE, 6)
            picture.line((x, bar_top - 4), (x, bar_top + _BAR + 4), palette.INK, 2.5)
            end = max(end, x)
        picture.text((end + 8, bar_top + _BAR / 2 + 5.5), bar.written, bold=True)


def _room(lines: int, beside: bool) -> float:
    return max(lines * _LINE, _BAR) + 14 if beside else lines * _LINE + _BAR + 18
