"""The line: one series over months, its target dashed and named, its newest point marked and valued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from compendium import words
from compendium.publish.charts import palette
from compendium.publish.charts.drawing import NARROW, WIDE, Drawing, Spot, text_width
from compendium.publish.charts.placing import Label, beside, first_clear
from compendium.publish.charts.scale import Scale, tick_words, ticks_for

LEAST = 13  # points below which months are told by a table, not drawn
SENSES = {"better": palette.BETTER, "worse": palette.WORSE, "neither": palette.NEUTRAL}
ROW, ABOVE = 20, 36  # between the names of events, and of the lowest above the picture
ON_A_PHONE = 25  # the newest months, which are all that a narrow drawing has room for


@dataclass(frozen=True)
class Month:
    """value: None where there is no source, which leaves a gap; provisional is drawn as a ring.

    version: of the definition. Between two versions the line is broken, and the break is marked. year: which one it
    tells of, where months restate a year; between two the line is broken. still: where a month that may still change
    may end up.
    """

    month: date
    value: Decimal | None
    written: str
    provisional: bool = False
    version: int = 1
    still: tuple[Decimal, Decimal] | None = None
    year: int = 0


@dataclass(frozen=True)
class Range:
    """Where a month would lie if nothing had happened: nearly always between low and high, mostly between the inner."""

    low: Decimal
    inner_low: Decimal
    inner_high: Decimal
    high: Decimal


@dataclass(frozen=True)
class Ahead:
    """A month to come: the forecast, None where no single figure is given, within its two ranges."""

    month: date
    point: Decimal | None
    within: Range


@dataclass(frozen=True)
class Event:
    """Something dated that the months are read with."""

    on: date
    name: str


@dataclass(frozen=True)
class Line:
    """kind: the indicator's kind of value. ranges: of each month, None where there is none yet. mark: of the newest
    month, 'signal', 'worth_a_look' or ''; sense: 'better', 'worse' or 'neither'. scale_with: values of sibling charts
    that share one scale.

    target_since: the day the target was set; no month before it is shown against it.
    """

    slug: str
    title: str
    description: str
    kind: str
    months: tuple[Month, ...]
    target: tuple[Decimal, str] | None = None
    target_since: date | None = None
    misses_target: bool = False
    ranges: tuple[Range | None, ...] = ()
    mark: str = ""
    sense: str = "neither"
    scale_with: tuple[Decimal, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def can_be_drawn(self) -> bool:
        return len(self._known()) >= LEAST

    @property
    def values(self) -> list[float]:
        aims = [self.target[0]] if self.target else []
        ranges = [*self.ranges, *(each.within for each in self.ahead)]
        edges = [edge for each in ranges if each is not None for edge in (each.low, each.high)]
        edges += [edge for month in self.months if month.still for edge in month.still]
        return [float(value) for value in (*self._known(), *aims, *edges, *self.scale_with)]

    def _known(self) -> list[Decimal]:
        return [month.value for month in self.months if month.value is not None]

    @property
    def starts_at(self) -> float:
        return ticks_for(self.values, self.kind)[0]

    def wide(self) -> str:
        newest = self.months[-1]
        room = max(text_width(newest.written, bold=True), text_width(words.month(newest.month)))
        if self.ahead:  # the newest month is named inside, and the ends of the last range stand at the edge
            room = text_width(words.number(self.ahead[-1].within.high))
        return self._draw(WIDE, 340, right=room + 20, dots=True).svg("ch w")

    def narrow(self, css_class: str = "ch n") -> str:
        """The newest 25 months, on the scale of all of them."""
        whole = tuple(Decimal(str(value)) for value in self.values)
        newest = replace(self, months=self.months[-ON_A_PHONE:], ranges=self.ranges[-ON_A_PHONE:], scale_with=whole)
        return newest._draw(NARROW, 230, right=14, dots=False).svg(css_class)

    def _draw(self, width: int, height: int, right: float, dots: bool) -> Drawing:
        suffix = "w" if dots else "n"
        ticks = ticks_for(self.values, self.kind)
        left = max(text_width(tick_words(tick, self.kind)) for tick in ticks) + 10
        events = self._shown_events(width)
        above = ROW * sum(len(lines) for _, lines in events)  # each name has a row of its own above the picture
        height += above
        picture = Drawing(width, height, f"{self.slug}-{suffix}", self.title, self.description)
        up = Scale(ticks, height - 28, 34 + above)
        across = Scale((0.0, float(max(1, len(self.months) - 1 + len(self.ahead)))), left + 8, width - right)
        _range(picture, across, up, self.ranges)
        _gridlines(picture, up, self.kind, left, width - right + 8)
        _month_names(picture, across, [each.month for each in self.months], up.start, dots)
        begins = self._target_begins(left, across)
        if self.target and begins is not None:
            aim = up.at(self.target[0])
            picture.line((begins, aim), (width - right + 8, aim), palette.INK, 2, "7 5")
        spots = [
            None if month.value is None else (across.at(number), up.at(month.value))
            for number, month in enumerate(self.months)
        ]
        _still(picture, across, up, self.months, 10 if dots else 6)
        _breaks(picture, across, self.months, up)
        fan = _fan(picture, across, up, spots[-1], len(self.months), self.ahead, dots)
        _series(picture, spots, self.months, dots)
        newest = self._newest(picture, spots, fan, dots, up)
        if begins is not None:
            newest = [*newest, self._name_target(picture, up, begins + 6, spots, newest)]
        _events(picture, across, up, events, newest)
        return picture

    def _shown_events(self, width: float) -> list[tuple[float, list[str]]]:
        """Those within the months drawn, oldest first: between which of them, and the name in lines that fit."""
        first, last = self.months[0].month, self.months[-1].month
        shown = sorted((each for each in self.events if first < each.on <= last), key=lambda each: each.on)
        places = [next(at for at, month in enumerate(self.months) if month.month >= each.on) - 0.5 for each in shown]
        return [(at, _lines(each.name, width - 8)) for at, each in zip(places, shown, strict=True)]

    def _target_begins(self, left: float, across: Scale) -> float | None:
        """Where the target's line begins: at the edge, at the first month after it was set, or nowhere."""
        if self.target is None:
            return None
        since = self.target_since or self.months[0].month
        first = next((number for number, month in enumerate(self.months) if month.month >= since), None)
        return left if first == 0 else None if first is None else across.at(first)

    def _name_target(
        self, picture: Drawing, up: Scale, left: float, spots: Sequence[Spot | None], taken: Sequence[Label]
    ) -> Label:
        """Above or below the dashed line, at its beginning or its middle, where the series leaves room."""
        assert self.target is not None
        aim, name = up.at(self.target[0]), self.target[1]
        latest = picture.width - text_width(name, bold=True) - 4
        across = (min(left, latest), min(max(left, picture.width * 0.3), latest))
        places = [(x, y) for x in across for y in (aim - 7, aim + 18)]
        if (before := left - 26 - text_width(name, bold=True)) > 0:  # in front of a line that begins late
            places.append((before, aim + 5))
        label = first_clear([Label(name, x, y) for x, y in places], spots, taken, up.end - 34, up.start)
        picture.text((label.x, label.y), name, bold=True, halo=True)
        return label

    def _newest(
        self, picture: Drawing, spots: Sequence[Spot | None], fan: Sequence[Spot | None], wide: bool, up: Scale
    ) -> list[Label]:
        """The mark and the value of the newest month; nothing where it has none. fan: edges to keep clear of."""
        newest, spot = self.months[-1], spots[-1]
        if spot is None:
            return []
        colour = SENSES[self.sense] if self.mark else palette.WORSE if self.misses_target else palette.INK
        if self.mark:
            picture.diamond(spot, 9, self.mark == "signal", colour)
        elif self.misses_target:
            picture.square(spot, 13)
        elif newest.provisional:
            picture.ring(spot, 6)
        else:
            picture.dot(spot, 6)
        if wide and not fan:
            picture.text((spot[0] + 14, spot[1] - 1), newest.written, colour=colour, bold=True, halo=True)
            picture.text((spot[0] + 14, spot[1] + 18), words.month(newest.month), colour=colour, halo=True)
            return []
        heights = [height for away in range(0, 90, 12) for height in (spot[1] - 13 - away, spot[1] + 24 + away)]
        drawn = [*spots, None, *fan]
        if self.target:  # the dashed line is a line to keep clear of, too
            drawn += [None, (0.0, up.at(self.target[0])), (float(picture.width), up.at(self.target[0]))]
        said = f"{newest.written} in {words.month(newest.month)}" if wide else newest.written
        end = spot[0] + 8 if fan else picture.width - 2
        places = [Label(said, end - text_width(said, bold=True), y) for y in heights]
        label = first_clear(places, drawn, [], up.end - 34, up.start - 2)
        picture.text((end, label.y), said, colour=colour, anchor="end", bold=True, halo=True)
        return [label]


