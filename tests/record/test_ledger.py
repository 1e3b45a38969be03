"""The ledger: kept with its delivery, and in words that name no child."""

from __future__ import annotations

from datetime import date

from compendium.record.deliveries import Record
from compendium.record.ledger import Finding
from compendium.workspace import Workspace


def test_every_entry_is_kept_with_its_delivery(workspace: Workspace) -> None:
    record = Record.open(workspace)
    with record.receive("a.xlsx", "a" * 64, date(2017, 2, 3), source_format="annex_a") as intake:
        intake.head.la_code = "999"
        intake.reject("List 1", 7, "Child Unique ID", "there is no child id", sheet="List 1", remedy="give one")
        intake.change("List 3", 9, "Gender", "'x' is not a code; left empty", value="x", sheet="List 3")
        intake.note("the file has no date; received today")
    found = Record.open(workspace)
    (info,) = found.deliveries()
    assert found.findings(info.delivery_id) == [
        Finding("rejected", "List 1", "there is no child id", "List 1", 7, "Child Unique ID", remedy="give one"),
        Finding("changed", "List 3", "'x' is not a code; left empty", "List 3", 9, "Gender", "x"),
        Finding("noted", "", "the file has no date; received today"),
    ]
    assert info.findings == {"rejected": 1, "changed": 1, "noted": 1}


def test_words_say_where_and_what_and_not_the_value() -> None:
    entry = Finding(
        "rejected", "List 1", "31/02/2017 is not a date", None, 7, "Date", "child-100023", "correct the date"
    )
    assert entry.in_words() == "rejected: List 1, row 7, column Date: 31/02/2017 is not a date (correct the date)"
    assert Finding("noted", "", "no date").in_words() == "noted: no date"
