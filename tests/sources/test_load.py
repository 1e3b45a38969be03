"""Loading: once, in any order, wholly or not at all."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path

import pytest

from compendium.record.intake import Intake
from tests.sources.desk import Desk, case, census, child

CENSUS = census(child(case(referred="2016-05-04")), child(case(referred="2016-07-01"), identity="b2"))
EARLIER = census(child(case(referred="2015-05-04"), about="<Sex>U</Sex>"), reference="2016-03-31")
CONTACTS = "person_id,contact_date,outcome\na1,2017-01-03,nfa\nb2,2017-01-04,referral\n"
FILES = {"cin_2017.xml": CENSUS, "cin_2016.xml": EARLIER, "contact_2017-02-03.csv": CONTACTS}


def test_a_file_loaded_again_under_any_name_changes_nothing(desk: Desk) -> None:
    desk.load("cin.xml", CENSUS)
    before = desk.files()
    report = desk.load("the same.xml", CENSUS)
    assert report.already_loaded and report.units["Child"].kept == 2
    assert desk.files() == before


@pytest.mark.parametrize(
    "order", list(itertools.permutations(FILES)), ids=lambda order: " ".join(name[:8] for name in order)
)
def test_order_does_not_matter(tmp_path: Path, order: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    desk = Desk(tmp_path)
    for name in order:
        desk.load(name, FILES[name])
    assert desk.rows("person", "person_id, sex") == [("a1", "F"), ("b2", "F")]
    assert [row[1] for row in desk.rows("referral")] == ["2015-05-04", "2016-05-04", "2016-07-01"]
    assert len(desk.rows("contact")) == 2


@pytest.mark.parametrize("broken_at", ["breathe", "cover", "finish"])
def test_a_load_that_is_interrupted_leaves_the_record_as_it_was_and_may_be_repeated(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, broken_at: str
) -> None:
    desk.load("cin_2016.xml", EARLIER)
    before = desk.files()

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Intake, broken_at, interrupted)
        desk.load("cin_2017.xml", CENSUS)
    assert desk.files() == before
    assert desk.load("cin_2017.xml").already_loaded is False
    assert len(desk.rows("referral")) == 3


def test_the_report_for_a_program_has_counts_and_words_and_no_values(desk: Desk) -> None:
    report = desk.load(
        "contact.csv", CONTACTS + "SECRET ID,31/02/2017,nfa\nSECRET ID,2017-01-05,perhaps\n", received=date(2017, 2, 3)
    )
    printed = json.loads(json.dumps(report.as_json()))
    assert printed["received_on"] == "2017-02-03" and not printed["already_loaded"]
    assert printed["units"] == {"contact.csv": {"read": 4, "kept": 3, "rejected": 1}}
    assert "SECRET" not in json.dumps(printed)
    assert any("'31/02/2017' is not a day of the calendar" in finding for finding in printed["findings"])
