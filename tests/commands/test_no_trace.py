"""Nothing of a child lies open on the disk or is printed unasked: the whole product in processes of its own, searched.

Every command runs with its home, its temporary folder and its current folder on one watched tree, on
deliveries with planted ids, workers' names and free text, in rows that are kept and in rows that are not.
Then every byte of the tree and of what was printed is searched for them, as plain text, in UTF-16 and in
base64; after full runs, after killed ones and after a fault of the program.
"""

from __future__ import annotations

import base64
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from compendium.record.tables import TABLES
from compendium.sources.annex_a_lists import LISTS
from tests.sources.desk import case, census, child, workbook
from tests.sources.payload import api_child, complete, episode
from tests.sources.returns import lines
from tests.sources.ssd import as_csv
from tests.sources.test_no_leak import proper, spoilt

KIDS = ("KID-7Q-000411", "KID-7Q-000412", "KID-7Q-000413")
WORKER, SAID = "Zebulon Quillfeather", "disclosed bruising near Marchbank"
PLANTED = (*KIDS, WORKER, SAID, "Quillfeather", "Marchbank")
STUMBLING = f"""
import sys
from compendium.cli import main
from compendium.record.intake import Intake
def stumble(intake):
    row = "{KIDS[0]}, {WORKER}: {SAID}"
    raise ValueError(f"cannot read the row {{row}}")
Intake.finish = stumble
sys.exit(main(sys.argv[1:]))
"""


