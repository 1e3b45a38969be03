"""Figures side by side, in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PointTable:
    """Figures side by side that answer a point, in words; the first cell of a row names it."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]  # what is assumed, and how to read it
