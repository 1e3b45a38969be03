"""Writing a checked query for one engine: functions expanded, names quoted, null order and sums explicit.

An engine has one subclass of `Emitter` in a file of its own: how it adds months and days, how it counts
between two moments, and what its values and names look like. Everything else is the same everywhere.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from compendium.calendar.working_days import running_count
from compendium.engine.dialect import Query
from compendium.engine.dialect_reading import WORKING_DAY_SUFFIX, table_name
from compendium.engine.dialect_rules import AS_AT
from compendium.engine.partition import ALONE, Partition, first_alias

MONDAY = date(1900, 1, 1)
AsAt = date | Mapping[str, date]  # of the record, or of each record where many are in one database
SQL_TYPES = {"integer": "bigint", "text": "text", "date": "date", "timestamp": "timestamp"}
StoredName = Callable[[str], tuple[str, str]]  # a relation's name in the dialect -> its schema and table


class Emitter(ABC):
    """One engine's way of writing what engines write differently."""

    dialect: type[Dialect]  # SQLGlot's

    @abstractmethod
    def months_after(self, day: exp.Expression, months: exp.Expression) -> exp.Expression:
        """So many calendar months later, clamped to the month's end, as a date."""

    @abstractmethod
    def days_after(self, day: exp.Expression, days: exp.Expression) -> exp.Expression:
        """So many days later, as a date."""

    @abstractmethod
    def days_between(self, earlier: exp.Expression, later: exp.Expression) -> exp.Expression:
        """Whole days, as an integer."""

    @abstractmethod
    def seconds_between(self, earlier: exp.Expression, later: exp.Expression) -> exp.Expression:
        """Whole seconds, as an integer."""

    def field_of(self, name: str, day: exp.Expression) -> exp.Expression:
        """The YEAR, MONTH or DAY of a day, as an integer."""
        return exp.Extract(this=exp.Var(this=name), expression=day)

    def literal_text(self, literal: exp.Expression) -> exp.Expression:
        """A text that is written in a query."""
        return literal

    def text(self, value: str) -> str:
        """A text as SQL writes it."""
        return exp.Literal.string(value).sql(dialect=self.dialect)

    def place(self, schema: str, table: str) -> tuple[str, str]:
        """The schema, if it has such, and the name under which a relation stands."""
        return schema, table

    def __init__(self) -> None:
        self._written: dict[tuple[object, ...], str] = {}

    def emit(
        self,
        query: Query,
        stored: StoredName,
        as_at: AsAt,
        parameters: Mapping[str, int | str],
        partition: Partition = ALONE,
    ) -> str:
        """The engine's SQL for a query without faults."""
        places = tuple(stored(name) for name in sorted(query.tables))
        dated = () if not query.uses_as_at else tuple(as_at.items()) if isinstance(as_at, Mapping) else (as_at,)
        key = (query, dated, tuple(sorted(parameters.items())), places, partition)
        if key not in self._written:
            self._written[key] = self._write(query, stored, as_at, parameters, partition)
        return self._written[key]

    def _write(
        self,
        query: Query,
        stored: StoredName,
        as_at: AsAt,
        parameters: Mapping[str, int | str],
        partition: Partition,
    ) -> str:
        assert query.tree is not None and not query.faults
        root = exp.Paren(this=query.tree.copy())  # so that the tree itself can be replaced too
        partition.keep_apart(root.this)
        # One walk, the innermost last: a function copies its arguments, so these are replaced before it is.
        nodes = list(root.walk(bfs=False))
        _replace(nodes, exp.Column, lambda node: _as_at(node, as_at, partition))
        _replace(nodes, exp.Placeholder, lambda node: _parameter(parameters[str(node.this)]))
        _replace(nodes, exp.Literal, self._literal)
        _replace(nodes, exp.Null, _typed_null)
        _replace(nodes, exp.Anonymous, lambda node: self._function(node, as_at, partition))
        for node in nodes:
            if isinstance(node, exp.Sum):
                node.set("this", exp.cast(node.this, "bigint"))
            elif isinstance(node, exp.Ordered):
                node.set("nulls_first", False)
        tree: exp.Expression = root.this
        own = {cte.alias for cte in tree.find_all(exp.CTE)}
        for table in tree.find_all(exp.Table):
            if table.db or table.name not in own:
                schema, name = self.place(*stored(table_name(table)))
                table.set("db", exp.to_identifier(schema) if schema else None)
                table.set("this", exp.to_identifier(name))
        return tree.sql(dialect=self.dialect, identify=True, comments=False)

    def _literal(self, node: exp.Expression) -> exp.Expression:
        if node.meta.get("day"):
            return exp.cast(node.copy(), "date")
        return self.literal_text(node) if isinstance(node, exp.Literal) and node.is_string else node

    def _function(self, node: exp.Expression, as_at: AsAt, partition: Partition) -> exp.Expression:
        arguments = list(node.expressions)
        match str(node.this):
            case "OPEN_AT":
                return _open_at(*arguments)
            case "WORKING_DAYS":
                earlier, later = (_running_count(each, as_at, partition) for each in arguments)
                return exp.paren(exp.Sub(this=later, expression=earlier))
            case "MONTHS_AFTER":
                return self.months_after(*arguments)
            case "DAYS_AFTER":
                return self.days_after(*arguments)
            case "DAYS_BETWEEN":
                return self.days_between(*arguments)
            case "SECONDS_BETWEEN":
                return self.seconds_between(*arguments)
            case "DAY_OF":
                return exp.cast(arguments[0], "date")
            case "AGE_AT":
                return self._age_at(*arguments)
            case "WEEKDAY":
                return self._weekday(*arguments)
        return node

    def _weekday(self, day: exp.Expression) -> exp.Expression:
        """Counted from a Monday before every date of a record: engines number the days of a week differently."""
        since = exp.Mod(this=exp.paren(self.days_between(literal_day(MONDAY), day)), expression=exp.Literal.number(7))
        return exp.paren(exp.Add(this=since, expression=exp.Literal.number(1)))

    def _age_at(self, birth: exp.Expression, day: exp.Expression) -> exp.Expression:
        """Years, less one before the birthday: months and days compared as numbers, alike on every engine."""

        def month_and_day(of: exp.Expression) -> exp.Expression:
            hundreds = exp.Mul(this=self.field_of("MONTH", of.copy()), expression=exp.Literal.number(100))
            return exp.Add(this=hundreds, expression=self.field_of("DAY", of.copy()))

        before = exp.LT(this=month_and_day(day), expression=month_and_day(birth))
        less = exp.Case(
            ifs=[exp.If(this=before, true=exp.Literal.number(1))],
            default=exp.Literal.number(0),
        )
        years = exp.Sub(this=self.field_of("YEAR", day.copy()), expression=self.field_of("YEAR", birth.copy()))
        return exp.paren(exp.Sub(this=years, expression=less), copy=False)


