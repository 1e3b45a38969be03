"""Whatever happens to a small good SSDA903 return, in each form: refused by name, or every row accounted for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.sources.desk import workbook
from tests.sources.mutation import Good, prove
from tests.sources.mutators import TABLE, WORKBOOK, XML
from tests.sources.returns import RETURN, cells, lines, xml

IDS = ("Q77101", "Q77102", "Q77103")
DRAWN = {table: rows.replace("101,", "Q77101,").replace("102,", "Q77102,").replace("103,", "Q77103,")
         for table, rows in RETURN.items()}  # fmt: skip
FILES = {f"{table}.csv": lines(table, rows).encode() for table, rows in DRAWN.items()}


def rows_below(content: bytes) -> int | None:
    """Rows below the header of a CSV; None where Python's own decoder or parser cannot tell."""
    try:
        text = content.decode("utf-8-sig")
        drawn = list(io.StringIO(text, newline=""))
        if "\0" in text[:200]:
            return None
        while drawn and (drawn[0].lstrip('"').startswith("#") or not drawn[0].strip()):
            drawn.pop(0)
        delimiter = max(",;\t|", key=drawn[0].count)
        return sum(any(map(str.strip, row)) for row in csv.reader(drawn[1:], delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error, IndexError):
        return None


def one_file(path: Path) -> dict[str, int] | None:
    counted = rows_below(path.read_bytes())
    return None if counted is None else {path.name: counted}


def test_whatever_happens_to_a_folder(tmp_path: Path, seed: int, full_counts: bool) -> None:
    prove(Good(FILES, TABLE, folder="ssda903", secrets=IDS), tmp_path, seed, full_counts)


def test_whatever_happens_to_a_file_of_it(tmp_path: Path, seed: int, full_counts: bool) -> None:
    good = Good({"episodes.csv": FILES["episodes.csv"]}, TABLE, secrets=IDS)
    prove(good, tmp_path, seed, full_counts, one_file)


def test_whatever_happens_to_its_xml(tmp_path: Path, seed: int, full_counts: bool) -> None:
    prove(Good({"903.xml": xml(DRAWN).encode()}, XML, secrets=IDS), tmp_path, seed, full_counts)


@pytest.mark.slow
def test_whatever_happens_to_its_workbook(tmp_path: Path, seed: int, full_counts: bool) -> None:
    good = Good({"903.xlsx": workbook(tmp_path / "made.xlsx", cells(DRAWN)).read_bytes()}, WORKBOOK, secrets=IDS)
    prove(good, tmp_path, seed, full_counts)
