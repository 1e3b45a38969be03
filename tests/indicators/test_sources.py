"""A figure without a source says so and is never 0; the record as at a day knows no later one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from compendium.calendar.months import month_end, month_ends
from compendium.errors import ComputeError, WorkspaceError
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figures
from compendium.record.coverage import Grain, Span, Spoken
from tests.indicators.drawn import COUNTY, JANUARY, catalogue_of, figures_of, snapshot_of

COUNT = """
value: count
place: recorded
needs: {{{needs}}}
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator FROM referral AS r
"""
ONE = {"referral": "person_id  referral_date\nA  2016-12-05"}


def given(tmp_path: Path, needs: str, spans: Sequence[Span | Spoken], as_at: date = date(2017, 3, 3)) -> Figures:
    catalogue = catalogue_of(tmp_path, referrals=COUNT.format(needs=needs))
    months = list(month_ends(date(2016, 10, 31), date(2017, 3, 31)))
    return figures_of(catalogue, ONE, months=months, as_at=as_at, coverage={"referral": spans})


def answers(figures: Figures, basis: str = "month") -> list[int | str | None]:
    """The numerators of October to March, or the status where there is none."""
    return [each.status if each.status != "ok" else each.numerator for each in figures.series("referrals", basis)]


def test_a_covered_month_without_rows_is_0_and_an_uncovered_one_has_no_source(tmp_path: Path) -> None:
    figures = given(tmp_path, "referral: month", [(date(2016, 11, 1), date(2017, 3, 2))])
    assert answers(figures) == ["no_source", 0, 1, 0, 0, "no_source"]
    missing = figures.one("referrals", month_end(date(2016, 10, 1)))
    assert (missing.numerator, missing.denominator, missing.value, dict(missing.excluded)) == (None, None, None, {})
    assert figures.catalogue["referrals"].written(missing) == "no source"


def test_a_month_covered_in_part_has_no_source(tmp_path: Path) -> None:
    figures = given(tmp_path, "referral: month", [(date(2016, 11, 2), date(2017, 1, 30))])
    assert answers(figures) == ["no_source", "no_source", 1, "no_source", "no_source", "no_source"]


def test_a_period_needs_every_month_of_it(tmp_path: Path) -> None:
    figures = given(tmp_path, "referral: month", [(date(2016, 4, 1), date(2017, 1, 31))])
    assert answers(figures, "year_to_date") == [0, 0, 1, 1, "no_source", "no_source"]
    assert answers(figures, "rolling_12_months") == ["no_source"] * 6
    longer = given(tmp_path, "referral: month", [(date(2016, 2, 1), date(2017, 1, 31))])
    assert answers(longer, "rolling_12_months") == ["no_source"] * 3 + [1, "no_source", "no_source"]


def test_what_a_definition_looks_back_on_must_be_covered_too(tmp_path: Path) -> None:
    figures = given(tmp_path, "referral: 13 months before", [(date(2015, 11, 1), date(2017, 2, 28))])
    assert answers(figures) == ["no_source", "no_source", 1, 0, 0, "no_source"]


def test_a_state_needs_its_own_day_or_some_day_not_long_ago(tmp_path: Path) -> None:
    day = date(2016, 12, 31)
    assert answers(given(tmp_path, "referral: month_end", [(day, day)])) == ["no_source"] * 2 + [1] + ["no_source"] * 3
    known = answers(given(tmp_path, "referral: once in 2 months", [(day, day)]))
    assert known == ["no_source", "no_source", 1, 0, "no_source", "no_source"]


def test_a_column_that_is_needed_must_have_been_supplied(tmp_path: Path) -> None:
    supplied = frozenset({"person_id", "referral_date"})
    spans = [
        Spoken(date(2016, 10, 1), date(2017, 3, 2), columns=supplied),
        Spoken(date(2016, 12, 1), date(2017, 1, 31), columns=supplied | {"close_date"}),
    ]
    assert answers(given(tmp_path, "referral: month", spans)) == [0, 0, 1, 0, 0, "no_source"]
    known = answers(given(tmp_path, "referral.close_date: month", spans))
    assert known == ["no_source", "no_source", 1, 0, "no_source", "no_source"]
    both = answers(given(tmp_path, "referral.close_date: month, referral.nfa: month", spans))
    assert both == ["no_source"] * 6


def test_a_list_of_the_latest_says_what_is_so_and_not_what_happened(tmp_path: Path) -> None:
    spans = [Spoken(date(2016, 9, 3), date(2017, 3, 3), "latest_only")]
    assert answers(given(tmp_path, "referral: month_end", spans)) == [0, 0, 1, 0, 0, "no_source"]
    assert answers(given(tmp_path, "referral: month", spans)) == ["no_source"] * 6
    assert answers(given(tmp_path, "referral: 1 month before", spans)) == ["no_source"] * 6


@pytest.mark.parametrize(
    ("needs", "told"),
    [
        ("referral: month", "referral, 1 January 2017 to 31 January 2017"),
        ("referral.close_date: 1 month before", "referral.close_date, 1 December 2016 to 31 January 2017"),
        ("referral: month_end", "referral, 1 November 2016 to 31 January 2017"),
        ("referral: once in 2 months", "referral, 1 December 2016 to 31 January 2017"),
        ("referral: month, cp_plan: month_end", "referral, 1 January 2017 to 31 January 2017"),
        ("person: month, referral: month", "referral, 1 January 2017 to 31 January 2017"),
    ],
)
def test_a_figure_without_a_source_names_what_it_lacks_and_the_days(tmp_path: Path, needs: str, told: str) -> None:
    figures = given(tmp_path, needs, [(date(2016, 11, 1), date(2016, 11, 28))])
    assert [str(each) for each in figures.lacking("referrals", JANUARY)] == [told]
    assert given(tmp_path, needs, [(date(2016, 11, 1), date(2017, 3, 2))]).lacking("referrals", JANUARY) == []


@pytest.mark.parametrize("grain", ["event", "assumed"])
def test_a_file_that_is_taken_as_complete_answers_as_one_that_says_so(tmp_path: Path, grain: Grain) -> None:
    spans = [Spoken(date(2016, 11, 1), date(2017, 1, 31), grain)]
    assert answers(given(tmp_path, "referral: month", spans)) == ["no_source", 0, 1, 0, "no_source", "no_source"]


def test_a_state_has_no_source_after_days_of_which_nothing_is_known(tmp_path: Path) -> None:
    """What ended in those days was never said to have ended."""
    before, after = (date(2016, 9, 1), date(2016, 11, 29)), (date(2016, 12, 1), date(2017, 3, 2))
    assert answers(given(tmp_path, "referral: month_end", [before, after])) == [0] + ["no_source"] * 5
    assert answers(given(tmp_path, "referral: month", [before, after])) == [0, "no_source", 1, 0, 0, "no_source"]
    between = (date(2016, 11, 30), date(2016, 11, 30))
    assert answers(given(tmp_path, "referral: month_end", [before, between, after])) == [0, 0, 1, 0, 0, "no_source"]


def test_a_state_has_no_source_while_older_rows_lack_the_column_that_ends_them(tmp_path: Path) -> None:
    """Those who came before the column was supplied would all stand open."""
    early = Spoken(date(2016, 9, 1), date(2016, 11, 30), columns=frozenset({"person_id", "referral_date"}))
    needs = "referral.close_date: month_end"
    later, whole = (date(2016, 12, 1), date(2017, 3, 2)), (date(2016, 9, 1), date(2017, 3, 2))
    assert answers(given(tmp_path, needs, [early, later])) == ["no_source"] * 6
    assert answers(given(tmp_path, needs, [early, whole])) == [0, 0, 1, 0, 0, "no_source"]


def test_a_month_not_over_by_the_cut_has_no_source(tmp_path: Path) -> None:
    figures = given(tmp_path, "referral: month", [(date(2016, 1, 1), date(2017, 12, 31))], as_at=date(2017, 1, 30))
    assert answers(figures) == [0, 0, 1, "no_source", "no_source", "no_source"]


def test_all_months_are_those_from_the_first_covered_to_the_last_one_over(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, referrals=COUNT.format(needs="referral: month"))
    snapshot = snapshot_of({}, date(2017, 2, 27), {"referral": [(date(2016, 11, 20), date(2017, 2, 27))]})
    figures = compute(snapshot, catalogue, COUNTY)
    assert figures.months == [date(2016, 11, 30), date(2016, 12, 31), JANUARY]
    assert figures.as_at == date(2017, 2, 27)


def test_what_is_pending_is_judged_on_the_day_to_which_the_record_is_complete(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, pending="""
value: count
place: recorded
needs: {referral: month}
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator,
         CASE WHEN r.close_date IS NULL AND DAYS_BETWEEN(r.referral_date, AS_AT) <= 5 THEN 'pending' END AS excluded
  FROM referral AS r
