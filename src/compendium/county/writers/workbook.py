"""A plain Excel workbook, written as text: a dozen times as fast as a library that can do everything.

Cells are text (shared strings), whole numbers, or days (as Excel counts them, shown dd/mm/yyyy). The
same content gives the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
EXCEL_DAY = 693_594  # ordinal of Excel's day 0
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


class Workbook:
    """Sheets are added one after another and the file is complete on leaving the `with`."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self.sheets: list[str] = []
        self.shared: dict[str, int] = {}

    def __enter__(self) -> Workbook:
        return self

    def sheet(self, name: str, top: Sequence[Sequence[str]], kinds: str, rows: Iterable[Sequence[object]]) -> None:
        """Text rows on top, then rows whose cells are by column s (text), n (number) or d (day); None is empty."""
        self.sheets.append(name)
        parts = [f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>']
        for number, texts in enumerate(top, 1):
            parts.append(self._row(number, "s" * len(texts), texts))
        for number, row in enumerate(rows, len(top) + 1):
            parts.append(self._row(number, kinds, row))
        parts.append("</sheetData></worksheet>")
        self._put(f"xl/worksheets/sheet{len(self.sheets)}.xml", "".join(parts))

    def _row(self, number: int, kinds: str, row: Sequence[object]) -> str:
        cells = []
        shared = self.shared
        for letter, kind, value in zip(LETTERS, kinds, row, strict=False):
            if value is None or value == "":
                continue
            if kind == "s":
                at = shared.setdefault(value, len(shared))  # type: ignore[arg-type]
                cells.append(f'<c r="{letter}{number}" t="s"><v>{at}</v></c>')
            elif kind == "d":
                cells.append(f'<c r="{letter}{number}" s="1"><v>{value - EXCEL_DAY}</v></c>')  # type: ignore[operator]
            else:
                cells.append(f'<c r="{letter}{number}"><v>{value}</v></c>')
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _put(self, name: str, text: str) -> None:
        entry = zipfile.ZipInfo(name, (2017, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        self.archive.writestr(entry, text, compresslevel=1)

    def __exit__(self, *_: object) -> None:
        strings = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self.shared)
        self._put("xl/sharedStrings.xml", f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(self.shared)}">{strings}</sst>')
        self._put("xl/styles.xml", STYLES)
        names = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(self.sheets, 1)
        )
        self._put(
            "xl/workbook.xml",
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>',
        )
        self._put("xl/_rels/workbook.xml.rels", _relations(len(self.sheets)))
        self._put("_rels/.rels", _root())
        self._put("[Content_Types].xml", _types(len(self.sheets)))
        self.archive.close()


LETTERS = [chr(65 + n) for n in range(26)] + [f"A{chr(65 + n)}" for n in range(26)]


def _relations(sheets: int) -> str:
    to = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, sheets + 1)]
    to += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{name}"/>' for n, (kind, name) in enumerate(to, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def _root() -> str:
    link = f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{link}</Relationships>'


def _types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [
        ("/xl/workbook.xml", "sheet.main"),
        ("/xl/styles.xml", "styles"),
        ("/xl/sharedStrings.xml", "sharedStrings"),
    ]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    lines = "".join(f'<Override PartName="{name}" ContentType="{kind}.{what}+xml"/>' for name, what in parts)
    basics = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    basics += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{basics}{lines}</Types>'
