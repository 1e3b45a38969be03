"""The model views as files: each one's query, what it returns and what must be there before it.

A view file may read `record.<table>` and other views by their bare names. A canonical table with no view
of its name passes through unchanged. Two more relations are always there: `month_end` and `working_day`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from compendium.engine.dialect import Query, read, table_names
from compendium.engine.dialect_reading import Columns, Level
from compendium.engine.dialect_texts import Texts, returned
from compendium.indicators.rules import Rule
from compendium.record.codes import codes
from compendium.record.tables import TABLES

BASE = "record."

BUILT_IN: Mapping[str, Columns] = {
    # The months reported, with the first days of the windows that end with each.
    "month_end": dict.fromkeys(
        ("month_end", "month_start", "start_3m", "start_12m", "start_36m", "year_start"), "date"
    ),
    # The working days, each with its running number: w.number = a.start_date_wd + 20 is 20 working days later.
    "working_day": {"day": "date", "number": "integer"},
}  # fmt: skip


@dataclass(frozen=True)
class View:
    name: str
    file: Path
    query: Query


@dataclass(frozen=True)
class Views:
    """views: in an order in which each finds the ones it reads."""

    views: Mapping[str, View]

    @property
    def relations(self) -> Mapping[str, Columns]:
        """What an indicator file may name."""
        passed = {name: columns for name, columns in _canonical().items() if name not in self.views}
        return {**BUILT_IN, **passed, **{name: view.query.columns for name, view in self.views.items()}}

    @cached_property
    def texts(self) -> Mapping[str, Texts]:
        """Of each relation, stored table and view, what texts its columns may hold, where that is known."""
        made = {name: coded(table) for table in TABLES for name in (table, BASE + table)}
        for name, view in self.views.items():
            tree = None if view.query.faults else view.query.tree
            made[name] = returned(tree, made) if tree is not None else {}
        return made

    def behind(self, names: frozenset[str]) -> frozenset[str]:
        """The relations and all that they are made of."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.views[name].query.tables if name in self.views else ()
        return frozenset(found)


def coded(table: str) -> Texts:
    """Of a canonical table: the columns that hold codes, and which these are."""
    return {each.name: frozenset(codes(each.code_set)) for each in TABLES[table].columns if each.code_set}


def read_views(folder: Path, rules: Mapping[str, Rule]) -> tuple[Views, list[tuple[Path, int, str]]]:
    """The views of a folder and their faults as (file, line, what). rules: the :names that they may use."""
    files = tuple((file, file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.sql")))
    kinds = tuple((name, "text" if isinstance(rule.default, str) else "integer") for name, rule in rules.items())
    views, faults = _read(files, kinds)
    return views, list(faults)


@cache
def _read(
    files: tuple[tuple[Path, str], ...], kinds: tuple[tuple[str, str], ...]
) -> tuple[Views, tuple[tuple[Path, int, str], ...]]:
    """Each view once those it reads have been read; what is left over goes round in a circle."""
    waiting = {file.stem: (file, text) for file, text in files}
    needs = {name: table_names(text) & waiting.keys() for name, (_, text) in waiting.items()}
    base = {BASE + name: columns for name, columns in _canonical().items()}
    passed = {name: columns for name, columns in _canonical().items() if name not in waiting}
    views: dict[str, View] = {}
    faults: list[tuple[Path, int, str]] = []
    while ready := [name for name in waiting if needs[name] <= views.keys()]:
        for name in ready:
            file, text = waiting.pop(name)
            seen = {**base, **passed, **BUILT_IN, **{each: view.query.columns for each, view in views.items()}}
            query = read(text, seen, Level.VIEW, dict(kinds))
            faults += [(file, fault.line, str(fault)) for fault in query.faults]
            views[name] = View(name, file, query)
    for name, (file, _) in waiting.items():
        circle = " and ".join(sorted(needs[name] - views.keys()))
        stored = f"the stored table is record.{name}"
        faults.append((file, 1, f"the view reads {circle}, which in the end reads this view; {stored}"))
    return Views(views), tuple(faults)


def _canonical() -> dict[str, Columns]:
    return {table.name: table.relation for table in TABLES.values()}
