"""Month cells out of an authority's figures, and the file that holds them."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from compendium.calendar.months import month_end, month_ends
from compendium.errors import ComputeError
from compendium.indicators.figures import Figures
from compendium.indicators.numbers import Numbers
from compendium.indicators.periods import period_start
from compendium.indicators.shape import Indicator
from compendium.pooling.addable import AllRules, catalogue_hash, fingerprint, why_not_added
from compendium.pooling.month_cells import CAUTION, COLUMNS, FORMAT, OPENING, SYNTHETIC, Header, MonthCell, Seal
from compendium.workspace import Workspace


def export_month_cells(
    figures: Figures, rules: AllRules, code: str | None, workspace: Workspace, folder: Path
) -> tuple[Path, dict[str, str]]:
    """Writes the cells of all months of the figures; the file, and the indicators left out with the reason.

    code: the authority's three digits, as the record knows them.
    """
    if not code:
        raise ComputeError(
            "the authority has no code, by which a pool would know whose cells these are",
            remedy='set it in compendium.toml: [authority] code = "936"',
        )
    indicators = figures.catalogue.values()
    header = Header(
        code, workspace.authority_name, figures.as_at, figures.months[0], figures.months[-1],
        f"compendium {version('compendium')}", catalogue_hash(indicators), workspace.synthetic,
    )  # fmt: skip
    left_out = {each.id: why for each in indicators if (why := why_not_added(each))}
    cells = (
        cell
        for each in indicators
        if each.id not in left_out
        for cell in month_cells(figures, each, rules.get(each.id, {}))
    )
    path = folder / f"month-cells-{code}-{header.last:%Y-%m}.csv"
    write_month_cells(path, header, cells, left_out)
    return path, left_out


def month_cells(figures: Figures, indicator: Indicator, rules: Mapping[str, int | str]) -> Iterator[MonthCell]:
    """One row a month; of a mix, one more a category."""
    name = indicator.id
    speaking = _speaking(figures, indicator)
    categories = figures.parts(name, "category") if indicator.value == "mix" else []
    print_of, as_at = fingerprint(indicator), figures.complete_to(name)
    for month in figures.months:
        children, estimate = figures.children(month) if indicator.rate else (None, None)
        for category in (None, *categories):
            numbers = Numbers("no_source")
            if month in speaking:
                numbers = figures.in_month(name, month, None if category is None else ("category", category))
            yield MonthCell(
                name, indicator.definition_version, print_of, rules, as_at, month, category, numbers.numerator,
                None if category is not None else numbers.denominator,
                {} if category is not None else numbers.excluded,
                children if category is None else None, estimate if category is None else None,
                figures.sourced(name, month), figures.state(name, month),
            )  # fmt: skip


def _speaking(figures: Figures, indicator: Indicator) -> set[date]:
    """The months that are part of a period with a source: of all others nothing is known, not even 0."""
    found: set[date] = set()
    for last in figures.months:
        for basis in figures.sourced(indicator.id, last):
            found.update(month_ends(period_start(basis, last), last))
    return found


def write_month_cells(
    path: Path, header: Header, cells: Iterator[MonthCell] | Sequence[MonthCell], left_out: Mapping[str, str]
) -> None:
    """Whole or not at all; what was there under the name is replaced."""
    rows = [COLUMNS, *map(_fields, cells)]
    seal = Seal.of(rows)
    lines = [
        f"{OPENING}, format {FORMAT}",
        f"authority: {header.authority_code} {header.authority_name}",
        f"cut: {header.cut.isoformat()}",
        f"months: {header.first:%Y-%m} to {header.last:%Y-%m}",
        f"program: {header.program}",
        f"catalogue: {header.catalogue}",
        *(f"left out: {name}: {why}" for name, why in left_out.items()),
        *([SYNTHETIC] if header.synthetic else []),
        f"rows: {seal.rows - 1}",
        f"sha256: {seal.sha256}",
        CAUTION,
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as out:
            out.writelines(f"# {line}\n" for line in lines)
            csv.writer(out, lineterminator="\n").writerows(rows)
        os.replace(aside, path)
    except BaseException:
        os.unlink(aside)
        raise


def _fields(cell: MonthCell) -> tuple[str, ...]:
    def whole(number: int | None) -> str:
        return "" if number is None else str(number)

    return (
        cell.indicator, str(cell.definition_version), cell.fingerprint, json.dumps(dict(cell.rules), sort_keys=True),
        cell.as_at.isoformat(), f"{cell.month:%Y-%m}", cell.category or "", whole(cell.numerator),
        whole(cell.denominator), json.dumps(dict(cell.excluded), sort_keys=True) if cell.excluded else "",
        whole(cell.children), cell.population or "", " ".join(cell.sourced), cell.status,
    )  # fmt: skip


def months_to(last: date, count: int) -> list[date]:
    """The last days of so many months that end with one."""
    return list(month_ends(month_end(last, 1 - count), last))
