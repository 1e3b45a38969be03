"""Who is expected: a region's authorities in a month, or those of a list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compendium.errors import ComputeError, DeliveryError
from compendium.pooling.members import of_file, of_region

JANUARY = date(2017, 1, 31)


def test_a_region_has_its_authorities_of_that_month() -> None:
    south_west = of_region("E12000009", JANUARY)
    assert {"835", "836", "837"} <= south_west.keys()  # Dorset, Poole and Bournemouth, until March 2019
    assert not {"838", "839"} & south_west.keys()
    later = of_region("E12000009", date(2019, 4, 30))
    assert {"838", "839"} <= later.keys() and not {"835", "836", "837"} & later.keys()
    assert {"838", "839"}.isdisjoint(of_region("E12000009", date(2019, 3, 31)))


def test_london_is_inner_and_outer_and_england_is_everyone() -> None:
    london = of_region("E12000007", JANUARY)
    assert london == {**of_region("E13000001", JANUARY), **of_region("E13000002", JANUARY)}
    assert len(london) == 33
    assert len(of_region("E92000001", JANUARY)) == 152


def test_an_unknown_region_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(ComputeError, match="there is no region 'Surrey'") as refused:
        of_region("Surrey", JANUARY)
    assert "E12000008 (South East)" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("936\n825\n", {"936": "Surrey", "825": "Buckinghamshire"}),
        ("code,name\n936,Our county\n999,Wealdmere\n", {"936": "Our county", "999": "Wealdmere"}),
        ("# the agreement of 2016\n936\n\n", {"936": "Surrey"}),
    ],
)
def test_a_list_is_read_with_or_without_names(tmp_path: Path, text: str, expected: dict[str, str]) -> None:
    (tmp_path / "members.csv").write_text(text, encoding="utf-8")
    assert of_file(tmp_path / "members.csv") == expected


def test_a_line_that_names_nobody_is_refused_by_its_row(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text("936\nSurrey\n", encoding="utf-8")
    with pytest.raises(DeliveryError, match=r"members\.csv, row 2: the line names no authority"):
        of_file(path)
    path.write_text("code\n", encoding="utf-8")
    with pytest.raises(DeliveryError, match="the list names nobody"):
        of_file(path)
