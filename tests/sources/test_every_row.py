"""Rows in = rows kept + rows in the ledger, each counted independently, on the sample returns and on made ones."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from compendium.errors import DeliveryError
from tests.sources import recount
from tests.sources.desk import Desk

# Where each kind of census element is kept.
TABLES = {
    "Child": "person",
    "Disability": "person_disability",
    "CINdetails": "referral",
    "Assessments": "assessment",
    "AssessmentFactors": "assessment_factor",
    "CINPlanDates": "cin_plan",
    "Section47": "s47",
    "DateOfInitialCPC": "icpc",
    "ChildProtectionPlans": "cp_plan",
    "CPPreviewDate": "cp_review",
    "PreProceedingsandFGDM": "pre_proceedings",
}
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "samples"
CENSUSES = sorted(SAMPLES.glob("cin_census/*.xml"))
WORKBOOKS = sorted(SAMPLES.glob("annex_a/*.xls*"))


def check_census(desk: Desk, path: Path) -> None:
    """Every element, counted by another parser, is a row of its table or an entry of the ledger."""
    counted = recount.elements(path.read_bytes())
    report = desk.load(path.name, path.read_bytes())
    (delivery,) = desk.record.deliveries()
    in_ledger = {unit: sum(finding.unit == unit for finding in desk.ledger("rejected")) for unit in recount.UNITS}
    for unit, table in TABLES.items():
        held = delivery.tables[table].rows if table in delivery.tables else 0
        assert counted[unit] == held + in_ledger[unit], unit
        count = report.units[unit]
        assert (count.read, count.kept, count.rejected) == (counted[unit], held, in_ledger[unit])


@pytest.mark.shared
@pytest.mark.parametrize("path", CENSUSES or [None], ids=lambda path: path.name if path else "none")
def test_every_element_of_every_sample_census_is_kept_or_in_the_ledger(desk: Desk, path: Path | None) -> None:
    assert path is not None, "the samples hold no census return"
    check_census(desk, path)


@pytest.mark.shared
@pytest.mark.parametrize("path", WORKBOOKS or [None], ids=lambda path: path.name if path else "none")
def test_every_row_of_every_sample_workbook_is_kept_or_in_the_ledger(desk: Desk, path: Path | None) -> None:
    assert path is not None, "the samples hold no workbook"
    if not any(recount.list_rows(path).values()):
        with pytest.raises(DeliveryError, match="none of its lists has a row"):
            desk.load(path.name, path.read_bytes())
        return
    report = desk.load(path.name, path.read_bytes())
    found = {int(unit.split(":")[0].removeprefix("List ")): count for unit, count in report.units.items()}
    assert {number: count.read for number, count in found.items()} == recount.list_rows(path)
    for unit, count in report.units.items():
        assert count.read == count.kept + sum(finding.unit == unit for finding in desk.ledger("rejected", report))


@pytest.mark.shared
def test_every_element_of_a_made_census_with_planted_faults(
    desk: Desk, shared: Path, full_counts: bool, seed: int
) -> None:
    children = 50_000 if full_counts else 400
    made = desk.folder / "made.xml"
    command = [sys.executable, str(shared / "tools" / "gen_cin.py"), "--children", str(children), "--errors", "0.02"]
    subprocess.run([*command, "--seed", str(1 if full_counts else seed), "--out", str(made)], check=True)
    check_census(desk, made)


@pytest.mark.parametrize("round_", range(5))
def test_every_element_of_a_drawn_census_with_faults_of_every_kind(desk: Desk, rng: random.Random, round_: int) -> None:
    check_census(desk, desk.write("drawn.xml", faulty_census(rng, children=30)))
    assert desk.ledger("rejected") and desk.rows("cp_review")


def faulty_census(rng: random.Random, children: int) -> str:
    """A census whose blocks repeat, nest, stand in the wrong place or lack what they need, at random."""

    def day() -> str:
        return rng.choice(["2016-05-04", "2016-06-20", "31/02/2017", "", "42744", "x"])

    def block(name: str, *inner: str) -> str:
        parts = [each for each in inner if rng.random() < 0.85]
        rng.shuffle(parts)
        return f"<{name}>{''.join(parts * rng.choice([1, 1, 1, 2]))}</{name}>\n"

    def many(made: str) -> str:
        return made * rng.choice([0, 1, 1, 2])

    def case() -> str:
        factors = "".join(
            f"<AssessmentFactors>{rng.choice(['1A', '20', '99Z', ''])}</AssessmentFactors>" for _ in range(3)
        )
        reviews = "".join(f"<CPPreviewDate>{day()}</CPPreviewDate>" for _ in range(rng.randrange(3)))
        stray = rng.choice(
            [
                "",
                "<Reviews><CPPreviewDate>2016-09-09</CPPreviewDate></Reviews>",
                "<Strange><Section47/></Strange>",
                "<CINPlanDates><DateOfInitialCPC>2016-09-09</DateOfInitialCPC></CINPlanDates>",
            ]
        )
        conference = f"<DateOfInitialCPC>{day()}</DateOfInitialCPC>"
        listed = block("FactorsIdentifiedAtAssessment", factors)
        return block(
            "CINdetails",
            f"<CINreferralDate>{day()}</CINreferralDate>",
            conference,
            many(block("Assessments", f"<AssessmentActualStartDate>{day()}</AssessmentActualStartDate>", listed)),
            many(block("Section47", f"<S47ActualStartDate>{day()}</S47ActualStartDate>", conference)),
            many(block("CINPlanDates", f"<CINPlanStartDate>{day()}</CINPlanStartDate>")),
            many(
                block(
                    "ChildProtectionPlans", f"<CPPstartDate>{day()}</CPPstartDate>", block("Reviews", reviews), reviews
                )
            ),
            stray,
        )

    def child(number: int) -> str:
        codes = "".join(f"<Disability>{rng.choice(['NONE', 'AUT', 'ZZ'])}</Disability>" for _ in range(2))
        return block(
            "Child",
            block(
                "ChildIdentifiers", f"<LAchildID>c{number}</LAchildID>", f"<PersonBirthDate>{day()}</PersonBirthDate>"
            ),
            block("ChildCharacteristics", block("Disabilities", codes)),
            case(),
            case(),
            rng.choice(["", "loose words", case()]),
        )

    body = "".join(child(number) for number in range(children))
    return f"<Message><Header><Collection>CIN</Collection></Header><Children>{body}</Children>{case()}</Message>"