def _range(picture: Drawing, across: Scale, up: Scale, ranges: Sequence[Range | None]) -> None:
    """Pale where nearly all months lie, darker where most do; only where there was history enough to say."""
    for there, stretch in groupby(enumerate(ranges), key=lambda each: each[1] is not None):
        found = [(number, each) for number, each in stretch if each is not None]
        if not there or len(found) < 2:
            continue
        for low, high, fill in (("low", "high", palette.RANGE), ("inner_low", "inner_high", palette.INNER_RANGE)):
            over = [(across.at(number), up.at(getattr(each, high))) for number, each in found]
            under = [(across.at(number), up.at(getattr(each, low))) for number, each in reversed(found)]
            picture.area([*over, *under], fill)


def _fan(
    picture: Drawing, across: Scale, up: Scale, newest: Spot | None, first: int, ahead: Sequence[Ahead], wide: bool
) -> list[Spot | None]:
    """From the newest month outwards: pale where eight in ten would lie, darker where five would; a dotted line with a
    ring at its end as far as a single figure is given. Its edges."""
    if newest is None or not ahead:
        return []
    places = [across.at(first + number) for number in range(len(ahead))]
    edges: list[Spot | None] = []
    for low, high, fill in (("low", "high", palette.RANGE), ("inner_low", "inner_high", palette.INNER_RANGE)):
        over = [(x, up.at(getattr(each.within, high))) for x, each in zip(places, ahead, strict=True)]
        under = [(x, up.at(getattr(each.within, low))) for x, each in zip(places, ahead, strict=True)]
        picture.area([newest, *over, *reversed(under)], fill)
        edges += [newest, *over, None, newest, *under, None]
    told = [(x, up.at(each.point)) for x, each in zip(places, ahead, strict=True) if each.point is not None]
    if told:
        picture.line(newest, told[-1], palette.INK, 2, "2 4")
        picture.ring(told[-1], 4)
    if wide:
        last = ahead[-1].within
        apart = max(0.0, ROW - (up.at(last.low) - up.at(last.high))) / 2  # two numbers never lie upon each other
        for edge, nudge in ((last.high, -apart), (last.low, apart)):
            picture.text((places[-1] + 6, up.at(edge) + 5.5 + nudge), words.number(edge), colour=palette.GREY)
        _month_name(picture, places[-1], up.start, ahead[-1].month)
    return edges


