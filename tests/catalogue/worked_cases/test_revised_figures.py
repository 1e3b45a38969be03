"""A figure as it was first known and as it is now: the worked case E14 through the record, on its very dates.

January's conferences as at 3 February: 40 of 60 in time. As at 3 March: 52 of 64, because 4 conferences
and 12 dates were recorded late.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from compendium import words
from compendium.indicators.compute import compute
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.record.deliveries import Record
from tests.record.drawn import deliver, make_workspace

JANUARY = date(2017, 1, 31)
IN_TIME, LATE = "2017-01-09", "2016-12-01"  # strategy discussions 11 and 35 working days before a conference
COVERED = [(table, "2016-07-01", "{received}", "event") for table in ("icpc", "s47")]


def conferences(in_time: int, late: int) -> str:
    rows = [f"c{n} 2017-01-24 {IN_TIME if n < in_time else LATE} NE1 1" for n in range(in_time + late)]
    return "\n".join(["person_id icpc_date s47_start_date team_id outcome_cp_plan", *rows])


def test_e14_january_as_known_on_3_february_and_on_3_march(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "wealdmere")
    record = Record.open(workspace)
    for received, drawing in (("2017-02-03", conferences(40, 20)), ("2017-03-03", conferences(52, 12))):
        covers = [(table, begins, ends.format(received=received), grain) for table, begins, ends, grain in COVERED]
        deliver(record, received, [("icpc", drawing)], *covers)
    catalogue = load_catalogue([SHIPPED])
    figures = [
        compute(record.as_at(cut), catalogue, workspace, [JANUARY], ["icpc_15wd"]).one("icpc_15wd", JANUARY)
        for cut in (date(2017, 2, 3), date(2017, 3, 3))
    ]
    assert [(each.numerator, each.denominator, each.status) for each in figures] == [(40, 60, "ok"), (52, 64, "ok")]
    assert [words.percent(each.value or 0) for each in figures] == ["66.7%", "81.3%"]
