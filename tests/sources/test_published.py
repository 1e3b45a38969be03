"""Published statistics: figures as printed, symbols as symbols, and the day from which each was known."""

from __future__ import annotations

from datetime import date

import pytest

from compendium.errors import DeliveryError
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import open_delivery
from compendium.sources.published.edition import Edition
from compendium.sources.published.editions import EDITIONS, MEASURES
from compendium.sources.published.figures import LINE, edition_of
from compendium.sources.published.interactive_measures import TAKEN
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
        (COUNTY, 2025, "17 to 18 years,In training or employment,90,100"),
    ]
    header = "care_leaver_age,breakdown,care_leaver_count,care_leaver_percent"
    report = desk.load("activity.csv", table(header, *rows))
    assert figures(desk, "cl_eet_percent", "numerator, denominator, value") == [(235, 420, "56")]
    count = report.units["activity.csv"]
    assert (count.read, count.kept, count.rejected) == (3, 2, 1)
    assert desk.ledger("rejected", report)[0].what.startswith("1 row of 'In training or employment / 17 to 18")


def test_populations_keep_the_release_they_were_taken_from(desk: Desk) -> None:
    rows = [(COUNTY, 2015, "Children aged 0 to 17 years,251200"), (COUNTY, 2016, "Children aged 0 to 17 years,z")]
    report = desk.load("ons.csv", table("age_group,population_estimate", *rows))
    columns = "mid_year, geography_code, age_from, age_to, persons, vintage, released_on"
    release = ("ONS mid-year estimates to 2016", "2017-07-01")
    assert desk.rows("population", columns) == [(2015, "999", 0, 17, 251200, *release)]
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
    held = {figure.measure for edition in EDITIONS for figure in edition.figures}
    assert held | {each.measure for each in TAKEN.values()} == set(MEASURES)
    assert all(MEASURES.values()) and len(set(MEASURES.values())) == len(MEASURES)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda each: each.name)
def test_no_file_can_be_taken_for_another(desk: Desk, edition: Edition) -> None:
    """Its columns, in any order, are those of no earlier edition."""
    columns = edition.signature.union(*(figure.columns for figure in edition.figures))
    path = desk.write("any.csv", ",".join(sorted(columns | LINE)) + "\n")
    assert edition_of(Delimited(open_delivery(path))) == edition


@pytest.mark.parametrize("symbol", ["c", "z", "x", "k", "low", "u", ":", "..", "~", "-"])
def test_a_symbol_is_kept_and_spoils_every_sum_and_share_it_is_part_of(desk: Desk, symbol: str) -> None:
    """Not taken for nothing: five of the six bands would give 62.99, which nobody published."""
    rows = [
        (COUNTY, 2017, f"7611,286.5,187,{symbol},848,822,2034,2298,527,{symbol}"),
        (COUNTY, 2018, f"{symbol},286.5,187,297,848,822,2034,2298,527,34"),
        (COUNTY, 2019, f"7611,{symbol},187,297,848,822,2034,2298,{symbol},34"),
    ]
    report = desk.load("c2.csv", table(f"Assessments_completed,Assessments_completed_rate,{BANDS},Median_days", *rows))
    columns = "period_end, numerator, denominator, value, symbol"
    assert figures(desk, "assessments_45wd_percent", columns) == [
        ("2017-03-31", None, 7611, None, symbol),
        ("2018-03-31", 6486, None, None, symbol),
        ("2019-03-31", 6486, 7611, "85.2", None),
    ]
    assert figures(desk, "assessments", columns)[1] == ("2018-03-31", None, None, None, symbol)
    assert figures(desk, "assessments_rate", columns)[2] == ("2019-03-31", 7611, None, None, symbol)
    assert figures(desk, "assessment_days_median", columns)[0] == ("2017-03-31", None, None, None, symbol)
    assert desk.ledger("changed", report) == [], "a known symbol is nothing to tell"


def test_what_is_neither_a_figure_nor_a_known_symbol_is_kept_as_one_and_told(desk: Desk) -> None:
    report = desk.load("d3.csv", table("CPP_start,CPP_subsequent,CPP_subsequent_percent", (COUNTY, 2017, "1,1,many")))
    assert figures(desk, "cp_subsequent_percent") == [("999", None, "many")]
    assert [each.value for each in desk.ledger("changed", report)] == ["many"]


def test_a_time_written_as_years_and_months_is_read_in_months(desk: Desk) -> None:
    stage = "4. Total average time between entry into care and date placed for adoption"
    header = "time_period,geographic_level,country_code,country_name,stage_of_adoption_process,age_start_poc,number"
    rows = "".join(
        f"{year},National,E92000001,England,{stage},Total,{time}\n" for year, time in ((2016, "01:10"), (2017, "z"))
    )
    desk.load("national_cla_adopted.csv", f"{header}\n{rows}")
    assert figures(desk, "adoption_care_to_placed_months", "value, symbol") == [("22", None), (None, "z")]


def test_columns_of_which_nothing_is_taken_are_named(desk: Desk) -> None:
    report = desk.load(
        "d3.csv", table("CPP_start,CPP_subsequent,CPP_subsequent_percent,mood", (COUNTY, 2017, "4,1,25,b"))
    )
    assert "no measure is taken from 'mood'" in [each.what for each in desk.ledger("noted", report)]


def test_a_header_that_stands_twice_is_refused_by_name(desk: Desk) -> None:
    columns = "referral_count,rereferral_count,rereferral_percent,no_further_action_count,no_further_action_percent"
    with pytest.raises(DeliveryError, match="the header 'referral_count' stands twice"):
        desk.load("c1.csv", table(f"{columns},referral_count", (COUNTY, 2017, "11742,2700,23,c,c,11743")))


def test_a_table_whose_columns_were_renamed_again_is_refused_by_the_nearest(desk: Desk) -> None:
    with pytest.raises(DeliveryError) as refusal:
        desk.load("c1_2027.csv", table("referral_count,rereferral_count,rereferrals_pct", (COUNTY, 2017, "3,1,33")))
    assert "the nearest is 'Children in need: referrals (c1, from 2025)', of which it lacks 'rereferral_percent'" in (
        refusal.value.what
    )
    assert "renamed columns" in refusal.value.remedy
