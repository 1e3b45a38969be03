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


def in_force(table: str, cut: date, where: str = "1 = 1", stored: str = "", partition: str = "") -> str:
    """SQL for the rows of `benchmark` or `population` in force as at the cut, of those that `where` chooses.

    stored: how SQL names the table. partition: the column that says whose a row is, where it holds those of many.
    """
    own = [partition] if partition else []
    figure = ", ".join([*own, *(name for name in TABLES[table].key if name not in ("release", "released_on"))])
    columns = ", ".join([*own, *TABLES[table].column_names])
    day = f"DATE '{cut.isoformat()}'"
    of_benchmark = "compiled" in TABLES[table].column_names
    compiled, name = ("COALESCE(compiled, 0), ", ", release DESC") if of_benchmark else ("", "")
    # Of two releases on one side of the cut the nearer: the last of those before it, the first of those after it.
    nearest = (
        f"CASE WHEN released_on <= {day} THEN released_on END DESC, CASE WHEN released_on > {day} THEN released_on END"
    )
    return (
        f"SELECT {columns} FROM (SELECT {columns}, ROW_NUMBER() OVER (PARTITION BY {figure}"
        f" ORDER BY CASE WHEN released_on IS NULL THEN 0 WHEN released_on <= {day} THEN 1 ELSE 2 END,"
        f" {compiled}{nearest}{name}) AS turn FROM {stored or f'record.{table}'} WHERE {where}) AS numbered"
        " WHERE turn = 1"
    )
