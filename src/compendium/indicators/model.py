"""The model in a database: views stored as tables, dates with their working days, the spine of months.

Built once for each snapshot and set of months. Only what the indicators asked for need is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from compendium.calendar.months import month_start, window_start
from compendium.calendar.working_days import all_days, is_working_day
from compendium.calendar.years import financial_year, year_start
from compendium.engine.dialect import Query
from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.engine.running_counts import beyond_calendar, store_calendar, with_running_counts
from compendium.errors import ComputeError
from compendium.indicators.parts import people_sql
from compendium.indicators.views import BASE, BUILT_IN, Views

SCHEMA = "model"
PEOPLE = f'"{SCHEMA}"."people"'
TEAM_PLACE = f'"{SCHEMA}"."team place"'
CALENDAR = f'"{SCHEMA}"."calendar day"'


class Model:
    """looked_up: relations that the framework itself reads for these queries.

    problems: for each relation that could not be built, why; it names no child.
    """

    def __init__(
        self,
        engine: DuckDBEngine,
        views: Views,
        queries: Iterable[Query],
        cut: date,
        months: Sequence[date],
        limits: Mapping[str, Mapping[str, int | str]],
        looked_up: frozenset[str] = frozenset(),
    ) -> None:
        self.engine, self.views, self.cut = engine, views, cut
        self.problems: dict[str, str] = {}
        wanted = list(queries)
        names = views.behind(frozenset({"team"}).union(looked_up, *(query.tables for query in wanted)))
        wanted += [view.query for name, view in views.views.items() if name in names]
        self._siblings: dict[str, set[str]] = {}
        for relation, column in (pair for query in wanted for pair in query.siblings):
            self._siblings.setdefault(self._key(relation), set()).add(column)
        engine.run(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
        if self._siblings or "working_day" in names:
            store_calendar(engine, CALENDAR)
            self._store_working_days()
        self._store_spine(months)
        self._store_limits(limits)
        for key in sorted({self._key(name) for name in names}):
            if key.startswith(BASE) and key in self._siblings:
                self._store(key, f'SELECT * FROM record."{key.removeprefix(BASE)}"', frozenset())
        for name, view in views.views.items():
            if name in names:
                self._store(name, engine.emitter.emit(view.query, self.stored, cut, {}), view.query.tables)
        self._store_team_places()
        if "person" in looked_up:
            schema, table = self.stored("person")
            person = f'"{schema}"."{table}"'
            engine.run(f"CREATE TABLE {PEOPLE} AS {people_sql(person)}")

    def stored(self, name: str) -> tuple[str, str]:
        """The schema and table in which a relation stands."""
        key = self._key(name)
        if not key.startswith(BASE):
            return SCHEMA, name
        base = key.removeprefix(BASE)
        return (SCHEMA, f"dated {base}") if key in self._siblings else ("record", base)

    def problem(self, tables: frozenset[str]) -> str | None:
        """Why a query that reads these cannot be computed, if it cannot."""
        behind = {self._key(name) for name in self.views.behind(tables)}
        return next((why for name, why in self.problems.items() if name in behind), None)

    def _key(self, name: str) -> str:
        """A relation's one name: a canonical table read bare and as record.<name> is the same."""
        known = name in self.views.views or name in BUILT_IN or name.startswith(BASE)
        return name if known else BASE + name

    def _store(self, name: str, sql: str, tables: frozenset[str]) -> None:
        if self.problem(tables):
            return
        schema, table = self.stored(name)
        try:
            self.engine.run(f'CREATE TABLE "{schema}"."{table}" AS {self._with_siblings(name, sql)}')
        except ComputeError as fault:
            self.problems[name] = f"the view {name} could not be built: {fault.what}"
            return
        self._check_calendar(name)

    def _with_siblings(self, name: str, sql: str) -> str:
        return with_running_counts(sql, self._siblings.get(name, ()), CALENDAR)

    def _check_calendar(self, name: str) -> None:
        """A date that the calendar does not know is an error, never a day without bank holidays."""
        schema, table = self.stored(name)
        why = beyond_calendar(self.engine, f'"{schema}"."{table}"', name, self._siblings.get(name, ()))
        if why:
            self.problems[name] = why

    def _store_working_days(self) -> None:
        working = [(day, number) for day, number in all_days() if is_working_day(day)]
        plain = 'SELECT UNNEST(?::DATE[]) AS "day", UNNEST(?::INTEGER[]) AS "number"'
        self.engine.run(
            f"CREATE TABLE {SCHEMA}.working_day AS {self._with_siblings('working_day', plain)}",
            [[day for day, _ in working], [number for _, number in working]],
        )

    def _store_spine(self, months: Sequence[date]) -> None:
        rows = [
            (end, month_start(end), window_start(end, 3), window_start(end, 12), window_start(end, 36),
             year_start(financial_year(end)))
            for end in months
        ]  # fmt: skip
        dates = [name for name, kind in BUILT_IN["month_end"].items() if kind == "date"]
        lists = ", ".join(f'UNNEST(?::DATE[]) AS "{name}"' for name in dates)
        columns = [list(column) for column in zip(*rows, strict=True)]
        plain = f"SELECT {lists}"
        self.engine.run(f"CREATE TABLE {SCHEMA}.month_end AS {self._with_siblings('month_end', plain)}", columns)

    def _store_limits(self, limits: Mapping[str, Mapping[str, int | str]]) -> None:
        rows = [
            (name, key, value) for name, own in limits.items() for key, value in own.items() if isinstance(value, int)
        ]
        self.engine.run(f'CREATE TABLE {SCHEMA}.local_limit ("name" VARCHAR, "key" VARCHAR, "value" INTEGER)')
        for row in rows:
            self.engine.run(f"INSERT INTO {SCHEMA}.local_limit VALUES (?, ?, ?)", row)

    def _store_team_places(self) -> None:
        """Which area a team belongs to, and when; a row lasts until the team's next one, so none overlap."""
        schema, table = self.stored("team")
        self.engine.run(
            f"CREATE TABLE {TEAM_PLACE} AS SELECT t.team_id, t.area_id, t.valid_from, "
            "CASE WHEN t.next_from < t.valid_to OR t.valid_to IS NULL THEN t.next_from ELSE t.valid_to END AS until "
            "FROM (SELECT team_id, area_id, valid_from, valid_to, LEAD(valid_from) OVER "
            f'(PARTITION BY team_id ORDER BY valid_from, area_id) AS next_from FROM "{schema}"."{table}") AS t'
        )
