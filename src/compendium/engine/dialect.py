"""The closed SQL dialect: one SELECT over known tables, read, checked and understood.

Two levels. An indicator file may use joins, conditions, whole-number arithmetic, plain aggregates and
the seven functions; a model view may also use windows, CTEs, UNION and subqueries in FROM. What is read
is a `Query`: its tree with names in lower case, the columns it returns with their types, and what it
needs to be there. Faults are collected, never raised one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from compendium.engine.dialect_queries import columns_of
from compendium.engine.dialect_reading import Columns, Fault, Level, Reading, table_name


@dataclass(frozen=True, eq=False)
class Query:
    """A query that was read. Usable only when there are no faults. sql: as it was written.

    tables: the relations it reads, as they are written ('referral', 'record.referral');
    reads: the (relation, column) pairs that stand in it;
    siblings: the (relation, date column) pairs whose running count of working days it needs;
    parameters: the `:names` it uses; uses_as_at: whether it says AS_AT.
    """

    sql: str
    tree: exp.Expression | None
    columns: Mapping[str, str]
    tables: frozenset[str]
    reads: frozenset[tuple[str, str]]
    siblings: frozenset[tuple[str, str]]
    parameters: frozenset[str]
    uses_as_at: bool
    faults: tuple[Fault, ...]

    @cached_property
    def ones(self) -> frozenset[str]:
        """The columns that are 1 in every row: their sum is how many rows there are."""
        selected = self.tree.expressions if isinstance(self.tree, exp.Select) else ()
        return frozenset(each.alias for each in selected if each.unalias() == exp.Literal.number(1))

    @cached_property
    def texts(self) -> frozenset[str]:
        """The texts in quotation marks that stand in it."""
        literals = self.tree.find_all(exp.Literal) if self.tree is not None else ()
        return frozenset(each.name for each in literals if each.is_string)

    def without(self, *prefixes: str) -> str:
        """Its SQL, spaced alike and without comments, without the columns whose names begin so."""
        if not isinstance(self.tree, exp.Select):
            return "" if self.tree is None else self.tree.sql(comments=False)
        kept = [each for each in self.tree.expressions if not each.alias_or_name.startswith(prefixes)]
        return self.tree.copy().select(*kept, append=False, copy=False).sql(comments=False)


def read(
    sql: str, relations: Mapping[str, Columns], level: Level, parameters: Mapping[str, str] | None = None
) -> Query:
    """The query in a text, checked. `parameters`: the type of each `:name` that may stand in it."""
    reading = Reading(level, relations, parameters or {})
    columns: Columns = {}
    tree = None
    try:
        statements = sqlglot.parse(sql)
    except (ParseError, TokenError) as fault:
        return _unreadable(sql, fault)
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        reading.faults.append(Fault("one SELECT is wanted, and nothing else", 1))
    else:
        tree = cast(exp.Expression, statements[0])
        for identifier in tree.find_all(exp.Identifier):
            identifier.set("this", identifier.name.lower())
        columns = columns_of(tree, reading, {}, {})
    return Query(
        sql,
        tree,
        columns,
        frozenset(reading.tables),
        frozenset(reading.columns),
        frozenset(reading.siblings),
        frozenset(reading.parameters),
        reading.uses_as_at,
        tuple(sorted(set(reading.faults), key=lambda each: (each.line, each.what))),
    )


def table_names(sql: str) -> frozenset[str]:
    """The relations a query names, before it is checked; nothing when it cannot be read at all."""
    try:
        tree = sqlglot.parse_one(sql)
    except (ParseError, TokenError):
        return frozenset()
    own = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    named = {table_name(table).lower() for table in tree.find_all(exp.Table)}
    return frozenset(named - own)


def _unreadable(sql: str, fault: ParseError | TokenError) -> Query:
    line, what = 1, str(fault).splitlines()[0]
    if isinstance(fault, ParseError) and fault.errors:
        first = fault.errors[0]
        line = first.get("line") or 1
        near = str(first.get("highlight") or "").strip()
        what = f"{first.get('description')}" + (f" near {near}" if near else "")
    unread = Fault(f"this cannot be read as SQL: {what}", line, "look for a missing comma, bracket or alias")
    return Query(sql, None, {}, frozenset(), frozenset(), frozenset(), frozenset(), False, (unread,))
