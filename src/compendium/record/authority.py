"""Whose delivery is it? One record holds one authority's children.

A workspace without a code takes it from the first delivery that has one. A delivery with another
code is refused, unless --authority names that code. A delivery whose format carries no code is
noted in the ledger, and refused when it shares few child ids with the record.
"""

from __future__ import annotations

from collections.abc import Iterable

from compendium import words
from compendium.errors import DeliveryError, Place
from compendium.record.intake import Intake
from compendium.record.tables import published

FEWEST = 20  # ids on either side, below which nothing can be said
SHARE = 5  # at least one in five of the smaller side's ids must be known to the other
PUBLISHED = frozenset(table.name for table in published.TABLES)  # they belong to no authority
EXEMPT = PUBLISHED | {"early_help_episode"}  # which is often kept in a system with ids of its own


def check_authority(
    intake: Intake, code: str | None, override: str | None, people: set[str], held: Iterable[set[str]]
) -> None:
    """Raises DeliveryError, or notes in the ledger what was taken on trust.

    code: the record's, if it has one yet. people: the child ids of the delivery. held: those of each
    delivery of the record, newest first, read only as far as needed.
    """
    carried = intake.head.la_code
    if carried is None:
        _check_shared(intake, override, people, held)
        _note_no_code(intake, code, override)
        return
    if override is not None and override != carried:
        raise DeliveryError(
            f"its authority code is {carried}, but --authority says {override}",
            where=Place(file=intake.file_name),
            remedy=f"leave --authority out, or say --authority {carried}",
        )
    if code is not None and carried != code:
        if override is None:
            raise DeliveryError(
                f"it is a delivery of authority {carried}",
                where=Place(file=intake.file_name),
                expected=f"authority {code}, as this workspace's",
                remedy=f"check the file; to take it all the same, say --authority {carried}",
            )
        intake.note(f"a delivery of authority {carried}, taken into the record of {code} because --authority said so")


def _note_no_code(intake: Intake, code: str | None, override: str | None) -> None:
    if {part.table.name for part in intake.parts if part.written} <= PUBLISHED:
        return
    if override is not None:
        intake.note(f"the file carries no authority code; taken as authority {override}'s because --authority said so")
    else:
        whose = f"authority {code}'s, as this workspace's" if code else "this workspace's"
        intake.note(f"the file carries no authority code; taken as {whose}")


def _check_shared(intake: Intake, override: str | None, people: set[str], held: Iterable[set[str]]) -> None:
    """The smaller side counts: five years of contacts share little of themselves with the first census loaded."""
    if override is not None or len(people) < FEWEST:
        return
    if {part.table.name for part in intake.parts if part.written} <= EXEMPT:
        return
    known: set[str] = set()
    for each in held:
        known |= each
        if len(people & known) * SHARE >= len(people):
            return
    shared, smaller = len(people & known), min(len(people), len(known))
    if len(known) >= FEWEST and shared * SHARE < smaller:
        raise DeliveryError(
            f"of the {words.plural(len(people), 'child', 'children')} in it,"
            f" {words.number(shared)} are among the {words.number(len(known))} of the record:"
            " it may be another authority's, or use other ids",
            where=Place(file=intake.file_name),
            expected="a file of this authority, with the same child ids as the deliveries before it",
            remedy="check the file; to take it all the same, say --authority CODE with its authority's code",
        )
