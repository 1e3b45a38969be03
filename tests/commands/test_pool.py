"""`figures --export` and `pool`: from one authority's record to many authorities together."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from compendium.cli import main

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def cells(council: Path, tmp_path: Path, capsys: Captured) -> Path:
    """A region's folder with the council's month cells."""
    settings = council / "compendium.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('code = ""', 'code = "936"'), encoding="utf-8")
    folder = tmp_path / "region"
    assert main(["figures", "--month", "2017-01", "--export", str(folder), "--months", "14"]) == 0
    capsys.readouterr()
    return folder


def figures(capsys: Captured, *arguments: str, status: int = 0) -> dict[str, object]:
    assert main([*arguments, "--format", "json"]) == status
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_the_export_says_where_it_lies_and_what_is_left_out(council: Path, tmp_path: Path, capsys: Captured) -> None:
    settings = council / "compendium.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('code = ""', 'code = "936"'), encoding="utf-8")
    assert main(["figures", "--month", "2017-01", "--export", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert said.out == f"The month cells lie at {tmp_path / 'out' / 'month-cells-936-2017-01.csv'}\n"
    assert "is left out: it counts families once each" in said.err
    assert "not for publication" in said.err


def test_a_pool_of_one_council_gives_the_figures_of_that_council(cells: Path, capsys: Captured) -> None:
    assert main(["figures", "--month", "2017-01", "--indicator", "rereferrals_12m", "--format", "json"]) == 0
    own = json.loads(capsys.readouterr().out)
    pooled = figures(capsys, "pool", str(cells), "--month", "2017-01", "--indicator", "rereferrals_12m")["figures"]
    assert isinstance(pooled, list)
    wanted = ("basis", "numerator", "denominator", "value", "status", "excluded")
    assert [[each[name] for name in wanted] for each in pooled] == [[each[name] for name in wanted] for each in own]


def test_who_is_missing_is_told_and_is_bad_news(cells: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "members.csv").write_text("936\n825\n", encoding="utf-8")
    arguments = ["pool", str(cells), "--month", "2017-01", "--indicator", "referrals"]
    assert main([*arguments, "--expected", str(tmp_path / "members.csv")]) == 1
    assert "MISSING: Buckinghamshire (825): sent no month cells" in capsys.readouterr().out
    told = figures(capsys, *arguments, "--region", "E12000008", status=1)
    assert isinstance(told["missing"], list) and isinstance(told["expected"], list)
    assert len(told["missing"]) == len(told["expected"]) - 1


def test_pages_workbook_and_json_are_written(cells: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out"
    assert main(["pool", str(cells), "--month", "2017-01", "--out", str(out)]) == 0
    assert f"The pool lies at {out / 'index.html'}" in capsys.readouterr().err
    assert {"index.html", "pool.xlsx", "pool.json", "referrals.html", "style.css"} <= {
        each.name for each in out.iterdir()
    }


def test_the_rules_of_the_pools_workspace_are_the_pools(cells: Path, council: Path, capsys: Captured) -> None:
    settings = council / "compendium.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n[rules]\nassessment_days = 35\n", encoding="utf-8")
    arguments = ["pool", str(cells), "--month", "2017-01", "--indicator", "assessments_45wd"]
    assert main(arguments) == 0
    assert "its rule is" not in capsys.readouterr().out
    assert main([*arguments, "--workspace", str(council)]) == 0
    assert "its rule is assessment_days = 45, not 35" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--month", "2018-01"), "no file of month cells holds January 2018"),
        (("--month", "2017-01", "--indicator", "referals"), "there is no indicator 'referals'"),
        (("--month", "2017-01", "--region", "Kent"), "there is no region 'Kent'"),
    ],
)
def test_what_cannot_be_done_is_told(cells: Path, capsys: Captured, arguments: tuple[str, ...], said: str) -> None:
    assert main(["pool", str(cells), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_damaged_file_and_one_that_is_there_twice_stop_the_pool(
    cells: Path, tmp_path: Path, capsys: Captured
) -> None:
    shutil.copytree(cells, tmp_path / "again")
    assert main(["pool", str(cells), str(tmp_path / "again"), "--month", "2017-01"]) == 2
    assert "are both of authority 936" in capsys.readouterr().err
    (path,) = (tmp_path / "again").iterdir()
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    assert main(["pool", str(tmp_path / "again"), "--month", "2017-01"]) == 2
    assert "nothing was added up" in capsys.readouterr().err


def test_months_that_cannot_be_exported_are_refused(council: Path, tmp_path: Path, capsys: Captured) -> None:
    assert main(["figures", "--month", "2017-01", "--export", str(tmp_path / "out"), "--months", "0"]) == 2
    assert "0 months cannot be exported" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
