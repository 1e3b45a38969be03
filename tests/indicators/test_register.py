"""What was recorded of a definition: it may not change in silence, and its id may not vanish."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from compendium.errors import ComputeError
from compendium.indicators.loading import MODEL, SHIPPED, Catalogue, load_catalogue
from compendium.indicators.register import (
    SHIPPED_REGISTER,
    Register,
    read_register,
    record,
    register_faults,
    withdraw,
)
from compendium.indicators.rules import read_rules
from tests.indicators.drawn import catalogue_of

MINE = """value: percent
place: recorded
{more}needs: {{referral: 13 months before}}
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS denominator,
         CASE WHEN r.referral_date <= MONTHS_AFTER(r.previous_referral_date, :rereferral_months) THEN 1 ELSE 0 END
           AS numerator
  FROM referral AS r
  WHERE r.source = 'Police'
"""
PLAIN = MINE.format(more="")
HISTORY = "definition_version: 2\nhistory:\n  - {version: 2, decided: 2017-02-01, says: Other sources count.}\n"


def recorded(folder: Path) -> Register:
    catalogue = catalogue_of(folder, mine=PLAIN)
    return record(catalogue, Register(folder / "register.yaml"), list(catalogue.values()), views=True)


def faults(catalogue: Catalogue, register: Register) -> list[str]:
    return [what for _, _, what in register_faults(catalogue, register, list(catalogue.values()))]


def test_the_shipped_definitions_are_what_was_recorded() -> None:
    """To mend: raise the version of what counts otherwise now, or give the reason why no figure changes, and run
    `compendium indicator record --shipped`."""
    catalogue = load_catalogue([SHIPPED])
    register = read_register(SHIPPED_REGISTER)
    assert [
        f"{file.name}: {what}" for file, _, what in register_faults(catalogue, register, list(catalogue.values()))
    ] == []
    assert record(catalogue, register, list(catalogue.values()), views=True) == register


def test_what_was_recorded_is_read_as_it_was_written(tmp_path: Path) -> None:
    register = withdraw(recorded(tmp_path), "mine", date(2017, 3, 1), 'It said "police" alone.', "contacts")
    catalogue = catalogue_of(tmp_path, mine=PLAIN)
    register = record(catalogue, register, list(catalogue.values()), views=True)
    register = record(
        catalogue, register, list(catalogue.values()), views=True, unchanged=["mine", "referral"], why="Only a name."
    )
    register.write()
    assert read_register(register.file) == register


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("ELSE 0 END\n           AS", "ELSE 0\n    END AS -- as ever\n          "),
        lambda text: text.replace("SELECT r.person_id", "select   r.person_id"),
        lambda text: text + "why: Because.\nby: [age_band]\n",
    ],
)
def test_words_breakdowns_and_the_writing_of_sql_may_change(tmp_path: Path, change: Callable[[str], str]) -> None:
    register = recorded(tmp_path)
    assert faults(catalogue_of(tmp_path, mine=change(PLAIN)), register) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("'Police'", "'Schools'"),
        ("13 months before", "14 months before"),
        ("value: percent", "value: ratio"),
        ("<=", "<"),
        ("place: recorded", "matures: {days: 3}\nplace: recorded"),
    ],
)
def test_what_counts_otherwise_needs_a_version_or_a_reason(tmp_path: Path, right: str, wrong: str) -> None:
    register = recorded(tmp_path)
    changed = catalogue_of(tmp_path, mine=PLAIN.replace(right, wrong, 1))
    (what,) = faults(changed, register)
    assert what.startswith("it does not count as version 1 did when it was recorded: raise definition_version")
    mine = list(changed.values())
    reasoned = record(changed, register, mine, views=False, unchanged=["mine"], why="There were none.")
    assert faults(changed, reasoned) == []
    assert reasoned.indicators["mine"].unchanged == ("There were none.",)
    raised = catalogue_of(tmp_path, mine=MINE.format(more=HISTORY).replace(right, wrong, 1))
    assert faults(raised, register) == []
    again = record(raised, register, list(raised.values()), views=False)
    assert again.indicators["mine"].version == 2
    assert faults(changed, again) == ["definition_version is 1, and version 2 was recorded"]


def test_recording_alone_does_not_bless_a_change(tmp_path: Path) -> None:
    register = recorded(tmp_path)
    changed = catalogue_of(tmp_path, mine=PLAIN.replace("<=", "<", 1))
    assert record(changed, register, list(changed.values()), views=True) == register


def test_a_changed_default_of_a_rule_is_a_change(tmp_path: Path) -> None:
    register, catalogue = recorded(tmp_path), catalogue_of(tmp_path, mine=PLAIN)
    rules = dict(read_rules()[0])
    rules["rereferral_months"] = replace(rules["rereferral_months"], default=13)
    rules["assessment_days"] = replace(rules["assessment_days"], default=40)
    assert len(faults(Catalogue(catalogue, catalogue.views, rules), register)) == 1
    rules["rereferral_months"] = read_rules()[0]["rereferral_months"]
    assert faults(Catalogue(catalogue, catalogue.views, rules), register) == []


def test_a_changed_view_is_a_change_of_all_that_stand_on_it(tmp_path: Path) -> None:
    register = recorded(tmp_path)
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    for view in ("referral", "contact"):
        text = (model / f"{view}.sql").read_text(encoding="utf-8")
        (model / f"{view}.sql").write_text(text.replace("'Housing'", "'Homes'"), encoding="utf-8")
    changed = catalogue_of(tmp_path, model, mine=PLAIN)
    (what,) = faults(changed, register)
    assert what.startswith("the view referral is not what was recorded, and mine stand on it: raise their")
    reasoned = record(changed, register, list(changed.values()), views=True, unchanged=["referral"], why="Same codes.")
    assert faults(changed, reasoned) == []
    raised = catalogue_of(tmp_path, model, mine=MINE.format(more=HISTORY))
    again = record(raised, register, list(raised.values()), views=True)
    assert faults(raised, again) == []
    assert again.views["referral"].fingerprint == reasoned.views["referral"].fingerprint


def test_an_id_cannot_vanish_but_it_can_be_withdrawn(tmp_path: Path) -> None:
    register = recorded(tmp_path)
    (tmp_path / "theme" / "mine.yaml").unlink()
    gone = catalogue_of(tmp_path, other=PLAIN)
    assert faults(gone, register) == [
        "the indicator mine is gone; figures of it were given, so bring it back or withdraw it: compendium indicator"
        " withdraw mine --why REASON"
    ]
    withdrawn = withdraw(register, "mine", date(2017, 3, 1), "Nobody read it.", "other")
    assert faults(gone, withdrawn) == []
    assert faults(catalogue_of(tmp_path, mine=PLAIN), withdrawn) == [
        "the id mine was withdrawn on 1 March 2017; choose another"
    ]


def test_a_reason_is_wanted(tmp_path: Path) -> None:
    register, catalogue = recorded(tmp_path), catalogue_of(tmp_path, mine=PLAIN)
    with pytest.raises(ComputeError, match="the reason is empty"):
        record(catalogue, register, list(catalogue.values()), views=False, unchanged=["mine"], why=" ")
    with pytest.raises(ComputeError, match="the reason is empty"):
        withdraw(register, "mine", date(2017, 3, 1), "", None)
    with pytest.raises(ComputeError, match="did you mean mine"):
        record(catalogue, register, list(catalogue.values()), views=False, unchanged=["mnie"], why="So.")
    with pytest.raises(ComputeError, match="did you mean mine"):
        withdraw(register, "mnie", date(2017, 3, 1), "So.", None)


def test_a_damaged_register_is_told(tmp_path: Path) -> None:
    (tmp_path / "register.yaml").write_text("indicators:\n  mine: {version: one}\n", encoding="utf-8")
    with pytest.raises(ComputeError, match="is no register of definitions"):
        read_register(tmp_path / "register.yaml")
