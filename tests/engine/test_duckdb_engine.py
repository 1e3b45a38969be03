"""The dialect run on DuckDB: what each function answers, and what a connection must have given up first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.calendar.ages import age_at
from compendium.calendar.months import add_months
from compendium.calendar.working_days import running_count
from compendium.engine.dialect import read
from compendium.engine.dialect_reading import Level
from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.engine.locking import lock
from compendium.errors import ComputeError

RELATIONS = {
    "given": {"a": "date", "b": "date", "moment": "timestamp", "until": "timestamp", "n": "integer", "key": "text"}
}
DAYS = st.dates(date(2010, 1, 1), date(2031, 12, 31))
AS_AT = date(2017, 3, 3)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDBEngine]:
    connection = duckdb.connect(":memory:")
    connection.execute("CREATE TABLE given (a DATE, b DATE, moment TIMESTAMP, until TIMESTAMP, n INTEGER, key VARCHAR)")
    connection.execute("INSERT INTO given VALUES (NULL, NULL, NULL, NULL, NULL, NULL)")
    lock(connection)
    yield DuckDBEngine(connection)
    connection.close()


def answer(engine: DuckDBEngine, expression: str, **values: Any) -> Any:
    """What an expression over one row answers."""
    query = read(f"SELECT {expression} AS answer FROM given AS g", RELATIONS, Level.VIEW, {"limit": "integer"})
    assert query.faults == ()
    engine.run("DELETE FROM given")
    engine.run(f"INSERT INTO given ({', '.join(values) or 'n'}) VALUES ({', '.join('?' * len(values)) or '1'})",
               list(values.values()))  # fmt: skip
    sql = engine.emitter.emit(query, lambda name: ("main", name), AS_AT, {"limit": 10})
    return engine.rows(sql)[0][0]


@given(day=DAYS, months=st.integers(0, 60))
def test_months_after_clamps_to_the_end_of_the_month(engine: DuckDBEngine, day: date, months: int) -> None:
    assert answer(engine, f"MONTHS_AFTER(g.a, {months})", a=day) == add_months(day, months)


@given(birth=DAYS, day=DAYS)
def test_age_is_in_completed_years(engine: DuckDBEngine, birth: date, day: date) -> None:
    if day >= birth:
        assert answer(engine, "AGE_AT(g.a, g.b)", a=birth, b=day) == age_at(birth, day)


@given(first=DAYS, second=DAYS)
def test_days_are_counted_from_the_first_to_the_second(engine: DuckDBEngine, first: date, second: date) -> None:
    assert answer(engine, "DAYS_BETWEEN(g.a, g.b)", a=first, b=second) == (second - first).days
    between = (second - first).days
    assert answer(engine, f"DAYS_AFTER(g.a, {between})" if between >= 0 else f"DAYS_AFTER(g.a, -{-between})",
                  a=first) == second  # fmt: skip


@given(day=DAYS)
def test_the_days_of_a_week_are_numbered_from_monday(engine: DuckDBEngine, day: date) -> None:
    assert answer(engine, "WEEKDAY(g.a)", a=day) == day.isoweekday()


@pytest.mark.parametrize(
    ("expression", "values", "expected"),
    [
        ("SECONDS_BETWEEN(g.moment, g.until)", {"moment": "2017-01-31 23:59:30", "until": "2017-02-01 00:00:10"}, 40),
        ("SECONDS_BETWEEN(g.moment, AS_AT)", {"moment": "2017-03-02 23:00:00"}, 3600),
        ("DAY_OF(g.moment)", {"moment": "2017-01-31 23:59:59"}, date(2017, 1, 31)),
        ("CASE WHEN OPEN_AT(g.a, g.b, AS_AT) THEN 1 ELSE 0 END", {"a": "2017-03-03", "b": None}, 1),
        ("CASE WHEN OPEN_AT(g.a, g.b, AS_AT) THEN 1 ELSE 0 END", {"a": "2017-03-01", "b": "2017-03-03"}, 0),
        ("CASE WHEN OPEN_AT(g.a, g.b, AS_AT) THEN 1 ELSE 0 END", {"a": "2017-03-04", "b": None}, 0),
        ("WORKING_DAYS(AS_AT, AS_AT)", {}, 0),
        ("CASE WHEN g.a = '2017-01-31' THEN :limit * 2 ELSE 0 END", {"a": "2017-01-31"}, 20),
        ("MONTHS_AFTER(DAYS_AFTER(MONTHS_AFTER(g.a, 1), 1), 1)", {"a": "2017-01-31"}, date(2017, 4, 1)),
        ("CASE WHEN g.key = 'it''s' THEN 1 ELSE 0 END", {"key": "it's"}, 1),
        ("SUM(g.n)", {"n": 2147483647}, 2147483647),
    ],
)
def test_what_a_function_answers(engine: DuckDBEngine, expression: str, values: dict[str, Any], expected: Any) -> None:
    assert answer(engine, expression, **values) == expected


def test_working_days_are_a_difference_of_stored_counts() -> None:
    query = read("SELECT WORKING_DAYS(g.a, AS_AT) AS n FROM given AS g", RELATIONS, Level.INDICATOR)
    sql = DuckDBEngine.emitter.emit(query, lambda name: ("main", name), date(2017, 1, 9), {})
    assert sql == f'SELECT ({running_count(date(2017, 1, 9))} - "g"."a_wd") AS "n" FROM "main"."given" AS "g"'


def test_grouping_by_a_date_groups_by_its_working_days_too() -> None:
    query = read(
        "SELECT WORKING_DAYS(g.a, AS_AT) AS n, COUNT(*) AS c FROM given AS g GROUP BY g.a", RELATIONS, Level.INDICATOR
    )
    assert query.faults == ()
    sql = DuckDBEngine.emitter.emit(query, lambda name: ("main", name), AS_AT, {})
    assert sql.endswith('GROUP BY "g"."a", "g"."a_wd"')


def test_every_name_is_quoted_and_sums_are_wide() -> None:
    query = read("SELECT g.key, SUM(g.n) AS plan FROM given AS g GROUP BY g.key", RELATIONS, Level.INDICATOR)
    assert DuckDBEngine.emitter.emit(query, lambda name: ("model", name), AS_AT, {}) == (
        'SELECT "g"."key", SUM(CAST("g"."n" AS BIGINT)) AS "plan" FROM "model"."given" AS "g" GROUP BY "g"."key"'
    )


def test_catalogue_sql_runs_only_on_a_locked_connection() -> None:
    with duckdb.connect(":memory:") as connection:
        with pytest.raises(ComputeError, match="locked down"):
            DuckDBEngine(connection)
        lock(connection)
        engine = DuckDBEngine(connection)
        for sql in ("SELECT * FROM read_text('/etc/hostname')", "SET enable_external_access = true",
                    "COPY (SELECT 1) TO '/tmp/x.csv'", "ATTACH '/tmp/x.db'", "INSTALL httpfs"):  # fmt: skip
            with pytest.raises(ComputeError, match="refused"):
                engine.run(sql)
