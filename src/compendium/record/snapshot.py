"""The record as at a cut date, ready for questions: every canonical table, in memory, in the schema `record`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from compendium.record.board import Board
from compendium.record.coverage import ALWAYS, Asked, Span, Spoken, merged
from compendium.record.delivery import DeliveryInfo
from compendium.record.episodes import MADE, made_columns
from compendium.record.filling import ReadBlob, create, fill
from compendium.record.identity import of_formats
from compendium.record.memory import Memory
from compendium.record.tables import TABLES, Table
from compendium.record.teams import UnknownTeam, settle_teams
from compendium.record.unread import lacks_any


class Snapshot:
    """connection: closed to files and network, its settings fixed; new schemas and tables may be made in it.

    cut: the day as at the end of which this is the record. deliveries: those it was made from, oldest
    first. unknown_teams: names that no row of `team` explains. The table `merging.assumed_end` names what
    ended on a day that nobody knows (see `vanishing`).
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        cut: date,
        coverage: Mapping[str, Sequence[Spoken]],
        deliveries: Sequence[DeliveryInfo] = (),
        unknown_teams: Sequence[UnknownTeam] = (),
    ) -> None:
        self.connection, self.cut = connection, cut
        self.deliveries, self.unknown_teams = tuple(deliveries), tuple(unknown_teams)
        self._coverage = coverage

    def coverage(self, table: str, column: str | None = None, asked: Asked = "anything") -> list[Span]:
        """The days for which some delivery speaks of the table, both ends included, joined and in order.

        With a column, only of deliveries that supply it. asked: `events` are days of which every event is
        known, `states` days on which it is known what was so, `latest` days of which each one's last event is listed.
        A table without a date of its own is covered always, once a delivery has fed it.
        """
        return merged(days for one in self._coverage[table] if (days := one.days(table, column, asked)))

    def covers(
        self, table: str, begins: date, ends: date, column: str | None = None, asked: Asked = "anything"
    ) -> bool:
        """Whether every day from `begins` to `ends` is covered."""
        return any(first <= begins and ends <= last for first, last in self.coverage(table, column, asked))

    def knows_open(self, table: str, day: date, column: str | None = None) -> bool:
        """Whether it is known what was open at the end of a day.

        What ended on a day of which nothing is known still stands open. So either there is no such day before, or a
        list of all that was open, of a later day than the last such, has closed it.
        """
        first = min((begins for begins, _ in self.coverage(table)), default=day)
        for begins, ends in self.coverage(table, column, "states"):
            if begins <= day <= ends:
                listed = any(one.ends >= begins and one.lists_open(table, column) for one in self._coverage[table])
                return begins <= first or listed
        return False

    def assumed_ends(self) -> list[tuple[str, str, date, date]]:
        """Table, child, first day and assumed end of what ended on a day that nobody knows."""
        return self.connection.execute("FROM merging.assumed_end ORDER BY ALL").fetchall()

    @classmethod
    def drawn(
        cls,
        tables: Mapping[str, Iterable[Mapping[str, Any]]],
        as_at: date,
        coverage: Mapping[str, Sequence[Span | Spoken]] | None = None,
        board: Board | None = None,
    ) -> Snapshot:
        """One from hand-drawn rows, for examples and tests: {'referral': [{'person_id': 'a', …}]}.

        Columns left out are empty; dates may be written as text. A bare span of `coverage` is of events and
        of all columns; tables that it does not name are covered always. board: the snapshot lasts until it is drawn
        on again (None: a board of its own). ComputeError for what cannot be drawn.
        """
        board = board or Board()
        unknown = board.draw(tables)
        given = {name: (coverage or {}).get(name, [ALWAYS]) for name in TABLES}
        spoken = {
            name: [one if isinstance(one, Spoken) else Spoken(*one) for one in each] for name, each in given.items()
        }
        return cls(board.connection, as_at, spoken, (), unknown)


def build_snapshot(
    deliveries: Sequence[DeliveryInfo],
    read: ReadBlob,
    cut: date,
    tables: Collection[str] | None = None,
    formats: Collection[str] = (),
) -> Snapshot:
    """From the deliveries received by the cut, oldest first; `read(delivery_id, name)` opens a blob.

    With `formats`, only what these say, under the links between ids that all deliveries tell. With `tables`,
    the others are left empty, and asking for their coverage is a KeyError.
    """
    wanted = set(TABLES) if tables is None else {*tables, "team", "department", "person_link"}
    if wanted.intersection(MADE):
        wanted |= {"lac_episode", "adoption_decision"}
    memory = Memory()
    create(memory.connection)
    told = of_formats(deliveries, formats)
    fed = fill(memory, wanted, told, read)
    unknown = settle_teams(memory.connection, fed)
    spoken = {name: _spoken(TABLES[name], told, read) for name in wanted}
    chosen = [each for each in deliveries if not formats or each.source_format in formats]
    return Snapshot(memory.lock(), cut, spoken, chosen, unknown)


def _spoken(table: Table, deliveries: Sequence[DeliveryInfo], read: ReadBlob) -> list[Spoken]:
    """A delivery that covers a table and has no row of it speaks of all columns: nothing happened that could have
    lacked one."""
    told = []
    for delivery in deliveries:
        stored, episodes = delivery.tables.get(table.name), delivery.tables.get("lac_episode")
        columns = None if stored is None else frozenset(stored.columns)
        if episodes is not None and (made := made_columns(table.name, frozenset(episodes.columns))):
            columns = (columns or frozenset()).union(made)
        if table.event is None:
            told += [Spoken(*ALWAYS, "event", columns)] if columns is not None else []
        else:
            whole = not lacks_any(table.name, delivery, read)
            told += [
                Spoken(one.complete_from, one.complete_to, one.grain, columns, whole)
                for one in delivery.coverage
                if one.table == table.name
            ]
    return told
