"""The SSDA903 return as XML: EXPSSDA903, a CHILD each, with a HEADER and EPISODEs; namespaces aside, in any order.

The elements have the names of the CSV files' columns, so whatever holds some of a table's columns is a row of
that table. The child's id, date of birth and sex stand once, in the header, and count for every row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from compendium import words
from compendium.record.intake import Intake
from compendium.sources.cells import shown_name
from compendium.sources.delivered import PARSER, DeliveredFile
from compendium.sources.department_xml import malformed
from compendium.sources.ssda903_rows import GivenTable, Row
from compendium.sources.ssda903_tables import EXPANDED, RETURN_TABLES, ReturnTable

ROOT = "EXPSSDA903"
SAYS_903 = re.compile(rf"<(?:[\w.\-]+:)?{ROOT}\b")
# Elements that are a row each, however little they hold.
BLOCKS = {
    "HEADER": "Header", "EPISODE": "Episodes", "AREVIEW": "Reviews", "AMISSING": "Missing", "OC2": "OC2",
    "AD_PLACED": "Placed for adoption",
}  # fmt: skip
SHARED = ("CHILD", "DOB", "SEX")  # columns that tables share
ALONE = "UASC"  # 1 for an unaccompanied child; a day in DUC says the same

Leaves = dict[str, str]


def recognises(delivered: DeliveredFile) -> bool:
    return SAYS_903.search(delivered.opening) is not None


def tables(delivered: DeliveredFile, intake: Intake) -> Iterator[GivenTable]:
    """Every table of which the return has rows. DeliveryError when the XML ends too soon or is not well formed."""
    collected = _Rows()
    with delivered.opened() as stream:
        events = etree.iterparse(
            stream, events=("end",), tag="{*}CHILD", remove_blank_text=True, remove_comments=True, remove_pis=True,
            **PARSER,
        )  # fmt: skip
        try:
            for _, element in events:
                if len(element):
                    collected.take(element)
                    element.clear(keep_tail=True)
                    while (before := element.getprevious()) is not None and before.getparent() is not None:
                        before.getparent().remove(before)
        except etree.XMLSyntaxError as fault:
            raise malformed(delivered, fault, ROOT) from None
        collected.take(events.root)  # what stands in no child is a row without one, for the ledger
    for name, count in sorted(collected.unknown.items()):
        shown = shown_name(name, "of an odd name")
        intake.note(f"{words.plural(count, 'element')} {shown} not known and not read")
    for name, count in sorted(collected.repeated.items()):
        intake.note(f"{name} stands twice in {words.plural(count, 'element')}; the first was read")
    yield from collected.given()


class _Rows:
    """The rows of every table, as they are found. unknown, repeated: elements that no table has, or stand twice."""

    def __init__(self) -> None:
        self.unknown: Counter[str] = Counter()
        self.repeated: Counter[str] = Counter()
        self._rows: dict[str, list[Row]] = {}
        self._expanded: set[str] = set()  # of the headers of an expanded return, those that it has
        self._tables = {table.name: table for table in RETURN_TABLES}
        self._own: dict[str, tuple[ReturnTable, str]] = {}
        self._names: dict[str, str] = {}  # an element's name -> the column that all tables share
        for table in RETURN_TABLES:
            for column in table.columns:
                for name in (column.header, *column.others):
                    if column.header in SHARED:
                        self._names[name] = column.header
                    else:
                        self._own[name] = table, column.header

    def take(self, child: Any) -> None:
        """All rows of one child."""
        blocks = [(element, self._leaves(element)) for element in child.iter() if len(element)]
        shared: Leaves = {}
        for _, leaves in blocks:
            for name in SHARED:
                if leaves.get(name, "").strip():
                    shared.setdefault(name, leaves[name])
        for element, leaves in blocks:
            block = BLOCKS.get(_local(element.tag))
            told = {self._own[name][0].name for name, text in leaves.items() if name in self._own and text.strip()}
            if ALONE in leaves:
                self._rows.setdefault("UASC", [])
                told |= {"UASC"} if leaves[ALONE].strip() in ("1", "true") else set()
            for table in sorted(told | ({block} if block else set())):
                self._add(self._tables[table], element.sourceline, leaves, shared)

    def given(self) -> Iterator[GivenTable]:
        for name, rows in self._rows.items():
            table = self._tables[name]
            given = [at for at, header in enumerate(table.headers) if header not in EXPANDED - self._expanded]
            cut = [(line, [cells[at] for at in given]) for line, cells in rows]
            yield GivenTable(table, name, None, [table.headers[at] for at in given], cut.__iter__)

    def _leaves(self, element: Any) -> Leaves:
        """The column and text of every element within, that holds no other."""
        found: Leaves = {}
        for leaf in element:
            if len(leaf):
                continue
            name = _local(leaf.tag)
            column = self._names.get(name, name)
            if column not in SHARED and column not in self._own and column != ALONE:
                if name not in BLOCKS or (leaf.text or "").strip():
                    self.unknown[name] += 1
            elif column in found:
                self.repeated[name] += 1
            else:
                found[column] = leaf.text or ""
        return found

    def _add(self, table: ReturnTable, line: int, leaves: Leaves, shared: Leaves) -> None:
        mine = ((*self._own[name], text) for name, text in leaves.items() if name in self._own)
        own = {header: text for whose, header, text in mine if whose is table}
        self._expanded |= EXPANDED & own.keys()
        cells = [own.get(header, shared.get(header, "")) for header in table.headers]
        self._rows.setdefault(table.name, []).append((line, cells))


def _local(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2].upper()
