"""The closed dialect: what may be written, and what is said about what may not."""

from __future__ import annotations

import pytest

from compendium.engine.dialect import Query, read, table_names
from compendium.engine.dialect_reading import Level

RELATIONS = {
    "month_end": {"month_end": "date", "start_12m": "date"},
    "referral": {
        "person_id": "text", "team_id": "text", "referral_date": "date", "previous_referral_date": "date",
        "close_date": "date", "nfa": "integer", "opened_at": "timestamp",
    },
    "record.referral": {"person_id": "text", "referral_date": "date"},
}  # fmt: skip


def indicator(sql: str, **parameters: str) -> Query:
    return read(sql, RELATIONS, Level.INDICATOR, parameters)


def view(sql: str) -> Query:
    return read(sql, RELATIONS, Level.VIEW)


def value(expression: str) -> Query:
    return indicator(f"SELECT {expression} AS numerator FROM referral AS r")


def condition(expression: str) -> Query:
    return indicator(f"SELECT r.person_id FROM referral AS r WHERE {expression}")


def only_fault(query: Query) -> str:
    assert len(query.faults) == 1, query.faults
    return f"{query.faults[0].what}; {query.faults[0].remedy}"


def test_a_query_says_what_it_returns_and_what_it_needs() -> None:
    query = indicator(
        "SELECT r.person_id AS child_id, m.month_end, r.opened_at,\n"
        "       CASE WHEN WORKING_DAYS(r.referral_date, m.month_end) <= :days THEN 1 ELSE 0 END AS numerator\n"
        "FROM month_end AS m JOIN referral AS r ON OPEN_AT(r.referral_date, r.close_date, m.month_end)\n"
        "WHERE r.referral_date <= AS_AT",
        days="integer",
    )
    assert query.faults == ()
    assert query.columns == {
        "child_id": "text", "month_end": "date", "opened_at": "timestamp", "numerator": "integer",
    }  # fmt: skip
    assert query.tables == {"month_end", "referral"}
    assert query.siblings == {("referral", "referral_date"), ("month_end", "month_end")}
    assert query.parameters == {"days"}
    assert query.uses_as_at


@pytest.mark.parametrize(
    "expression",
    [
        "COUNT(*)",
        "COUNT(DISTINCT r.person_id)",
        "SUM(CASE WHEN r.nfa = 1 THEN 2 ELSE -1 END)",
        "MAX(AGE_AT(r.referral_date, r.close_date) + 1 * (2 - 3))",
        "MIN(DAYS_BETWEEN(r.referral_date, AS_AT))",
        "MIN(SECONDS_BETWEEN(r.opened_at, AS_AT))",
    ],
)
def test_values_that_may_be_written(expression: str) -> None:
    assert value(expression).faults == ()


