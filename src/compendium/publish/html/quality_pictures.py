"""The charts of the data-quality pages: a rule as at each delivery, and what the last delivery changed."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from compendium import words
from compendium.publish.charts.bars import Bar, Bars
from compendium.publish.html import quality_sheets as sheets
from compendium.publish.html.pictures import Picture
from compendium.publish.html.sheets import Sheet
from compendium.record.checks.report import Line, Report
from compendium.record.checks.trend import Point

LEAST = 2  # counts, below which there is nothing to compare
MOST = 12  # rules in one picture; the table beside it has all


def trend(line: Line) -> Picture:
    """A bar for each delivery that the rule sees, oldest first; where it could not run, words and no bar."""
    sheet = sheets.trend(line)
    bars = Bars(
        slug=f"{line.rule.id}-trend",
        title=f"{line.rule.title}: rows flagged as at each delivery",
        description="; ".join(f"{words.day(point.day)}: {sheets.rows_at(point)}" for point in line.trend) + ".",
        bars=tuple(_bar(point) for point in line.trend),
    )
    if len([point for point in line.trend if point.count is not None]) < LEAST:
        return Picture(sheet.caption, "", Markup(""), Markup(""), sheet)
    return _drawn("Rows flagged as at each delivery that the rule sees", "Oldest first", bars, sheet)


def changed(report: Report) -> Picture:
    """What the last delivery changed, rule by rule: a bar for the rows now, an upright for the rows before it."""
    sheet = sheets.rules_changed(report)
    lines = report.changed()[:MOST]
    bars = Bars(
        slug="rules-changed",
        title="Rows flagged now and before the last delivery",
        description="; ".join(f"{line.rule.title}: {words.number(line.count)}, {sheets.change(line)}" for line in lines)
        + ".",
        bars=tuple(
            Bar(line.rule.title, Decimal(line.count), words.number(line.count), Decimal(before))
            for line in lines
            if (before := line.before) is not None
        ),
    )
    left = len(report.changed()) - len(lines)
    note = "Upright line: before the last delivery that the rule sees"
    note += (
        f"; {words.plural(left, 'rule')} that changed less {'is' if left == 1 else 'are'} in the table" if left else ""
    )
    return _drawn(bars.title, note, bars, sheet)


def _bar(point: Point) -> Bar:
    return Bar(words.day(point.day), None if point.count is None else Decimal(point.count), sheets.rows_at(point))


def _drawn(title: str, note: str, bars: Bars, sheet: Sheet) -> Picture:
    if not bars.can_be_drawn:
        return Picture(title, "", Markup(""), Markup(""), sheet)
    return Picture(title, note, Markup(bars.wide()), Markup(bars.narrow()), sheet)
