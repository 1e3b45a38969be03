"""The data-quality report as at a day: each rule's result, where and when it was flagged, and since when.

It holds counts, and rows of children only where they were handed out, their reading on record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from compendium.engine.dialect_reading import did_you_mean
from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.errors import ComputeError
from compendium.record.access import AccessRecord, ChildRows
from compendium.record.checks.judging import FLAGGED, PASSED, Judgement, Outcome, Tally, judge
from compendium.record.checks.rule import COULD_NOT_RUN, Rule
from compendium.record.checks.trend import Point, Trend
from compendium.record.deliveries import Record
from compendium.workspace import Workspace

RESULTS = (FLAGGED, COULD_NOT_RUN, PASSED)
NO_TEAM = "No team known"


@dataclass(frozen=True)
class Line:
    """One rule of the report. since_last: rows more (or fewer) than as at the delivery before; None if not known."""

    rule: Rule
    result: str
    count: int
    why: str
    since_last: int | None
    trend: tuple[Point, ...]
    by_team: Mapping[str | None, int]
    by_month: Mapping[date | None, int]

    @property
    def before(self) -> int | None:
        """The rows as at the delivery before; None if not known."""
        return None if self.since_last is None else self.count - self.since_last


@dataclass(frozen=True)
class Report:
    """rows: for each rule the rows at fault, only where they were asked for and handed out."""

    authority: str
    synthetic: bool
    cut: date
    team: str | None
    lines: tuple[Line, ...]
    teams: Mapping[str, str]
    tallies: tuple[Tally, ...]
    rows: Mapping[str, ChildRows] | None = None

    def of(self, result: str) -> list[Line]:
        """The lines of one result; of those flagged, the most rows first."""
        return sorted((line for line in self.lines if line.result == result), key=lambda line: -line.count)

    def changed(self) -> list[Line]:
        """The lines that flag more or fewer rows than as at the delivery before, the largest change first."""
        return sorted((line for line in self.lines if line.since_last), key=lambda line: -abs(line.since_last or 0))

    def unjudged(self) -> dict[str, list[Line]]:
        """The lines of rules that could not run, by why; the reason of the most rules first."""
        reasons: dict[str, list[Line]] = {}
        for line in self.of(COULD_NOT_RUN):
            reasons.setdefault(line.why, []).append(line)
        return dict(sorted(reasons.items(), key=lambda each: -len(each[1])))

    def team_name(self, team: str | None) -> str:
        return NO_TEAM if team is None else self.teams.get(team, team)

    def by_team(self) -> list[tuple[str, int]]:
        """All rows by the team's name, the most first."""
        counts: Counter[str] = Counter()
        for tally in self.tallies:
            counts[self.team_name(tally.team)] += tally.count
        return sorted(counts.items(), key=lambda each: (-each[1], each[0]))

    def by_month(self) -> list[tuple[date | None, int]]:
        """All rows by the month of their date, the newest first; those without a date last."""
        counts: Counter[date | None] = Counter()
        for tally in self.tallies:
            counts[tally.month] += tally.count
        return sorted(counts.items(), key=lambda each: each[0] or date.min, reverse=True)

    def as_json(self) -> dict[str, Any]:
        """For a program to read."""
        return {
            "authority": self.authority,
            "as_at": self.cut.isoformat(),
            "team": self.team,
            "holds_personal_data": self.rows is not None,
            "rules": [self._line(line) for line in self.lines],
        }

    def _line(self, line: Line) -> dict[str, Any]:
        rule = line.rule
        told: dict[str, Any] = {
            "rule": rule.id,
            "set": rule.set,
            "code": rule.words.get("code"),
            "title": rule.title,
            "severity": rule.severity,
            "result": line.result.replace(" ", "_"),
            "count": None if line.result == COULD_NOT_RUN else line.count,
            "why": line.why or None,
            "since_last_delivery": line.since_last,
            "endangers": list(rule.endangers),
            "trend": [{"as_at": point.day.isoformat(), "count": point.count} for point in line.trend],
            "counts": [
                {"team": each.team, "month": each.month and f"{each.month:%Y-%m}", "count": each.count}
                for each in self.tallies
                if each.rule == rule.id
            ],
        }
        if self.rows is not None:
            told["rows"] = [
                {**row, "on_date": row["on_date"] and row["on_date"].isoformat()} for row in self.rows.get(rule.id, ())
            ]
        return told


