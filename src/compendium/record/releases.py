"""Which release speaks for a published figure as at a day, where several releases give it.

A figure of the year ending March 2016 stands in the release of 2016, again, perhaps revised, in every
later one, and once more, with rates worked out anew, in compilations. The record keeps all of them, a row
each. As at a day the one in force is

1. a row without a release: what the council itself wrote down;
2. the newest release that was out by that day, and the department's own before a compilation;
3. where none was out by then, the earliest after it, which has seen the fewest revisions since.

What is still even is settled by the release's name: never by the order of loading.
"""

from __future__ import annotations

from datetime import date

from compendium.record.tables import TABLES


def in_force(table: str, cut: date, where: str = "true") -> str:
    """SQL for the rows of `benchmark` or `population` in force as at the cut, of those that `where` chooses."""
    figure = ", ".join(name for name in TABLES[table].key if name not in ("release", "released_on"))
    day = f"DATE '{cut.isoformat()}'"
    of_benchmark = "compiled" in TABLES[table].column_names
    compiled, name = ("coalesce(compiled, 0), ", ", release DESC") if of_benchmark else ("", "")
    return (
        f"SELECT * FROM record.{table} WHERE {where} QUALIFY 1 = row_number() OVER (PARTITION BY {figure}"
        f" ORDER BY released_on IS NOT NULL, released_on > {day}, {compiled}abs(date_diff('day', released_on, {day})),"
        f" released_on{name})"
    )
