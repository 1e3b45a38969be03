"""`verify`: the proofs that a sceptic can run."""

from __future__ import annotations

import json
import re
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from compendium.cli import main
from compendium.commands import verify_engine
from compendium.engine.engine import Engine
from compendium.indicators.loading import SHIPPED, Catalogue, load_catalogue
from tests.postgres import Cluster

Captured = pytest.CaptureFixture[str]
HOLDS = {"id": "a", "kind": "g_chart", "input": {"events_between": [3, 5]}, "expected": {"mean": 4}, "tolerance": 0}


def cases(folder: Path, *given: object) -> str:
    file = folder / "cases.json"
    file.write_text(json.dumps({"format": "compendium-spc-cases/1", "cases": given}), encoding="utf-8")
    return str(file)


def test_reference_cases_that_hold(tmp_path: Path, capsys: Captured) -> None:
    assert main(["verify", "statistics", cases(tmp_path, HOLDS, HOLDS)]) == 0
    assert capsys.readouterr().out == "2 passed, 0 failed\n"


def test_a_case_that_fails_is_named_and_is_bad_news(tmp_path: Path, capsys: Captured) -> None:
    wrong = {**HOLDS, "id": "b", "expected": {"mean": 5}}
    file = cases(tmp_path, HOLDS, wrong)
    assert main(["verify", "statistics", file]) == 1
    assert capsys.readouterr().out == "b: mean: expected 5, got 4.0\n1 passed, 1 failed\n"
    assert main(["verify", "statistics", file, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told == {"passed": 1, "failed": 1, "failures": [{"case": "b", "what": "mean: expected 5, got 4.0"}]}


def test_a_file_that_holds_no_cases_cannot_be_verified(tmp_path: Path, capsys: Captured) -> None:
    assert main(["verify", "statistics", str(tmp_path / "none.json")]) == 2
    assert "no file of reference cases" in capsys.readouterr().err


@pytest.mark.shared
def test_the_shared_cases_hold(shared: Path, capsys: Captured) -> None:
    assert main(["verify", "statistics", str(shared / "cases" / "spc_cases.json")]) == 0
    assert capsys.readouterr().out == "78 passed, 0 failed\n"


FEW = ("referrals", "rereferrals_12m", "cin_open", "assessments_45wd", "cp_visits_10wd")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """A catalogue of a few indicators: how the command compares does not depend on how many there are."""
    every = load_catalogue([SHIPPED])
    made = Catalogue({name: every[name] for name in FEW}, every.views, every.rules)
    monkeypatch.setattr(verify_engine, "catalogue_of", lambda workspace: made)
    return made


@pytest.fixture
def database(council: Path, cluster: Cluster) -> str:
    """An empty database that the council's settings name."""
    settings = council / "compendium.toml"
    connection = cluster.conninfo(database=cluster.make("verifying"))
    told = f'[databases.own]\ndriver = "postgresql"\nconnection = "{connection}"\n'
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n{told}", encoding="utf-8")
    return "own"


@pytest.mark.postgres
def test_the_record_is_counted_on_postgresql_too_and_nothing_stays_there(
    database: str, few: Catalogue, cluster: Cluster, capsys: Captured
) -> None:
    asked = ["verify", "engine", "--engine", "postgresql", "--database", database]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "of the record went to temporary tables of the database own, which only this session saw" in said
    assert "PostgreSQL: 5 indicators, 12 months to January 2017, " in said and "no difference" in said
    assert main([*asked, "--months", "2", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["postgresql"]
    assert told["indicators"] == sorted(FEW) and told["numbers"] > 10 and told["differences"] == []
    with cluster.connect("verifying") as connection:
        left = connection.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'record.%'").fetchone()
    assert left == (0,)


@pytest.mark.postgres
def test_one_engine_that_counts_otherwise_is_bad_news(
    database: str, few: Catalogue, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    from compendium.engine.postgres_engine import PostgresEmitter

    emitter = PostgresEmitter()
    monkeypatch.setattr(emitter, "months_after", lambda day, months: day)
    monkeypatch.setattr("compendium.engine.postgres_engine.PostgresEngine.emitter", emitter)
    asked = ["verify", "engine", "--engine", "postgresql", "--database", database, "--examples"]
    assert main(asked) == 1
    said = capsys.readouterr().out
    assert "PostgreSQL: 5 indicators, the drawn examples, " in said and "of the record" not in said
    assert main([*asked, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)["postgresql"]["differences"]
    assert [each for each in told if re.fullmatch(r"rereferrals_12m \(.*, line \d+\), numerator, .*: 1 and 0", each)]


@pytest.mark.spark
@pytest.mark.slow
def test_the_record_is_counted_on_spark_too(
    council: Path, few: Catalogue, spark: Engine, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("compendium.engine.spark_engine.local_spark", lambda: nullcontext(spark))
    assert main(["verify", "engine", "--engine", "spark"]) == 0
    said = capsys.readouterr().out
    assert "went to Spark within this program; what it put on a disk was encrypted" in said
    assert "Spark: 5 indicators, 12 months to January 2017, " in said and "no difference" in said


def test_an_engine_that_is_not_there_is_told_with_what_to_do(
    council: Path, few: Catalogue, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    assert main(["verify", "engine"]) == 2
    assert "name one of the settings' with --database NAME, or choose --engine spark" in capsys.readouterr().err
    assert main(["verify", "engine", "--engine", "postgresql", "--database", "none"]) == 2
    assert "there is no setting [databases.none]" in capsys.readouterr().err
    monkeypatch.delitem(sys.modules, "compendium.engine.spark_engine", raising=False)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert main(["verify", "engine", "--engine", "spark", "--examples"]) == 2
    assert "install Compendium with it: compendium[spark]" in capsys.readouterr().err
