"""Compares the catalogue with its naive twins on a history, and finds the fewest rows that show a difference."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product

from compendium.engine.duckdb_engine import DuckDBEngine
from compendium.engine.partition import COLUMN
from compendium.indicators.authority import Authority
from compendium.indicators.compute import compute, compute_region
from compendium.indicators.figures import Figures
from compendium.indicators.loading import Catalogue
from compendium.record.coverage import ALWAYS, Spoken
from compendium.record.memory import Memory
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES
from tests.catalogue.county import AREAS, COUNTY
from tests.catalogue.naive.history import History
from tests.catalogue.naive.twins import TWINS, Counting, Numbers

PLACES = (None, *AREAS)
NOBODY = re.compile(r"no (child|family|worker)_id recorded")


def differences(
    catalogue: Catalogue, names: Sequence[str], history: History, months: Sequence[date], as_at: date
) -> list[str]:
    """Where a figure is not what its twin counts: every indicator, basis, month, area and the whole county."""
    figures = compute(Snapshot.drawn(history, as_at), catalogue, COUNTY, months, names)
    return list(_compared(figures, Counting(history, as_at), months))


def differences_in_region(
    catalogue: Catalogue, names: Sequence[str], histories: Mapping[str, tuple[History, date]], months: Sequence[date]
) -> dict[str, list[str]]:
    """The same of many histories, each complete to its own day, counted in one pass as a region's records are."""
    memory = Memory()
    memory.connection.execute("CREATE SCHEMA record")
    engine = DuckDBEngine(memory.lock())
    for table in TABLES.values():
        rows = [
            (name, *(row[column] for column in table.column_names))
            for name, (history, _) in histories.items()
            for row in history[table.name]
        ]
        engine.store_rows("record", table.name, {COLUMN: "text", **table.relation}, rows)
    known = {table: [Spoken(*ALWAYS)] for table in TABLES}
    authorities = {
        name: Authority(Snapshot(memory.connection, as_at, known), AREAS, COUNTY.authority_code)
        for name, (_, as_at) in histories.items()
    }
    figures = compute_region(engine, authorities, catalogue, COUNTY, months, names)
    memory.close()
    return {
        name: list(_compared(figures[name], Counting(history, as_at), months))
        for name, (history, as_at) in histories.items()
    }


def _compared(figures: Figures, counting: Counting, months: Sequence[date]) -> Iterator[str]:
    for name, why in figures.problems.items():
        yield f"{name}: {why}"
    for name, definition in figures.catalogue.items():
        if definition.has_denominator != TWINS[name].is_divided:
            yield f"{name}: only one of the two has a denominator"
        for basis, month, place in product(definition.bases, months, PLACES):
            found, counted = given(figures, name, basis, month, place), counting.numbers(name, basis, month, place)
            if found != counted:
                where = place or "whole county"
                yield f"{name}, {basis} to {month}, {where}: the file gives {found}, the twin {counted}"
            rate = figures.one(name, month, basis, area=place).rate
            if definition.rate and rate != counting.rate(counted.numerator, month, place):
                yield f"{name}, {basis} to {month}, {place or 'whole county'}: not the twin's rate, but {rate}"


def given(figures: Figures, name: str, basis: str, month: date, place: str | None) -> Numbers:
    """A figure of the catalogue, in the twin's terms."""
    figure = figures.one(name, month, basis, area=place)
    excluded = {NOBODY.sub("nobody to count", reason): number for reason, number in figure.excluded.items() if number}
    parts: dict[str | int, int] = {}
    kind = TWINS[name].kind
    numerator, denominator = figure.numerator or 0, figure.denominator or 0
    if kind == "mix":
        every = (
            figures.one(name, month, basis, area=place, breakdown=("category", part))
            for part in figures.parts(name, "category")
        )
        parts = {each.breakdown[1]: each.numerator for each in every if each.breakdown and each.numerator}
        numerator = sum(parts.values())
    elif kind == "median":
        for amount, number in figures.amounts(name, month, basis, area=place).items():
            parts[amount] = number
        numerator = denominator = 0
    return Numbers(numerator, denominator, excluded, parts)


def smallest(history: History, differs: Callable[[History], bool]) -> History:
    """Rows are taken away while the difference stays: what is left is the case to look at."""
    whole = dict(history)
    for table in [name for name, rows in whole.items() if rows]:
        without = {**whole, table: []}
        if differs(without):
            whole = without
    children = sorted({row["person_id"] for rows in whole.values() for row in rows if row.get("person_id")})
    gone: set[str] = set()
    size = len(children) // 2
    while size:
        for at in range(0, len(children), size):
            less = gone | set(children[at : at + size])
            if less != gone and differs(_without(whole, less)):
                gone = less
        children = [child for child in children if child not in gone]
        size //= 2
    whole = _without(whole, gone)
    for table in [name for name, rows in whole.items() if rows]:
        for row in list(whole[table]):
            without = {**whole, table: [each for each in whole[table] if each is not row]}
            if differs(without):
                whole = without
    return whole


def _without(history: History, children: set[str]) -> History:
    return {table: [row for row in rows if row.get("person_id") not in children] for table, rows in history.items()}


def drawn_out(history: History) -> str:
    """The rows of a small history, for a person to read."""
    lines = []
    for table, rows in history.items():
        lines += [
            f"{table}: {', '.join(f'{name}={value}' for name, value in row.items() if value is not None)}"
            for row in rows
        ]
    return "\n".join(lines)