""")  # fmt: skip
    tables = {"referral": "person_id  referral_date\nA  2017-01-30"}
    covered = [(date(2016, 1, 1), date(2017, 2, 1))]
    known = figures_of(catalogue, tables, as_at=date(2017, 3, 3), coverage={"referral": covered})
    assert dict(known.one("pending", JANUARY).excluded) == {"pending": 1}  # on 1 February, not on 3 March
    assert known.one("pending", JANUARY).as_at == date(2017, 3, 3)


def test_an_indicator_that_cannot_be_computed_says_so_and_spares_the_others(tmp_path: Path) -> None:
    clock = COUNT.format(needs="s47: month").replace("referral", "s47").replace("s47_date", "start_date")
    catalogue = catalogue_of(
        tmp_path,
        referrals=COUNT.format(needs="referral: month"),
        clock=clock.replace("1 AS numerator", "WORKING_DAYS(r.start_date, AS_AT) AS numerator"),
        doubled="one_row_per: [child_id]\n" + COUNT.format(needs="referral: month").lstrip(),
    )
    tables = {
        "referral": "person_id  referral_date\nA  2017-01-05\nA  2017-01-06",
        "s47": "person_id  start_date\nA  1985-01-07",
    }
    figures = figures_of(catalogue, tables)
    assert figures.one("referrals", JANUARY).numerator == 2
    assert figures.one("clock", JANUARY).status == figures.one("doubled", JANUARY).status == "cannot_compute"
    assert figures.problems == {
        "clock": "1 row of s47: start_date is outside the working-day calendar",
        "doubled": "more than one row for 1 value of child_id",
    }


def test_a_question_that_makes_no_sense_is_answered_with_what_would(tmp_path: Path) -> None:
    figures = given(tmp_path, "referral: month", [(date(2016, 1, 1), date(2017, 12, 31))])
    assert list(figures.catalogue) == ["referrals"]
    with pytest.raises(ComputeError, match="did you mean referrals"):
        figures.one("referals", JANUARY)
    with pytest.raises(ComputeError, match="there is no area 'NORTH'"):
        figures.one("referrals", JANUARY, area="NORTH")
    with pytest.raises(ComputeError, match="did you mean NE1"):
        figures.one("referrals", JANUARY, team="NE11")
    with pytest.raises(ComputeError, match="not given on the basis"):
        figures.one("referrals", JANUARY, "fortnight")
    with pytest.raises(ComputeError, match="not broken down by 'age'"):
        figures.by("referrals", JANUARY, "age")
    with pytest.raises(ComputeError, match="not among the months computed"):
        figures.one("referrals", date(2012, 1, 31))


def test_a_setting_for_no_indicator_or_no_limit_is_refused(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, referrals=COUNT.format(needs="referral: month"))
    with pytest.raises(WorkspaceError, match=r"limits\.referals"):
        figures_of(catalogue, ONE, limits={"referals": {"days": 3}})
    with pytest.raises(WorkspaceError, match="has no limit days"):
        figures_of(catalogue, ONE, limits={"referrals": {"days": 3}})
