"""Code sets: every set that a canonical table names is there, and says what the returns say."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from compendium.record.codes import Code, code_set, code_sets, codes, groups
from compendium.record.tables import TABLES

NAMED = sorted({column.code_set for table in TABLES.values() for column in table.columns if column.code_set})


@pytest.mark.parametrize("name", NAMED)
def test_a_set_named_by_a_table_is_there(name: str) -> None:
    assert len(codes(name)) > 1
    assert all(codes(name).values()), "a code without a label"


def test_a_set_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(KeyError, match=r"no code set 'sexes'.*sex"):
        codes("sexes")


def test_a_code_knows_its_group_and_its_years() -> None:
    assert groups("referral_source")["3F"] == "Health services"
    assert code_set("referral_source")["5D"] == Code("5D", "LA SERVICES – early help", "LA services", 2023, None)
    assert code_set("placement_type")["H5"].last_year == 2024


def test_codes_without_a_group_are_left_out_of_the_groups() -> None:
    assert groups("sex") == {}


def test_closed_lists_of_the_tables_are_as_their_columns_say() -> None:
    assert list(codes("audit_grade")) == ["outstanding", "good", "requires_improvement", "inadequate"]
    assert list(codes("contact_outcome")) == ["nfa", "advice", "early_help", "referral", "existing_case", "other"]
    assert list(codes("visit_kind")) == ["cp", "cin", "lac", "care_leaver"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "published", "name"),
    [
        ("cin_codes.csv", "referral_source", "referral_source"),
        ("cin_codes.csv", "ethnicity", "ethnicity"),
        ("cin_codes.csv", "disability", "disability"),
        ("cin_codes.csv", "primary_need", "primary_need"),
        ("cin_codes.csv", "reason_for_closure", "closure_reason"),
        ("cin_codes.csv", "category_of_abuse", "abuse_category"),
        ("cin_codes.csv", "assessment_factor", "assessment_factor"),
        ("cin_codes.csv", "upn_unknown", "upn_unknown"),
        ("csww_codes.csv", "StartOrigin", "worker_origin"),
        ("csww_codes.csv", "LeaverDestination", "worker_destination"),
        ("csww_codes.csv", "ReasonLeave", "worker_leaving_reason"),
        ("csww_codes.csv", "ReasonAbsence", "worker_absence"),
        ("ssda903_codes.csv", "LS", "legal_status"),
        ("ssda903_codes.csv", "PLACE", "placement_type"),
        ("ssda903_codes.csv", "REVIEW_CODE", "participation"),
        ("ssda903_codes.csv", "RNE", "episode_start_reason"),
        ("ssda903_codes.csv", "SDQ_REASON", "sdq_reason"),
        ("ssda903_codes.csv", "PREV_PERM", "previous_permanence"),
    ],
)
def test_no_published_code_is_missing(shared: Path, file: str, published: str, name: str) -> None:
    with open(shared / "codes" / file, encoding="utf-8-sig", newline="") as lines:
        expected = [row["code"] for row in csv.DictReader(lines) if row["code_set"] == published]
    assert list(codes(name)) == expected


def test_every_set_loads() -> None:
    assert set(NAMED) <= set(code_sets())
    for name in code_sets():
        assert codes(name)
