"""compendium demo: the synthetic county's deliveries, loaded, and its January 2017 edition."""

from __future__ import annotations

import argparse
import shutil
from datetime import date
from pathlib import Path

from compendium import words
from compendium.commands import edition
from compendium.commands.new import make_workspace
from compendium.commands.screen import Progress, say
from compendium.county.settings import SETTINGS
from compendium.county.write import write_county
from compendium.errors import WorkspaceError
from compendium.record.deliveries import Record
from compendium.sources import load as sources
from compendium.workspace import FILE, key_name, open_workspace

MONTH = date(2017, 1, 31)
# The second issue: the March extract has arrived, and with it what was recorded late.
AS_AT = date(2017, 3, 3)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    here = commands.add_parser("demo", help="make the synthetic county and its January 2017 edition")
    here.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=Path("demo/wealdmere"),
        metavar="DIR",
        help="the folder to make (default: demo/wealdmere)",
    )
    here.add_argument("--seed", type=int, default=2017, help="another seed is another county (default: 2017)")
    here.add_argument(
        "--formats",
        action="store_true",
        help="write the county in every other format that is read too, into DIR/formats, to try loading them",
    )
    here.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    folder = given.folder.resolve()
    clear(folder)
    workspace = make_workspace(folder, SETTINGS)
    with Progress("Writing the county") as progress:
        write_county(folder, seed=given.seed, progress=progress.step, formats=given.formats)
    files = sorted(path for path in (folder / "deliveries").rglob("*") if path.is_file())
    record = Record.open(workspace)
    kept = 0
    with Progress("Loading its deliveries", len(files)) as progress:
        for path in files:
            progress.step(path.name)
            report = sources.load(record, path, None, date.today(), None)
            kept += sum(count.kept for count in report.units.values())
    say(f"{words.plural(len(files), 'delivery', 'deliveries')} loaded, {words.plural(kept, 'row')} kept.")
    with Progress("Building the January 2017 edition") as progress:
        first_page = edition.build(workspace, MONTH, AS_AT, progress.step)
    say("")
    say("Synthetic: describes no real council, child or worker.")
    say(f"The January 2017 edition lies at {first_page}")
    say(f"The ten points of the scrutiny board:  {first_page.parent / 'ten-points.html'}")
    if given.formats:
        say(f"The county in the other formats: {folder / 'formats'}")
    say(f"What to trust of it:  compendium quality --workspace {given.folder} --out quality")
    return 0


def clear(folder: Path) -> None:
    """Only a synthetic workspace may be made anew; anything else is left alone."""
    if not folder.exists():
        return
    if (folder / FILE).is_file() and open_workspace(folder).synthetic:
        shutil.rmtree(folder)
        # Its own key only: the one that COMPENDIUM_KEY_FILE names may be a council's.
        (folder / key_name(folder)).resolve().unlink(missing_ok=True)
    elif not folder.is_dir() or any(folder.iterdir()):
        raise WorkspaceError(f"{folder} holds something else", remedy="name another folder: compendium demo DIR")
