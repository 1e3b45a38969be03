"""The script of the how-to page for a region's platform runs as it stands there, and gives what each council has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compendium.calendar.months import month_ends
from compendium.cli import main
from compendium.commands.new import SETTINGS, make_workspace
from compendium.indicators.comparison import Comparison
from compendium.indicators.compute import compute
from compendium.indicators.loading import Catalogue, load_catalogue
from compendium.record.deliveries import Record
from compendium.record.handover import empty_duckdb
from compendium.sources.load import load
from compendium.workspace import KEY_VARIABLE, Workspace
from tests.engine.engines import duckdb, opened, spark

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "run-on-postgresql-or-spark.md"
FEW = ("referrals", "rereferrals_12m", "assessments_45wd", "referral_source_mix")  # Spark takes its time over each
DELIVERED = {
    "team.csv": """\
        team_id,team_name,service,area_id,valid_from
        NE1,North East assessment,assessment,NE,2010-04-01
    """,
    "referral.csv": """\
        # complete: 2012-04-01 to 2017-02-03
        person_id,referral_date,source_code,team_id,nfa
        A,2016-03-01,6,NE1,0
        A,2017-01-10,6,NE1,0
        B,2017-01-11,{source},,0
    """,
}


@pytest.fixture
def councils(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Workspace]:
    """Two councils with the same ids and other referrals, and a region with a rule of its own."""
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    make_workspace(tmp_path / "region", _settings("../region.key", "") + "\n[rules]\nrereferral_months = 10\n")
    made = {}
    for code, name, source in (("936", "surrey", "2A"), ("825", "bucks", "3A")):
        made[name] = make_workspace(tmp_path / "councils" / name, _settings(f"../../{name}.key", code))
        for file, text in DELIVERED.items():
            path = tmp_path / f"{name}_{file}"
            path.write_text(re.sub(r"^ +", "", text.format(source=source), flags=re.MULTILINE), encoding="utf-8")
            path = path.rename(path.with_name(file))
            load(Record.open(made[name]), path, date(2017, 2, 3), date(2017, 2, 3), None)
    return made


def _settings(key: str, code: str) -> str:
    text = SETTINGS.format(name='"A council"', key=f'"{key}"').replace('code = ""', f'code = "{code}"')
    return text.replace('# NE = "North East"', 'NE = "North East"')


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """How the script runs does not depend on how many indicators there are."""

    def chosen(*given: Any, **more: Any) -> Catalogue:
        every = load_catalogue(*given, **more)
        return Catalogue({name: every[name] for name in FEW}, every.views, every.rules)

    monkeypatch.setattr("compendium.indicators.loading.load_catalogue", chosen)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("name", [duckdb, spark])
def test_the_script_gives_each_council_what_it_has_alone_under_the_regions_rules(
    name: str, councils: Mapping[str, Workspace], tmp_path: Path, request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (script,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    given: dict[str, Any] = {}
    with opened(name, request.getfixturevalue) as engine:
        if name == "duckdb":  # as the page says: `empty_duckdb()` in place of `SparkEngine(spark)`
            script = script.replace("from compendium.engine.spark_engine import SparkEngine\n", "")
            script = script.replace("SparkEngine(spark)", "empty_duckdb()")
            given["empty_duckdb"] = empty_duckdb
        else:
            given["spark"] = vars(engine)["session"]
        exec(script, given)
        if name != "duckdb":
            for schema in ("record", "model"):
                given["engine"].clear(schema)
    region = given["region"]
    months = list(month_ends(date(2014, 2, 28), date(2017, 1, 31)))
    made = Comparison()
    for council, workspace in councils.items():
        alone = compute(given["snapshots"][council], given["catalogue"], _under(workspace, region), months)
        made.add({council: alone}, {council: given["figures"][council]})
    assert made.differences == []
    assert made.indicators == set(FEW)
    assert given["figures"]["surrey"].one("rereferrals_12m", date(2017, 1, 31)).numerator == 0  # 10 months have passed
    ((command,),) = [re.findall(r"^compendium (pool .*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)]
    assert main(command.split()) == 0
    assert "referrals" in capsys.readouterr().out
    assert (tmp_path / "pool-2017-01" / "referrals.html").is_file()


def _under(council: Workspace, region: Workspace) -> Workspace:
    """The council by the region's rules."""
    return replace(council, rules=region.rules, limits=region.limits)
