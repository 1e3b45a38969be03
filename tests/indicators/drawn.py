"""Indicators and tables drawn as text: small files in, figures out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from compendium.engine.drawn import read_drawn
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figure, Figures
from compendium.indicators.loading import MODEL, Catalogue, load_catalogue
from compendium.record.coverage import Span, Spoken
from compendium.record.snapshot import Snapshot
from compendium.workspace import COUNTYWIDE, Workspace

JANUARY = date(2017, 1, 31)
AREAS = {"NE": "North East", "SW": "South West", COUNTYWIDE: "Countywide teams"}
COUNTY = Workspace(Path(), "A county", "999", True, AREAS, None, "", Path())
TEAMS = """
    team_id  team_name   area_id     valid_from  valid_to
    NE1      North one   NE          2010-04-01  -
    NE2      North two   NE          2010-04-01  2016-10-01
    SW1      South one   SW          2010-04-01  -
    HUB      The hub     countywide  2010-04-01  -
"""
WORDS = "title: A title\nquestion: A question?\npolarity: neutral\n"
EXAMPLE = "examples:\n  - says: nothing\n    given: {}\n    month: 2017-01\n    expect: {numerator: 0}\n"


def catalogue_of(folder: Path, model: Path = MODEL, **files: str) -> Catalogue:
    """A catalogue of drawn files, id -> text; words and an example are added where a file has none."""
    theme = folder / "theme"
    theme.mkdir(exist_ok=True)
    for name, text in files.items():
        whole = text if "title:" in text else WORDS + text
        if "examples:" not in whole:
            whole += ("" if whole.endswith("\n") else "\n") + EXAMPLE
        (theme / f"{name}.yaml").write_text(whole, encoding="utf-8")
    return load_catalogue([folder], model)


def snapshot_of(
    tables: Mapping[str, str], as_at: date = JANUARY, coverage: Mapping[str, Sequence[Span | Spoken]] | None = None
) -> Snapshot:
    rows: dict[str, Any] = {}
    for name, text in {"team": TEAMS, **tables}.items():
        rows[name], wrong = read_drawn(text)
        assert wrong is None, wrong
    return Snapshot.drawn(rows, as_at, coverage)


def figures_of(
    catalogue: Catalogue,
    tables: Mapping[str, str],
    *,
    months: Sequence[date] = (JANUARY,),
    as_at: date = JANUARY,
    coverage: Mapping[str, Sequence[Span | Spoken]] | None = None,
    limits: Mapping[str, Mapping[str, Any]] | None = None,
    rules: Mapping[str, Any] | None = None,
) -> Figures:
    county = replace(COUNTY, limits=limits or {}, rules=rules or {})
    return compute(snapshot_of(tables, as_at, coverage), catalogue, county, months)


def said(figure: Figure) -> tuple[Any, Any, Any]:
    """Numerator, denominator and value."""
    return figure.numerator, figure.denominator, figure.value