def forms(text: str) -> Iterator[bytes]:
    """How a text may stand in a file. Of base64 what is the same wherever in a longer text it begins."""
    for each in {text, text.lower(), text.upper()}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            plain = each.encode(encoding)
            yield plain
            for before in range(3):
                coded = base64.b64encode(b"\0" * before + plain)
                yield coded[(0, 2, 3)[before] : len(coded) // 4 * 4 - 4]
        yield each.encode().hex().encode()


NEEDLES = tuple((text, form) for text in PLANTED for form in forms(text))


def found_in(content: bytes) -> set[str]:
    return {text for text, form in NEEDLES if form in content}


class Disk:
    """The watched tree; deliveries lie outside it, for they are the council's own files."""

    def __init__(self, folder: Path) -> None:
        self.tree, self.deliveries, self.said = folder / "watched", folder / "deliveries", b""
        for each in ("home", "tmp", "here"):
            (self.tree / each).mkdir(parents=True)
        self.deliveries.mkdir()
        self.workspace = self.tree / "council"
        places = {"HOME": "home", "USERPROFILE": "home", "XDG_CACHE_HOME": "home", "TMPDIR": "tmp", "TEMP": "tmp"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COMPENDIUM_")}
        self.env = {**kept, **{name: str(self.tree / place) for name, place in places.items()}, "TMP": places["TEMP"]}

    def start(self, *words: str, script: str | None = None) -> subprocess.Popen[bytes]:
        how = ["-c", script] if script else ["-m", "compendium.cli"]
        command = [sys.executable, "-X", "dev", *how, *words, "--workspace", str(self.workspace)]
        return subprocess.Popen(
            command, cwd=self.tree / "here", env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def run(self, *words: str, script: str | None = None) -> tuple[int, bytes]:
        process = self.start(*words, script=script)
        said = process.communicate()[0]
        return process.returncode, said

    def quietly(self, *words: str, status: int = 0, script: str | None = None) -> None:
        """A command that nobody asks for children: what it says is searched too."""
        returned, said = self.run(*words, script=script)
        assert returned == status, said.decode()
        self.said += said

    def traces(self) -> list[str]:
        """Where something planted was found: in a file, in a name, or in what was said."""
        found = [f"printed: {text}" for text in found_in(self.said)]
        for path in self.tree.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            found += [f"{path.relative_to(self.tree)}: {text}" for text in found_in(content + str(path).encode())]
        return found


def deliver_returns(folder: Path) -> None:
    """An SSDA903 and a Safeguarding Dataset, each a folder, and a payload of the API."""
    (folder / "ssda903").mkdir()
    for table, rows in {
        "header": f"{KIDS[0]},2,04/05/2004,WBRI,UN2,,\n{KIDS[1]},2,{SAID},WBRI,UN2,,",
        "episodes": f"{KIDS[0]},01/05/2016,S,C1,N1,U6,PR1,,,,AB1 2CD,,SC1\n{KIDS[0]},{SAID},S,C1,N1,U6,PR1,,,,,,",
        "sw_episodes": f"{KIDS[0]},04/05/2004,{WORKER},01/05/2016,,INITAL\n{KIDS[1]},,{WORKER},{SAID},,INITAL",
    }.items():
        (folder / "ssda903" / f"{table}.csv").write_text(lines(table, rows), encoding="utf-8")
    contacts = "cont_contact_id | cont_person_id | cont_contact_date | cont_contact_outcome_json"
    (folder / "ssd_2017-02-03").mkdir()
    (folder / "ssd_2017-02-03" / "ssd_contacts.csv").write_text(
        as_csv(f"{contacts}\n1 | {KIDS[0]} | 2017-01-03 | {SAID}\n2 | {KIDS[1]} | {SAID} |"), encoding="utf-8"
    )
    about = {"first_name": KIDS[0], "surname": WORKER}
    given = complete(
        api_child(episode(), identity=KIDS[0], details=about), api_child(episode(SAID), identity=KIDS[1], details=about)
    )
    (folder / "payload.json").write_text(given, encoding="utf-8")


def deliver(folder: Path) -> None:
    """Every format, and of local tables every one about children, each with rows that are not kept."""
    sheets = {}
    for shape in LISTS:
        header = [column.headers[0] for column in shape.columns]
        good = [{"id": KIDS[0], "worker": WORKER}.get(column.kind, proper(column)) for column in shape.columns]
        places = [at for at, column in enumerate(shape.columns) if column.kind not in ("text", "id", "worker")]
        bad = [row for at, row in enumerate(spoilt(shape.columns, SAID)) if at in places]
        sheets[f"List {shape.number}"] = [header, good, *bad]
    workbook(folder / "annex_a_2017-02-03.xlsx", sheets)
    children = [child(case(referred="2016-05-04"), identity=kid, more=f"<Unheard>{SAID}</Unheard>") for kid in KIDS]
    (folder / "cin.xml").write_text(census(*children, child(case(referred=SAID), identity=KIDS[1])), encoding="utf-8")
    for table in TABLES.values():
        if table.event and any(column.name == "person_id" for column in table.columns):
            row = [
                KIDS[2] if column.name == "person_id" else WORKER if column.type == "worker" else proper(column)
                for column in table.columns
            ]
            spoiled = [
                SAID if column.name == table.event else cell for column, cell in zip(table.columns, row, strict=True)
            ]
            written = [",".join(each) for each in (table.column_names, row, spoiled)]
            (folder / f"{table.name}.csv").write_text("\n".join(written) + "\n", encoding="utf-8")
    deliver_returns(folder)
    (folder / "refused.csv").write_text(f"{KIDS[0]},{WORKER},{SAID}\n{KIDS[1]},,\n", encoding="utf-8")


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    made = Disk(tmp_path)
    deliver(made.deliveries)
    made.workspace.parent.mkdir(exist_ok=True)
    made.env["COMPENDIUM_KEY_FILE"] = str(made.tree / "council.key")
    new = [sys.executable, "-m", "compendium.cli", "new", str(made.workspace)]
    subprocess.run(new, env=made.env, cwd=made.tree / "here", check=True, capture_output=True)
    return made


@pytest.mark.parametrize("text", PLANTED)
def test_the_search_finds_what_it_looks_for(text: str) -> None:
    for written in (text, f"a{text}", f"ab {text} and so on", f"<x>{text.upper()}</x>"):
        assert text in found_in(written.encode())
        assert text in found_in(written.encode("utf-16"))
        assert text in found_in(base64.b64encode(written.encode()))
        assert text in found_in(base64.b64encode(written.encode("utf-16-le")))
    assert found_in(b"KID-7Q-000410, Zebulon, bruising") == set()


@pytest.mark.slow
def test_the_whole_product_leaves_no_trace_of_a_child(disk: Disk) -> None:
    disk.quietly("load", "--folder", str(disk.deliveries), "--settled", "0", status=1)
    assert b"loaded and 1 refused." in disk.said
    for each in (b"Annex A", b"CIN census", b"SSDA903", b"Standard Safeguarding Dataset", b"DfE API", b"local table"):
        assert each + b", received" in disk.said
    disk.quietly("load", "--format", "json", *map(str, sorted(disk.deliveries.iterdir())), status=1)
    for words in (["figures"], ["figures", "--format", "json"], ["edition", "build"]):
        disk.quietly(*words, "--month", "2017-01", "--as-at", "2017-02-03")
    for words in (
        ["quality"],
        ["ledger"],
        ["ledger", "cin.xml"],
        ["ledger", "cin.xml", "--format", "json"],
        ["access"],
    ):
        disk.quietly(*words)
    disk.quietly("quality", "--out", str(disk.tree / "here" / "report"))
    disk.quietly("key", "rotate")
    disk.quietly("key", "check")
    for asked in (
        ["indicator", "rows", "referrals", "--month", "2016-05", "--why", "audit"],
        ["ledger", "cin.xml", "--children", "--why", "audit"],
    ):
        status, said = disk.run(*asked)
        assert status == 0 and found_in(said) & set(KIDS), "what is asked for is given"
        assert not found_in(said) - set(KIDS)
    assert disk.traces() == []


@pytest.mark.slow
def test_a_fault_of_the_program_prints_nothing_of_a_child(disk: Disk) -> None:
    """A faulty reader, whose exception quotes the row that it stumbled over."""
    file = str(disk.deliveries / "cin.xml")
    disk.quietly("load", file, script=STUMBLING, status=1)
    assert b"fault of the program, not of yours: ValueError" in disk.said
    assert b"at compendium.record.deliveries, line" in disk.said
    disk.quietly("figures", "--month", "2017-01", script=STUMBLING.replace("Intake.finish", "Intake.never"), status=2)
    broken = STUMBLING.replace("compendium.record.intake import Intake", "compendium.record.deliveries import Record")
    disk.quietly("ledger", script=broken.replace("Intake.finish", "Record.deliveries"), status=2)
    assert disk.traces() == []
    disk.env["COMPENDIUM_DEBUG"] = "1"
    assert found_in(disk.run("load", file, script=STUMBLING)[1]) >= set(PLANTED[:1]), "it is there when asked for"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_load_that_is_killed_leaves_no_trace_of_a_child(disk: Disk, rng: random.Random, full_counts: bool) -> None:
    for _ in range(40 if full_counts else 5):
        process = disk.start("load", *map(str, sorted(disk.deliveries.iterdir())))
        time.sleep(rng.uniform(0.2, 2.5))
        process.send_signal(signal.SIGKILL)
        disk.said += process.communicate()[0]
        assert disk.traces() == []
    disk.quietly("load", "--folder", str(disk.deliveries), "--settled", "0", status=1)
    assert disk.traces() == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_list_of_children_that_is_killed_lies_nowhere_but_where_it_was_asked_for(
    disk: Disk, rng: random.Random, full_counts: bool
) -> None:
    """Its pages and its workbook: neither the temporary folder nor any other has a part of them."""
    disk.quietly("load", str(disk.deliveries / "cin.xml"))
    out = disk.deliveries.parent / "asked" / "report"
    words = ["quality", "--rule", "cin_8600", "--rule", "cin_4220"]
    words += ["--children", "--why", "audit", "--out", str(out)]
    began = time.monotonic()
    assert disk.run(*words)[0] == 0
    seconds = time.monotonic() - began
    assert found_in(b"".join(path.read_bytes() for path in out.rglob("*.html"))) & set(KIDS)
    for _ in range(20 if full_counts else 3):
        process = disk.start(*words)
        time.sleep(rng.uniform(0.3 * seconds, seconds))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert disk.traces() == []
    assert disk.run(*words)[0] == 0
    assert [path.name for path in out.parent.iterdir()] == ["report"], "and what the killed left there is gone"
