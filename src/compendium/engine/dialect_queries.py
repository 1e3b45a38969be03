"""Whole queries of the dialect: SELECT, UNION and WITH, their tables, joins and groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from compendium.engine.dialect_reading import TYPES, Columns, Level, Reading, Relation, did_you_mean, table_name
from compendium.engine.dialect_rules import AGGREGATES, REASONS
from compendium.engine.dialect_values import check_condition, type_of

Scope = Mapping[str, Relation]  # alias -> what it stands for


def columns_of(query: exp.Expression, reading: Reading, outer: Scope, named: Mapping[str, Columns]) -> Columns:
    """The columns a query returns, with their types, after checking all of it.

    outer: the aliases of the query around it (for EXISTS); named: the CTEs in sight.
    """
    if isinstance(query, exp.Subquery):
        reading.admits(query)
        return columns_of(query.this, reading, outer, named)
    if not isinstance(query, exp.Select | exp.Union):
        reading.fault("a SELECT is wanted here", query)
        return {}
    named = _with(query, reading, named)
    if isinstance(query, exp.Union):
        if not reading.admits(query):
            return {}
        left = columns_of(query.this, reading, outer, named)
        right = columns_of(query.expression, reading, outer, named)
        return _union(query, left, right, reading)
    return _select(query, reading, outer, named)


def _with(query: exp.Query, reading: Reading, named: Mapping[str, Columns]) -> Mapping[str, Columns]:
    clause = query.args.get("with_")
    if clause is None or reading.level is Level.INDICATOR:
        return named
    reading.admits(clause)
    known = dict(named)
    for cte in clause.expressions:
        if reading.admits(cte) and reading.admits(cte.args["alias"]):
            known[cte.alias] = columns_of(cte.this, reading, {}, known)
    return known


def _union(query: exp.Union, left: Columns, right: Columns, reading: Reading) -> Columns:
    if list(left) != list(right):
        reading.fault(
            "both halves of a UNION must return the same columns in the same order",
            query,
            f"the first returns {', '.join(left)}; the second {', '.join(right)}",
        )
    merged = {}
    for (name, first), second in zip(left.items(), right.values(), strict=False):
        kinds = {first, second} - {"null"}
        if len(kinds) > 1:
            reading.fault(f"{name} is {first} in one half of the UNION and {second} in the other", query)
        merged[name] = min(kinds) if kinds else "null"
    _note_types(query, list(merged.values()))
    return merged


def _note_types(query: exp.Expression, kinds: Sequence[str]) -> None:
    """On each NULL that stands for a column of a UNION the type of that column, so that engines are told."""
    if isinstance(query, exp.Union):
        _note_types(query.this, kinds)
        _note_types(query.expression, kinds)
    elif isinstance(query, exp.Select):
        for each, kind in zip(query.expressions, kinds, strict=False):
            if isinstance(each.unalias(), exp.Null) and kind in TYPES:
                each.unalias().meta["type"] = kind


def _select(query: exp.Select, reading: Reading, outer: Scope, named: Mapping[str, Columns]) -> Columns:
    if not reading.admits(query):
        return {}
    if query.args.get("distinct") is not None:
        reading.admits(query.args["distinct"])
    scope: dict[str, Relation] = dict(outer)
    own: set[str] = set()
    source = query.args.get("from_")
    if source is None:
        reading.fault("a SELECT reads FROM a table", query)
        return {}
    tables = [source.this, *(join.this for join in query.args.get("joins") or ())]
    for table in tables:
        _add_table(table, reading, scope, own, named)
    for join in query.args.get("joins") or ():
        _check_join(join, reading, scope)
    where = query.args.get("where")
    if where is not None and reading.admits(where):
        check_condition(where.this, reading, scope, inner=lambda each: _in_where(each, reading, scope, named))
    before = len(reading.faults)
    grouped = _grouped(query, reading, scope)
    sound = len(reading.faults) == before
    columns = _returned(query, reading, scope)
    if sound:
        _check_grouping(query, reading, grouped)
    return columns


def _add_table(
    table: exp.Expression, reading: Reading, scope: dict[str, Relation], own: set[str], named: Mapping[str, Columns]
) -> None:
    alias = table.alias
    if isinstance(table, exp.Subquery) and reading.level is Level.VIEW:
        relation = Relation(None, columns_of(table, reading, {}, named))
    elif isinstance(table, exp.Table) and isinstance(table.this, exp.Identifier):
        reading.admits(table)
        relation = _relation(table, reading, named) or Relation("", {})
    else:
        reading.admits(table)
        reading.fault("only tables by name can stand in FROM", table)
        return
    if not alias:
        reading.fault(f"{table_name(table) if isinstance(table, exp.Table) else 'the subquery'} has no alias", table,
                      "write FROM referral AS r, and r. before every column")  # fmt: skip
        return
    reading.admits(table.args["alias"])
    if alias in own:
        reading.fault(f"the alias {alias} stands for two tables", table)
    own.add(alias)
    scope[alias] = relation


def _relation(table: exp.Table, reading: Reading, named: Mapping[str, Columns]) -> Relation | None:
    name = table_name(table)
    if not table.db and name in named:
        return Relation(None, named[name])
    if name in reading.relations:
        reading.tables.add(name)
        return Relation(name, reading.relations[name])
    reading.fault(f"there is no table {name}", table, did_you_mean(name, [*reading.relations, *named]))
    return None


def _check_join(join: exp.Join, reading: Reading, scope: Scope) -> None:
    if not reading.admits(join):
        return
    if join.kind not in ("", "INNER") or join.side not in ("", "LEFT"):
        reading.fault(f"a {join.side or join.kind} JOIN is not in the dialect", join, "use JOIN or LEFT JOIN ... ON")
    elif join.args.get("on") is None:
        reading.fault("a JOIN needs ON and a comparison", join, "every pair of rows is never what is meant")
    else:
        check_condition(join.args["on"], reading, scope)


def _in_where(node: exp.Expression, reading: Reading, scope: Scope, named: Mapping[str, Columns]) -> Columns:
    return columns_of(node, reading, scope, named)


def _grouped(query: exp.Select, reading: Reading, scope: Scope) -> set[str] | None:
    group = query.args.get("group")
    if group is None:
        return None
    if not reading.admits(group):
        return None
    names = set()
    for each in group.expressions:
        if isinstance(each, exp.Column):
            type_of(each, reading, scope)
            names.add(each.sql())
        else:
            reading.fault("GROUP BY takes named columns only", each, "put the expression into a model view")
    return names


def _returned(query: exp.Select, reading: Reading, scope: Scope) -> Columns:
    columns: dict[str, str] = {}
    for each in query.expressions:
        value, name = each, each.alias_or_name
        if each.is_star:
            reading.fault("SELECT * is not in the dialect", each, REASONS["Star"])
            continue
        if isinstance(each, exp.Alias):
            reading.admits(each)
            value = each.this
        elif not isinstance(each, exp.Column) and not _within_exists(query):
            reading.fault("a computed column needs a name", each, "write ... AS numerator")
        if name in columns:
            reading.fault(f"two columns are called {name}", each)
        columns[name] = type_of(value, reading, scope)
    return columns


def _within_exists(query: exp.Select) -> bool:
    return isinstance(query.parent, exp.Exists)


def _check_grouping(query: exp.Select, reading: Reading, grouped: set[str] | None) -> None:
    """Outside an aggregate only grouped columns may stand; engines differ in what they forgive."""
    aggregated = any(_aggregates(each) for each in query.expressions)
    if grouped is None and not aggregated:
        return
    columns = [column for each in query.expressions for column in each.find_all(exp.Column)]
    loose = [each for each in columns if each.table and not _inside_aggregate(each, query)]
    if loose and grouped is None and reading.level is Level.INDICATOR:
        reading.fault("a total without GROUP BY makes one row of all", query,
                      "return one row for each thing counted; they are added up afterwards")  # fmt: skip
        return
    for column in loose:
        if column.sql() not in (grouped or set()):
            reading.fault(f"{column.sql()} is neither grouped nor inside an aggregate", column,
                          "add it to GROUP BY, or take MIN or MAX of it")  # fmt: skip


def _aggregates(value: exp.Expression) -> bool:
    found = list(value.find_all(*AGGREGATES))
    return any(not isinstance(each.parent, exp.Window) for each in found)


def _inside_aggregate(column: exp.Column, query: exp.Select) -> bool:
    node = column.parent
    while node is not None and node is not query:
        if isinstance(node, AGGREGATES):
            return True
        node = node.parent
    return False
