"""The model in a database: views stored as tables, dates with their working days, the spine of months.

Built once for each snapshot and set of months. Only what the indicators asked for need is built. Where the
database holds the records of many authorities, all of them are built at once and kept apart by `Partition`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from compendium.calendar.months import month_start, window_start
from compendium.calendar.working_days import all_days, is_working_day
from compendium.calendar.years import financial_year, year_start
from compendium.engine.dialect import Query
from compendium.engine.engine import Engine
from compendium.engine.partition import ALONE, Partition
from compendium.engine.running_counts import beyond_calendar, store_calendar, with_running_counts
from compendium.errors import ComputeError
from compendium.indicators.authority import Authority
from compendium.indicators.parts import people_sql
from compendium.indicators.views import BASE, BUILT_IN, Views
from compendium.workspace import COUNTYWIDE

RECORD, SCHEMA = "record", "model"
CALENDAR, PEOPLE, TEAM_PLACE, AREA = "calendar day", "people", "team place", "known area"
SHARED = frozenset({"working_day"})  # relations that are the same for every authority
PLACED_BY = frozenset(  # what placing a row reads, whatever its query does
    {("holder", name) for name in ("person_id", "team_id", "start_date", "end_date")}
    | {("team", name) for name in ("team_id", "area_id", "valid_from", "valid_to")}
    | {("person", name) for name in ("person_id", "dob", "expected_dob", "sex", "ethnicity", "is_disabled")}
)


class Model:
    """authorities: by the value of the partition's column; one alone has none, and is called "".

    rules: those in force, for the views. looked_up: relations that the framework itself reads for these queries.
    problems: for each relation that could not be built, why, by authority; it names no child.
    """

    def __init__(
        self,
        engine: Engine,
        views: Views,
        queries: Iterable[Query],
        authorities: Mapping[str, Authority],
        months: Sequence[date],
        rules: Mapping[str, int | str],
        looked_up: frozenset[str] = frozenset(),
        partition: Partition = ALONE,
    ) -> None:
        self.engine, self.views, self.authorities, self.partition = engine, views, authorities, partition
        self.problems: dict[str, dict[str, str]] = {}
        cuts = {name: each.snapshot.cut for name, each in authorities.items()}
        wanted = list(queries)
        names = read_by(views, wanted, looked_up)
        wanted += [view.query for name, view in views.views.items() if name in names]
        self._siblings = self._by_relation(pair for query in wanted for pair in query.siblings)
        self._reads = self._by_relation(PLACED_BY.union(*(query.reads for query in wanted)))
        engine.clear(SCHEMA)
        if self._siblings:
            store_calendar(engine, SCHEMA, CALENDAR)
        if "working_day" in names:
            self._store_working_days()
        self._store_spine(months)
        for key in sorted({self._key(name) for name in names}):
            if key.startswith(BASE) and key in self._siblings:
                self._store_dated(key)
        for name, view in views.views.items():
            if name in names:
                self._store_view(name, view.query, cuts, rules)
        self._store_areas()
        self._store_team_places()
        if "person" in looked_up:
            engine.store(SCHEMA, PEOPLE, people_sql(self.name("person"), engine.emitter, partition))

    def stored(self, name: str) -> tuple[str, str]:
        """The schema and table in which a relation stands."""
        key = self._key(name)
        if not key.startswith(BASE):
            return SCHEMA, name
        base = key.removeprefix(BASE)
        return (SCHEMA, f"dated {base}") if key in self._siblings else (RECORD, base)

    def name(self, relation: str) -> str:
        """How SQL names a relation."""
        return self.engine.name(*self.stored(relation))

    def own(self, table: str) -> str:
        """How SQL names one of the framework's own tables."""
        return self.engine.name(SCHEMA, table)

    def problem(self, tables: frozenset[str], authority: str = "") -> str | None:
        """Why a query that reads these cannot be computed for an authority, if it cannot."""
        behind = {self._key(name) for name in self.views.behind(tables)}
        known = (each[authority] for name, each in self.problems.items() if name in behind and authority in each)
        return next(known, None)

    def emitted(self, query: Query, as_at: Mapping[str, date], parameters: Mapping[str, int | str]) -> str:
        """The engine's SQL for a query; as_at: of each authority."""
        dates = as_at if self.partition.column else as_at[""]
        return self.engine.emitter.emit(query, self.stored, dates, parameters, self.partition)

    def _key(self, name: str) -> str:
        """A relation's one name: a canonical table read bare and as record.<name> is the same."""
        known = name in self.views.views or name in BUILT_IN or name.startswith(BASE)
        return name if known else BASE + name

    def _store_dated(self, key: str) -> None:
        source = self.engine.name(RECORD, key.removeprefix(BASE))
        self._store(key, lambda: f"SELECT * FROM {source}", frozenset())

    def _store_view(self, name: str, query: Query, cuts: Mapping[str, date], rules: Mapping[str, int | str]) -> None:
        self._store(name, lambda: self.emitted(query, cuts, rules), query.tables)

    def _store(self, name: str, sql: Callable[[], str], tables: frozenset[str]) -> None:
        if all(self.problem(tables, each) for each in self.authorities):
            return
        schema, table = self.stored(name)
        try:
            self.engine.store(schema, table, self._with_siblings(name, sql()))
        except ComputeError as fault:
            self.problems[name] = dict.fromkeys(self.authorities, f"the view {name} could not be built: {fault.what}")
            return
        self._check_calendar(name)

    def _with_siblings(self, name: str, sql: str) -> str:
        """With the working days that are asked for, and without the columns that nobody reads."""
        columns = self._reads.get(name, set())
        if columns and self.partition.column and name not in SHARED:
            columns = {*columns, self.partition.column}
        return with_running_counts(sql, self._siblings.get(name, ()), self.own(CALENDAR), columns)

    def _by_relation(self, pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for relation, column in pairs:
            found.setdefault(self._key(relation), set()).add(column)
        return found

    def _check_calendar(self, name: str) -> None:
        """A date that the calendar does not know is an error, never a day without bank holidays."""
        dates = self._siblings.get(name, ())
        partition = ALONE if name in SHARED else self.partition
        found = beyond_calendar(self.engine, self.engine.name(*self.stored(name)), name, dates, partition)
        if found:
            self.problems[name] = dict(found)

    def _store_working_days(self) -> None:
        working = ((day, number) for day, number in all_days() if is_working_day(day))
        self._store_built_in("working_day", working)

    def _store_spine(self, months: Sequence[date]) -> None:
        self._store_built_in("month_end", (
            (end, month_start(end), window_start(end, 3), window_start(end, 12), window_start(end, 36),
             year_start(financial_year(end)))
            for end in months
        ))  # fmt: skip

    def _store_built_in(self, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """With a row for each authority, but of what is shared."""
        columns, listed = dict(BUILT_IN[name]), list(rows)
        if self.partition.column and name not in SHARED:
            columns[self.partition.column] = "text"
            listed = [(*row, authority) for authority in self.authorities for row in listed]
        if not self._siblings.get(name):
            self.engine.store_rows(SCHEMA, name, columns, listed)
            return
        plain = f"plain {name}"
        self.engine.store_rows(SCHEMA, plain, columns, listed)
        self.engine.store(SCHEMA, name, self._with_siblings(name, f"SELECT * FROM {self.own(plain)}"))

    def _store_areas(self) -> None:
        """The areas that the settings name; the whole of an authority is none of them."""
        columns, rows = {"area_id": "text"}, []
        for name, authority in self.authorities.items():
            areas = [area for area in authority.areas if area != COUNTYWIDE]
            rows += [(area, name) if self.partition.column else (area,) for area in areas]
        if self.partition.column:
            columns[self.partition.column] = "text"
        self.engine.store_rows(SCHEMA, AREA, columns, rows)

    def _store_team_places(self) -> None:
        """Which area a team belongs to, and when; a row lasts until the team's next one, so none overlap.

        An area that the settings do not name is none.
        """
        of = self.partition.of
        self.engine.store(
            SCHEMA,
            TEAM_PLACE,
            f"SELECT {of('t')}t.team_id, a.area_id, t.valid_from, "
            "CASE WHEN t.next_from < t.valid_to OR t.valid_to IS NULL THEN t.next_from ELSE t.valid_to END AS until "
            f"FROM (SELECT {of('r')}r.team_id, r.area_id, r.valid_from, r.valid_to, LEAD(r.valid_from) OVER "
            f"(PARTITION BY {of('r')}r.team_id ORDER BY r.valid_from, r.area_id NULLS LAST) AS next_from "
            f"FROM {self.name('team')} AS r) AS t "
            f"LEFT JOIN {self.own(AREA)} AS a ON a.area_id = t.area_id{self.partition.same('a', 't')}",
        )


def read_by(views: Views, queries: Iterable[Query], looked_up: frozenset[str]) -> frozenset[str]:
    """All relations that these queries need, `team` among them, with all that they are made of."""
    return views.behind(frozenset({"team"}).union(looked_up, *(query.tables for query in queries)))