def _still(picture: Drawing, across: Scale, up: Scale, months: Sequence[Month], width: float) -> None:
    """A pale bar where months as young as this one have ended up, behind its ring."""
    for number, month in enumerate(months):
        if month.still is not None:
            low, high = (up.at(each) for each in month.still)
            corner = across.at(number) - width / 2, high
            picture.bar(corner, width, max(low - high, 1), palette.WHITE, palette.MID)


def _gridlines(picture: Drawing, up: Scale, kind: str, left: float, right: float) -> None:
    for tick in up.ticks:
        height = up.at(tick)
        base = tick == 0 or tick == up.ticks[0]
        picture.line((left, height), (right, height), palette.INK if base else palette.RULE)
        picture.text((left - 6, height + 5.5), tick_words(tick, kind), colour=palette.GREY, anchor="end")


def _month_names(picture: Drawing, across: Scale, months: Sequence[date], floor: float, by_april: bool) -> None:
    """Each April on the wide drawing; on the narrow one the newest month and the same month a year before."""
    for number, month in enumerate(months):
        back = len(months) - 1 - number
        if not (month.month == 4 if by_april else back in (0, 12)):
            continue
        _month_name(picture, across.at(number), floor, month)


def _month_name(picture: Drawing, x: float, floor: float, month: date) -> None:
    name = words.short_month(month)
    half = text_width(name) / 2
    anchor, at = ("middle", x) if half <= x <= picture.width - half else ("end", float(picture.width))
    if x < half:
        anchor, at = "start", 0.0
    picture.line((x, floor), (x, floor + 6), palette.MID)
    picture.text((at, floor + 22), name, colour=palette.GREY, anchor=anchor)


