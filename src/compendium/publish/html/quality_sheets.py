"""The tables of the data-quality pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from compendium import words
from compendium.publish.html.sheets import Cell, Row, Sheet, row
from compendium.record.access import ChildRows
from compendium.record.checks.judging import FLAGGED, PASSED
from compendium.record.checks.report import Line, Report
from compendium.record.checks.rule import COULD_NOT_RUN
from compendium.record.checks.trend import Point

UNDATED = "No date"


def page_of(line: Line) -> str:
    return f"rule-{line.rule.id.replace('_', '-')}.html"


def told(line: Line) -> str:
    """'rows flagged, 12 fewer than as at the delivery before'."""
    noun = "row flagged" if line.count == 1 else "rows flagged"
    if line.since_last is None:
        return f"{noun}."
    if line.since_last == 0:
        return f"{noun}, as many as before the last delivery."
    return f"{noun}, {change(line)} than before the last delivery."


def change(line: Line) -> str:
    if line.since_last is None:
        return "not known"
    if line.since_last == 0:
        return "no change"
    return f"{words.number(abs(line.since_last))} {'more' if line.since_last > 0 else 'fewer'}"


def rules_flagged(report: Report) -> Sheet:
    rows = [
        Row(
            (
                Cell(line.rule.title, page_of(line)),
                Cell(_code(line)),
                Cell(line.rule.severity),
                Cell(words.number(line.count)),
                *([] if report.team else [Cell(change(line))]),
            )
        )
        for line in report.of(FLAGGED)
    ]
    headings = ("Rule", "Code", "Severity", "Rows", *([] if report.team else ["Since the last delivery"]))
    return Sheet("Rules flagged, the most rows first", headings, tuple(rows), (3,))


def reasons(report: Report) -> Sheet:
    rows = [row(why, words.number(len(lines))) for why, lines in report.unjudged().items()]
    return Sheet("Rules that could not run, by why", ("Why", "Rules"), tuple(rows), (1,))


def rules_unjudged(report: Report) -> Sheet:
    rows = [row(line.rule.title, _code(line), line.why) for line in report.of(COULD_NOT_RUN)]
    return Sheet("Rules that could not run", ("Rule", "Code", "Why"), tuple(rows), css="dates")


def rules_passed(report: Report) -> Sheet:
    rows = [row(line.rule.title, _code(line), line.rule.severity) for line in report.of(PASSED)]
    return Sheet("Rules that passed", ("Rule", "Code", "Severity"), tuple(rows), css="dates")


def teams(report: Report) -> Sheet:
    return _counts("Rows by team", "Team", report.by_team())


def months(report: Report) -> Sheet:
    return _counts("Rows by the month of the record", "Month", [(_month(at), n) for at, n in report.by_month()])


def teams_of(report: Report, line: Line) -> Sheet:
    counts = [(report.team_name(team), count) for team, count in line.by_team.items()]
    return _counts("Rows by team", "Team", sorted(counts, key=lambda each: (-each[1], each[0])))


def months_of(line: Line) -> Sheet:
    ordered = sorted(line.by_month.items(), key=lambda each: each[0] or date.min, reverse=True)
    return _counts("Rows by the month of the record", "Month", [(_month(at), count) for at, count in ordered])


def rules_changed(report: Report) -> Sheet:
    """Those of which it is known that they flag more or fewer rows than before the last delivery."""
    rows = [
        row(line.rule.title, words.number(line.count), words.number(line.before or 0), change(line))
        for line in report.changed()
    ]
    headings = ("Rule", "Rows now", "Before", "Change")
    return Sheet("Rows now and before the last delivery, the largest change first", headings, tuple(rows), (1, 2, 3))


def rows_at(point: Point) -> str:
    return "could not run" if point.count is None else words.number(point.count)


def trend(line: Line) -> Sheet:
    rows = [row(words.day(point.day), rows_at(point)) for point in reversed(line.trend)]
    return Sheet("As at each delivery that the rule sees, newest first", ("As at", "Rows"), tuple(rows), (1,))


def records(report: Report, line: Line) -> Sheet:
    """The rows at fault, which were handed out."""
    given: Mapping[str, ChildRows] = report.rows or {}
    rows = [_record(report, each) for each in given.get(line.rule.id, ())]
    return Sheet("Records to mend", ("Child", "Record", "Date", "Team", "Detail"), tuple(rows))


def _record(report: Report, given: Mapping[str, Any]) -> Row:
    child = Cell(given["child_id"] or "no child", given.get("link") or "")
    day = words.day(given["on_date"]) if given["on_date"] else UNDATED
    texts = (given["record"], day, report.team_name(given["team_id"]), given["detail"] or "none")
    return Row((child, *(Cell(text) for text in texts)))


def _code(line: Line) -> str:
    return line.rule.words.get("code", line.rule.id)


def _month(at: date | None) -> str:
    return words.month(at) if at else UNDATED


def _counts(caption: str, what: str, counts: list[tuple[str, int]]) -> Sheet:
    rows = tuple(row(name, words.number(count)) for name, count in counts)
    return Sheet(caption, (what, "Rows"), rows, (1,))
