"""The page of an indicator: its comparisons, its parts and its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from compendium.edition.build import build_edition
from compendium.edition.comparison import Comparison
from compendium.edition.data_age import data_age, unlisted_teams
from compendium.edition.edition import Edition, Unlisted
from compendium.errors import ComputeError
from compendium.indicators.figures import Figure
from compendium.record.snapshot import Snapshot
from tests.edition.drawn import AREAS, CUT, JANUARY, DrawnFigures, changed, snapshot, workspace

CELLS = ["Last month", "Same month last year", "Year to date", "Target", "England", "The region",
         "Councils like ours"]  # fmt: skip


def cell(edition: Edition, indicator: str, name: str) -> Comparison:
    return next(each for each in edition.page(indicator).comparisons if each.name == name)


def test_seven_cells_are_filled_or_explained_on_every_page(drawn_edition: Edition) -> None:
    for page in drawn_edition.pages:
        if page.has_headline:
            assert [each.name for each in page.comparisons] == CELLS, page.id
            assert all(each.headline and all(each.sentences) and each.sentences for each in page.comparisons), page.id


def test_a_comparator_is_one_that_was_published_by_the_cut_date(drawn_edition: Edition) -> None:
    england = cell(drawn_edition, "rereferrals_12m", "England")
    assert england.headline == "22.3%"  # the year to March 2016; the next counts as known from November 2017
    assert england.sentences[0] == "England, in the year to 31 March 2016."
    assert england.sentences[1].startswith("Our last 12 months are ")
    later = build_edition(DrawnFigures(as_at=date(2017, 11, 1)), workspace(), JANUARY, snapshot(date(2017, 11, 1)))
    assert cell(later, "rereferrals_12m", "England").headline == "21.9%"
    earlier = build_edition(DrawnFigures(as_at=date(2016, 10, 31)), workspace(), JANUARY, snapshot(date(2016, 10, 31)))
    assert cell(earlier, "rereferrals_12m", "England").headline == "Not known"


def test_a_figure_that_its_publisher_withholds_is_said_to_be_withheld(drawn_edition: Edition) -> None:
    region = cell(drawn_edition, "icpc_15wd", "The region")
    assert (region.headline, region.is_there) == ("Not given", False)
    assert "the South East region" in region.sentences[0]


def test_a_count_is_set_beside_england_per_head_only(drawn_edition: Edition) -> None:
    assert cell(drawn_edition, "referrals", "England").headline == "532.2 per 10,000"
    assert cell(drawn_edition, "contacts", "England").headline == "Not published"


def test_without_a_region_in_the_settings_the_cell_says_so() -> None:
    edition = build_edition(DrawnFigures(), workspace(region_code=None), JANUARY, snapshot())
    assert cell(edition, "rereferrals_12m", "The region").headline == "Not named"


def test_a_month_without_a_source_is_a_gap_and_not_nought() -> None:
    def gone(figure):  # type: ignore[no-untyped-def]
        if figure.period == date(2016, 1, 31) and figure.basis == "month":
            return replace(figure, status="no_source", numerator=None, value=None)
        return figure

    edition = build_edition(DrawnFigures(change=changed(contacts=gone)), workspace(), JANUARY, snapshot())
    page = edition.page("contacts")
    missing = next(reading for reading in page.series if reading.period == date(2016, 1, 31))
    assert (missing.value, missing.written) == (None, "no source")
    assert cell(edition, "contacts", "Same month last year").headline == "No figure"


def test_areas_stand_in_the_order_of_the_settings_and_add_up(drawn_edition: Edition) -> None:
    page = drawn_edition.page("contacts")
    assert [part.name for part in page.areas] == list(AREAS.values())
    assert sum(part.now.numerator or 0 for part in page.areas) == page.now.numerator


def test_teams_stand_under_their_area_and_never_by_rank(drawn_edition: Edition) -> None:
    teams = drawn_edition.page("icpc_15wd").teams
    assert [(part.group, part.name) for part in teams][:3] == [
        ("North East", "Assessment"),
        ("North East", "Family support"),
        ("North West", "Assessment"),
    ]
    assert "HUB" not in [part.id for part in teams]  # it has none of the work


def test_full_time_equivalents_are_told_in_whole_posts(drawn_edition: Edition) -> None:
    assert drawn_edition.page("sw_vacancy_rate").now.of == "64 of 326"
    assert drawn_edition.page("sw_caseload_avg").now.of == "1,950 divided by 109.5"


def test_both_shares_stand_behind_a_gap(drawn_edition: Edition) -> None:
    page = drawn_edition.page("resource_by_quadrant")
    south_east = next(part.now for part in page.areas if part.id == "SE")
    assert (south_east.written, south_east.of) == ("5.0 points over", "30.0% against 25.0%")


def test_a_month_of_few_is_told_with_its_twelve_months(drawn_edition: Edition) -> None:
    page = drawn_edition.page("audit_good_or_better")
    assert page.now.denominator == Decimal(22)
    assert page.sentences[1].startswith("So few can differ by chance; over the last 12 months it is ")
    assert page.sentences[2] == "The true share is likely to be between 7% and 39%."  # 4 of 22


def test_a_line_has_at_most_34_months_and_ends_with_the_month(drawn_edition: Edition) -> None:
    series = drawn_edition.page("contacts").series
    assert (len(series), series[-1].period) == (34, JANUARY)


def test_the_age_of_the_records_behind_each_figure_is_told(drawn_edition: Edition) -> None:
    age = drawn_edition.page("eh_open").data_age
    assert age == ("Early help: to 30 November 2016.", "At the cut date the newest of them are 93 days old.")


def test_each_kind_of_record_is_complete_or_missing_and_not_nought(drawn_edition: Edition) -> None:
    told = {source.name: source for source in drawn_edition.sources}
    assert told["Early help"].words == "No. After 30 November 2016 it is missing, not zero"
    assert told["Partners"].words == "Not received. Missing, not zero"
    assert told["Contacts"].is_complete


def test_what_is_seen_on_the_day_of_an_extract_is_complete_when_there_was_one_since() -> None:
    def told(day: date) -> bool:
        drawn = Snapshot.drawn({}, CUT, {"care_leaver_status": [(day, day)]})
        return next(source.is_complete for source in data_age(drawn, JANUARY) if source.name == "Care leavers")

    assert told(date(2017, 3, 3))
    assert told(JANUARY)
    assert not told(date(2017, 1, 30))


def test_grades_stand_in_the_order_of_their_scale(drawn_edition: Edition) -> None:
    (grades,) = drawn_edition.page("audit_grade_mix").breakdowns
    assert [part.name for part in grades.parts] == ["Good", "Requires improvement", "Inadequate"]


def test_a_month_that_was_not_computed_is_refused() -> None:
    with pytest.raises(ComputeError, match="2019-01"):
        build_edition(DrawnFigures(), workspace(), date(2019, 1, 31), snapshot())


def test_the_local_rules_shown_are_those_in_force() -> None:
    def rules(**more: object) -> str:
        edition = build_edition(DrawnFigures(), workspace(**more), JANUARY, snapshot())
        return next(term.words for term in edition.page("cp_visits_10wd").definition if term.name == "Local rules")

    assert rules().split(". ")[1] == "Child protection visit standard: 10 working days"
    own = rules(rules={"cp_visit_days": 15})
    assert own == rules().replace("10 working days", "15 working days (set here; the default is 10 working days)")


def test_a_counterweight_of_nothing_says_that_there_was_nothing_to_count() -> None:
    def nothing(figure: Figure) -> Figure:
        return replace(figure, numerator=0, denominator=0, value=None)

    edition = build_edition(DrawnFigures(change=changed(rereferrals_12m=nothing)), workspace(), JANUARY, snapshot())
    counterweight = edition.page("referrals").counterweight
    assert counterweight is not None
    assert counterweight.sentence == "Re-referrals within 12 months: no cases to count."


def test_team_names_that_the_list_of_teams_does_not_hold_are_told_with_their_rows() -> None:
    def borne(day: str, *names: str) -> list[dict[str, str]]:
        return [{"person_id": str(at), day: "2017-01-03", "team_id": name} for at, name in enumerate(names)]

    drawn = Snapshot.drawn(
        {
            "team": [{"team_id": "T1", "team_name": "Duty", "area_id": "NE", "valid_from": "2012-04-01"}],
            "referral": borne("referral_date", "Duty", "Night", "Night", "Away"),
            "s47": borne("start_date", "Night"),
        },
        CUT,
    )
    assert unlisted_teams(drawn) == (Unlisted("Away", 1), Unlisted("Night", 3))


def test_a_rule_set_otherwise_than_by_default_is_told_among_the_sentences_of_the_figure() -> None:
    def told(**rules: int) -> tuple[str, ...]:
        return (
            build_edition(DrawnFigures(), workspace(rules=rules), JANUARY, snapshot()).page("cp_visits_10wd").sentences
        )

    said = "Child protection visit standard: 15 working days. That is set here; the default is 10 working days."
    assert set(told(cp_visit_days=15)) - set(told()) == {said}
    assert not any("set here" in each for each in told(cp_visit_days=10))