@pytest.mark.parametrize(
    "expression",
    [
        "r.referral_date <= MONTHS_AFTER(r.previous_referral_date, 12) AND NOT (r.nfa = 1 OR r.nfa IS NULL)",
        "r.person_id IN ('A', 'B') AND r.referral_date BETWEEN '2017-01-01' AND DAYS_AFTER(AS_AT, 3)",
        "EXISTS (SELECT 1 FROM referral AS x WHERE x.person_id = r.person_id AND x.nfa = 0)",
        "r.person_id NOT IN (SELECT x.person_id FROM referral AS x)",
        "DAY_OF(r.opened_at) = r.referral_date",
    ],
)
def test_conditions_that_may_be_written(expression: str) -> None:
    assert condition(expression).faults == ()


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("r.referral_date + 7", "calculates with a date"),
        ("r.close_date - r.referral_date", "calculates with a date"),
        ("r.nfa / 2", "figures are made from whole numbers afterwards"),
        ("1.5", "not a whole number"),
        ("CAST(r.nfa AS INTEGER)", "a cast means something else"),
        ("COALESCE(r.nfa, 0)", "CASE says it already"),
        ("ROUND(r.nfa)", "figures are made from whole numbers"),
        ("MEDIAN(r.nfa)", "figures are made from whole numbers"),
        ("GREATEST(r.nfa, 1)", "CASE says it already"),
        ("r.nfa = 1", "a condition cannot be a value"),
        ("TRUE", "SQL Server has no boolean"),
        ("EXISTS (SELECT 1 FROM referral AS x)", "EXISTS stands only in WHERE"),
        ("(SELECT MAX(x.nfa) FROM referral AS x)", "over 120 seconds"),
        ("CASE r.nfa WHEN 1 THEN 1 END", "use the searched form"),
        ("CASE WHEN r.nfa THEN 1 END", "write r.nfa = 1"),
        ("CASE WHEN r.nfa = 1 THEN 1 ELSE 'x' END", "branches of one CASE are integer and text"),
        ("LAG(r.nfa) OVER (ORDER BY r.person_id)", "a model view"),
        ("CURRENT_DATE", "AS_AT"),
        ("r.referral_date + INTERVAL 1 DAY", "engines write dates differently"),
        ("MONTHS_BEFORE(r.referral_date, 12)", "write later <= MONTHS_AFTER(earlier, n)"),
        ("WORKING_DAYZ(r.referral_date, AS_AT)", "did you mean WORKING_DAYS?"),
        ("WORKING_DAYS(DAYS_AFTER(r.referral_date, 1), AS_AT)", "takes plain columns or AS_AT"),
        ("WORKING_DAYS(r.referral_date)", "takes 2 arguments"),
        ("MONTHS_AFTER(r.referral_date, r.nfa)", "takes a whole number or a :limit"),
        ("DAYS_BETWEEN(r.person_id, AS_AT)", "takes a date where r.person_id is text"),
        ("AGE_AT(r.referral_date, :dayz)", "there is no rule or limit :dayz"),
        ("r.refferal_date", "did you mean referral_date"),
        ("q.nfa", "no table here has the alias q"),
        ("nfa", "write r.nfa"),
        ("COUNT(DISTINCT r.nfa + 1)", "takes one column"),
    ],
)
def test_a_value_outside_the_dialect_is_refused_with_its_reason(expression: str, says: str) -> None:
    assert says in only_fault(value(expression))


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("r.nfa", "write r.nfa = 1"),
        ("r.nfa IS TRUE", "IS stands only before NULL"),
        ("r.nfa = NULL", "write IS NULL"),
        ("r.referral_date = 'A'", "compares date with text"),
        ("r.nfa = r.person_id", "compares integer with text"),
        ("r.person_id LIKE 'A%'", "name the values"),
    ],
)
def test_a_condition_is_comparisons_of_like_with_like(expression: str, says: str) -> None:
    assert says in only_fault(condition(expression))


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT * FROM referral AS r", "name the columns"),
        ("SELECT r.* FROM referral AS r", "name the columns"),
        ("SELECT DISTINCT r.nfa FROM referral AS r", "use GROUP BY"),
        ("SELECT r.nfa FROM referral AS r ORDER BY r.nfa", "rows have no order here"),
        ("SELECT r.nfa FROM referral AS r LIMIT 3", "every row counts"),
        ("SELECT r.nfa FROM refferal AS r", "did you mean referral"),
        ("SELECT r.nfa FROM referral AS r, month_end AS m", "a JOIN needs ON"),
        ("SELECT r.nfa FROM referral AS r CROSS JOIN month_end AS m", "use JOIN or LEFT JOIN"),
        ("SELECT r.nfa FROM referral AS r RIGHT JOIN month_end AS m ON m.month_end = r.referral_date", "LEFT JOIN"),
        ("SELECT r.nfa FROM referral AS r JOIN month_end AS m USING (month_end)", "write ON a.x = b.x"),
        ("SELECT COUNT(*) AS n FROM referral AS r GROUP BY ALL", "name the columns"),
        ("SELECT COUNT(*) AS n FROM referral AS r GROUP BY 1", "named columns only"),
        ("SELECT r.nfa, COUNT(*) AS n FROM referral AS r GROUP BY r.person_id", "neither grouped nor inside"),
        ("SELECT r.person_id AS child_id, COUNT(*) AS n FROM referral AS r", "one row for each thing counted"),
        ("SELECT r.nfa FROM referral AS r UNION SELECT r.nfa FROM referral AS r", "belongs in a model view"),
        ("WITH a AS (SELECT r.nfa FROM referral AS r) SELECT r.nfa FROM referral AS r", "belongs in a model view"),
        ("SELECT r.nfa + 1 FROM referral AS r", "needs a name"),
        ("SELECT r.nfa, r.person_id AS nfa FROM referral AS r", "two columns are called nfa"),
        ("DELETE FROM referral", "one SELECT is wanted"),
        ("SELECT r.nfa FROM referral AS r; SELECT r.nfa FROM referral AS r", "one SELECT is wanted"),
        ("SELECT r.nfa FROM referral AS r WHERE (r.nfa = 1", "cannot be read as SQL"),
    ],
)
def test_a_query_outside_the_dialect_is_refused_with_its_reason(sql: str, says: str) -> None:
    assert says in only_fault(indicator(sql))


