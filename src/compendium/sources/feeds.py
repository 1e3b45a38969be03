"""Feeds: which canonical tables the rows of a list or table of a return go to. Drawn as text, one a line.

A feed is a canonical table and its columns, each `column=name of a value`, or `column` alone when both
have the same name; `:value` is a constant. It gives a row when the columns that its table requires have
values. A row is kept when a feed marked `!` takes it; the others are fed beside.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Feed:
    """`sources` are names of values, or ':value' for a constant, in the order of `columns`."""

    table: str
    columns: tuple[str, ...]
    sources: tuple[str, ...]
    main: bool


def draw_feeds(drawing: str) -> tuple[Feed, ...]:
    """Every feed of a drawing."""
    feeds = []
    for line in drawing.strip().splitlines():
        table, *pairs = line.split()
        split = [pair.partition("=") for pair in pairs]
        columns = tuple(column for column, _, _ in split)
        sources = tuple(source or column for column, _, source in split)
        feeds.append(Feed(table.rstrip("!"), columns, sources, table.endswith("!")))
    return tuple(feeds)
