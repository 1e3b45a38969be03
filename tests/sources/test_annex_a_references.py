"""Annex A against its published columns and codes: every header of two editions is known, every code read as itself."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compendium.sources.annex_a_values import reading
from tests.sources.desk import Desk, workbook

# Field of Ofsted's list of codes -> how we read it, where the code embedded in it is what we keep.
FIELDS = {
    "Ethnicity": "code:ethnicity", "Contact / Referral Source": "code:referral_source",
    "Child's Category of Need": "code:primary_need", "Primary Need Code": "code:primary_need",
    "Reason for Closure": "code:closure_reason", "Child's Legal Status": "code:legal_status",
    "Placement Type": "code:placement_type", "Placement Provider": "code:placement_provider",
    "Reason Ceased to be Looked After": "code:care_end_reason", "Activity Status": "code:activity",
    "Type of Accommodation": "accommodation",
    "Reason Why Child No Longer Placed for Adoption": "code:adoption_reversal_reason",
}  # fmt: skip


def table(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "codes" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
@pytest.mark.parametrize("edition", ["header_2019_template", "header_2024"])
def test_every_header_of_an_edition_is_known(desk: Desk, shared: Path, edition: str) -> None:
    headers: dict[str, list[str]] = defaultdict(list)
    for row in table(shared, "annex_a_columns.csv"):
        if row[edition]:
            headers[f"List {row['list']}"].append(row[edition])
    assert len(headers) == 11
    workbook(desk.folder / "annex_a_2017-02-03.xlsx", {name: [row, ["c1"]] for name, row in headers.items()})
    desk.load("annex_a_2017-02-03.xlsx")
    assert [each.what for each in desk.ledger("noted") if "is not known" in each.what] == []
    missing = [each.what for each in desk.ledger("noted") if "has no column" in each.what]
    added_since = {"UASC", "Personal Advisor", "Pathway Plan", "Latest Date of Contact"}
    if edition == "header_2024":
        assert missing == []
    assert all(any(words in each for words in added_since) for each in missing)


@pytest.mark.shared
@pytest.mark.parametrize("field", FIELDS)
def test_every_code_of_ofsteds_list_is_read_as_the_code_that_is_embedded_in_it(shared: Path, field: str) -> None:
    rows = [row for row in table(shared, "annex_a_codes_2019_08.csv") if row["field"] == field]
    read = {row["ofsted_code"]: reading(FIELDS[field])(row["ofsted_code"]) for row in rows}
    assert read
    assert read == {row["ofsted_code"]: row["embedded_statutory_code"] for row in rows}


def test_list_9_as_it_grew_after_2019(desk: Desk) -> None:
    header = [
        "Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
        "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
        "Does the Child have a Disability", "Allocated Team", "Allocated Worker", "Allocated Personal Advisor",
        "Eligibility Category", "Latest Pathway Plan Review Date", "LA in Touch", "Latest Date of Contact",
        "Type of Accommodation", "Suitability of Accommodation", "Activity Status",
    ]  # fmt: skip
    row: list[Any] = [
        "c1", "a) Male", "s) NOBT", date(1998, 5, 4), 18, "a) Yes", "b) No", "Leaving Care", "A. One", "P. Two",
        "d) Eligible child", date(2016, 12, 1), "a) Yes", date(2017, 1, 20), "K: Ordinary lodgings", "a) Suitable",
        "F5: Full time in training or employment",
    ]  # fmt: skip
    workbook(desk.folder / "annex_a_2017-02-03.xlsx", {"List_9": [["List 9: Care leavers"], header, row]})
    desk.load("annex_a_2017-02-03.xlsx")
    columns = "eligibility, in_touch, last_contact_date, accommodation, is_suitable, activity, pathway_review_date"
    assert desk.rows("care_leaver_status", columns) == [("eligible", 1, "2017-01-20", "K", 1, "F5", "2016-12-01")]
    assert desk.rows("person", "ethnicity, is_uasc, is_disabled") == [("NOBT", 1, 0)]
    assert desk.ledger("changed") == desk.ledger("rejected") == []
