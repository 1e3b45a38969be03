"""Deliveries: kept whole or not at all, once, and never changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from compendium.record.deliveries import Record
from compendium.workspace import Workspace
from tests.record.drawn import deliver, held

PERSON = [("person", "person_id sex\n a F")]


def files(workspace: Workspace) -> dict[str, bytes]:
    folder = workspace.record_folder
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_deliveries_are_listed_by_the_day_received(record: Record, workspace: Workspace) -> None:
    deliver(record, "2017-03-03", PERSON, file_name="march.xml")
    deliver(record, "2017-02-03", PERSON, file_name="february.xml")
    found = Record.open(workspace).deliveries()
    assert [(one.file_name, one.sequence) for one in found] == [("february.xml", 2), ("march.xml", 1)]
    assert record.latest() == date(2017, 3, 3)


def test_what_a_delivery_was_is_found_again(record: Record, workspace: Workspace) -> None:
    info = deliver(record, "2017-02-03", PERSON, ("referral", "2016-04-01", "2017-02-03", "event"))
    assert Record.open(workspace).deliveries() == [info]


def test_loading_the_same_file_again_changes_nothing(record: Record, workspace: Workspace) -> None:
    first = deliver(record, "2017-02-03", PERSON)
    before = files(workspace)
    assert record.loaded(first.sha256) == first
    assert deliver(record, "2017-02-03", PERSON) == first
    assert deliver(Record.open(workspace), "2017-02-03", PERSON) == first
    assert files(workspace) == before


def test_an_error_while_reading_leaves_the_record_as_it_was(record: Record, workspace: Workspace) -> None:
    deliver(record, "2017-02-03", PERSON)
    before = files(workspace)
    with (
        pytest.raises(KeyboardInterrupt),
        record.receive("b.xml", "b" * 64, date(2017, 3, 3), source_format="drawn") as intake,
    ):
        intake.appender("person", ["person_id", "sex"])((2, "b", "M"))
        raise KeyboardInterrupt
    assert files(workspace) == before
    assert held(record.as_at(), "person", "person_id") == [("a",)]


def test_an_earlier_delivery_is_never_touched_by_a_later_one(record: Record, workspace: Workspace) -> None:
    deliver(record, "2017-02-03", PERSON)
    before = files(workspace)
    deliver(record, "2017-03-03", [("person", "person_id sex\n a M")])
    after = files(workspace)
    assert {name: after[name] for name in before} == before


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from compendium.record.deliveries import Record
from compendium.workspace import open_workspace

calls = 0
def dying(name):
    whole = getattr(os, name)
    def step(*given, **named):
        global calls
        calls += 1
        if calls == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*given, **named)
    setattr(os, name, step)
for name in ("mkdir", "fsync", "rename"):
    dying(name)

record = Record.open(open_workspace(Path(sys.argv[1])))
with record.receive("b.xml", "b" * 64, date(2017, 3, 3), source_format="drawn") as intake:
    intake.head.la_code = "999"
    intake.appender("person", ["person_id", "sex"])((2, "b", "M"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_at_any_step_the_record_is_as_it_was_or_wholly_updated(record: Record, workspace: Workspace) -> None:
    """A process of its own is killed at its first, second, third … step on the disk, until it gets through."""
    deliver(record, "2017-02-03", PERSON)
    before = files(workspace)
    ends = []
    for step in range(1, 30):
        dead = subprocess.run([sys.executable, "-c", KILLED, str(workspace.folder), str(step)], capture_output=True)
        people = held(Record.open(workspace).as_at(), "person", "person_id")
        assert people in ([("a",)], [("a",), ("b",)])
        ends.append((dead.returncode, len(people)))
        if dead.returncode != -signal.SIGKILL:
            break
    assert ends[-1] == (0, 2), dead.stderr.decode()
    assert ends[0] == (-signal.SIGKILL, 1)
    after = files(workspace)
    assert {name: after[name] for name in before} == before
    assert [name for name in after if ".incoming" in name] == [], "what was cut short is swept by the next load"


def test_two_loads_at_once_do_not_spoil_one_another(workspace: Workspace) -> None:
    faults: list[BaseException] = []

    def load(number: int) -> None:
        try:
            deliver(Record.open(workspace), "2017-02-03", [("person", f"person_id sex\n child{number} F")])
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=load, args=(number % 4,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    record = Record.open(workspace)
    assert len(held(record.as_at(), "person")) == 4
    assert sorted(one.sequence for one in record.deliveries()) == [1, 2, 3, 4]


def test_a_load_waits_for_another_process_that_is_committing(workspace: Workspace, record: Record) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\nfrom compendium.record.folder import RecordFolder\n"
            "from compendium.record.keys import Keys\nfrom compendium.record.store import Store\n"
            f"folder = RecordFolder(Path({str(workspace.record_folder)!r}), Store(Keys.random()))\n"
            "with folder.locked():\n print('held', flush=True)\n sys.stdin.read()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None and holder.stdin is not None
    assert holder.stdout.readline() == b"held\n"
    loading = threading.Thread(target=deliver, args=(record, "2017-02-03", PERSON))
    loading.start()
    loading.join(0.5)
    assert loading.is_alive(), "it went ahead although another process held the lock"
    holder.communicate()
    loading.join(30)
    assert len(record.deliveries()) == 1


PLANTED = ["KID-7Q-000411", "KID-7Q-000412"]


def test_nothing_of_a_child_lies_on_the_disk_in_clear(tmp_path: Path, record: Record, workspace: Workspace) -> None:
    """Not in a blob, a manifest or a file's name; not in the ledger, not in the access record."""
    from compendium.record.access import AccessRecord

    with record.receive(f"{PLANTED[0]}.xml", "a" * 64, date(2017, 2, 3), source_format="drawn") as intake:
        append = intake.appender("referral", ["person_id", "referral_date"])
        for number, child in enumerate(PLANTED):
            append((number, child, "2017-01-03"))
        intake.reject("referral", 9, "person_id", "an id that is too long", value=PLANTED[1])
    AccessRecord.open(workspace).write(who="A. Analyst", what=PLANTED[0], how_many=2, why="check")
    assert held(record.as_at(), "referral", "person_id") == [(child,) for child in PLANTED]
    everything = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(everything) > 5
    for path in everything:
        for child in PLANTED:
            assert child not in str(path)
            for form in (child, child.swapcase(), child[::-1]):
                for encoding in ("utf-8", "utf-16-le"):
                    assert form.encode(encoding) not in path.read_bytes(), path.name


def test_a_load_writes_nothing_outside_the_record(
    tmp_path: Path, record: Record, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    for name in ("TMPDIR", "TEMP", "TMP", "HOME"):
        monkeypatch.setenv(name, str(elsewhere))
    deliver(record, "2017-02-03", PERSON)
    record.as_at()
    assert os.listdir(elsewhere) == []
    assert {path.name for path in workspace.folder.iterdir()} == {"compendium.toml", "record"}
