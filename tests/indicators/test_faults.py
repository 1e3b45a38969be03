"""Indicator and view files made wrong on purpose: every fault is named, with its file and line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from compendium.errors import IndicatorError
from compendium.indicators.loading import MODEL, load_catalogue, read_catalogue

SOUND = """\
title: Referrals
question: How many referrals were received?
value: percent
polarity: neutral
place: recorded
by: [age_band, source]
needs: {referral: month}
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date,
         1 AS numerator, 1 AS denominator, r.source_code AS by_source
  FROM referral AS r
examples:
  - says: one
    given:
      referral: |
        person_id  referral_date
        A          2017-01-01
    month: 2017-01
    expect: {numerator: 1}
"""


def faults_of(folder: Path, text: str, name: str = "referrals_x") -> list[tuple[int, str]]:
    (folder / "front_door").mkdir(exist_ok=True)
    (folder / "front_door" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return [(line, what) for _, line, what in read_catalogue([folder])[1]]


def test_the_sound_file_has_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("polarity: neutral", "polarty: neutral", 4, "there is no key `polarty`; did you mean polarity?"),
        ("polarity: neutral\n", "", 1, "`polarity` is missing"),
        # A near name would be the opposite of what was meant.
        ("polarity: neutral", "polarity: higher_is_worse", 4, "one of higher_is_better, lower_is_better, neutral"),
        ("{referral: month}", "{referal: month}", 7, "did you mean referral?"),
        ("{referral: month}", "{referral.closed_date: month}", 7, "closed_date; did you mean close_date?"),
        ("{referral: month}", "{referral.close_date: monthly}", 7, "referral.close_date is `month`, `month_end`"),
        ("rows: |", "numerator_rows: |", 1, "give `rows`, or `numerator_rows` and `denominator_rows`"),
        ("rows: |", "rowes: |", 8, "there is no key `rowes`; did you mean rows?"),
        ("rows: |", "denominator_rows: |", 1, "give `rows`, or `numerator_rows` and `denominator_rows`"),
        ("value: percent", "value: percentage", 3, "did you mean percent?"),
        ("value: percent", "value: count", 8, "a count has no denominator"),
        ("value: percent", "value: median", 8, "a median needs the column amount"),
        ("value: percent", "value: percent\nvalue: count", 4, "`value` is given twice"),
        ("value: percent", "value: percent\ncount: family_id", 9, "needs the column family_id"),
        ("value: percent", "value: percent\nmatures: {fortnights: 2}", 4, "one of {months: 6}"),
        ("value: percent", "value: percent\nscale: {numerator: 0}", 4, "1 or more"),
        ("value: percent", "value: percent\nrestates: year", 4, "one of financial_year, school_term"),
        ("value: percent", "value: percent\nrestates: financial_year", 4, "are not added up: return month_end"),
        ("value: percent", "value: percent\npounds: [numerater]", 4, "did you mean numerator?"),
        ("value: percent", "value: percent\npounds: numerator", 4, "a list in square brackets is wanted"),
        ("value: percent", "value: percent\nperiods: [month, fortnight]", 4, "'fortnight' is not known"),
        ("value: percent", "value: percent\none_row_per: [child_id, month_end]", 4, "do not return month_end"),
        ("value: percent", "value: percent\ncount: child_id\none_row_per: [child_id]", 5, "may have several rows"),
        ("value: percent", "value: percent\nrate: per_10000_children", 4, "only a count becomes a rate"),
        ("value: percent", "value: percent\ncounterweight: referals", 4, "there is no indicator referals"),
        ("value: percent", "value: percent\nmoved_by: [referals]", 4, "moved_by: there is no indicator referals"),
        ("value: percent", "value: percent\ncomparator: {measure: x}", 4, "basis is missing"),
        ("value: percent", "value: percent\ndefinition_version: two", 4, "a whole number is wanted"),
        ("place: recorded", "place: somewhere", 5, "'somewhere' is not known"),
        ("[age_band, source]", "[age_band, sources]", 6, "no column by_sources is returned"),
        ("{referral: month}", "{referal: month}", 7, "there is no table referal; did you mean referral?"),
        ("{referral: month}", "{referral: often}", 7, "`month_end`, `13 months before`"),
        ("r.team_id, ", "", 8, "`place: recorded` needs team_id or area_id"),
        ("AS on_date", "AS on_day", 8, "no column may be called on_day; did you mean on_date?"),
        ("AS child_id", "AS chld_id", 8, "did you mean child_id?"),
        ("1 AS numerator", "'1' AS numerator", 8, "numerator is text and must be integer"),
        ("FROM referral AS r", "FROM referal AS r", 11, "there is no table referal; did you mean referral"),
        ("r.source_code", "r.sauce_code", 10, "did you mean source_code?"),
        ("1 AS denominator", "1 / 2 AS denominator", 10, "figures are made from whole numbers"),
        ("month: 2017-01", "month: January", 18, "is not a month; write YYYY-MM, such as 2017-01"),
        ("title: Referrals", "title: Note: referrals", 1, "stands in quotes"),
        ("title: Referrals", "title:\tReferrals\n\twhy: x", 2, "indent with spaces"),
        ("month: 2017-01", "month: 2017-01\n    basis: quarter", 19, "quarter is not one of month"),
        ("month: 2017-01", "month: 2017-01\n    as_at: soon", 19, "is not a day"),
        ("expect: {numerator: 1}", "expect: {numerater: 1}", 19, "did you mean numerator?"),
        ("    given:\n      referral:", "    given:\n      referal:", 15, "there is no table referal"),
        ("A          2017-01-01", "A  B  2017-01-01", 15, "row 1 has 3 cells under 2 headings"),
        ("person_id  referral_date", "person_id  refered_on", 15, "referral has no column refered_on"),
        ("title: Referrals", "title: [Referrals", 2, "cannot be read as YAML"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, right: str, wrong: str, line: int, says: str) -> None:
    assert right in SOUND
    found = faults_of(tmp_path, SOUND.replace(right, wrong, 1))
    assert any(line == at and says in what for at, what in found), found


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    faults_of(tmp_path, SOUND.replace("polarity: neutral", "polarity: up"), "first")
    faults_of(tmp_path, SOUND.replace("r.team_id", "r.teem_id").replace("AS on_date", "AS on"), "Second")
    with pytest.raises(IndicatorError) as raised:
        load_catalogue([tmp_path])
    text = str(raised.value)
    assert "first.yaml, line 4: polarity: 'up' is not known" in text
    assert "Second.yaml, line 9: referral has no column teem_id" in text
    assert "Second.yaml, line 1: the file's name is the indicator's id" in text


def test_one_id_stands_in_one_place(tmp_path: Path) -> None:
    faults_of(tmp_path, SOUND)
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "referrals_x.yaml").write_text(SOUND, encoding="utf-8")
    _, faults = read_catalogue([tmp_path])
    assert ["is taken by" in what for _, _, what in faults] == [True]


def test_a_view_is_checked_too_and_may_not_read_itself(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "holder.sql").write_text((MODEL / "holder.sql").read_text(encoding="utf-8"), encoding="utf-8")
    (model / "referral.sql").write_text("SELECT r.person_id\nFROM referral AS r", encoding="utf-8")
    (model / "worse.sql").write_text("SELECT s.person_id,\n s.strt_date FROM record.s47 AS s", encoding="utf-8")
    _, faults = read_catalogue([], model)
    assert [(file.name, line) for file, line, _ in faults] == [("worse.sql", 2), ("referral.sql", 1)]
    assert "did you mean start_date" in faults[0][2]
    assert "the stored table is record.referral" in faults[1][2]
