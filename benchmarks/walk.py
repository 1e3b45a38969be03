"""The floor for the census: one pass of lxml into plain rows; nothing checked, nothing but the rows kept."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from lxml import etree

Rows = dict[str, list[tuple[str | None, ...]]]


def walk(path: Path) -> Rows:
    """Block name -> rows: the child's id, then the block's values in their order."""
    rows: Rows = defaultdict(list)
    for _, child in etree.iterparse(str(path), events=("end",), tag="Child"):
        identity = child[0][0].text
        for block in child:
            _block(block, identity, rows)
        child.clear()
        while child.getprevious() is not None:
            del child.getparent()[0]
    return rows


def _block(block: etree._Element, identity: str | None, rows: Rows) -> None:
    values = [identity]
    for element in block:
        if len(element):
            _block(element, identity, rows)
        else:
            values.append(element.text)
    rows[block.tag].append(tuple(values))
