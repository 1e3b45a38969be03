"""Which texts a column can hold, and where a query asks for one that it never does.

A value misspelt is no fault of SQL: it is found nowhere, and the figure is quietly too low. But a column of codes
holds the codes of its set, and what a CASE says is one of the texts that stand in it; through the model views both can
be followed to where an indicator reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

from compendium.engine.dialect_reading import did_you_mean, table_name

Texts = Mapping[str, frozenset[str]]  # column -> every text it may hold; one that is not here may hold any
COMPARED = (exp.EQ, exp.NEQ, exp.In)
PASSED_ON = (exp.Paren, exp.Max, exp.Min, exp.Lag, exp.Lead, exp.Window)  # each is one of the texts within it


@dataclass(frozen=True)
class Misspelt:
    """A text that a column never holds. column: 'contact.outcome'; held: those that it may hold."""

    column: str
    text: str
    held: frozenset[str]

    def __str__(self) -> str:
        """As "contact.outcome is never 'erly_help'; did you mean early_help?"."""
        return f"{self.column} is never '{self.text}'; {did_you_mean(self.text, self.held)}"


@dataclass(frozen=True)
class _Source:
    """What an alias stands for."""

    name: str
    texts: Texts


Scope = Mapping[str, _Source]
Sources = Mapping[str, Texts]  # relation -> what its columns may hold


def returned(tree: exp.Expression, sources: Sources) -> Texts:
    """What the columns of a query's answer may hold."""
    return _query(tree, sources, {}, [])


def misspelt(tree: exp.Expression, sources: Sources) -> Iterator[Misspelt]:
    """Every text with which a query compares a column that never holds it."""
    found: list[Misspelt] = []
    _query(tree, sources, {}, found)
    yield from dict.fromkeys(found)


def _query(query: exp.Expression, sources: Sources, outer: Scope, found: list[Misspelt]) -> Texts:
    if isinstance(query, exp.Subquery):
        return _query(query.this, sources, outer, found)
    named = dict(sources)
    for cte in query.args["with_"].expressions if query.args.get("with_") else ():
        named[cte.alias] = _query(cte.this, named, {}, found)
    if isinstance(query, exp.Union):
        first = _query(query.this, named, outer, found)
        second = _query(query.expression, named, outer, found)
        return {name: texts | second[name] for name, texts in first.items() if name in second}
    assert isinstance(query, exp.Select)
    return _select(query, named, outer, found)


def _select(select: exp.Select, sources: Sources, outer: Scope, found: list[Misspelt]) -> Texts:
    scope = dict(outer)
    for table in (select.args["from_"].this, *(join.this for join in select.args.get("joins") or ())):
        if isinstance(table, exp.Subquery):
            scope[table.alias] = _Source(table.alias, _query(table, sources, {}, found))
        else:
            name = table_name(table)
            scope[table.alias] = _Source(name, sources.get(name, {}))
    for inner in select.find_all(exp.Exists):
        if inner.find_ancestor(exp.Select) is select:
            _query(inner.this, sources, scope, found)
    for node in select.find_all(*COMPARED):
        if node.find_ancestor(exp.Select) is select:
            found += _never(node, scope)
    told = {each.alias_or_name: _texts(each.unalias(), scope) for each in select.expressions}
    return {name: texts for name, texts in told.items() if texts is not None}


def _never(node: exp.Condition, scope: Scope) -> Iterator[Misspelt]:
    sides = [node.this, *(node.expressions if isinstance(node, exp.In) else [node.expression])]
    asked = [each.name for each in sides if isinstance(each, exp.Literal) and each.is_string]
    for column in sides:
        held = _texts(column, scope) if isinstance(column, exp.Column) else None
        if held is not None:
            whole = f"{scope[column.table].name}.{column.name}"
            yield from (Misspelt(whole, text, held) for text in asked if text not in held)


def _texts(value: exp.Expression, scope: Scope) -> frozenset[str] | None:
    """None: any."""
    if isinstance(value, exp.Column):
        return scope[value.table].texts.get(value.name) if value.table in scope else None
    if isinstance(value, exp.Literal):
        return frozenset({value.name}) if value.is_string else None
    if isinstance(value, exp.Null):
        return frozenset()
    if isinstance(value, PASSED_ON):
        return _texts(value.this, scope)
    if isinstance(value, exp.Case):
        told = [each.args["true"] for each in value.args["ifs"]]
        parts = [_texts(each, scope) for each in (*told, value.args.get("default") or exp.Null())]
        known = [each for each in parts if each is not None]
        return frozenset().union(*known) if len(known) == len(parts) else None
    return None
