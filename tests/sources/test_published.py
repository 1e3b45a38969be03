"""Published statistics: figures as printed, symbols as symbols, and the day from which each was known."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.errors import DeliveryError
from compendium.sources.published import MEASURES
from compendium.sources.published_editions import EDITIONS
from tests.sources.desk import Desk

PLACES = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    "old_la_code,new_la_code,la_name"
)
ENGLAND = "{year},Reporting year,National,E92000001,England,,,,,"
COUNTY = "{year},Reporting year,Local authority,E92000001,England,E12000008,South East,999,E10000099,Wealdmere"


def figures(desk: Desk, measure: str, columns: str = "geography_code, value, symbol") -> list[tuple[object, ...]]:
    return [row[1:] for row in desk.rows("benchmark", f"measure, {columns}") if row[0] == measure]


def table(columns: str, *rows: tuple[str, int, str]) -> str:
    """A published file: (place, year, figures)."""
    return (
        "\n".join([f"{PLACES},{columns}", *(f"{place.format(year=year)},{values}" for place, year, values in rows)])
        + "\n"
    )


def test_the_figures_of_both_editions_of_a_file_and_their_counts(desk: Desk) -> None:
    older = "Referrals,Referrals_rate,Re_referrals,Re_referrals_percent,No_Further_Action,No_Further_Action_percent"
    newer = "referral_count,rereferral_count,rereferral_percent,no_further_action_count,no_further_action_percent"
    desk.load("c1_2016-11-03.csv", table(older, (ENGLAND, 2016, "621470,532.2,138570,22.3,61530,9.9")))
    desk.load("c1_2025.csv", table(newer, (COUNTY, 2017, "11742,2700,23,c,c")))
    columns = "geography_code, period_end, basis, numerator, denominator, value, symbol, known_from"
    assert figures(desk, "rereferrals_percent", columns) == [
        ("999", "2017-03-31", "year", 2700, 11742, "23", None, "2017-11-01"),
        ("E92000001", "2016-03-31", "year", 138570, 621470, "22.3", None, "2016-11-01"),
    ]
    assert figures(desk, "referrals_nfa_percent") == [("999", None, "c"), ("E92000001", "9.9", None)]
    assert figures(desk, "referrals_rate") == [("E92000001", "532.2", None)]


BANDS = "Same_day,1-10_days,11-20_days,21-30_days,31-40_days,41-45_days,46-50_days"


def test_a_percentage_that_is_not_printed_is_worked_out_unless_a_part_is_a_symbol(desk: Desk) -> None:
    desk.load(
        "c2.csv",
        table(
            f"Assessments_completed,Assessments_completed_rate,{BANDS}",
            (COUNTY, 2017, "7611,286.5,187,297,848,822,2034,2298,527"),
            (COUNTY, 2016, "100,3.2,c,10,10,10,10,40,20"),
        ),
    )
    columns = "period_end, numerator, denominator, value, symbol"
    assert figures(desk, "assessments_45wd_percent", columns) == [
        ("2016-03-31", None, 100, None, "c"),
        ("2017-03-31", 6486, 7611, "85.2", None),
    ]


def test_referrals_of_each_month_belong_to_the_year_that_ends_in_march(desk: Desk) -> None:
    months = "April,May,June,July,August,September,October,November,December,January,February,March"
    desk.load("c6.csv", table(f"Referrals,{months}", (COUNTY, 2017, "78,1,2,3,4,5,6,7,8,9,10,11,12")))
    found = figures(desk, "referrals_in_month", "period_end, value, known_from")
    assert len(found) == 12
    assert found[0] == ("2016-04-30", "1", "2017-11-01") and found[-1] == ("2017-03-31", "12", "2017-11-01")
    assert ("2017-02-28", "11", "2017-11-01") in found


def test_the_workforce_of_september_is_known_from_the_march_after(desk: Desk) -> None:
    desk.load(
        "csww.csv",
        table("vacancy_rate_fte,agency_rate_fte,turnover_rate_fte,caseload_fte", (COUNTY, 2017, "30.7,x,9.9,15.1")),
    )
    assert figures(desk, "sw_vacancy_percent", "period_end, basis, value, symbol, known_from") == [
        ("2017-09-30", "snapshot", "30.7", None, "2018-03-01")
    ]
    assert figures(desk, "sw_agency_percent") == [("999", None, "x")]


def test_a_denominator_in_a_row_of_its_own(desk: Desk) -> None:
    rows = [
        (COUNTY, 2025, '19 to 21 years,"Total in education, employment or training",235,56'),
        (COUNTY, 2025, "19 to 21 years,Total,420,100"),
        (COUNTY, 2025, "17 to 18 years,Total,90,100"),
    ]
    header = "care_leaver_age,breakdown,care_leaver_count,care_leaver_percent"
    report = desk.load("activity.csv", table(header, *rows))
    assert figures(desk, "cl_eet_percent", "numerator, denominator, value") == [(235, 420, "56")]
    count = report.units["activity.csv"]
    assert (count.read, count.kept, count.rejected) == (3, 2, 1)
    assert desk.ledger("rejected", report)[0].what.startswith("1 row of 'Total / 17 to 18 years'")


def test_populations_keep_the_release_they_were_taken_from(desk: Desk) -> None:
    rows = [(COUNTY, 2015, "Children aged 0 to 17 years,251200"), (COUNTY, 2016, "Children aged 0 to 17 years,z")]
    report = desk.load("ons.csv", table("age_group,population_estimate", *rows))
    assert desk.rows("population") == [(2015, "999", 0, 17, 251200, "ONS mid-year estimates to 2016")]
    assert len(desk.ledger("rejected", report)) == 1


def test_a_row_of_another_level_or_without_a_code_is_in_the_ledger(desk: Desk) -> None:
    header = "CPP_start,CPP_subsequent,CPP_subsequent_percent"
    ward = COUNTY.replace("Local authority", "Ward")
    report = desk.load("d3.csv", table(header, (ward, 2017, "1,1,100"), (COUNTY.replace("999", "z"), 2017, "1,1,100")))
    assert len(desk.ledger("rejected", report)) == 2 and figures(desk, "cp_subsequent_percent") == []


@pytest.mark.parametrize(
    ("name", "received"), [("d3.csv", date(2016, 11, 1)), ("d3_2016-11-03.csv", date(2016, 11, 3))]
)
def test_published_figures_count_from_the_day_they_were_known(desk: Desk, name: str, received: date) -> None:
    text = table(
        "CPP_start,CPP_subsequent,CPP_subsequent_percent",
        (COUNTY, 2016, "634,186,29.3"),
        (COUNTY, 2017, "771,187,24.3"),
    )
    assert desk.load(name, text).received_on == received


def test_every_measure_has_words_and_a_file_that_holds_it() -> None:
    assert {figure.measure for edition in EDITIONS for figure in edition.figures} == set(MEASURES)
    assert all(MEASURES.values())


def test_no_file_can_be_taken_for_another() -> None:
    for edition in EDITIONS:
        columns = set(edition.signature).union(*(figure.numerator for figure in edition.figures))
        known = [each.name for each in EDITIONS if each.signature <= columns | {"CPP_start"}]
        assert known[0] == edition.name or edition.name in known


def test_a_header_that_stands_twice_is_refused_by_name(desk: Desk) -> None:
    columns = "referral_count,rereferral_count,rereferral_percent,no_further_action_count,no_further_action_percent"
    with pytest.raises(DeliveryError, match="the header 'referral_count' stands twice"):
        desk.load("c1.csv", table(f"{columns},referral_count", (COUNTY, 2017, "11742,2700,23,c,c,11743")))
