"""The running count of working days beside each date of a stored relation, which WORKING_DAYS subtracts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from compendium import words
from compendium.calendar.working_days import all_days
from compendium.engine.dialect_reading import WORKING_DAY_SUFFIX
from compendium.engine.engine import Engine
from compendium.engine.partition import ALONE, Partition


def store_calendar(engine: Engine, schema: str, calendar: str) -> None:
    """Every day of the calendar with its count."""
    engine.store_rows(schema, calendar, {"day": "date", "count": "integer"}, all_days())


def with_running_counts(sql: str, dates: Collection[str], calendar: str, columns: Collection[str] = ()) -> str:
    """The rows of a query with a count beside each of these dates of theirs. calendar: as SQL names it.

    columns: those of its columns that are wanted; none named is all.
    """
    if not dates and not columns:
        return sql
    ordered = sorted(dates)
    kept = [f't."{each}"' for each in sorted({*columns, *dates})] if columns else ["t.*"]
    kept += [f'c{at}."count" AS "{each}{WORKING_DAY_SUFFIX}"' for at, each in enumerate(ordered)]
    joins = "".join(f' LEFT JOIN {calendar} AS c{at} ON c{at}."day" = t."{each}"' for at, each in enumerate(ordered))
    return f"SELECT {', '.join(kept)} FROM ({sql}) AS t{joins}"


def beyond_calendar(
    engine: Engine, stored: str, name: str, dates: Collection[str], partition: Partition = ALONE
) -> Mapping[str, str]:
    """For each record that has any: which of these dates holds days beyond the calendar, and in how many rows."""
    found: dict[str, str] = {}
    for each in sorted(dates):
        for record, beyond in engine.rows(
            f"SELECT {partition.told('t')}COUNT(*) FROM {stored} AS t "
            f'WHERE t."{each}" IS NOT NULL AND t."{each}{WORKING_DAY_SUFFIX}" IS NULL{partition.by("t")}'
        ):
            if beyond:
                why = f"{words.plural(beyond, 'row')} of {name}: {each} is outside the working-day calendar"
                found.setdefault(record, why)
    return found
