"""A child read by its pieces and the same child read as a tree: the same rows, lines, counts and entries of the ledger.

A processing instruction before the children makes a return one that is read as trees throughout.
"""

from __future__ import annotations

import io
import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compendium.errors import DeliveryError
from compendium.record.intake import Intake
from compendium.sources import cin_census
from compendium.sources.cin_child import ChildReader
from compendium.sources.delivered import open_delivery
from tests.sources.desk import case, census, child
from tests.sources.mutation import Good, spoilt
from tests.sources.mutators import elements_moved, lines_moved, recoded, word_replaced
from tests.sources.test_every_row import faulty_census

BLOCKS = """
<Assessments><AssessmentActualStartDate>2016-05-05</AssessmentActualStartDate>
  <AssessmentInternalReviewDate/>
  <AssessmentAuthorisationDate></AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment>
  <AssessmentFactors>3B</AssessmentFactors><AssessmentFactors>20</AssessmentFactors></FactorsIdentifiedAtAssessment>
</Assessments>
<CINPlanDates><CINPlanStartDate>2016-06-20</CINPlanStartDate></CINPlanDates>
<Section47>
\t<S47ActualStartDate>2016-06-01</S47ActualStartDate><DateOfInitialCPC>2016-06-20</DateOfInitialCPC>
\t<ICPCnotRequired>false</ICPCnotRequired></Section47>
<ChildProtectionPlans><CPPstartDate>2016-06-20</CPPstartDate><NumberOfPreviousCPP>1</NumberOfPreviousCPP>
  <Reviews><CPPreviewDate>2016-09-12</CPPreviewDate><CPPreviewDate>2016-09-12</CPPreviewDate></Reviews>
</ChildProtectionPlans>
<PreProceedingsandFGDM><PPStartDate>2016-09-09</PPStartDate><PPOutcome>No further step</PPOutcome>
</PreProceedingsandFGDM>
"""
DISABLED = "<Disabilities><Disability>AUT</Disability><Disability>LD</Disability></Disabilities>"
UNBORN = "<ExpectedPersonBirthDate>2017-05-01</ExpectedPersonBirthDate><UPN>A1</UPN><GenderCurrent>0</GenderCurrent>"
CHILDREN = [
    child(case(BLOCKS), more=DISABLED),
    child(case(), case(BLOCKS, referred="2016-07-01"), identity="b2", more="<Disabilities/>"),
    child(identity="c3", about=UNBORN, born=""),
    child(case(BLOCKS.replace("2016-06-20", "2016-06-21", 1)), identity="d4", about="<Sex>M</Sex><UPN/>"),
]
PRETTY = census(*CHILDREN)
COMPACT = PRETTY.replace("\n", "").replace("\t", "").replace("  ", "")

Read = dict[str, Any] | str


def read(folder: Path, content: bytes) -> Read:
    """All that the reader hands over, or its refusal."""
    path = folder / "cin.xml"
    path.write_bytes(content)
    intake = Intake("cin.xml", "CIN census", date(2017, 8, 1), b"k" * 32)
    try:
        cin_census.read(open_delivery(path), intake)
        intake.finish()
        rows = {
            part.table.name: intake.memory.connection.execute(f"FROM {part.name} ORDER BY rowid").fetchall()
            for part in intake.parts
        }
        return {**rows, "counts": intake.units, "ledger": intake.findings, "coverage": intake.coverage}
    except DeliveryError as refusal:
        return str(refusal)
    finally:
        intake.memory.close()


def left_for_the_parser(content: str) -> str:
    intake = Intake("cin.xml", "CIN census", date(2017, 8, 1), b"k" * 32)
    left = b"".join(ChildReader(intake).plain.beside(io.BytesIO(content.encode())))
    intake.memory.close()
    return left.decode()


@pytest.mark.parametrize("content", [PRETTY, COMPACT], ids=["lines", "no lines"])
def test_the_parser_sees_no_plain_child_and_all_else_on_its_own_line(content: str) -> None:
    strange = content.replace("<Children>", "<Children><Child/>") + "<!-- the end -->"
    for given, children in ((content, 0), (content.replace("d4", "d&#52;"), 1), (strange, 5)):
        left = left_for_the_parser(given)
        assert len(re.findall("<Child[ />]", left)) == children
        for kept, line in zip(left.split("\n"), given.split("\n"), strict=True):
            assert all(part in line for part in kept.split("<_/>"))


def both_lanes(folder: Path, content: bytes) -> tuple[Read, Read]:
    return read(folder, content), read(folder, content.replace(b"<Children>", b"<?trees only?><Children>", 1))


@pytest.mark.parametrize("content", [PRETTY, COMPACT, PRETTY.replace("\n", "\r\n")], ids=["lines", "no lines", "CRLF"])
def test_plain_children(tmp_path: Path, content: str) -> None:
    by_pieces, by_tree = both_lanes(tmp_path, content.encode())
    assert by_pieces == by_tree
    assert isinstance(by_pieces, dict) and len(by_pieces["person"]) == 4 and len(by_pieces["cp_review"]) == 6
    assert [finding for finding in by_pieces["ledger"] if finding.severity != "noted"] == []


def test_children_with_faults_of_every_kind(tmp_path: Path, rng: random.Random, full_counts: bool) -> None:
    for _ in range(40 if full_counts else 4):
        by_pieces, by_tree = both_lanes(tmp_path, faulty_census(rng, children=30).encode())
        assert by_pieces == by_tree and isinstance(by_pieces, dict) and by_pieces["person"]


def test_children_that_something_has_happened_to(tmp_path: Path, seed: int, full_counts: bool) -> None:
    taken = 0
    for content in (PRETTY, COMPACT):
        mutators = [elements_moved, word_replaced, lines_moved, recoded]
        good = Good({"cin.xml": content.encode()}, mutators)
        for number in range(300 if full_counts else 30):
            by_pieces, by_tree = both_lanes(tmp_path, spoilt(good, seed, number)["cin.xml"])
            assert by_pieces == by_tree, f"copy {number} of seed {seed}"
            taken += isinstance(by_pieces, dict)
    assert taken > 10
