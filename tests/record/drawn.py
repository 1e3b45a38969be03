"""Drawn tables: rows as text, `-` for an empty value; the first line names the columns."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from compendium.record.coverage import Grain
from compendium.record.deliveries import Record
from compendium.record.delivery import DeliveryInfo
from compendium.record.keys import make_key
from compendium.record.ledger import Kind
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES
from compendium.workspace import Workspace, open_workspace

Cover = tuple[str, str, str, str]  # table, from, to, grain


def make_workspace(folder: Path, code: str = "") -> Workspace:
    folder.mkdir(parents=True)
    (folder / "compendium.toml").write_text(f'[authority]\nname = "Wealdmere"\ncode = "{code}"\n', encoding="utf-8")
    workspace = open_workspace(folder)
    make_key(workspace.key_file)
    return workspace


def rows(drawing: str) -> tuple[list[str], list[list[str | None]]]:
    lines = [line.split() for line in drawing.strip().splitlines()]
    return lines[0], [[None if cell == "-" else cell for cell in line] for line in lines[1:]]


def deliver(
    record: Record,
    received: str,
    parts: Sequence[tuple[str, str]],
    *covers: Cover,
    code: str | None = "999",
    authority: str | None = None,
    file_name: str = "delivery.xml",
    salt: str = "",
    source_format: str = "drawn",
    reference: str | None = None,
    unread: Sequence[str | None] = (),
    kind: str = "unreadable",
) -> DeliveryInfo:
    """Loads one delivery of drawn parts: [('referral', drawing), …]. unread: of whom it has a row that is rejected."""
    content = repr((received, parts, covers, code, file_name, salt, source_format, reference, unread, kind))
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    with record.receive(
        file_name, sha256, date.fromisoformat(received), authority, source_format=source_format
    ) as intake:
        intake.head.la_code = code
        intake.head.reference_date = date.fromisoformat(reference) if reference else None
        for table, drawing in parts:
            columns, drawn = rows(drawing)
            append = intake.appender(table, columns)
            for number, row in enumerate(drawn, start=2):
                append((number, *row))
        for table, begins, ends, grain in covers:
            intake.cover(table, date.fromisoformat(begins), date.fromisoformat(ends), cast(Grain, grain))
        for child in unread:
            intake.reject("rows", None, None, "a row that is not kept", person=child, kind=cast(Kind, kind))
    assert intake.delivery is not None
    return intake.delivery


def held(snapshot: Snapshot, table: str, *columns: str) -> list[tuple[str, ...]]:
    """The rows of a table as text, in order, `-` for an empty value."""
    names = ", ".join(f"coalesce({name}::VARCHAR, '-')" for name in columns or TABLES[table].column_names)
    found: list[tuple[str, ...]] = snapshot.connection.execute(
        f"SELECT {names} FROM record.{table} ORDER BY ALL"
    ).fetchall()
    return found


def drawn(drawing: str) -> list[tuple[str, ...]]:
    """What `held` should be."""
    return sorted(tuple(line.split()) for line in drawing.strip().splitlines())
