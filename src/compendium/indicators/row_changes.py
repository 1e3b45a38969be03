"""Why a figure changed between two states of the record: its rows then against its rows now, as counts.

A row that is new, or counts only now, came late. One that is gone was deleted, or what ended it came late. One that
counts otherwise, or on another day, was corrected, or something that it hangs on came late (a visit, say): which of
the two it was, the changes of the record tell. Rows that count for nothing, then and now, are left alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from compendium.calendar.months import month_end, month_start
from compendium.indicators.compute import model_alone, parameters_of, tables_read
from compendium.indicators.loading import Catalogue
from compendium.indicators.periods import period_start
from compendium.indicators.placing import date_column, placed
from compendium.indicators.provenance import Provenance
from compendium.indicators.rowset import key_column
from compendium.indicators.shape import Indicator
from compendium.record.changes import Changes
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace

AROUND = 3  # months on either side of a period in which a row is looked for that has moved out of it or into it
WORTH = ("numerator", "denominator", "amount", "category")
UNDONE = {"corrected", "withdrawn"}  # kinds of change after which something said before no longer holds


@dataclass(frozen=True)
class RowChanges:
    """How many rows of a figure came late, were corrected and were deleted."""

    late: int = 0
    corrected: int = 0
    deleted: int = 0


class FigureRow(NamedTuple):
    """who: the child, family, worker or audit, None where the rows do not say. worth: what it counts for in the
    figure, None where it is put aside or outside the figure's period."""

    row_set: str
    who: str | None
    day: date
    worth: tuple[Any, ...] | None


class FigureRows:
    """The rows behind figures of one month, for telling how they changed. No surface takes rows from here: what lists
    children is `rows.rows_behind`, which is recorded."""

    def __init__(
        self, snapshot: Snapshot, catalogue: Catalogue, workspace: Workspace, indicators: Sequence[str], month: date
    ) -> None:
        self._snapshot, self._catalogue, self._workspace, self._month = snapshot, catalogue, workspace, month
        chosen = [catalogue.require(name).at(month) for name in indicators]
        self._model = model_alone(snapshot, catalogue, workspace, chosen, month)

    def of(self, indicator: str, basis: str | None = None) -> list[FigureRow]:
        """None of what cannot be computed."""
        definition = self._catalogue.require(indicator).at(self._month)
        parameters = parameters_of(definition, self._catalogue, self._workspace)
        as_at = Provenance(definition, self._snapshot, parameters).as_at
        begins = period_start(basis or definition.bases[0], self._month)
        found = []
        for name, query in definition.row_sets.items():
            if self._model.problem(query.tables):
                return []
            sql = self._model.emitted(query, {"": as_at}, parameters)
            found += self._rows(definition, name, sql, begins)
        return found

    def _rows(self, definition: Indicator, name: str, sql: str, begins: date) -> list[FigureRow]:
        query = definition.row_sets[name]
        who, day = key_column(query), date_column(query)
        worth = [each for each in WORTH if each in query.columns]
        around = month_start(begins, -AROUND), month_end(self._month, AROUND)
        if day == "month_end":
            around = begins, self._month
        kept = [day, *([who] if who else []), *worth]
        rows = placed(self._model, definition, query, sql, around, [self._month], dict.fromkeys(kept))
        named = ", ".join(f'r."{each}"' for each in kept)
        told = self._model.engine.rows(f"SELECT r.excluded, {named} FROM ({rows}) AS r")
        made = []
        for excluded, on, *rest in told:
            person, counted = (rest[0], rest[1:]) if who else (None, rest)
            counts = excluded is None and begins <= on <= self._month and any(counted)
            made.append(FigureRow(name, person, on, tuple(counted) if counts else None))
        return made


def compared(then: Iterable[FigureRow], now: Iterable[FigureRow], kinds: Mapping[str | None, set[str]]) -> RowChanges:
    """kinds: of each child (None: of no one child), how what the tables behind the figure say changed
    (`record.changes`)."""
    before, after = Counter(then), Counter(now)
    gone, come = _by_whom(before - after), _by_whom(after - before)
    counted: Counter[str] = Counter()
    for key in dict.fromkeys([*gone, *come]):
        said = kinds.get(key[1], set()) | kinds.get(None, set())
        for was, is_now in _paired(gone.get(key, []), come.get(key, []), key[1] is not None):
            if kind := _kind(was, is_now, said):
                counted[kind] += 1
    return RowChanges(counted["late"], counted["corrected"], counted["deleted"])


def _by_whom(rows: Counter[FigureRow]) -> dict[tuple[str, str | None], list[FigureRow]]:
    found: dict[tuple[str, str | None], list[FigureRow]] = defaultdict(list)
    for row in sorted(rows.elements(), key=lambda each: (each.day, str(each.worth))):
        found[row.row_set, row.who].append(row)
    return found


def _paired(
    gone: list[FigureRow], come: list[FigureRow], are_known: bool
) -> list[tuple[FigureRow | None, FigureRow | None]]:
    """A row with what it has become: that of its own day first, then, of one person, the next in order."""
    pairs: list[tuple[FigureRow | None, FigureRow | None]] = []
    left = list(come)
    for same_day in (True, False) if are_known else (True,):
        for was in list(gone):
            found = next((each for each in left if each.day == was.day or not same_day), None)
            if found is not None:
                pairs.append((was, found))
                gone.remove(was)
                left.remove(found)
    return [*pairs, *((was, None) for was in gone), *((None, each) for each in left)]


def _kind(was: FigureRow | None, is_now: FigureRow | None, said: set[str]) -> str:
    worth, worth_now = (None if each is None else each.worth for each in (was, is_now))
    if worth == worth_now:
        return ""
    is_undone = not said or bool(said & UNDONE)
    if was is None:
        return "late"
    if is_now is None:
        return "deleted" if is_undone else "late"
    if was.day != is_now.day:
        return "corrected"
    return "corrected" if is_undone and worth is not None else "late"


def why_changed(
    then: Snapshot,
    now: Snapshot,
    changes: Changes,
    catalogue: Catalogue,
    workspace: Workspace,
    month: date,
    indicators: Sequence[str],
) -> dict[str, RowChanges]:
    """Of each indicator, how the rows of the month's figure changed. changes: of the record from the one to the
    other."""
    if not indicators:
        return {}
    rows_then, rows_now = (FigureRows(snapshot, catalogue, workspace, indicators, month) for snapshot in (then, now))
    told = {table: _kinds(changes, table) for table in changes.counts}
    found = {}
    for name in indicators:
        kinds: dict[str | None, set[str]] = defaultdict(set)
        for table in tables_read(catalogue, [catalogue.require(name)]):
            for child, said in told.get(table, {}).items():
                kinds[child] |= said
        found[name] = compared(rows_then.of(name), rows_now.of(name), kinds)
    return found


def _kinds(changes: Changes, table: str) -> dict[str | None, set[str]]:
    found: dict[str | None, set[str]] = defaultdict(set)
    for change in changes.events_changed(table):
        found[change.key.get("person_id")].add(change.kind)
    return found
