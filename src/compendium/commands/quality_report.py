"""What `compendium quality` prints and writes of a report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import wrap

from compendium import words
from compendium.commands.screen import table
from compendium.errors import ComputeError, Place
from compendium.publish.html.quality_pages import quality_pages
from compendium.publish.html.write import put_in_place, write_pages
from compendium.publish.workbook.quality import write_quality_workbook
from compendium.record.access import ChildRows
from compendium.record.checks.judging import FLAGGED
from compendium.record.checks.report import RESULTS, Line, Report

DATA, BOOK = "quality.json", "quality.xlsx"
ON_SCREEN = 5  # deliveries; the pages, the workbook and the JSON have all


def as_text(report: Report) -> str:
    """The summary: what is flagged, what could not run and why, the teams and the latest months; where rows were
    handed out, these too."""
    whose = f", only {report.team_name(report.team)}" if report.team else ""
    counts = [f"{len(report.of(result))} {result}" for result in RESULTS]
    lines = [f"Data quality, from records received by {words.day(report.cut)}{whose}", ""]
    lines.append(f"{words.plural(len(report.lines), 'rule')}: {', '.join(counts)}")
    if flagged := report.of(FLAGGED):
        headings = ("Flagged", "Severity", "Rows", "Since last", "What it finds")
        lines += ["", table(headings, [_line(line) for line in flagged], right=(2, 3))]
    if trends := [(line.rule.id, _trend(line)) for line in flagged if len(line.trend) > 2]:
        lines += ["", table(("Flagged", "Rows as at each delivery, newest first"), trends)]
    for why, unjudged in report.unjudged().items():
        lines += ["", *wrap(f"Could not run, {why}: {words.listing(list(_named(report, unjudged)))}", 110)]
    if report.tallies:
        teams = [(name, words.number(count)) for name, count in report.by_team()]
        months = [(words.month(at) if at else "no date", words.number(count)) for at, count in report.by_month()[:12]]
        lines += ["", table(("Team", "Rows"), teams, right=(1,)), "", table(("Month", "Rows"), months, right=(1,))]
    for rule, found in (report.rows or {}).items():
        lines += ["", f"{rule}: records to mend", _records(found)]
    return "\n".join(lines)


def _records(rows: ChildRows) -> str:
    known = ("child_id", "record", "on_date", "team_id", "detail", "link")
    shown = [name for name in known if rows and name in rows[0]]
    return table(shown, [["" if row[name] is None else str(row[name]) for name in shown] for row in rows])


def _line(line: Line) -> tuple[str, ...]:
    since = "" if line.since_last is None else f"{'+' if line.since_last > 0 else ''}{words.number(line.since_last)}"
    return line.rule.id, line.rule.severity, words.number(line.count), since, line.rule.title


def _named(report: Report, lines: Sequence[Line]) -> Iterator[str]:
    """Rules by their ids; of a set none of whose rules could run, how many they are."""
    whole, there = Counter(line.rule.set for line in report.lines), Counter(line.rule.set for line in lines)
    for name, count in there.items():
        if count == whole[name] > 1:
            yield f"all {words.number(count)} of {name}"
        else:
            yield from (line.rule.id for line in lines if line.rule.set == name)


def _trend(line: Line) -> str:
    """'12 (3 March 2017), 9 (3 February 2017)': as many of the newest as a screen has room for."""
    told = [
        f"{'could not run' if point.count is None else words.number(point.count)} ({words.day(point.day)})"
        for point in line.trend[: -ON_SCREEN - 1 : -1]
    ]
    return ", ".join(told)


def check_folder(folder: Path) -> None:
    """A folder is written whole, so it must be new, empty or an earlier report. ComputeError when it is not."""
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / DATA).is_file())):
        raise ComputeError(
            "the folder holds something else, which the report would replace",
            where=Place(file=str(folder)),
            remedy="name a new folder, an empty one or one with an earlier report",
        )


def write_report(report: Report, folder: Path, indicators: Mapping[str, str]) -> Path:
    """Pages, workbook and JSON in a folder; the first page. indicators: their titles by id."""
    check_folder(folder)

    def fill(made: Path) -> None:
        write_pages(quality_pages(report, indicators), made)
        write_quality_workbook(report, made / BOOK)
        (made / DATA).write_text(json.dumps(report.as_json(), indent=2), encoding="utf-8")

    put_in_place(folder, fill)
    return folder / "index.html"