def test_all_faults_are_told_at_once_each_with_its_line() -> None:
    query = indicator(
        "SELECT r.persn_id AS child_id,\n       r.referral_date + 7 AS on_date\nFROM referral AS r\nWHERE r.nfa",
    )
    assert [fault.line for fault in query.faults] == [1, 2, 4]


def test_a_view_may_use_windows_ctes_unions_and_subqueries() -> None:
    query = view(
        "WITH told AS (SELECT r.person_id, r.referral_date, r.referral_date_wd FROM record.referral AS r\n"
        "              UNION ALL SELECT r.person_id, r.close_date, r.close_date_wd FROM referral AS r)\n"
        "SELECT t.person_id, LAG(t.referral_date) OVER (PARTITION BY t.person_id ORDER BY t.referral_date) AS before,\n"
        "       SUM(1) OVER (PARTITION BY t.person_id ORDER BY t.referral_date\n"
        "                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running,\n"
        "       WORKING_DAYS(t.referral_date, AS_AT) AS age\n"
        "FROM (SELECT u.person_id, u.referral_date, u.referral_date_wd FROM told AS u) AS t",
    )
    assert "the same columns" in only_fault(query)  # the second half of the UNION calls its date by another name
    assert query.columns == {"person_id": "text", "before": "date", "running": "integer", "age": "integer"}


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT SUM(r.nfa) OVER (ORDER BY r.nfa) AS n FROM referral AS r", "takes ROWS"),
        ("SELECT LAG(r.nfa) OVER (PARTITION BY r.nfa) AS n FROM referral AS r", "needs ORDER BY"),
        ("SELECT LAG(r.nfa, 1, 0) OVER (ORDER BY r.nfa) AS n FROM referral AS r", "its rules differ"),
        ("SELECT MAX(r.nfa) OVER (ORDER BY r.nfa) AS n FROM referral AS r", "not a window of the dialect"),
        ("SELECT LAG(r.nfa, r.nfa) OVER (ORDER BY r.nfa) AS n FROM referral AS r", "the number is written out"),
        ("SELECT DISTINCT ON (r.nfa) r.nfa FROM referral AS r", "use ROW_NUMBER"),
        ("SELECT r.a FROM referral AS r(a)", "name columns where they are made"),
        ("WITH a(x) AS (SELECT r.nfa FROM referral AS r) SELECT a.x FROM a AS a", "name columns where they are made"),
        ("WITH RECURSIVE a AS (SELECT r.nfa FROM referral AS r) SELECT a.nfa FROM a AS a", "not every engine"),
        ("SELECT r.nfa FROM referral AS r HAVING r.nfa = 1", "its condition into WHERE"),
        (
            "WITH a AS (SELECT r.referral_date FROM referral AS r) "
            "SELECT WORKING_DAYS(a.referral_date, AS_AT) AS n FROM a AS a",
            "return referral_date_wd from that query too",
        ),
    ],
)  # fmt: skip
def test_a_view_has_its_own_limits(sql: str, says: str) -> None:
    assert says in str(view(sql).faults)


def test_the_tables_of_a_query_are_known_before_it_is_checked() -> None:
    sql = "WITH a AS (SELECT r.x FROM record.referral AS r) SELECT a.x FROM a AS a JOIN Duty AS d ON d.x = a.x"
    assert table_names(sql) == {"record.referral", "duty"}
    assert table_names("SELECT (") == frozenset()
