"""Why a figure changed between two states of the record: its rows then against its rows now, as counts.

A row that is new, or counts only now, came late. One that is gone was deleted, or what ended it came late. One that
counts otherwise, or on another day, was corrected, or something that it hangs on came late (a visit, say): which of
the two it was, the changes of the record tell. Rows that count for nothing, then and now, are left alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from compendium.calendar.months import month_end, month_start
from compendium.indicators.compute import model_alone, parameters_of, tables_read
from compendium.indicators.loading import Catalogue
from compendium.indicators.model import Model
from compendium.indicators.periods import period_start
from compendium.indicators.placing import date_column, placed
from compendium.indicators.provenance import Provenance
from compendium.indicators.rowset import key_column
from compendium.indicators.shape import Indicator
from compendium.record.changes import Changes, changes_between
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


Changed = dict[tuple[str, date], RowChanges]


class FigureRow(NamedTuple):
    """who: the child, family, worker or audit, None where the rows do not say. worth: what it counts for in the
    figure, None where it is put aside or outside the figure's period."""

    row_set: str
    who: str | None
    day: date
    worth: tuple[Any, ...] | None


@dataclass(frozen=True)
class FigureRows:
    """The rows behind figures of the whole authority, for telling how they changed. No surface takes rows from here:
    what lists children is `rows.rows_behind`, which is recorded. model: of the snapshot, the indicators and months."""

    model: Model
    snapshot: Snapshot
    catalogue: Catalogue
    workspace: Workspace

    def of(self, indicator: str, month: date) -> list[FigureRow]:
        """Those of the period of a headline; none of what cannot be computed."""
        return self._told(indicator, month)

    def around(self, indicator: str, month: date, who: Collection[str]) -> list[FigureRow]:
        """Those of some, by whom they are of, that lie shortly before the period or after it."""
        return self._told(indicator, month, who) if who else []

    def _told(self, indicator: str, month: date, around: Collection[str] | None = None) -> list[FigureRow]:
        definition = self.catalogue.require(indicator).at(month)
        parameters = parameters_of(definition, self.catalogue, self.workspace)
        as_at = Provenance(definition, self.snapshot, parameters).as_at
        found = []
        for name, query in definition.row_sets.items():
            if self.model.problem(query.tables):
                return []
            if around is None or (key_column(query) and date_column(query) != "month_end"):
                found += self._rows(definition, name, self.model.emitted(query, {"": as_at}, parameters), month, around)
        return found

    def _rows(
        self, definition: Indicator, name: str, sql: str, month: date, around: Collection[str] | None
    ) -> list[FigureRow]:
        query = definition.row_sets[name]
        begins = period_start(definition.bases[0], month)
        who, day = key_column(query), date_column(query)
        worth = [each for each in WORTH if each in query.columns]
        days, where = (begins, month), ""
        if around is not None:
            days = month_start(begins, -AROUND), month_end(month, AROUND)
            some = ", ".join(self.model.engine.emitter.text(each) for each in sorted(around))
            out = " OR ".join(f"r.\"{day}\" {way} DATE '{at}'" for way, at in (("<", begins), (">", month)))
            where = f' WHERE ({out}) AND r."{who}" IN ({some})'
        kept = dict.fromkeys([day, *([who] if who else []), *worth])
        rows = placed(self.model, definition, query, sql, days, [month], kept, detail="headline")
        named = ", ".join(f'r."{each}"' for each in kept)
        told = self.model.engine.rows(f"SELECT r.excluded, {named} FROM ({rows}) AS r{where}")
        made = []
        for excluded, on, *rest in told:
            person, counted = (rest[0], rest[1:]) if who else (None, rest)
            counts = around is None and excluded is None and any(counted)
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


def rows_behind_headlines(
    snapshot: Snapshot, catalogue: Catalogue, workspace: Workspace, indicators: Sequence[str], months: Sequence[date]
) -> FigureRows:
    """Of some indicators and months, in order."""
    chosen = [catalogue.require(name) for name in indicators]
    model = model_alone(snapshot, catalogue, workspace, chosen, months, "headline")
    return FigureRows(model, snapshot, catalogue, workspace)


def why_changed(then: FigureRows, now: FigureRows, figures: Collection[tuple[str, date]]) -> Changed:
    """How the rows of each figure changed, by indicator and month, between two states of the record."""
    pairs = {(name, month): _pair(then, now, name, month) for name, month in figures}
    read = {name: tables_read(then.catalogue, [then.catalogue.require(name)], "headline") for name, _ in figures}
    # What only came needs no more explaining: it is late.
    gone = {pair: Counter(was) - Counter(is_now) for pair, (was, is_now) in pairs.items()}
    tables = {table for (name, _), rows in gone.items() if rows for table in read[name]}
    children = {row.who for rows in gone.values() for row in rows if row.who is not None}
    told = _kinds_between(then.snapshot, now.snapshot, tables, children) if tables else {}
    found = {}
    for (name, month), (was, is_now) in pairs.items():
        kinds: dict[str | None, set[str]] = defaultdict(set)
        for table in read[name]:
            for child, said in told.get(table, {}).items():
                kinds[child] |= said
        found[name, month] = compared(was, is_now, kinds)
    return found


def _pair(then: FigureRows, now: FigureRows, name: str, month: date) -> tuple[list[FigureRow], list[FigureRow]]:
    """Rows of the period, then and now; where they differ, with those around it that they may have moved to or from."""
    was, is_now = then.of(name, month), now.of(name, month)
    who = _differing(was, is_now)
    return [*was, *then.around(name, month, who)], [*is_now, *now.around(name, month, who)]


def _differing(then: Iterable[FigureRow], now: Iterable[FigureRow]) -> set[str]:
    """Of whom the rows are not the same."""
    before, after = Counter(then), Counter(now)
    return {row.who for row in (*(before - after), *(after - before)) if row.who is not None}


def _kinds_between(
    then: Snapshot, now: Snapshot, tables: Collection[str], children: Collection[str]
) -> dict[str, dict[str | None, set[str]]]:
    """By table and child (None: of no one child), how what it says changed."""
    changes = changes_between(then, now, tables, children)
    told = {table: _kinds(changes, table) for table in changes.counts}
    changes.close()
    return told


def _kinds(changes: Changes, table: str) -> dict[str | None, set[str]]:
    found: dict[str | None, set[str]] = defaultdict(set)
    for change in changes.events_changed(table):
        found[change.key.get("person_id")].add(change.kind)
    return found
