"""Many records in one database: how a query is made to keep them apart, and what cannot be kept apart."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.calendar.working_days import running_count
from compendium.engine.dialect import read
from compendium.engine.dialect_reading import Level
from compendium.engine.duckdb_engine import DuckDBEmitter
from compendium.engine.partition import ALONE, Partition
from compendium.errors import ComputeError
from compendium.record.handover import empty_duckdb

RELATIONS = {
    "visit": {"person_id": "text", "day": "date", "n": "integer"},
    "person": {"person_id": "text", "dob": "date"},
    "working_day": {"day": "date", "number": "integer"},
}
OF_MANY = Partition("whose", frozenset({"working_day"}))
AS_AT = {"A": date(2017, 1, 31), "B": date(2017, 1, 31), "C": date(2016, 12, 31)}


def emitted(sql: str, partition: Partition = OF_MANY) -> str:
    query = read(sql, RELATIONS, Level.VIEW)
    assert query.faults == ()
    as_at = AS_AT if partition.column else AS_AT["A"]
    return DuckDBEmitter().emit(query, lambda name: ("r", name), as_at, {}, partition).replace('"', "")


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        pytest.param(
            "SELECT v.day FROM visit AS v LEFT JOIN person AS p ON p.person_id = v.person_id OR p.dob = v.day",
            "SELECT v.day, v.whose FROM r.visit AS v LEFT JOIN r.person AS p "
            "ON (p.person_id = v.person_id OR p.dob = v.day) AND p.whose = v.whose",
            id="a join is within a record",
        ),
        pytest.param(
            "SELECT w.number FROM visit AS v JOIN working_day AS w ON w.day = v.day",
            "SELECT w.number, v.whose FROM r.visit AS v JOIN r.working_day AS w ON w.day = v.day",
            id="what is shared is joined as it is",
        ),
        pytest.param(
            "SELECT v.day, COUNT(*) AS n FROM visit AS v GROUP BY v.day",
            "SELECT v.day, COUNT(*) AS n, v.whose FROM r.visit AS v GROUP BY v.day, v.whose",
            id="a group is within a record",
        ),
        pytest.param(
            "SELECT ROW_NUMBER() OVER (ORDER BY v.day) AS id, LAG(v.day) OVER (PARTITION BY v.n ORDER BY v.day) AS b"
            " FROM visit AS v",
            "SELECT ROW_NUMBER() OVER (PARTITION BY v.whose ORDER BY v.day) AS id, "
            "LAG(v.day) OVER (PARTITION BY v.n, v.whose ORDER BY v.day) AS b, v.whose FROM r.visit AS v",
            id="a window is within a record",
        ),
        pytest.param(
            "SELECT v.day FROM visit AS v WHERE EXISTS (SELECT p.dob FROM person AS p WHERE p.person_id = v.person_id)"
            " AND v.n IN (SELECT x.n FROM visit AS x)",
            "SELECT v.day, v.whose FROM r.visit AS v "
            "WHERE EXISTS(SELECT p.dob FROM r.person AS p WHERE p.person_id = v.person_id AND p.whose = v.whose) "
            "AND v.n IN (SELECT x.n FROM r.visit AS x WHERE x.whose = v.whose)",
            id="a subquery of a condition is of the row's record",
        ),
        pytest.param(
            "WITH d AS (SELECT v.day FROM visit AS v UNION SELECT p.dob AS day FROM person AS p) "
            "SELECT d.day FROM d AS d JOIN (SELECT DISTINCT v.day FROM visit AS v) AS e ON e.day = d.day",
            "WITH d AS (SELECT v.day, v.whose FROM r.visit AS v UNION SELECT p.dob AS day, p.whose FROM r.person AS p) "
            "SELECT d.day, d.whose FROM d AS d JOIN (SELECT DISTINCT v.day, v.whose FROM r.visit AS v) AS e "
            "ON e.day = d.day AND e.whose = d.whose",
            id="so are the queries within it",
        ),
        pytest.param(
            "SELECT v.n FROM visit AS v WHERE v.day <= AS_AT",
            "SELECT v.n, v.whose FROM r.visit AS v WHERE v.day <= "
            "CASE WHEN v.whose IN ('C') THEN CAST('2016-12-31' AS DATE) ELSE CAST('2017-01-31' AS DATE) END",
            id="each record has its own date",
        ),
    ],
)
def test_a_query_keeps_records_apart(sql: str, expected: str) -> None:
    assert emitted(sql) == expected
    assert "whose" not in emitted(sql, ALONE)


def test_working_days_to_the_date_of_each_record() -> None:
    sql = emitted("SELECT WORKING_DAYS(v.day, AS_AT) AS n FROM visit AS v")
    early, late = running_count(date(2016, 12, 31)), running_count(date(2017, 1, 31))
    assert f"(CASE WHEN v.whose IN ('C') THEN {early} ELSE {late} END - v.day_wd)" in sql


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("SELECT w.number FROM working_day AS w", "begins with a relation that belongs to all"),
        ("SELECT COUNT(*) AS n FROM visit AS v", "without GROUP BY"),
    ],
)
def test_what_cannot_be_kept_apart_is_refused(sql: str, why: str) -> None:
    with pytest.raises(ComputeError, match=why):
        emitted(sql)
    assert emitted(sql, ALONE)


def test_two_records_with_the_same_ids_are_not_mixed() -> None:
    engine = empty_duckdb()
    days = [date(2017, 1, day) for day in (1, 2, 3)]
    rows = [("child", day, 1, "A") for day in days[:2]] + [("child", day, 1, "B") for day in days]
    engine.store_rows("record", "visit", {**RELATIONS["visit"], "whose": "text"}, rows)
    query = read(
        "SELECT v.person_id, COUNT(x.day) AS earlier FROM visit AS v LEFT JOIN visit AS x ON x.person_id = v.person_id "
        "AND x.day < v.day GROUP BY v.person_id", RELATIONS, Level.VIEW,
    )  # fmt: skip
    sql = engine.emitter.emit(query, lambda name: ("record", name), AS_AT, {}, OF_MANY)
    assert sorted(engine.rows(sql)) == [("child", 1, "A"), ("child", 3, "B")]
