"""Shares of published counts are the published percentages, of every authority and year, as the readers take them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from compendium import words
from compendium.commands.new import make_workspace
from compendium.county.settings import SETTINGS
from compendium.record.deliveries import Record
from compendium.record.snapshot import Snapshot
from compendium.sources.load import load

pytestmark = [pytest.mark.shared, pytest.mark.slow]
FILES = (
    "cin_2013_2024/c1_children_in_need_referrals_and_rereferrals_2013_to_2024.csv",
    "cin_2013_2024/c2_children_in_need_assessments_duration_2014_to_2024.csv",
    "cin_2013_2024/c4_children_in_need_section_47s_and_icpcs_2013_to_2024.csv",
    "csc_outcomes_and_enablers/data-raw/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
    "lait/bds_long_0.parquet",
)
TODAY = date(2026, 11, 27)
TOOL = "Local Authority Interactive Tool"
# Measure -> how many published numbers are added up for its numerator.
BANDS = {
    "rereferrals_percent": 1,
    "children_rereferred_percent": 1,
    "assessments_45wd_percent": 6,
    "icpc_15wd_percent": 2,
}
HALF = Decimal(5)  # what a count to the nearest 10 may hide
REVISED_UNTIL = 2017  # the tool's oldest two years; inferred: of earlier releases, whose counts were revised since


class Row(NamedTuple):
    measure: str
    ends: date
    kind: str
    code: str
    name: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    release: str

    def __str__(self) -> str:
        return f"{self.measure}, {self.name}, {self.ends.year}"


@pytest.fixture(scope="module")
def snapshot(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    record = Record.open(make_workspace(tmp_path_factory.mktemp("published") / "record", SETTINGS))
    for name in FILES:
        load(record, shared / "data" / "published" / name, None, TODAY, None)
    return record.as_at(TODAY)


@pytest.fixture(scope="module")
def rows(snapshot: Snapshot) -> list[Row]:
    found = snapshot.connection.execute(
        "SELECT measure, period_end, geography_type, geography_code, geography_name, numerator, denominator, value, "
        "release FROM record.benchmark WHERE breakdown IS NULL OR breakdown = ''"
    ).fetchall()
    return [
        Row(measure, ends, kind, code, name, number(over), number(under), number(value), release)
        for measure, ends, kind, code, name, over, under, value, release in found
        if measure in BANDS
    ]


def number(told: int | str | None) -> Decimal | None:
    return None if told is None else Decimal(told)


def shares(rows: list[Row]) -> Iterator[tuple[Row, Decimal]]:
    """Each row that gives both counts, with their share in hundredths."""
    for row in rows:
        if row.numerator is not None and row.denominator:
            yield row, 100 * row.numerator / row.denominator


def fits_rounded_counts(row: Row, printed: Decimal) -> bool:
    """Whether counts that each were rounded to the nearest 10 could give the percentage."""
    assert row.numerator is not None and row.denominator is not None
    hidden = HALF * BANDS[row.measure]
    least = 100 * (row.numerator - hidden) / (row.denominator + HALF)
    most = 100 * (row.numerator + hidden) / (row.denominator - HALF)
    return least - Decimal("0.05") <= printed <= most + Decimal("0.05")


@pytest.mark.parametrize("measure", ["rereferrals_percent", "children_rereferred_percent"])
def test_re_referrals_are_published_as_the_share_of_their_own_counts(
    measure: str, rows: list[Row], exceptions: Callable[[str], None]
) -> None:
    authorities = 0
    for row, share in shares([row for row in rows if row.measure == measure and row.value is not None]):
        assert row.value is not None
        if words.rounded(share, 1) == row.value:
            authorities += row.kind == "authority"
            continue
        assert row.kind != "authority", row
        assert fits_rounded_counts(row, row.value), row
        exceptions(f"{row}, {row.release}: {share:.2f} of counts to the nearest 10, {row.value} published")
    assert authorities > 3500


@pytest.mark.parametrize(
    ("measure", "at_least"),
    [("rereferrals_percent", 1300), ("assessments_45wd_percent", 1200), ("icpc_15wd_percent", 1200)],
)
def test_shares_of_counts_are_the_percentages_that_the_interactive_tool_repeats(
    measure: str, at_least: int, rows: list[Row], exceptions: Callable[[str], None]
) -> None:
    """The tables of durations print counts only; the tool prints the percentages of 2016 to 2025."""
    mine = [row for row in rows if row.measure == measure]
    printed = {
        (row.ends, row.code): row.value for row in mine if row.release.startswith(TOOL) and row.value is not None
    }
    met = missed = 0
    for row, share in shares([row for row in mine if row.release == "Children in need 2024"]):
        percentage = printed.get((row.ends, row.code))
        if percentage is None:
            continue
        percentage = words.rounded(percentage, 1)
        if words.rounded(share, 1) == percentage:
            met += row.kind == "authority"
        elif row.kind != "authority":
            assert fits_rounded_counts(row, percentage), row
            exceptions(f"{row}: {share:.2f} of counts to the nearest 10, {percentage} published")
        else:
            assert row.ends.year <= REVISED_UNTIL, f"{row}: {share:.2f} of counts, {percentage} published"
            missed += 1
            exceptions(
                f"{row}: {share:.2f} of the counts of the release of 2024, {percentage} in the tool, from before"
            )
    assert met > at_least
    assert missed < met / 100
