"""The running count of working days beside each date of a stored relation, which WORKING_DAYS subtracts."""

from __future__ import annotations

from collections.abc import Collection

from compendium import words
from compendium.calendar.working_days import all_days
from compendium.engine.dialect_reading import WORKING_DAY_SUFFIX
from compendium.engine.duckdb_engine import DuckDBEngine


def store_calendar(engine: DuckDBEngine, calendar: str) -> None:
    """Every day of the calendar with its count, as the table of that (quoted) name."""
    days, counts = zip(*all_days(), strict=True)
    engine.run(
        f'CREATE TABLE {calendar} AS SELECT UNNEST(?::DATE[]) AS "day", UNNEST(?::INTEGER[]) AS "count"',
        [list(days), list(counts)],
    )


def with_running_counts(sql: str, dates: Collection[str], calendar: str) -> str:
    """The rows of a query with a count beside each of these dates of theirs."""
    if not dates:
        return sql
    ordered = sorted(dates)
    counts = ", ".join(f'c{at}."count" AS "{each}{WORKING_DAY_SUFFIX}"' for at, each in enumerate(ordered))
    joins = " ".join(f'LEFT JOIN {calendar} AS c{at} ON c{at}."day" = t."{each}"' for at, each in enumerate(ordered))
    return f"SELECT t.*, {counts} FROM ({sql}) AS t {joins}"


def beyond_calendar(engine: DuckDBEngine, stored: str, name: str, dates: Collection[str]) -> str | None:
    """Which of these dates holds days that the calendar does not know, and in how many rows; None when none does."""
    for each in sorted(dates):
        beyond = engine.rows(
            f'SELECT COUNT(*) FROM {stored} WHERE "{each}" IS NOT NULL AND "{each}{WORKING_DAY_SUFFIX}" IS NULL'
        )[0][0]
        if beyond:
            return f"{words.plural(beyond, 'row')} of {name}: {each} is outside the working-day calendar"
    return None