def _lines(name: str, room: float) -> list[str]:
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer) > room and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _events(
    picture: Drawing, across: Scale, up: Scale, events: Sequence[tuple[float, list[str]]], labels: Sequence[Label]
) -> None:
    """Dotted teal uprights, broken where a label stands. The oldest is named lowest, so that the upright of none
    crosses a name to its left."""
    bottom = up.end - ABOVE
    for at, lines in events:
        x = across.at(at)
        top = bottom - ROW * (len(lines) - 1)
        for start, end in beside(x, top + 6, up.start, labels):
            picture.line((x, start), (x, end), palette.TEAL, 2, "2 4")
        wide = max(text_width(line) for line in lines)
        anchor, place = ("end", x) if wide <= x else ("start", x if x + wide <= picture.width else 0.0)
        for number, line in enumerate(lines):
            picture.text((place, top + ROW * number), line, colour=palette.TEAL, anchor=anchor, halo=True)
        bottom = top - ROW


def _breaks(picture: Drawing, across: Scale, months: Sequence[Month], up: Scale) -> None:
    """An upright dashed line, named, between the last month of one version and the first of the next."""
    for number, (before, after) in enumerate(pairwise(months)):
        if before.version == after.version:
            continue
        x = (across.at(number) + across.at(number + 1)) / 2
        picture.line((x, up.end - 12), (x, up.start), palette.MID, 1.5, "3 4")
        name = "Definition changed"
        anchor = "end" if x + text_width(name) > picture.width else "start"
        picture.text(
            (x + (-5 if anchor == "end" else 5), up.end - 16), name, colour=palette.GREY, anchor=anchor, halo=True
        )


def _series(picture: Drawing, spots: Sequence[Spot | None], months: Sequence[Month], dots: bool) -> None:
    """The line, broken where there is no source, the definition changed or another year is told of: nothing is drawn
    that is not known."""
    paired = zip(spots, months, strict=True)
    for (there, *_), run in groupby(paired, key=lambda pair: (pair[0] is not None, pair[1].version, pair[1].year)):
        stretch = [spot for spot, _ in run if spot is not None]
        if not there:
            continue
        if len(stretch) > 1:
            picture.polyline(stretch, palette.INK)
        elif not dots:
            picture.dot(stretch[0], 2.6)
    for spot, month in zip(spots[:-1], months[:-1], strict=True):
        if spot is None:
            continue
        if month.provisional:
            picture.ring(spot, 4)
        elif dots:
            picture.dot(spot, 2.6)