def build_report(
    record: Record,
    rules: Iterable[Rule],
    workspace: Workspace,
    cut: date | None = None,
    team: str | None = None,
    step: Callable[[str], None] = lambda text: None,
    every_day: bool = False,
) -> tuple[Report, Judgement]:
    """Counts alone, and the judgement they come from, which can hand out rows. ComputeError for an unknown team.

    With a team, only its rows count, and nothing is said of earlier days. every_day: of the trend, those too that
    would have to be worked out.
    """
    step("rules")
    judgement = judge(record, rules, cut, workspace)
    teams = _teams(record, judgement.cut)
    tallies = judgement.tallies()
    if team is not None:
        known = teams.keys() | {tally.team for tally in tallies if tally.team}
        if team not in known:
            raise ComputeError(f"there is no team {team!r}", expected=did_you_mean(team, known))
        tallies = [tally for tally in tallies if tally.team == team]
    outcomes = list(judgement.outcomes.values())
    trend = {} if team else Trend.open(record, workspace).points(outcomes, judgement.cut, step, every_day=every_day)
    by_rule: dict[str, list[Tally]] = {}
    for tally in tallies:
        by_rule.setdefault(tally.rule, []).append(tally)
    lines = tuple(_line(each, by_rule.get(each.rule.id, []), trend.get(each.rule.id, [])) for each in outcomes)
    report = Report(
        workspace.authority_name, workspace.synthetic, judgement.cut, team, lines, teams, tuple(tallies)
    )  # fmt: skip
    return report, judgement


def with_rows(report: Report, judgement: Judgement, access: AccessRecord, *, who: str, why: str) -> Report:
    """The report with the rows at fault, each with its child and the record to mend, their reading recorded first."""
    if not why.strip():
        raise ComputeError("the reason is empty", remedy="say in --why what the list is needed for")
    rows: dict[str, ChildRows] = {}
    for line in report.of(FLAGGED):
        found = judgement.flagged(line.rule.id, report.team)
        what = f"data quality, {line.rule.id}, as at {report.cut}"
        what += f", team {report.team}" if report.team else ""
        rows[line.rule.id] = access.hand_out(
            [{**row, "record": line.rule.record} for row in found],
            children=[row["child_id"] for row in found],
            who=who,
            what=what,
            why=why,
        )
    return replace(report, rows=rows)


def _line(outcome: Outcome, tallies: Sequence[Tally], trend: Sequence[Point]) -> Line:
    count = sum(tally.count for tally in tallies)
    could = outcome.result != COULD_NOT_RUN
    by_team: Counter[str | None] = Counter()
    by_month: Counter[date | None] = Counter()
    for tally in tallies:
        by_team[tally.team] += tally.count
        by_month[tally.month] += tally.count
    before = trend[-2].count if len(trend) > 1 else None
    return Line(
        outcome.rule,
        (FLAGGED if count else PASSED) if could else COULD_NOT_RUN,
        count,
        outcome.why,
        count - before if could and before is not None else None,
        tuple(trend),
        by_team,
        by_month,
    )


def _teams(record: Record, cut: date) -> Mapping[str, str]:
    """The latest name of each team."""
    engine = DuckDBEngine(record.as_at(cut, ["team"]).connection)
    return dict(engine.rows("SELECT team_id, COALESCE(team_name, team_id) FROM record.team ORDER BY valid_from"))
