"""Writes the county out: its deliveries as they arrived, and what was true, in totals."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from compendium.county import days
from compendium.county.actions import ACTIONS
from compendium.county.formats import write_formats
from compendium.county.truth import truth_of
from compendium.county.world import World, make_world
from compendium.county.writers.annex_a import write_annex_a
from compendium.county.writers.cin_census import write_census
from compendium.county.writers.local import deliveries, write_local
from compendium.county.writers.neighbours import write_neighbours
from compendium.county.writers.published import write_published

CENSUS_YEARS = range(2013, 2018)
EXTRACTS = tuple(days.first_of(month) + 2 for month in range(days.month("2016-04"), days.month("2017-07") + 1))

_world: World | None = None  # handed to the writing processes by fork, never copied


def write_county(
    folder: Path,
    *,
    seed: int = 2017,
    progress: Callable[[str], None] | None = None,
    size: float = 1.0,
    formats: bool = False,
) -> None:
    """Writes deliveries/, actions.toml and truth.json into the folder. The same seed gives the same files.

    size 1 is the whole county; a small size is a small county by the same rules, for tests. With `formats`,
    formats/ has the county in every other format that is read.
    """
    global _world
    tell = progress or (lambda _: None)
    target = folder / "deliveries"
    target.mkdir(parents=True, exist_ok=True)
    gc.disable()  # nothing made here is let go before the end; looking for what could be costs a third
    try:
        _world = make_world(seed, size, tell)
    finally:
        gc.enable()
    tasks: list[tuple[str, int]] = [("workbook", on) for on in EXTRACTS]
    tasks += [("census", year) for year in CENSUS_YEARS]
    local = list(deliveries())
    tasks += [("local", n) for n in sorted(range(len(local)), key=lambda n: local[n][1])]
    jobs = [(kind, number, str(target)) for kind, number in tasks]
    tell("writing the deliveries")
    for done in _run(jobs):
        if done.endswith((".xlsx", ".xml")):
            tell(done)
    write_published(target)
    write_neighbours(target, seed)
    if formats:
        for _, path in write_formats(_world, folder / "formats"):
            tell(path.name)
    (folder / "actions.toml").write_text(ACTIONS, encoding="utf-8")
    (folder / "truth.json").write_text(json.dumps(truth_of(_world), indent=1) + "\n", encoding="utf-8")
    _world = None


def _run(jobs: list[tuple[str, int, str]]) -> Iterator[str]:
    """The names of files as they are done: on every processor where the system can fork, otherwise in turn."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if processors < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(_write, jobs)
        return
    gc.collect()
    gc.freeze()  # so that the children do not touch, and so copy, what they only read
    try:
        with multiprocessing.get_context("fork").Pool(processors) as pool:
            yield from pool.imap_unordered(_write, jobs)
    finally:
        gc.unfreeze()


def _write(job: tuple[str, int, str]) -> str:
    kind, number, folder = job
    assert _world is not None
    target = Path(folder)
    if kind == "workbook":
        return write_annex_a(_world, number, target).name
    if kind == "census":
        return write_census(_world, number, target).name
    table, on = list(deliveries())[number]
    return write_local(_world, table, on, target).name
