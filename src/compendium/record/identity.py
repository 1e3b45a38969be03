"""One child under several ids: links between ids, and how they are applied.

An id changes when an unborn child is born, when records move to another system, when a duplicate is found,
and after adoption. The table `person_link` says so; people decide it, and nothing is ever linked on a guess.
Links known by the cut are applied before rows are merged, so that one event under two ids is one. They may
follow one another; they may not part or run in a circle. Links of an adoption are applied only where the
settings say so: the law keeps the two records apart, so that nobody reads the new family in the old file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

import duckdb

from compendium import words
from compendium.errors import ComputeError
from compendium.record.delivery import DeliveryInfo

TABLE = "person_link"
ADOPTION = "adoption"


class Link(NamedTuple):
    """An id that is used no more, and the one in its place."""

    person_id: str
    linked_to: str


def of_formats(deliveries: Iterable[DeliveryInfo], formats: Collection[str]) -> list[DeliveryInfo]:
    """Those of some formats, and of the others what they say of links; none named: all. The order stays.

    Whoever says that two ids are one child says it of every delivery: no format is read without its links.
    """
    return [
        each if not formats or each.source_format in formats else each.only(TABLE)
        for each in deliveries
        if not formats or each.source_format in formats or each.speaks_of(TABLE)
    ]


def read_links(connection: duckdb.DuckDBPyConnection, *, adoptions: bool) -> list[Link]:
    """The links of `record.person_link` that hold: none that was undone, and those of adoptions only on demand."""
    found = connection.execute(
        f"SELECT DISTINCT person_id, linked_to FROM record.{TABLE} WHERE undone_on IS NULL"
        f" AND (reason <> '{ADOPTION}' OR $adoptions) ORDER BY ALL",
        {"adoptions": adoptions},
    )
    return [Link(*row) for row in found.fetchall()]


def link_rows(connection: duckdb.DuckDBPyConnection) -> dict[Link, date | None]:
    """All links of `record.person_link`, each with the day it was undone."""
    found = connection.execute(f"SELECT person_id, linked_to, undone_on FROM record.{TABLE}").fetchall()
    return {Link(old, new): on for old, new, on in found}


def left_unapplied(links: Iterable[tuple[str, str, str]], known: Collection[str], *, adoptions: bool) -> list[str]:
    """Which of the links told (old id, new id, reason) change nothing, in words that name no id.

    known: every id that the record has heard of, from this delivery or another.
    """
    told = list(links)
    strange = sum(old not in known for old, _, _ in told)
    said = []
    if strange:
        said.append(
            f"{words.plural(strange, 'link')} of an id under which nothing was ever delivered"
            f" {'changes' if strange == 1 else 'change'} nothing until it is: check that it is written as the case"
            " system writes it"
        )
    apart = 0 if adoptions else sum(reason == ADOPTION for _, _, reason in told)
    if apart:
        said.append(
            f"{words.plural(apart, 'link')} of adoption kept and not applied: the records before and after stay apart"
            " unless the settings say [identity] adoptions = true"
        )
    return said


def resolve(links: Iterable[Link]) -> dict[str, str]:
    """Each id that is used no more -> the one that stands for the child in the end.

    ComputeError, which names no id, when links part or run in a circle.
    """
    step: dict[str, str] = {}
    parted: set[str] = set()
    for link in links:
        if step.setdefault(link.person_id, link.linked_to) != link.linked_to:
            parted.add(link.person_id)
    if parted:
        raise _refused(f"{words.plural(len(parted), 'id is', 'ids are')} linked to more than one other")
    ends = {start: _end(start, step) for start in step}
    circular = sum(end is None for end in ends.values())
    if circular:
        raise _refused(f"the links of {words.plural(circular, 'id')} run in a circle")
    return {start: end for start, end in ends.items() if end is not None}


def _end(start: str, step: Mapping[str, str]) -> str | None:
    """Where the links from an id lead; None: round in a circle."""
    seen = {start}
    at = step[start]
    while at in step and at not in seen:
        seen.add(at)
        at = step[at]
    return None if at in seen else at


def _refused(what: str) -> ComputeError:
    return ComputeError(
        f"{TABLE}: {what}",
        expected="each id that is used no more linked to one other, and every chain of links to end",
        remedy="load the wrong link again with the day in undone_on",
    )


def store_links(connection: duckdb.DuckDBPyConnection, ends: Mapping[str, str]) -> None:
    """As the table `links`, which `staging` applies."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE links AS SELECT unnest($old) AS old_id, unnest($new) AS new_id",
        {"old": list(ends), "new": list(ends.values())},
    )
