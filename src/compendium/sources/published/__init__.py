"""Published statistics: the Department for Education's, the ONS's, Ofsted's and the ministry's, as they publish them.

Each kind of file has a module of its own; all offer the same three names. A symbol that stands for a figure
(c, z, x, low ...) stays a symbol; a percentage that a file does not print is worked out from its counts
only when none of them is a symbol.

Known from: each figure from the day on which figures of its period come out (`edition.published`). A delivery
of published figures whose name has no date counts from the first day on which any of it was known, so that
an edition of an earlier month can show what had been published by then; each row says from when it may
be shown, and which release says so: two releases of one figure stay two rows (`record/releases.py`).
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from compendium.errors import DeliveryError
from compendium.record.intake import Intake
from compendium.sources.delivered import DeliveredFile
from compendium.sources.published import (
    authorities,
    figures,
    inspections,
    interactive,
    neighbours,
    outturn,
    population,
    untaken,
)

NAME = "published statistics"


class PublishedFile(Protocol):
    """What a module of one kind of file offers."""

    def recognises(self, delivered: DeliveredFile) -> bool: ...
    def dated(self, delivered: DeliveredFile) -> date | None: ...
    def read(self, delivered: DeliveredFile, intake: Intake) -> None: ...


FILES: tuple[PublishedFile, ...] = (
    population, figures, neighbours, authorities, untaken, inspections, outturn, interactive
)  # fmt: skip


def recognises(delivered: DeliveredFile) -> bool:
    return _file(delivered) is not None


def dated(delivered: DeliveredFile) -> date | None:
    """The day in the file's name, else the first day on which any of it was known."""
    if delivered.named_day is not None:
        return delivered.named_day
    known = _file(delivered)
    return known.dated(delivered) if known else None


def read(delivered: DeliveredFile, intake: Intake) -> None:
    """Every row is kept, or in the ledger."""
    known = _file(delivered)
    assert known is not None
    known.read(delivered, intake)


def unknown(delivered: DeliveredFile) -> DeliveryError | None:
    """The refusal of a published table that was renamed beyond recognition; None for a file of another kind."""
    return figures.unknown(delivered) if delivered.kind == "text" else None


def _file(delivered: DeliveredFile) -> PublishedFile | None:
    return next((each for each in FILES if each.recognises(delivered)), None)