def literal_day(day: date) -> exp.Expression:
    return exp.cast(exp.Literal.string(day.isoformat()), "date")


def _replace(
    nodes: Sequence[exp.Expr], kind: type[exp.Expression], by: Callable[[exp.Expression], exp.Expression]
) -> None:
    """Every node of a kind replaced, the innermost first: outermost first would expand text already made."""
    for node in reversed(nodes):
        if isinstance(node, kind):
            made = by(node)
            if made is not node:
                node.replace(made)


def _as_at(node: exp.Expression, as_at: AsAt, partition: Partition) -> exp.Expression:
    bare = isinstance(node, exp.Column) and not node.table and node.name == AS_AT
    inside_working_days = isinstance(node.parent, exp.Anonymous) and str(node.parent.this) == "WORKING_DAYS"
    return _of_the_record(node, as_at, partition, literal_day) if bare and not inside_working_days else node


def _of_the_record(
    node: exp.Expression, as_at: AsAt, partition: Partition, written: Callable[[date], exp.Expression]
) -> exp.Expression:
    """What follows from the date of the record that a row is of; most records share one."""
    if isinstance(as_at, date):
        return written(as_at)
    usual, *others = (day for day, _ in Counter(as_at.values()).most_common())
    if not others:
        return written(usual)
    around = node.find_ancestor(exp.Select)
    assert around is not None and partition.column
    whose = exp.column(partition.column, table=first_alias(around))
    branches = []
    for day in others:
        records = [exp.Literal.string(record) for record, of in as_at.items() if of == day]
        branches.append(exp.If(this=exp.In(this=whose.copy(), expressions=records), true=written(day)))
    return exp.Case(ifs=branches, default=written(usual))


def _running_count(node: exp.Expression, as_at: AsAt, partition: Partition) -> exp.Expression:
    assert isinstance(node, exp.Column)
    if not node.table:
        return _of_the_record(node, as_at, partition, lambda day: exp.Literal.number(running_count(day)))
    sibling = exp.column(node.name + WORKING_DAY_SUFFIX, table=node.table)
    around = node.find_ancestor(exp.Select)
    group = around.args.get("group") if around is not None else None
    if group is not None and node in group.expressions and sibling not in group.expressions:
        # Grouping by a date groups by its running count too; engines want to be told.
        group.append("expressions", sibling.copy())
    return sibling


def _parameter(value: int | str) -> exp.Expression:
    return exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(value)


def _typed_null(node: exp.Expression) -> exp.Expression:
    """Beside a column of a UNION; PostgreSQL would take it for text."""
    return exp.cast(node.copy(), SQL_TYPES[node.meta["type"]]) if "type" in node.meta else node


def _open_at(start: exp.Expression, end: exp.Expression, day: exp.Expression) -> exp.Expression:
    begun = exp.LTE(this=start, expression=day)
    lasts = exp.or_(exp.Is(this=end, expression=exp.Null()), exp.GT(this=end.copy(), expression=day.copy()))
    return exp.paren(exp.and_(begun, exp.paren(lasts, copy=False)), copy=False)
