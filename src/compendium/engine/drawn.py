"""Tables drawn as text: columns two or more spaces apart, `-` for nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

_GAP = re.compile(r"\s{2,}")


def read_drawn(text: str) -> tuple[tuple[Mapping[str, str | None], ...], str | None]:
    """The rows of a drawing, or what is wrong with it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return (), "the table is empty; draw its header and at least one row, or leave it out"
    columns = _GAP.split(lines[0])
    rows = []
    for number, line in enumerate(lines[1:], start=1):
        cells = _GAP.split(line)
        if len(cells) != len(columns):
            return (), f"row {number} has {len(cells)} cells under {len(columns)} headings (two spaces part them)"
        rows.append({name: None if cell == "-" else cell for name, cell in zip(columns, cells, strict=True)})
    return tuple(rows), None
