"""Bad files of month cells: each is refused whole, with file, row, what was expected and the remedy."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from compendium.errors import DeliveryError
from compendium.pooling.month_cells import Seal
from compendium.pooling.pool import read_pool
from compendium.pooling.reading import is_month_cells, read_month_cells
from tests.pooling.drawn import JANUARY, RULES, catalogue, drawn_cells, written

Lines = list[str]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return written(tmp_path, "100", drawn_cells(Random(7)))


def spoil(path: Path, change: Callable[[Lines], Lines], *, seal: bool = False) -> Path:
    """The file with its lines changed; sealed anew, as a program that writes wrong rows would."""
    lines = change(path.read_text(encoding="utf-8").splitlines())
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if seal:
        rows = list(csv.reader(line for line in lines if not line.startswith("#")))
        made = Seal.of(rows)
        text = path.read_text(encoding="utf-8")
        for line in lines:
            if line.startswith("# rows: "):
                text = text.replace(line, f"# rows: {made.rows - 1}")
            if line.startswith("# sha256: "):
                text = text.replace(line, f"# sha256: {made.sha256}")
        path.write_text(text, encoding="utf-8")
    return path


def replaced(old: str, new: str) -> Callable[[Lines], Lines]:
    def change(lines: Lines) -> Lines:
        assert any(old in line for line in lines), old
        return [line.replace(old, new) for line in lines]

    return change


def in_row(column: int, value: str) -> Callable[[Lines], Lines]:
    """Another value in a column of the first row that has no quoted field."""

    def change(lines: Lines) -> Lines:
        at = next(n for n, line in enumerate(lines) if line.startswith("counts,") and line.count(",") == 13)
        fields = lines[at].split(",")
        fields[column] = value
        return [*lines[:at], ",".join(fields), *lines[at + 1 :]]

    return change


def refusal(path: Path) -> str:
    with pytest.raises(DeliveryError) as refused:
        read_month_cells(path)
    return str(refused.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: lines[:-3], "rows where"),
        (lambda lines: [*lines, lines[-1]], "rows where"),
        (replaced(",ok", ",provisional"), "or other values in them"),
        (lambda lines: lines[1:], "it does not begin as a file of month cells does"),
        (replaced("format 1", "format 2"), "it is of format 2"),
        (replaced("# sha256: ", "# sha: "), "`# sha256: ...` above its rows is missing"),
        (replaced("# authority: 100 Council 100", "# authority:"), "`# authority: ...` above its rows is missing"),
        (replaced("# cut: 2017-", "# cut: 20170-"), "`# cut: ...` above its rows is missing"),
        (replaced("2015-02 to 2017-01", "2015-13 to 2017-01"), "a day or month above its rows is none"),
        (replaced("2015-02 to 2017-01", "2017-02 to 2017-01"), "its months end before they begin"),
        (replaced("# cut: 2017-", "# cut: 2016-"), "its last month was not over when its records were received"),
        (replaced("numerator,denominator", "denominator,numerator"), "its columns are not those of month cells"),
        (replaced("counts,1,", 'counts,1,"'), "do not match"),
    ],
)
def test_a_file_that_is_not_what_was_written_is_refused(
    good: Path, change: Callable[[Lines], Lines], said: str
) -> None:
    told = refusal(spoil(good, change))
    assert told.startswith("month-cells-100.csv") and said in told
    assert "To do: " in told


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (0, "the value of indicator cannot be read"),
        (1, "the value of definition_version cannot be read"),
        (3, "the value of rules cannot be read"),
        (4, "the value of as_at cannot be read"),
        (5, "a month from 2015-02 to 2017-01"),
        (7, "the value of numerator cannot be read"),
        (9, "the value of excluded cannot be read"),
        (10, "the value of children cannot be read"),
        (12, "the value of sourced cannot be read"),
        (13, "the value of status cannot be read"),
    ],
)
def test_a_wrong_value_is_named_by_row_and_column_and_is_not_shown(good: Path, column: int, said: str) -> None:
    told = refusal(spoil(good, in_row(column, "Zoe"), seal=True))
    assert said in told and ", row " in told
    assert "Zoe" not in told


def test_a_number_that_is_not_whole_is_refused(good: Path) -> None:
    assert "the value of numerator cannot be read" in refusal(spoil(good, in_row(7, "1.5"), seal=True))


def test_a_month_outside_those_said_above_the_rows_is_refused(good: Path) -> None:
    assert "a month from 2015-02 to 2017-01" in refusal(spoil(good, in_row(5, "2018-01"), seal=True))


def test_a_row_of_too_few_values_is_named(good: Path) -> None:
    assert "it has not one value for each column" in refusal(spoil(good, in_row(13, "ok,more"), seal=True))


def test_a_row_that_stands_twice_is_named(good: Path) -> None:
    told = refusal(spoil(good, lambda lines: [*lines, lines[-1]], seal=True))
    assert "the same indicator, month and category as in row" in told


def test_two_definitions_of_one_indicator_are_refused(good: Path) -> None:
    assert "counts has another definition than in the rows above" in refusal(spoil(good, in_row(1, "2"), seal=True))


def test_a_month_without_a_row_is_refused(good: Path) -> None:
    def without(lines: Lines) -> Lines:
        return [line for line in lines if not (line.startswith("counts,") and ",2016-05," in line)]

    assert "counts has no row for 2016-05" in refusal(spoil(good, without, seal=True))


def test_a_spreadsheet_that_changes_no_value_does_no_harm(good: Path) -> None:
    before = read_month_cells(good)

    def saved(lines: Lines) -> Lines:
        return [line + "," * 13 if line.startswith("#") else line for line in lines]

    spoil(good, saved)
    good.write_bytes(good.read_bytes().replace(b"\n", b"\r\n"))
    assert read_month_cells(good) == before


def test_all_faulty_files_are_told_at_once_and_nothing_is_added(tmp_path: Path) -> None:
    for code in ("100", "200", "300"):
        written(tmp_path, code, drawn_cells(Random(1)))
    for code in ("100", "300"):
        spoil(tmp_path / f"month-cells-{code}.csv", lambda lines: lines[:-1])
    with pytest.raises(DeliveryError) as refused:
        read_pool([tmp_path], catalogue(), RULES, JANUARY)
    told = str(refused.value)
    assert "2 files of month cells are refused; nothing was added up" in told
    assert "month-cells-100.csv" in told and "month-cells-300.csv" in told and "month-cells-200.csv" not in told


def test_other_files_in_a_folder_are_named_as_not_read(good: Path) -> None:
    (good.parent / "letter.txt").write_text("Dear all", encoding="utf-8")
    assert not is_month_cells(good.parent / "letter.txt")
    pool = read_pool([good.parent], catalogue(), RULES, JANUARY)
    assert pool.unread == ("letter.txt",)
    assert list(pool.members) == ["100"]
