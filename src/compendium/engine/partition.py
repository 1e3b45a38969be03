"""Many records in one database: a column says whose each row is, and a query answers for all of them at once.

The dialect is closed, so a checked query can be made to keep records apart by rule: every relation carries the
column, every join and subquery matches it, every group and window is within it, and every answer returns it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlglot import exp

from compendium.engine.dialect_rules import AGGREGATES
from compendium.errors import ComputeError

COLUMN = "record_authority"


@dataclass(frozen=True)
class Partition:
    """column: the one that says whose a row is; empty where one record has the database to itself.

    shared: relations that belong to all records and so have no such column.
    """

    column: str = ""
    shared: frozenset[str] = frozenset()

    def of(self, alias: str) -> str:
        """The column of an alias as the beginning of a list of columns: 's."record_authority", ', or nothing."""
        return f'{alias}."{self.column}", ' if self.column else ""

    def told(self, alias: str) -> str:
        """The same where it is only answered: of a record alone it is the empty text, by which that one is known."""
        return self.of(alias) or "'', "

    def by(self, alias: str) -> str:
        """GROUP BY the column, where there is nothing else to group by."""
        return f' GROUP BY {alias}."{self.column}"' if self.column else ""

    def same(self, one: str, other: str) -> str:
        """That the rows of two aliases are of one record, as the end of a condition; or nothing."""
        return f' AND {one}."{self.column}" = {other}."{self.column}"' if self.column else ""

    def keep_apart(self, tree: exp.Expression) -> None:
        """Changes a checked query so that it answers for every record what it would answer for each alone."""
        if self.column:
            _query(tree, self, frozenset(), None)


ALONE = Partition()


def first_alias(query: exp.Select) -> str:
    """The relation that a SELECT begins with; every other is joined to it, so its record is the row's."""
    return str(query.args["from_"].this.alias)


def _query(query: exp.Expression, partition: Partition, own: Collection[str], outer: str | None) -> None:
    """own: the names of the query's CTEs in sight. outer: the alias whose record a subquery in WHERE must match."""
    if isinstance(query, exp.Subquery):
        _query(query.this, partition, own, outer)
        return
    assert isinstance(query, exp.Query)
    clause = query.args.get("with_")
    for cte in clause.expressions if clause is not None else ():
        _query(cte.this, partition, own, None)
        own = {*own, cte.alias}
    if isinstance(query, exp.Union):
        _query(query.this, partition, own, outer)
        _query(query.expression, partition, own, outer)
    elif isinstance(query, exp.Select):
        _select(query, partition, own, outer)


def _select(query: exp.Select, partition: Partition, own: Collection[str], outer: str | None) -> None:
    alias = first_alias(query)

    def column(of: str) -> exp.Expression:
        return exp.column(partition.column, table=of)

    if _is_shared(query.args["from_"].this, partition, own):
        raise ComputeError("a query over many records begins with a relation that belongs to all of them",
                           remedy="begin FROM with a table of the record or month_end")  # fmt: skip
    _inside(query.args["from_"].this, partition, own)
    for join in query.args.get("joins") or ():
        _inside(join.this, partition, own)
        if not _is_shared(join.this, partition, own):
            same = exp.EQ(this=column(join.this.alias), expression=column(alias))
            join.set("on", exp.and_(join.args["on"], same, copy=False))
    where = query.args.get("where")
    for part in query.expressions + ([where] if where is not None else []):
        _in_values(part, partition, own, alias)
    if outer is not None:  # in EXISTS and IN, which return what they returned
        same = exp.EQ(this=column(alias), expression=column(outer))
        query.set("where", exp.Where(this=exp.and_(where.this, same, copy=False) if where is not None else same))
    else:
        query.append("expressions", column(alias))
    group = query.args.get("group")
    if group is not None:
        group.append("expressions", column(alias))
    elif any(
        not isinstance(each.parent, exp.Window) for part in query.expressions for each in part.find_all(*AGGREGATES)
    ):
        raise ComputeError("a query over many records adds up all rows without GROUP BY",
                           remedy="group by a column of the rows")  # fmt: skip


def _inside(table: exp.Expression, partition: Partition, own: Collection[str]) -> None:
    if isinstance(table, exp.Subquery):
        _query(table.this, partition, own, None)


def _in_values(part: exp.Expression, partition: Partition, own: Collection[str], alias: str) -> None:
    """Windows and the subqueries of a condition; those within them are reached by way of them."""
    around = part.find_ancestor(exp.Select)
    for node in list(part.find_all(exp.Window, exp.Exists, exp.In)):
        if node.find_ancestor(exp.Select) is not around:
            continue
        if isinstance(node, exp.Window):
            node.append("partition_by", exp.column(partition.column, table=alias))
            continue
        inner = node.this if isinstance(node, exp.Exists) else node.args.get("query")
        if inner is not None:
            _query(inner, partition, own, alias)


def _is_shared(table: exp.Expression, partition: Partition, own: Collection[str]) -> bool:
    return isinstance(table, exp.Table) and not table.db and table.name not in own and table.name in partition.shared
