"""What is said on an indicator's page of the months ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from compendium.edition.point_table import PointTable


@dataclass(frozen=True)
class FanMonth:
    """A month ahead, in the unit of a reading's value. point: None past the third month. Five in ten between the
    inner two, eight in ten between low and high."""

    period: date
    point: Decimal | None
    low: Decimal
    inner_low: Decimal
    inner_high: Decimal
    high: Decimal


@dataclass(frozen=True)
class Forecast:
    """months: empty where none is made, and sentences then say why. scenarios: what would follow from a change that
    somebody supposes; none of them is a forecast."""

    sentences: tuple[str, ...]
    months: tuple[FanMonth, ...] = ()
    tables: tuple[PointTable, ...] = ()
    scenarios: tuple[str, ...] = ()
