"""The county's deliveries are taken in whole, and the figures made of them are the county's known truth."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compendium.commands.new import make_workspace
from compendium.county import days
from compendium.county.settings import SETTINGS
from compendium.county.truth import Truth
from compendium.county.world import World
from compendium.indicators.compute import compute
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.record.deliveries import Record
from compendium.sources.load import load
from compendium.workspace import Workspace

pytestmark = pytest.mark.slow
JANUARY = date(2017, 1, 31)
FIRST_CUT, SECOND_CUT = date(2017, 2, 3), date(2017, 3, 3)
JUNE, END = date(2017, 6, 30), date(2017, 7, 31)
ASKED = (
    "contacts", "contact_decision_1wd", "referrals", "rereferrals_12m", "icpc_15wd", "cp_visits_10wd", "cp_plans_open",
    "assessments_45wd", "sw_caseload_avg", "sw_vacancy_rate", "sw_agency_rate", "audit_good_or_better", "cla_total",
    "cin_open", "eh_open", "eh_closed_needs_met", "audit_actions_overdue",
)  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("demo") / "wealdmere", SETTINGS)


@pytest.fixture(scope="module")
def record(workspace: Workspace, small_county: Path) -> Record:
    """Everything received by the second cut, and nothing of it rejected."""
    record = Record.open(workspace)
    for path in sorted((small_county / "deliveries").iterdir()):
        if path.stem[-10:] <= SECOND_CUT.isoformat():
            report = load(record, path, None, SECOND_CUT, None)
            assert {unit: count.rejected for unit, count in report.units.items() if count.rejected} == {}, path.name
    return record


@pytest.fixture(scope="module")
def truth(small_county: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((small_county / "truth.json").read_text(encoding="utf-8"))
    return found


def figures(record: Record, workspace: Workspace, cut: date) -> dict[str, tuple[int | None, int | None]]:
    """January 2017 as known on a day: numerator and denominator of each indicator asked for."""
    catalogue = load_catalogue([SHIPPED])
    made = compute(record.as_at(cut), catalogue, workspace, months=[JANUARY], indicators=list(ASKED))
    figures = {name: made.one(name, JANUARY) for name in ASKED}
    return {name: (figure.numerator, figure.denominator) for name, figure in figures.items()}


def pair(of: dict[str, Any]) -> tuple[int, int]:
    return of["numerator"], of["denominator"]


def test_the_figures_are_the_known_truth(record: Record, workspace: Workspace, truth: dict[str, Any]) -> None:
    found = figures(record, workspace, SECOND_CUT)
    posts, audits = truth["posts"]["2017-01"], truth["audits"]
    assert found == {
        "contacts": (truth["contacts"]["january_2017"], None),
        "contact_decision_1wd": pair(truth["contact_decisions"]),
        "referrals": (truth["referrals"]["by_month"]["2017-01"], None),
        "rereferrals_12m": pair(truth["re_referrals"]["2017-01"]),
        "icpc_15wd": pair(truth["conferences_january"]["2017-03-03"]),
        "cp_visits_10wd": pair(truth["visits_10wd"]["all"]),
        "cp_plans_open": (truth["plans_open"], None),
        "assessments_45wd": pair(truth["assessments_45wd"]["2017-01"]),
        "sw_caseload_avg": (truth["caseload"]["cases"], truth["caseload"]["fte_hundredths"]),
        "sw_vacancy_rate": (posts["vacant"], posts["vacant"] + posts["in_post"]),
        "sw_agency_rate": (posts["agency"], posts["agency"] + posts["in_post"]),
        "audit_good_or_better": (
            audits["completed"] - audits["requires_improvement_or_inadequate"],
            audits["completed"],
        ),
        "cla_total": (truth["looked_after"], None),
        "cin_open": (truth["children_in_need"], None),
        "eh_open": (truth["early_help"]["open"], None),
        "eh_closed_needs_met": pair(truth["early_help"]["needs_met"]),
        "audit_actions_overdue": (audits["actions_overdue"], audits["actions_open"]),
    }


def test_conferences_were_known_otherwise_a_month_before(
    record: Record, workspace: Workspace, truth: dict[str, Any]
) -> None:
    early = figures(record, workspace, FIRST_CUT)["icpc_15wd"]
    assert early == pair(truth["conferences_january"]["2017-02-03"])
    assert early != pair(truth["conferences_january"]["2017-03-03"])


def test_the_census_of_july_opens_nothing_that_has_closed_since_march(
    record: Record, workspace: Workspace, small_county: Path, small_world: World
) -> None:
    """It was received after the workbook of 3 July, and describes 31 March."""
    for path in sorted((small_county / "deliveries").iterdir()):
        load(record, path, None, END, None)
    assert record.as_at(END).deliveries[-1].source_format == "CIN census"
    asked = ["cin_open", "cp_plans_open", "cla_total"]
    made = compute(record.as_at(END), load_catalogue([SHIPPED]), workspace, months=[JUNE], indicators=asked)
    known, on = Truth(small_world, days.day("2017-07-03")), days.day("2017-06-30")
    truth = [known.children_in_need(on), known.plans_open(on), known.looked_after(on)]
    assert [made.one(name, JUNE).numerator for name in asked] == truth
