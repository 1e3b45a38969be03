"""From a suggestion to a link, and from a name to none, by the command line alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.cli import main
from compendium.record.access import AccessRecord
from compendium.record.deliveries import Record
from compendium.workspace import open_workspace
from tests.commands.conftest import deliver

PEOPLE = """\
person_id,sex,dob,expected_dob
KID-U,U,,2017-03-01
KID-B,F,2017-02-27,
"""
REFERRED = """\
person_id,referral_date
KID-U,2016-12-01
KID-B,2016-12-01
"""
INVOLVED = """\
person_id,worker_id,team_id,role,start_date
KID-B,Ann Plantedname,NE1,case_holder,2017-03-01
"""
WHY = ["--why", "births of spring"]


def load(folder: Path, name: str, text: str) -> int:
    return main(["load", str(deliver(folder, name, text))])


def children(folder: Path) -> int:
    found = (
        Record.open(open_workspace(folder))
        .as_at(tables=["person"])
        .connection.execute("SELECT count(*) FROM record.person")
    )
    return int(found.fetchall()[0][0])


def test_a_suggestion_is_no_link_until_somebody_has_decided(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(council, "person_2017-04-03.csv", PEOPLE) == 0
    assert load(council, "referral_2017-04-03.csv", REFERRED) == 0
    before = children(council)
    capsys.readouterr()
    assert main(["identity", "suggest", *WHY]) == 0
    suggested = capsys.readouterr().out
    assert suggested.startswith("person_id,linked_to,reason,decided_by,decided_on,evidence\nKID-U,KID-B,born,,,")
    load(council, "person_link_2017-04-04.csv", suggested)
    assert children(council) == before
    decided = suggested.replace("born,,,", "born,data manager,2017-04-05,")
    assert load(council, "person_link_2017-04-05.csv", decided) == 0
    assert children(council) == before - 1


def test_the_links_can_be_reviewed_and_undone_from_what_is_printed(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of adoptions are told among them, and that they do not apply."""
    load(council, "referral_2017-04-03.csv", REFERRED)
    load(
        council,
        "person_link_2017-04-05.csv",
        "person_id,linked_to,reason,decided_by,decided_on\n"
        "KID-U,KID-B,born,data manager,2017-04-05\nKID-X,KID-Y,adoption,adoption team,2017-04-04\n",
    )
    capsys.readouterr()
    assert main(["identity", "list", *WHY]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        "person_id,linked_to,reason,decided_by,decided_on,undone_on,evidence",
        "KID-U,KID-B,born,data manager,2017-04-05,,",
        "KID-X,KID-Y,adoption,adoption team,2017-04-04,,",
    ]
    assert "2 links: 0 undone; 1 of adoptions, which are kept and not applied" in printed.err
    assert [entry.how_many for entry in AccessRecord.open(open_workspace(council)).about("KID-Y")] == [2]
    undone = printed.out.replace("2017-04-05,,", "2017-04-05,2017-05-02,")
    assert load(council, "person_link_2017-05-02.csv", undone) == 0
    capsys.readouterr()
    assert main(["identity", "list", *WHY]) == 0
    assert "2 links: 1 undone" in capsys.readouterr().err
    assert main(["identity", "list", "--as-at", "2017-04-05", *WHY]) == 0
    assert "2 links: 0 undone" in capsys.readouterr().err


def test_a_worker_is_named_on_record_and_forgotten(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(council, "involvement_2017-04-03.csv", INVOLVED) == 0
    assert "Plantedname" not in "".join(capsys.readouterr())
    assert main(["workers", "list", "--team", "NE1", *WHY]) == 0
    said = capsys.readouterr().out
    delivery = Record.open(open_workspace(council)).deliveries()[-1]
    (shown,) = [line for line in said.splitlines() if "Ann Plantedname" in line]
    assert shown.split()[-2:] == [str(delivery.sequence), "2017-04-03"]
    assert main(["workers", "forget", "ann plantedname", *WHY]) == 0
    assert main(["workers", "list", "--team", "NE1", *WHY]) == 0
    said = capsys.readouterr().out
    assert "Plantedname" not in said and "1 worker" in said
    assert main(["access"]) == 0
    assert "Plantedname" not in capsys.readouterr().out


def test_a_team_that_is_not_known_is_no_team_without_workers(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workers", "list", "--team", "NE2", *WHY]) == 2
    assert "there is no team 'NE2'" in (said := capsys.readouterr().err) and "did you mean NE1" in said
    assert main(["workers", "list", "--team", "SE1", *WHY]) == 0
    assert capsys.readouterr().out == "0 workers\n"


@pytest.mark.usefixtures("council")
def test_to_forget_a_name_that_is_not_held_says_so_and_bars_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workers", "forget", "Nobody Known", *WHY]) == 0
    said = capsys.readouterr().out
    assert said.startswith("No such name is held") and "barred all the same" in said


@pytest.mark.parametrize(
    "command", [["identity", "suggest"], ["workers", "list", "--team", "NE1"], ["workers", "forget", "x"]]
)
def test_none_of_it_is_done_without_a_reason(
    council: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main([*command, "--why", " "]) == 2
    assert "the reason is empty" in capsys.readouterr().err
