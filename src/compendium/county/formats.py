"""The county in every other format that a council may hold: what it delivers by itself, told once more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from compendium.county import days
from compendium.county.world import World
from compendium.county.writers.dfe_api import write_payload
from compendium.county.writers.ssd import write_ssd
from compendium.county.writers.ssda903 import write_return, write_return_workbook, write_return_xml
from compendium.county.writers.workforce_census import write_workforce_census

Writer = Callable[[World, Path], Path]
YEAR = 2016  # the last year whose returns had been made on that day
ON = days.day("2017-03-03")  # the demonstration's edition is as at this day
WRITERS: Mapping[str, tuple[Writer, ...]] = {
    "Standard Safeguarding Dataset": (lambda world, folder: write_ssd(world, ON, folder),),
    "DfE API": (lambda world, folder: write_payload(world, ON, folder),),
    "SSDA903": (
        lambda world, folder: write_return(world, YEAR, folder),
        lambda world, folder: write_return_workbook(world, YEAR, folder),
        lambda world, folder: write_return_xml(world, YEAR, folder),
    ),
    "workforce census": (lambda world, folder: write_workforce_census(world, YEAR, folder),),
}


def write_formats(world: World, folder: Path) -> Iterator[tuple[str, Path]]:
    """Writes each into the folder; the format, by the name that `compendium load` gives it, and the file or folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, writers in WRITERS.items():
        for write in writers:
            yield name, write(world, folder)
