"""How far the records can be trusted: what the data-quality rules say, beside the figures that stand on them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compendium.edition.build import build_edition
from compendium.edition.trust import FaultyRows, FlaggedRule, Trust, Unjudged
from compendium.edition.trusting import trust, trust_tables, with_trust
from compendium.indicators.figures import Team
from compendium.record.checks.judging import Judgement, judge
from compendium.record.deliveries import Record
from tests.checks.drawn import made
from tests.edition.drawn import JANUARY, DrawnFigures, snapshot, workspace
from tests.record.drawn import deliver, make_workspace

YEAR = ("2016-04-01", "2017-03-31", "event")
CLOSED = """
    person_id  referral_date  close_date  close_reason  team_id
    a          2016-05-01     2016-08-01  -             NE1
    b          2016-05-01     2017-01-31  -             NE1
    c          2016-05-01     2017-01-05  -             SW1
    d          2016-05-01     2017-01-05  RC8           SW1
"""
ROWS = """\
  SELECT r.person_id AS child_id, r.close_date AS on_date, r.team_id AS team_id
  FROM referral AS r
  WHERE r.close_date IS NOT NULL AND r.close_reason IS NULL
"""
NEVER = "  SELECT r.person_id AS child_id, r.referral_date AS on_date FROM referral AS r WHERE r.nfa = 7"


def judged(folder: Path) -> Judgement:
    """By three rules: one passed, one is flagged and one could not run."""
    record = Record.open(make_workspace(folder / "wealdmere"))
    deliver(record, "2017-04-03", [("referral", CLOSED)], ("referral", *YEAR), source_format="CIN census")
    rules = [
        made(folder, NEVER, "never", title="Neither open nor closed", endangers="[contacts, referrals]"),
        made(folder, ROWS, "without_reason", title="Closed for no reason", endangers="[contacts]"),
        made(folder, name="undelivered", formats="[SSDA903]", severity="query", endangers="[contacts]"),
    ]
    return judge(record, rules)


@pytest.fixture
def judgement(tmp_path: Path) -> Judgement:
    return judged(tmp_path)


def test_it_says_how_many_rules_did_what_and_whose_rows_are_at_fault(judgement: Judgement) -> None:
    assert trust(judgement, {"NE1": Team("North East team 1", "NE", None, ())}, JANUARY) == Trust(
        JANUARY,
        passed=1,
        at_fault=(FlaggedRule("Closed for no reason", "error", 3, 2, ("contacts",)),),
        unjudged=(Unjudged("no source: no SSDA903 has been delivered", 1),),
        teams=(FaultyRows("North East team 1", 2, 1), FaultyRows("SW1", 1, 1)),
    )


def test_each_figure_is_told_of_the_rules_that_endanger_it(judgement: Judgement) -> None:
    pages = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot()).pages
    told = {page.id: page.trust for page in with_trust(pages, judgement, trust(judgement, {}, JANUARY)) if page.trust}
    assert told == {
        "contacts": (
            "Closed for no reason: 3 rows, 2 of January 2017.",
            "1 other data-quality rule on them passed.",
            "1 other rule could not run, for want of a source.",
        ),
        "referrals": ("1 data-quality rule on them passed.",),
    }
    earlier = {page.id: page.trust for page in with_trust(pages, judgement, trust(judgement, {}, date(2016, 12, 31)))}
    assert earlier["contacts"][0] == "Closed for no reason: 3 rows."


def test_of_many_teams_those_with_the_most_rows_are_named() -> None:
    teams = tuple(FaultyRows(f"Team {at}", 20 - at, 1) for at in range(13))
    (table,) = trust_tables(Trust(JANUARY, 0, (), (), teams))
    assert [row[0] for row in table.rows] == [*(f"Team {at}" for at in range(10)), "3 other teams"]
    assert table.rows[-1][1:] == ("27", "3")


def test_an_edition_answers_for_its_dataset_on_every_page_it_touches(judgement: Judgement) -> None:
    edition = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot(), judgement=judgement)
    assert edition.trust is not None and (edition.trust.rules, edition.trust.could_not_run) == (3, 1)
    assert edition.page("contacts").trust[0] == "Closed for no reason: 3 rows, 2 of January 2017."
    point = next(each for each in edition.points if each.number == "5")
    assert [(each.name, each.written, each.detail) for each in point.figures][-3:] == [
        ("Data-quality rules: passed", "1", "of 3"),
        ("Data-quality rules: flagged", "1", "of 3"),
        ("Data-quality rules: could not run", "1", "of 3"),
    ]
    assert [table.title for table in point.tables] == [
        "Data-quality rules that are flagged",
        "Rows that data-quality rules flag, by team",
    ]
    assert not point.to_come


def test_without_the_rules_nothing_is_said_of_them() -> None:
    edition = build_edition(DrawnFigures(), workspace(), JANUARY, snapshot())
    assert edition.trust is None and not any(page.trust for page in edition.pages)
