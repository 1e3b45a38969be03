"""The same seed makes the same county, to the byte; another seed makes another."""

from __future__ import annotations

import hashlib
from pathlib import Path

from compendium.county.write import write_county
from tests.county.conftest import SMALL


def fingerprints(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def without_rows(folder: Path) -> set[str]:
    """A small county has months in which nobody came."""
    return {path.name for path in folder.rglob("*.csv") if len(path.read_bytes().splitlines()) < 5}


def test_the_same_seed_gives_the_same_bytes(small_county: Path, tmp_path: Path) -> None:
    write_county(tmp_path, size=SMALL)
    assert fingerprints(tmp_path) == fingerprints(small_county)


def test_another_seed_gives_another_county(small_county: Path, tmp_path: Path) -> None:
    write_county(tmp_path, seed=1, size=SMALL)
    first, other = fingerprints(small_county), fingerprints(tmp_path)
    assert first.keys() == other.keys()
    same = {name for name in first if first[name] == other[name]} - without_rows(tmp_path)
    assert {name.split("_")[0] for name in same} <= {
        "actions.toml",
        "team",
        "academy",
        "population",
        "c1",
        "c2",
        "c4",
        "b1",
        "d1",
        "d3",
        "d5",
        "local",  # what happened, and when, is the county's story
        "deep",
        "savings",
        "statistical",  # neighbours
    }


def test_progress_is_told_in_words(tmp_path: Path) -> None:
    told: list[str] = []
    write_county(tmp_path, size=0.01, progress=told.append)
    assert told[0] == "workers and teams"
    assert any(step.startswith("annex_a_") for step in told)
