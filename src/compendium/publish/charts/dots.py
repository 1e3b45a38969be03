"""Dots on one scale: a mark a row, rows under the headings of their groups, never in order of rank."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from compendium.publish.charts import palette
from compendium.publish.charts.drawing import NARROW, WIDE, Drawing, text_width
from compendium.publish.charts.scale import Scale, tick_words, ticks_for

_LINE = 19
LETTER = 10  # about as wide as a letter is, on the wide side
_BESIDE = 12  # letters: the least that is room for a name beside its value
_ROW = 34
_HEAD = 40


@dataclass(frozen=True)
class Row:
    """value None: no mark, and `written` says why ('too few'). other: a second mark, drawn as a ring."""

    name: str
    group: str
    value: Decimal | None
    written: str
    other: Decimal | None = None


@dataclass(frozen=True)
class Dots:
    """value_name and other_name head the written values; target: a dashed line and its words."""

    slug: str
    title: str
    description: str
    kind: str
    rows: tuple[Row, ...]
    target: tuple[Decimal, str] | None = None

    @property
    def can_be_drawn(self) -> bool:
        return any(row.value is not None for row in self.rows)

    @property
    def starts_at(self) -> float:
        return self._ticks()[0]

    def wide(self) -> str:
        return self._draw(WIDE, name_room=230).svg("ch w")

    def narrow(self, css_class: str = "ch n") -> str:
        return self._draw(NARROW, name_room=0).svg(css_class)

    def _ticks(self) -> tuple[float, ...]:
        values = [value for row in self.rows for value in (row.value, row.other) if value is not None]
        return ticks_for([float(value) for value in (*values, *([self.target[0]] if self.target else []))], self.kind)

    def _draw(self, width: int, name_room: int) -> Drawing:
        top = 34.0 if self.target else 8.0
        places: list[tuple[Row, list[str], float]] = []
        heads: list[tuple[str, float]] = []
        group, y = "", top
        for row in self.rows:
            if row.group and row.group != group:
                group = row.group
                heads.append((group, y + 26))
                y += _HEAD
            lines = wrap(row.name, 26) or [""] if name_room else _lines(row, width)
            room = _LINE * (len(lines) - 1) + (_ROW if name_room else _ROW + 16)
            places.append((row, lines, y))
            y += room
        picture = Drawing(width, y + 30, f"{self.slug}-{'w' if name_room else 'n'}", self.title, self.description)
        values = max(text_width(row.written, bold=True) for row in self.rows) + 12 if name_room else 6
        ticks = self._ticks()
        along = Scale(ticks, name_room + 14 if name_room else 16, width - values - 14)
        self._frame(picture, along, top, y)
        for name, at in heads:
            picture.text((0, at), name, bold=True, halo=True)
        for row, lines, at in places:
            _mark(picture, along, row, lines, at, name_room)
        return picture

    def _frame(self, picture: Drawing, along: Scale, top: float, floor: float) -> None:
        for number, tick in enumerate(along.ticks):
            x = along.at(tick)
            picture.line((x, top), (x, floor), palette.RULE)
            fits = picture.width > NARROW or number % 2 == 0
            if fits:
                name = tick_words(tick, self.kind)
                at = _within(picture, x, text_width(name))
                picture.text((at, floor + 20), name, colour=palette.GREY, anchor="middle")
        if self.target:
            x = along.at(self.target[0])
            picture.line((x, top - 8), (x, floor), palette.INK, 2, "7 5")
            at = _within(picture, x, text_width(self.target[1], bold=True))
            picture.text((at, top - 15), self.target[1], anchor="middle", bold=True)


def _within(picture: Drawing, middle: float, width: float) -> float:
    """Where the middle of words must be for none of them to be cut."""
    return min(max(middle, width / 2), picture.width - width / 2)


def _lines(row: Row, width: int) -> list[str]:
    """The name on a narrow drawing: beside the row's value or, where that leaves too little room, on lines above it."""
    beside = int((width - 22 - text_width(row.written, bold=True)) / LETTER)
    if beside >= _BESIDE:
        return wrap(row.name, beside) or [""]
    return [*wrap(row.name, int((width - 16) / LETTER)), ""]


def _mark(picture: Drawing, along: Scale, row: Row, lines: list[str], top: float, name_room: int) -> None:
    for number, line in enumerate(lines):
        at = (8, top + 21 + number * _LINE)
        picture.text(at, line, halo=not name_room)
    bold = row.value is not None
    colour = palette.INK if bold else palette.GREY
    if name_room:
        first = top + 21 + (len(lines) - 1) * _LINE / 2
    else:
        first = top + 21 + (0 if lines[-1] else len(lines) - 1) * _LINE
    picture.text((picture.width - 2, first), row.written, anchor="end", bold=bold, colour=colour, halo=not name_room)
    y = first - 5.5 if name_room else top + 36 + (len(lines) - 1) * _LINE
    if row.value is None:
        return
    x = along.at(row.value)
    if row.other is not None:
        picture.line((x, y), (along.at(row.other), y), palette.MID, 4)
        picture.ring((along.at(row.other), y), 6)
    picture.dot((x, y), 6.5)
