"""Which release speaks for a figure as at a day: the newest that was out, and what came later only for want of it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from compendium.edition.comparators import comparators
from compendium.record.releases import in_force
from compendium.record.snapshot import Snapshot


def says(
    release: str | None, value: str, released: str | None, compiled: int = 0, period: str = "2016-03-31"
) -> dict[str, Any]:
    return {
        "measure": "s47_rate", "period_end": period, "basis": "year", "geography_type": "national",
        "geography_code": "E92000001", "geography_name": "England", "value": value, "known_from": f"{period[:4]}-11-01",
        "release": release, "released_on": released, "compiled": compiled,
    }  # fmt: skip


FIRST, LATER = says("CIN 2016", "147.5", "2016-11-01"), says("CIN 2018", "147.6", "2018-11-01")
TOOL = says("LAIT 2018", "148", "2019-03-01", compiled=1)


def value_as_at(cut: str, *rows: dict[str, Any]) -> str | None:
    day = date.fromisoformat(cut)
    drawn = comparators(Snapshot.drawn({"benchmark": rows}, day), ["s47_rate"], ["E92000001"], day)
    found = drawn.newest.get(("s47_rate", "E92000001"))
    return str(found.value) if found else None


@pytest.mark.parametrize(
    ("cut", "value"),
    [
        ("2016-10-31", None),  # no figure of the year was out
        ("2016-11-01", "147.5"),
        ("2018-10-31", "147.5"),  # not the revision of the day after
        ("2018-11-01", "147.6"),
        ("2026-11-01", "147.6"),  # not the compilation, though it is newer
    ],
)
def test_an_edition_shows_what_had_been_released_by_its_day(cut: str, value: str | None) -> None:
    assert value_as_at(cut, TOOL, LATER, FIRST) == value


def test_a_later_release_stands_in_where_the_one_of_the_day_is_not_in_the_record() -> None:
    assert value_as_at("2017-02-03", LATER, TOOL, says("CIN 2020", "147.9", "2020-11-01")) == "147.6"


def test_a_compilation_that_was_out_comes_before_a_release_that_was_not() -> None:
    assert value_as_at("2019-06-01", says("CIN 2025", "150", "2025-11-01"), TOOL) == "148"


def test_what_the_council_wrote_down_itself_comes_first() -> None:
    assert value_as_at("2019-06-01", FIRST, says(None, "99", None)) == "99"


def test_the_newest_period_is_shown_whichever_release_has_it() -> None:
    newer = says("LAIT 2018", "160", "2019-03-01", compiled=1, period="2018-03-31")
    assert value_as_at("2019-06-01", FIRST, newer) == "160"


def test_populations_follow_the_same_rule() -> None:
    def persons(cut: date) -> int:
        rows = [
            {
                "mid_year": 2015,
                "geography_code": "999",
                "age_from": 0,
                "age_to": 17,
                "persons": count,
                "released_on": on,
            }
            for count, on in ((251_000, "2016-07-01"), (252_500, "2018-07-01"))
        ]
        snapshot = Snapshot.drawn({"population": rows}, cut)
        (found,) = snapshot.connection.execute(f"SELECT persons FROM ({in_force('population', cut)})").fetchall()
        return int(found[0])

    assert [persons(date(year, 12, 1)) for year in (2015, 2016, 2017, 2018)] == [251_000, 251_000, 251_000, 252_500]


def test_the_release_in_force_against_the_rule_in_plain_python(rng: Random, full_counts: bool) -> None:
    for _ in range(400 if full_counts else 40):
        start = date(2016, 1, 1)
        rows = []
        for number in range(rng.randint(1, 6)):
            on = None if rng.random() < 0.1 else start + timedelta(days=30 * rng.randrange(60) + number)
            rows.append(
                says(f"r{number}" if on else None, str(number), on.isoformat() if on else None, rng.randrange(2))
            )
        cut = start + timedelta(days=rng.randrange(1800))
        snapshot = Snapshot.drawn({"benchmark": rows}, cut)
        (found,) = snapshot.connection.execute(f"SELECT value FROM ({in_force('benchmark', cut)})").fetchall()
        assert found[0] in _by_rule(rows, cut)


def _by_rule(rows: list[dict[str, Any]], cut: date) -> set[str]:
    if own := [row["value"] for row in rows if row["release"] is None]:
        return set(own)
    day = {row["value"]: date.fromisoformat(row["released_on"]) for row in rows}
    out = [row for row in rows if day[row["value"]] <= cut]
    among = out or rows
    direct = [row for row in among if not row["compiled"]] or among
    choose = max if out else min
    return {choose(direct, key=lambda row: day[row["value"]])["value"]}
