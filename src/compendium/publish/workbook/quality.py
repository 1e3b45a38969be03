"""The data-quality report as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from compendium import words
from compendium.publish.workbook.book import Table, write_book
from compendium.record.access import ChildRows
from compendium.record.checks.report import Line, Report
from compendium.record.checks.rule import COULD_NOT_RUN

NOTES = (
    "A row flagged is one record to mend; one record may be flagged by several rules.",
    "An error cannot be so. A query may be right, but should be looked at.",
    "A rule that could not run has not passed: nobody knows. Its number of rows is then not known.",
    "A rule of one return judges what that return says by itself, not what other sources add.",
    "The team is that of the record, or the one that held the child’s case on its date.",
    "The month is that of the record’s date, not of the day on which it was found.",
)
PERSONAL = (
    "This workbook holds personal data: the ids of children and their records. Keep it where such lists are kept, and "
    "delete it when it has served. Its making was recorded with the reason given."
)


def write_quality_workbook(report: Report, path: Path) -> None:
    """Rules, teams, months, the trend and, where rows were handed out, the records to mend."""
    title = f"Data quality of {report.authority}, as at {words.day(report.cut)}"
    cover = [f"From records received by {words.day(report.cut)}."]
    cover += ["Synthetic: describes no real council, child or worker."] if report.synthetic else []
    cover += [f"Only rows of the team {report.team_name(report.team)}."] if report.team else []
    cover.append("Counts only: it holds no child’s record." if report.rows is None else PERSONAL)
    cover.append("Not for publication. The sheet Contents lists the tables; the sheet Notes says how to read them.")
    tables = [_rules(report), _places(report)]
    tables += [] if report.team else [_trend(report)]
    tables += [] if report.rows is None else [_records(report, report.rows)]
    write_book(path, title, cover, NOTES, tables)


def _rules(report: Report) -> Table:
    headings = ("Rule", "Title", "Code", "Set", "Severity", "Result", "Rows flagged", "Since the last delivery",
                "Why it could not run", "Figures in danger")  # fmt: skip
    rows = [
        (
            line.rule.id, line.rule.title, line.rule.words.get("code"), line.rule.set, line.rule.severity, line.result,
            _count(line), "not known" if line.since_last is None else line.since_last, line.why,
            words.listing(list(line.rule.endangers)),
        )
        for line in report.lines
    ]  # fmt: skip
    says = "One row for each rule: what became of it, and how many rows it flagged."
    return Table("Rules", "Rules and their results", says, headings, rows)


def _count(line: Line) -> str | int:
    return "not known" if line.result == COULD_NOT_RUN else line.count


def _places(report: Report) -> Table:
    rows = [
        (each.rule, report.team_name(each.team), f"{each.month:%Y-%m}" if each.month else "no date", each.count)
        for each in report.tallies
    ]
    says = "One row for each rule flagged, team and month: how many rows."
    return Table(
        "Teams_and_months", "Rows flagged by rule, team and month", says, ("Rule", "Team", "Month", "Rows"), rows
    )


def _trend(report: Report) -> Table:
    rows = [
        (line.rule.id, point.day, "not known" if point.count is None else point.count)
        for line in report.lines
        for point in line.trend
    ]
    says = "One row for each rule and day on which something it sees was received: the rows flagged as at that day."
    return Table("Trend", "Rows flagged as at earlier deliveries", says, ("Rule", "As at", "Rows"), rows)


def _records(report: Report, handed_out: Mapping[str, ChildRows]) -> Table:
    found = [(rule, row) for rule, rows in handed_out.items() for row in rows]
    rows = [
        (row["child_id"], rule, row["record"], row["on_date"], report.team_name(row["team_id"]), row["detail"])
        for rule, row in found
    ]
    says = "One row for each record to mend. Holds personal data."
    headings = ("Child", "Rule", "Record", "Date", "Team", "Detail")
    return Table("Records", "Records to mend", says, headings, rows, {0: [row.get("link") for _, row in found]})
