"""Bad input made from good: spoilt copies of one delivery are loaded, and each is refused by name or accounted for.

    def test_whatever_happens_to_a_return(tmp_path: Path, seed: int, full_counts: bool) -> None:
        prove(Good({"cin.xml": CENSUS}, XML), tmp_path, seed, full_counts, recount=elements)

A delivery is one file, or a folder of files (`folder` gives its name). Every spoilt copy depends on
the seed and its number alone: `spoilt(good, seed, number)` makes it again. What is demanded of each:

- DeliveryError that names the file, or the folder, and the remedy, and a record without a delivery; or
- a delivery in which read = kept + rejected for every unit, with every row rejected in an entry of the
  ledger, and as many rows read as `recount` counts in the spoilt files, where one is given;
- no word of `secrets` on a screen, in either case;
- no other exception, and an end within `SECONDS` of the processor's time.
"""

from __future__ import annotations

import faulthandler
import json
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from compendium.commands.load import describe
from compendium.errors import DeliveryError
from compendium.record.deliveries import Record
from compendium.sources.load import LoadReport
from tests.sources.desk import Desk
from tests.sources.mutators import ODDITIES, Mutator

FULL, FEW = 2_000, 60  # spoilt copies of a format in `make proofs`, and in a test run
SECONDS = 10  # the processor's time, for the machine may be busy with other things
STUCK = 300  # seconds of any time after which the process is ended, its traceback on the screen

Files = Mapping[str, bytes]
Recount = Callable[[Path], "Mapping[str, int] | None"]


@dataclass(frozen=True)
class Good:
    """A delivery that loads. mutators: what may happen to a file. secrets: texts in it that no screen may show."""

    files: Files
    mutators: Sequence[Mutator]
    folder: str | None = None
    secrets: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.folder or next(iter(self.files))


class Hang(BaseException):
    """Raised in whatever runs too long: no reader may catch it."""


def spoilt(good: Good, seed: int, number: int) -> Files:
    """The files of the spoilt copy with this number: one to three things have happened to them."""
    rng = Random(f"{seed} {good.name} {number}")
    files = dict(good.files)
    for _ in range(rng.choice([1, 1, 2, 3])):
        if good.folder and rng.random() < 0.15:
            _spoil_folder(rng, files)
        name = rng.choice(sorted(files))
        files[name] = rng.choice(good.mutators)(rng, files[name])
    return files


def prove(
    good: Good,
    folder: Path,
    seed: int,
    full_counts: bool,
    recount: Recount | None = None,
    numbers: Sequence[int] | None = None,
) -> Counter[str]:
    """Loads spoilt copies, and first the good one. Returns how many were taken and how many refused.

    recount: unit -> rows in the file or folder, counted by other means than the reader's; None where it
    cannot tell. AssertionError names the number of a copy that failed; `numbers` tries only those.
    """
    pytest.MonkeyPatch().delenv("COMPENDIUM_KEY_FILE", raising=False)
    desk, outcomes = Desk(folder / "desk"), Counter[str]()
    assert _outcome(desk, good, good.files, recount) == "taken", "the good delivery was refused"
    for number in numbers if numbers is not None else range(FULL if full_counts else FEW):
        files = spoilt(good, seed, number)
        try:
            with _watched():
                outcomes[_outcome(desk, good, files, recount)] += 1
        except (Exception, Hang) as fault:
            shown = {name: content[:2_000] for name, content in files.items() if content != good.files.get(name)}
            raise AssertionError(f"seed {seed}, copy {number} of {good.name}: {fault!r}\n{shown}") from fault
    if numbers is None and full_counts:
        assert outcomes["taken"] > 20 and outcomes["refused"] > 20, "hardly anything was tried"
    return outcomes


def _outcome(desk: Desk, good: Good, files: Files, recount: Recount | None) -> str:
    """Loads into an empty record; whether it was taken or refused."""
    shutil.rmtree(desk.workspace.record_folder, ignore_errors=True)
    desk.record = Record.open(desk.workspace)
    path = _lay(desk.folder / "delivery", good, files)
    try:
        report = desk.load(str(path.relative_to(desk.folder)))
    except DeliveryError as refusal:
        named = {path.name, *(each.name for each in path.parent.rglob("*"))}
        assert refusal.what and refusal.remedy and refusal.where.file in named, str(refusal)
        assert not desk.record.deliveries(), "refused, and yet in the record"
        _keeps_secrets(good, str(refusal))
        return "refused"
    _keeps_secrets(good, f"{describe(report)}\n{json.dumps(report.as_json())}")
    _accounted(desk, report, recount(path) if recount else None)
    return "taken"


def _lay(folder: Path, good: Good, files: Files) -> Path:
    """Writes the files afresh; the path that is to be loaded."""
    shutil.rmtree(folder, ignore_errors=True)
    inside = folder / good.folder if good.folder else folder
    inside.mkdir(parents=True)
    for name, content in files.items():
        (inside / name).write_bytes(content)
    return inside if good.folder else inside / good.name


def _accounted(desk: Desk, report: LoadReport, counted: Mapping[str, int] | None) -> None:
    """Every row read is kept, or in an entry of the ledger."""
    (delivery,) = desk.record.deliveries()
    rejected = Counter[str]()
    for finding in desk.ledger("rejected"):
        rejected[finding.unit] += finding.rows
    assert delivery.units == report.units
    for unit, count in delivery.units.items():
        assert count.read == count.kept + count.rejected, f"{unit}: {count}"
        assert count.rejected == rejected[unit], f"{unit}: {count}, but the ledger has {rejected[unit]}"
    assert set(rejected) <= set(delivery.units), "entries of the ledger for what was not counted"
    if counted is not None:
        read = {unit: count.read for unit, count in delivery.units.items() if count.read}
        assert read == {unit: rows for unit, rows in counted.items() if rows}


def _keeps_secrets(good: Good, said: str) -> None:
    assert not any(secret in said for secret in good.secrets), f"a screen would show a secret: {said[:500]}"


def _spoil_folder(rng: Random, files: dict[str, bytes]) -> None:
    """A file is gone, empty, twice, under another's name, or a strange one is among them."""
    name, other = rng.choice(sorted(files)), rng.choice(sorted(files))
    match rng.randrange(5):
        case 0 if len(files) > 1:
            del files[name]
        case 1:
            files[name] = b""
        case 2:
            files[f"copy of {name}"] = files[name]
        case 3:
            files[name], files[other] = files[other], files[name]
        case _:
            files[rng.choice(["notes.txt", "Thumbs.db", "~$open.xlsx", ".DS_Store"])] = rng.choice(ODDITIES).encode()


@contextmanager
def _watched() -> Iterator[None]:
    """Ends what takes too long: in Python by an exception, elsewhere by ending the process."""
    faulthandler.dump_traceback_later(STUCK, exit=True)
    timed = hasattr(signal, "SIGPROF")  # not on Windows
    if timed:
        before = signal.signal(signal.SIGPROF, _hang)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        if timed:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
        faulthandler.cancel_dump_traceback_later()


def _hang(*_: object) -> None:
    raise Hang(f"not done after {SECONDS} s of the processor's time")
