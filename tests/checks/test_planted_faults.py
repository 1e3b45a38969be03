"""Faults planted in a made census return are all found, each by its rule and in its child; a clean return has none.

The maker's returns have two kinds of fault of their own, whatever is planted: it moves a conference that would fall
on a weekend to the Friday before, which may be before the referral, and it draws the factors of an assessment
without a look at the child's disabilities. Both are counted here from the raw file, by plain Python.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from compendium.record.checks.judging import FLAGGED, Judgement, judge
from compendium.record.checks.loading import SHIPPED, load_rules
from compendium.record.checks.rule import COULD_NOT_RUN
from tests.sources.desk import Desk

RULES = load_rules([SHIPPED])
# The kinds that the maker plants, and the rule that names each.
NAMED_BY = {
    "assessment_before_referral": "cin_1103",
    "closure_before_referral": "cin_8630",
    "closure_without_reason": "cin_8805",
    "cpp_end_before_start": "cin_8925",
    "nfa_with_assessment": "cin_8831",
    "unknown_factor": "cin_8897",
}

pytestmark = pytest.mark.shared


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def made_return(folder: Path, tools: Path, children: int, seed: int, errors: float) -> Mapping[str, set[str]]:
    """Writes made.xml; the children of each kind of fault that was planted in it."""
    made, truth = folder / "made.xml", folder / "truth.csv"
    options = [f"--children={children}", f"--seed={seed}", f"--errors={errors}", f"--out={made}", f"--truth={truth}"]
    subprocess.run([sys.executable, str(tools / "gen_cin.py"), *options], check=True)
    planted: dict[str, set[str]] = defaultdict(set)
    with open(truth, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            planted[row["fault"]].add(row["child"])
    return planted


def census_rules(desk: Desk) -> Judgement:
    desk.load("made.xml")
    return judge(desk.record, [rule for rule in RULES.values() if rule.set == "cin_census"])


def own_faults(root: ElementTree.Element) -> Mapping[str, set[str]]:
    """The maker's own: rule -> children."""
    found: dict[str, set[str]] = defaultdict(set)
    for child in root.iter("Child"):
        who = child.findtext("ChildIdentifiers/LAchildID") or ""
        is_disabled = any(code.text != "NONE" for code in child.iter("Disability"))
        for case in child.iter("CINdetails"):
            referred = case.findtext("CINreferralDate") or ""
            for rule, path in (
                ("cin_2889", "Section47/S47ActualStartDate"),
                ("cin_1104", "Section47/DateOfInitialCPC"),
                ("cin_1105", "ChildProtectionPlans/CPPstartDate"),
            ):
                if any((day.text or "") < referred for day in case.findall(path)):
                    found[rule].add(who)
            for assessment in case.findall("Assessments"):
                factors = {factor.text for factor in assessment.iter("AssessmentFactors")}
                if (
                    assessment.find("AssessmentAuthorisationDate") is not None
                    and not factors & {"5A", "6A"}
                    and is_disabled
                ):
                    found["cin_8899"].add(who)
    return found


def children_flagged(judgement: Judgement, rule: str) -> set[str]:
    return {row["child_id"] for row in judgement.flagged(rule)}


def test_every_planted_fault_is_found_and_named(desk: Desk, shared: Path, full_counts: bool, seed: int) -> None:
    children, seed, errors = (10_000, 1, 0.02) if full_counts else (600, seed, 0.1)
    planted = made_return(desk.folder, shared / "tools", children, seed, errors)
    own = own_faults(ElementTree.parse(desk.folder / "made.xml").getroot())
    judgement = census_rules(desk)
    assert set(planted) == set(NAMED_BY), "too few children for a fault of every kind"
    for fault, rule in NAMED_BY.items():
        missed = planted[fault] - children_flagged(judgement, rule)
        assert not missed, f"{rule} missed {len(missed)} of {len(planted[fault])} children with {fault}"
    everyone = set().union(*planted.values())
    for rule, outcome in judgement.outcomes.items():
        assert outcome.result != COULD_NOT_RUN, f"{rule}: {outcome.why}"
        flagged = children_flagged(judgement, rule)
        assert own[rule] <= flagged
        strangers = flagged - everyone - own[rule]
        assert not strangers, f"{rule} flagged {len(strangers)} children in whom there is no fault"


def test_a_clean_return_has_no_fault(desk: Desk, shared: Path, full_counts: bool, seed: int) -> None:
    children, seed = (10_000, 1) if full_counts else (600, seed)
    assert not made_return(desk.folder, shared / "tools", children, seed, 0)
    tree = ElementTree.parse(desk.folder / "made.xml")
    at_fault = set().union(*own_faults(tree.getroot()).values())
    (parent,) = tree.getroot().iter("Children")
    for child in [each for each in parent if each.findtext("ChildIdentifiers/LAchildID") in at_fault]:
        parent.remove(child)
    assert len(parent) > children * 0.85
    tree.write(desk.folder / "made.xml", encoding="utf-8")
    judgement = census_rules(desk)
    assert {rule: outcome.count for rule, outcome in judgement.outcomes.items() if outcome.result == FLAGGED} == {}
    assert not desk.ledger("rejected") and not desk.ledger("changed")
