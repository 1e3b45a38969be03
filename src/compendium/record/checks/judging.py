"""Judging the record: each rule passed, flagged or could not run, and the rows at fault.

A rule with formats sees only what deliveries of those formats say: a return is judged by itself, not by
what another source adds to it. A rule without any sees the whole record. For each set of formats there is
one pass: the tables that its rules read, then every rule as one query.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from compendium import words
from compendium.engine.dialect import Query
from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.engine.limits import Limits, check_limits, in_force
from compendium.engine.running_counts import beyond_calendar, store_calendar, with_running_counts
from compendium.errors import ComputeError
from compendium.record.checks.holding import READS, held_cases, name_teams
from compendium.record.checks.relations import BUILT_IN, most_months, store_relation, unanswerable
from compendium.record.checks.rule import COULD_NOT_RUN, RETURNED, Rule
from compendium.record.deliveries import Record
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES
from compendium.workspace import Workspace

PASSED, FLAGGED = "passed", "flagged"
SCHEMA = "checks"
FINDING = f'"{SCHEMA}".finding'
CALENDAR = "calendar day"
# Built-in relations that are found while the record is made, and the tables of which they tell.
TELL_OF = {
    "unknown_team": frozenset(
        table.name for table in TABLES.values() if any(column.type == "team" for column in table.columns)
    ),
    "assumed_end": frozenset(table.name for table in TABLES.values() if table.ends),
}


@dataclass(frozen=True)
class Outcome:
    """What became of a rule. count: the rows it flagged; why: it could not run."""

    rule: Rule
    result: str
    count: int = 0
    why: str = ""


@dataclass(frozen=True)
class Tally:
    """How many rows a rule flagged for one team in one month; None for no team known, or rows without a date."""

    rule: str
    team: str | None
    month: date | None  # its last day
    count: int


class Judgement:
    """The outcomes of rules by id, as at `cut`; the rows at fault stay in memory until they are asked for."""

    def __init__(self, cut: date) -> None:
        self.cut = cut
        self.outcomes: dict[str, Outcome] = {}
        self._engines: dict[str, DuckDBEngine] = {}

    def add(self, outcome: Outcome, engine: DuckDBEngine | None = None) -> None:
        self.outcomes[outcome.rule.id] = outcome
        if engine is not None:
            self._engines[outcome.rule.id] = engine

    def tallies(self) -> list[Tally]:
        """By rule, team and month."""
        found = []
        for engine in dict.fromkeys(self._engines.values()):
            rows = engine.rows(
                f"SELECT rule, team_id, LAST_DAY(on_date) AS month, COUNT(*) FROM {FINDING} GROUP BY ALL ORDER BY ALL"
            )
            found += [Tally(*row) for row in rows]
        return found

    def flagged(self, rule: str, team: str | None = None) -> list[dict[str, Any]]:
        """The rows at fault, oldest first: child_id, on_date, team_id, detail. For those who may see children."""
        if rule not in self._engines:
            return []
        engine = self._engines[rule]
        text = engine.emitter.text
        of_team = f" AND team_id = {text(team)}" if team is not None else ""
        rows = engine.rows(
            f"SELECT {', '.join(RETURNED)} FROM {FINDING} WHERE rule = {text(rule)}{of_team}"
            " ORDER BY on_date, child_id, detail"
        )
        return [dict(zip(RETURNED, row, strict=True)) for row in rows]


def judge(
    record: Record,
    rules: Iterable[Rule],
    cut: date | None = None,
    workspace: Workspace | None = None,
    *,
    with_teams: bool = True,
) -> Judgement:
    """As at a day (None: the newest delivery's), with the limits that a workspace sets.

    with_teams: look up who held the case, where a rule's rows do not say; counts alone need it not.

    ComputeError when the record holds no delivery yet; WorkspaceError for a limit that a rule does not have.
    """
    judgement = Judgement(cut or record.latest())
    received = [each for each in record.deliveries() if each.received_on <= judgement.cut]
    delivered = {each.source_format for each in received}
    groups: dict[tuple[str, ...], list[Rule]] = {}
    for rule in rules:
        if workspace is not None:
            check_limits(rule.id, rule.limits, workspace)
        # Where nothing else has been delivered, what the formats say is the whole record.
        formats = () if delivered <= set(rule.formats) else tuple(sorted(rule.formats))
        groups.setdefault(formats, []).append(rule)
    tells_teams = any(
        "team_id" in each.tables[name].columns for each in received for name in READS & each.tables.keys()
    )
    held = held_cases(record.as_at(judgement.cut, READS)) if with_teams and tells_teams else []
    for formats, group in groups.items():
        if formats and not delivered & set(formats):
            for rule in group:
                judgement.add(Outcome(rule, COULD_NOT_RUN, why=_undelivered(formats)))
            continue
        read = frozenset().union(*(rule.query.tables for rule in group))
        told_of = (TELL_OF[name] for name in read & TELL_OF.keys())
        tables = (read | _needed(group)).union(*told_of) - BUILT_IN.keys()
        snapshot = record.as_at(judgement.cut, tables, formats)
        desk = _Desk(snapshot, [rule.query for rule in group], record)
        for rule in group:
            judgement.add(desk.judge(rule, in_force(rule.id, rule.limits, workspace)), desk.engine)
        name_teams(desk.engine, FINDING, held, judgement.cut)
    return judgement


def _undelivered(formats: tuple[str, ...]) -> str:
    return f"no source: no {words.listing(list(formats), 'or')} has been delivered"


def _needed(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset(name.partition(".")[0] for rule in rules for name in rule.needs)


class _Desk:
    """One snapshot made ready for its rules: built-in relations, dates with their running counts of working days."""

    def __init__(self, snapshot: Snapshot, queries: list[Query], record: Record) -> None:
        self.snapshot, self.engine = snapshot, DuckDBEngine(snapshot.connection)
        self._problems: dict[str, str] = {}
        self._siblings: dict[str, set[str]] = {}
        for relation, column in (pair for query in queries for pair in query.siblings):
            self._siblings.setdefault(relation, set()).add(column)
        self.engine.run(
            f'CREATE SCHEMA "{SCHEMA}"; CREATE TABLE {FINDING}'
            " (rule VARCHAR, child_id VARCHAR, on_date DATE, team_id VARCHAR, detail VARCHAR)"
        )
        for name in sorted(BUILT_IN.keys() & frozenset().union(*(query.tables for query in queries))):
            store_relation(name, self.engine, SCHEMA, snapshot, record)
            if why := unanswerable(name, snapshot, record):
                self._problems[name] = why
        if self._siblings:
            store_calendar(self.engine, SCHEMA, CALENDAR)
        for name, dates in self._siblings.items():
            self._store_dated(name, dates)

    def _store_dated(self, name: str, dates: set[str]) -> None:
        source = f'"{SCHEMA}"."{name}"' if name in BUILT_IN else f'record."{name}"'
        schema, table = self._stored(name)
        calendar = self.engine.name(SCHEMA, CALENDAR)
        self.engine.store(schema, table, with_running_counts(f"SELECT * FROM {source}", dates, calendar))
        for why in beyond_calendar(self.engine, self.engine.name(schema, table), name, dates).values():
            self._problems[name] = why

    def _stored(self, name: str) -> tuple[str, str]:
        if name in self._siblings:
            return SCHEMA, f"dated {name}"
        return (SCHEMA, name) if name in BUILT_IN else ("record", name)

    def judge(self, rule: Rule, limits: Limits) -> Outcome:
        """A rule that cannot be answered could not run; it never passes."""
        why = self._unknown(rule) or next(
            (self._problems[name] for name in sorted(rule.query.tables) if name in self._problems), None
        )
        if why:
            return Outcome(rule, COULD_NOT_RUN, why=why)
        try:
            count = self._find(rule, limits)
        except ComputeError as fault:
            return Outcome(rule, COULD_NOT_RUN, why=fault.what)
        return Outcome(rule, FLAGGED if count else PASSED, count)

    def _find(self, rule: Rule, limits: Limits) -> int:
        sql = self.engine.emitter.emit(rule.query, self._stored, self.snapshot.cut, limits)
        columns = ", ".join(f"r.{name}" if name in rule.query.columns else f"NULL AS {name}" for name in RETURNED)
        inserted = self.engine.rows(f"INSERT INTO {FINDING} SELECT '{rule.id}', {columns} FROM ({sql}) AS r")
        return int(inserted[0][0])

    def _unknown(self, rule: Rule) -> str | None:
        """What it needs and no delivery speaks of."""
        missing = []
        for need in rule.needs:
            table, _, column = need.partition(".")
            if not self.snapshot.coverage(table, column or None):
                missing.append(need)
        read = sorted(rule.query.tables - BUILT_IN.keys())
        asks_ledger = "ledger" in rule.query.tables
        if not missing and read and not asks_ledger and not any(self.snapshot.coverage(table) for table in read):
            missing = read  # each of them optional, but without any there is nothing to judge
        if not missing:
            return self._too_short(rule, read)
        whose = f" of {words.listing(list(rule.formats), 'or')}" if rule.formats else ""
        return f"no source: no delivery{whose} speaks of {words.listing(missing, 'or')}"

    def _too_short(self, rule: Rule, read: list[str]) -> str | None:
        """A month can only be compared with as many others as the rule asks for."""
        if "covered_month" not in rule.query.tables or most_months(self.snapshot, read or TABLES) >= rule.months:
            return None
        months = words.plural(rule.months, "whole month")
        together = " in a row" if rule.months > 1 else ""
        return f"no source: every event is known of no {months}{together} of {words.listing(read, 'or') or 'any table'}"
