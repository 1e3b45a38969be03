"""Where a test writes a file, loads it through the real record, and looks at what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from compendium.record.deliveries import Record
from compendium.record.ledger import Finding
from compendium.sources.load import LoadReport, load, load_each
from tests.record.drawn import make_workspace

TODAY = date(2017, 8, 1)


class Desk:
    """One workspace with its record, and a folder for deliveries."""

    def __init__(self, folder: Path, code: str = "") -> None:
        self.folder = folder
        self.workspace = make_workspace(folder / "wealdmere", code)
        self.record = Record.open(self.workspace)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def load(
        self,
        name: str,
        content: str | bytes | None = None,
        *,
        received: date | None = None,
        authority: str | None = None,
        today: date = TODAY,
    ) -> LoadReport:
        """Writes the file, unless it is there already, and loads it."""
        path = self.folder / name if content is None else self.write(name, content)
        return load(self.record, path, received, today, authority)

    def load_each(self, name: str, *, received: date | None = None, today: date = TODAY) -> list[LoadReport]:
        """Loads a folder that may hold the returns of several years."""
        return list(load_each(self.record, self.folder / name, received, today, None))

    def rows(self, table: str, columns: str = "*", as_at: date | None = None) -> list[tuple[Any, ...]]:
        """The record's table, in order; days as text, as they are drawn."""
        found = self.record.as_at(as_at, [table]).connection.execute(
            f"SELECT {columns} FROM record.{table} ORDER BY ALL"
        )
        return [
            tuple(str(value) if isinstance(value, (date, datetime)) else value for value in row)
            for row in found.fetchall()
        ]

    def ledger(self, severity: str, report: LoadReport | None = None) -> list[Finding]:
        """The entries of the newest delivery's ledger."""
        findings: Sequence[Finding]
        findings = report.findings if report else self.record.findings(self.record.deliveries()[-1].delivery_id)
        return [finding for finding in findings if finding.severity == severity]

    def files(self) -> dict[str, bytes]:
        """Everything that lies in the workspace: to see that nothing has changed, and that nothing is legible."""
        return {str(path): path.read_bytes() for path in self.workspace.folder.rglob("*") if path.is_file()}


def census(*children: str, reference: str = "2017-03-31", lea: str = "999", extra: str = "") -> str:
    """A census return around its children."""
    year = reference[:4]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Message>\n<Header>\n<CollectionDetails><Collection>CIN</Collection>'
        f"<Year>{year}</Year><ReferenceDate>{reference}</ReferenceDate></CollectionDetails>\n"
        f"<Source><LEA>{lea}</LEA><SoftwareCode>Case</SoftwareCode><DateTime>{year}-07-03T10:00:00</DateTime></Source>\n"
        f"</Header>\n{extra}<Children>\n" + "\n".join(children) + "\n</Children>\n</Message>\n"
    )


def child(
    *cases: str, identity: str = "a1", about: str = "<Sex>F</Sex>", born: str = "2010-05-04", more: str = ""
) -> str:
    """One child around its referrals; `born` empty for none."""
    birth = f"<PersonBirthDate>{born}</PersonBirthDate>" if born else ""
    return (
        f"<Child><ChildIdentifiers><LAchildID>{identity}</LAchildID>{birth}{about}</ChildIdentifiers>\n"
        f"<ChildCharacteristics><Ethnicity>WBRI</Ethnicity>{more}</ChildCharacteristics>\n"
        + "\n".join(cases)
        + "</Child>"
    )


def case(*blocks: str, referred: str = "2016-05-04") -> str:
    """One referral around what followed."""
    return (
        f"<CINdetails><CINreferralDate>{referred}</CINreferralDate><ReferralSource>6</ReferralSource>"
        "<PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA>\n" + "\n".join(blocks) + "</CINdetails>"
    )


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook from rows of cells; days become Excel dates."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day))
                elif cell is not None:
                    sheet.write(number, place, cell)
    book.close()
    return path
