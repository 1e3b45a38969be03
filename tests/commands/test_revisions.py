"""compendium revisions: the worked case E14, told as a triangle."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compendium.cli import main
from compendium.record.deliveries import Record
from tests.catalogue.worked_cases.test_revised_figures import conferences
from tests.record.drawn import deliver, make_workspace


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "wealdmere"
    record = Record.open(make_workspace(folder))
    for received, drawing in (("2017-02-03", conferences(40, 20)), ("2017-03-03", conferences(52, 12))):
        covers = [(table, "2016-07-01", received, "event") for table in ("icpc", "s47")]
        deliver(record, received, [("icpc", drawing)], *covers)
    return folder


def test_a_month_as_first_known_later_and_now(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["revisions", "--indicator", "icpc_15wd", "--month", "2017-01", "--workspace", str(county)]
    assert main(asked) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "January 2017 3 February 2017 66.7% 81.3% not yet not yet 81.3% 4 records late, 12 corrected" in told
    assert "1 month changed: 4 records late, 12 corrected." in told
    assert told.endswith("Local rules in force: Limit days: 15")
    assert main([*asked, "--format", "json"]) == 0
    newest = json.loads(capsys.readouterr().out)["months"][0]
    assert (newest["month"], newest["at_ages"], newest["now"]) == (
        "2017-01-31",
        ["66.7%", "81.3%", "", ""],
        "81.3%",
    )
    assert newest["why"] == {"late": 4, "corrected": 12, "deleted": 0}


def test_as_at_the_first_day_nothing_has_been_revised(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--indicator", "icpc_15wd", "--as-at", "2017-02-03", "--workspace", str(county), "--format", "json"]
    assert main(["revisions", *given]) == 0
    newest = json.loads(capsys.readouterr().out)["months"][0]
    assert (newest["month"], newest["at_ages"], newest["is_revised"]) == ("2017-01-31", ["66.7%", "", "", ""], False)


def test_what_has_no_one_figure_is_refused(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["revisions", "--indicator", "audit_grade_mix", "--workspace", str(county)]) == 2
    assert "no one figure" in capsys.readouterr().err
