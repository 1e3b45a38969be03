"""The faults that a made census has planted in it: each that a reader can see is in the ledger, and nothing else is."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.sources.desk import Desk


def made(desk: Desk, shared: Path, name: str, children: int, seed: int, errors: float) -> Counter[tuple[str, str]]:
    """Writes a census; (child, fault) of its truth file -> how many."""
    truth = desk.folder / "truth.csv"
    command = [sys.executable, str(shared / "tools" / "gen_cin.py"), "--children", str(children), "--seed", str(seed)]
    command += ["--errors", str(errors), "--out", str(desk.folder / name), "--truth", str(truth)]
    subprocess.run(command, check=True)
    with truth.open(encoding="utf-8", newline="") as file:
        return Counter((row["child"], row["fault"]) for row in csv.DictReader(file))


@pytest.mark.shared
def test_every_unknown_factor_is_in_the_ledger_with_its_child(
    desk: Desk, shared: Path, seed: int, full_counts: bool
) -> None:
    planted = made(desk, shared, "faulty.xml", 20_000 if full_counts else 1_500, seed, 0.3)
    report = desk.load("faulty.xml")
    unknown = Counter({child: count for (child, fault), count in planted.items() if fault == "unknown_factor"})
    assert unknown
    rejected = desk.ledger("rejected")
    assert Counter(finding.person_id for finding in rejected) == unknown
    assert {(each.kind, each.unit, each.value) for each in rejected} == {("unknown_code", "AssessmentFactors", "99Z")}
    assert report.units["AssessmentFactors"].rejected == unknown.total()


@pytest.mark.shared
def test_other_planted_faults_are_no_faults_of_reading_and_are_kept_for_the_rules(
    desk: Desk, shared: Path, seed: int
) -> None:
    planted = made(desk, shared, "faulty.xml", 1_500, seed, 0.3)
    desk.load("faulty.xml")
    assert desk.ledger("changed") == []
    backwards = {child for child, fault in planted if fault == "cpp_end_before_start"}
    closed_early = {child for child, fault in planted if fault == "closure_before_referral"}  # and the plan with it
    held = {
        child for child, start, end in desk.rows("cp_plan", "person_id, start_date, end_date") if end and end < start
    }
    assert backwards and backwards <= held <= backwards | closed_early


@pytest.mark.shared
def test_a_census_without_a_fault_has_no_entry(desk: Desk, shared: Path, seed: int, full_counts: bool) -> None:
    assert not made(desk, shared, "clean.xml", 20_000 if full_counts else 1_500, seed, 0.0)
    report = desk.load("clean.xml")
    assert desk.ledger("rejected") == desk.ledger("changed") == []
    assert all(count.read == count.kept for count in report.units.values()) and report.units["AssessmentFactors"].read
