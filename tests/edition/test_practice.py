"""What was done about figures, as a council writes it down and as an edition tells it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from compendium import words
from compendium.edition.actions_file import FILE, Entries, read_actions
from compendium.edition.build import build_edition
from compendium.edition.edition import Edition
from compendium.edition.practice import HeldExpectation, Impact
from compendium.errors import WorkspaceError
from compendium.indicators.figures import Figure
from compendium.publish.html.pages import pages
from compendium.signals.action import Action, Expectation
from compendium.workspace import Workspace
from tests.edition.drawn import CUT, JANUARY, DrawnFigures, catalogue, changed, snapshot, workspace
from tests.edition.test_words_of_an_edition import texts, too_long

HUB = """
[[action]]
id = "hub"
title = "Safeguarding hub opened"
kind = "opening"
on = 2016-10-03
by = "the safeguarding children board"
indicators = ["mash_timeliness", "contacts"]
"""
IN_TIME = """
[[expectation]]
id = "in-time"
action = "hub"
indicator = "mash_timeliness"
direction = "higher"
level = 80
by_month = "2017-01"
made_on = 2016-09-20
by = "the board"
"""


def written(folder: Path, text: str) -> Workspace:
    (folder / FILE).write_text(text, encoding="utf-8")
    return workspace(folder=folder)


def test_entries_are_read_as_they_are_written(tmp_path: Path) -> None:
    made = read_actions(written(tmp_path, HUB + IN_TIME), catalogue())
    hub = Action("hub", "Safeguarding hub opened", "opening", date(2016, 10, 3), "the safeguarding children board",
                 ("mash_timeliness", "contacts"))  # fmt: skip
    aim = Expectation("in-time", "mash_timeliness", "higher", JANUARY, date(2016, 9, 20), "the board", 80.0, "hub")
    assert made == Entries((hub,), (aim,))
    assert made.indicators == ["mash_timeliness", "contacts"]


def test_without_a_file_nothing_was_done(tmp_path: Path) -> None:
    assert read_actions(workspace(folder=tmp_path), catalogue()) == Entries()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[action", "it is not valid TOML"),
        ("[[deed]]\nid = 1", "there is no entry 'deed'"),
        ("action = 1", "there is no entry 'action'"),
        (HUB.replace('title = "Safeguarding hub opened"', ""), "action hub: title is missing"),
        (HUB.replace('id = "hub"', ""), "action without an id: id is missing"),
        (HUB.replace("2016-10-03", '"2016-10-03"'), "action hub: on is '2016-10-03'"),
        (HUB.replace('"opening"', '"party"'), "action hub: kind is 'party'"),
        (HUB.replace('by = "the safeguarding children board"', 'by = ""'), "action hub: by is ''"),
        (HUB.replace('["mash_timeliness", "contacts"]', "[]"), "action hub: indicators names none"),
        (HUB.replace('"contacts"', '"contcts"'), "action hub: there is no indicator 'contcts'"),
        (HUB.replace('"contacts"', '"audit_grade_mix"'), "action hub: audit_grade_mix has no one figure"),
        (HUB + "where = 1", "action hub: there is no setting 'where'"),
        (HUB + HUB, "action hub: there are two of this id"),
        (IN_TIME, "expectation in-time: there is no action 'hub'"),
        (HUB + IN_TIME.replace('"higher"', '"better"'), "expectation in-time: direction is 'better'"),
        (HUB + IN_TIME.replace("80", '"80"'), "expectation in-time: level is '80'"),
        (HUB + IN_TIME.replace("2017-01", "January"), "expectation in-time: by_month is 'January'"),
        (HUB + IN_TIME.replace("2016-09-20", "2017-02-01"), "expectation in-time: it is of a month that was over"),
    ],
)
def test_a_faulty_entry_is_named_with_its_file(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        read_actions(written(tmp_path, text), catalogue())
    assert says in str(caught.value) and str(tmp_path / FILE) in str(caught.value)


def test_what_overlaps_from_month_to_month_cannot_be_tested(tmp_path: Path) -> None:
    """A rate over twelve months holds eleven of the months before."""
    from compendium.indicators.loading import SHIPPED, load_catalogue

    text = HUB.replace('"contacts"', '"sw_turnover"')
    with pytest.raises(WorkspaceError, match="the months of sw_turnover overlap"):
        read_actions(written(tmp_path, text), load_catalogue([SHIPPED]))


# In an edition ----------------------------------------------------------------------------------------------------

ACTIONS = """
[[action]]
id = "freeze"
title = "A freeze"
kind = "freeze"
on = 2016-11-01
by = "the director"
indicators = ["referrals", "assessments_45wd"]

[[action]]
id = "audit"
title = "An audit"
kind = "audit"
on = 2017-01-10
by = "the head of assessment"
indicators = ["rereferrals_12m"]

[[action]]
id = "workshop"
title = "A workshop"
kind = "workshop"
on = 2017-03-22
by = "the principal social worker"
indicators = ["audit_good_or_better"]

[[expectation]]
id = "again"
action = "audit"
indicator = "rereferrals_12m"
direction = "lower"
by_month = "2017-03"
made_on = 2017-01-10
by = "the board"

[[expectation]]
id = "later"
indicator = "referrals"
direction = "lower"
by_month = "2017-06"
made_on = 2017-03-06
by = "somebody"
"""


def since_the_hub(figure: Figure) -> Figure:
    """85% of 700 in time from October on, where 600 and a few of 700 would be 86 to 87%."""
    if figure.period < date(2016, 10, 1) or figure.basis != "month":
        return figure
    return replace(figure, numerator=(figure.denominator or 0) * 98 // 100, value=Decimal(98))


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("county")
    figures = DrawnFigures(change=changed(mash_timeliness=since_the_hub))
    return build_edition(figures, written(folder, HUB + IN_TIME + ACTIONS), JANUARY, snapshot())


def impact(made: Edition, indicator: str, action: str) -> Impact:
    practice = made.page(indicator).practice
    assert practice is not None
    return next(each for each in practice.impacts if each.action == action)


def held(made: Edition, indicator: str) -> HeldExpectation:
    practice = made.page(indicator).practice
    assert practice is not None
    return practice.expectations[0]


def test_an_effect_stands_with_its_interval_and_x_of_n(practised: Edition) -> None:
    found = impact(practised, "mash_timeliness", "hub")
    assert (found.found, found.sense, found.badge) == ("effect", "better", "Effect found: better")
    assert found.sentences[0].startswith("In the 4 months since it was 98.0% (2,744 of 2,800); without the action")
    assert found.sentences[1].startswith("The difference is likely to be between ")
    assert found.sentences[1].endswith(" points higher.")


def test_days_of_a_stock_are_not_added_up(tmp_path: Path) -> None:
    """Most children are there at each month's end: 719 of 906 three times are no 2,157 of 2,718."""
    entries = HUB.replace('"mash_timeliness", "contacts"', '"cp_visits_10wd"').replace("2016-10-03", "2016-11-01")
    made = build_edition(DrawnFigures(), written(tmp_path, entries), JANUARY, snapshot())
    told = impact(made, "cp_visits_10wd", "hub").sentences
    assert told[0].startswith("At the ends of the 3 months since it was ") and "% on average; without" in told[0]
    now = made.page("cp_visits_10wd").now
    assert told[1] == f"On 31 January 2017 it was {now.in_full}."
    assert " of " not in told[0].partition("it was")[2]


def test_an_expectation_of_long_ago_tells_of_the_months_up_to_its_own(tmp_path: Path) -> None:
    aim = IN_TIME.replace("level = 80\n", "").replace("2016-09-20", "2016-03-01")
    figures = DrawnFigures(change=changed(mash_timeliness=since_the_hub))
    for text, otherwise in (
        (HUB + aim, "; without the action we"),
        (aim.replace('action = "hub"', ""), "; had nothing changed we"),
    ):
        made = build_edition(figures, written(tmp_path, text), JANUARY, snapshot())
        told = held(made, "mash_timeliness").sentences[1]
        assert told.startswith("In the 6 months to January 2017 it was ") and otherwise in told
        assert too_long(told) == []


def test_an_expectation_of_a_neutral_figure_has_no_colour_of_better_or_worse(tmp_path: Path) -> None:
    aim = IN_TIME.replace("mash_timeliness", "referrals")
    badges = set()
    for level in (1, 9000):
        made = build_edition(
            DrawnFigures(), written(tmp_path, HUB + aim.replace("80", str(level))), JANUARY, snapshot()
        )
        assert made.page("referrals").polarity == "neutral"
        for name in ("referrals.html", "practice.html"):
            (css,) = re.findall(
                r'class="badge ([^"]*)">(?:(?!</span>).)*(?:Met|Not met)</span>', dict(pages(made))[name]
            )
            assert not {"better", "worse", "missed"} & set(css.split()), (name, css)
        badges.add(held(made, "referrals").badge)
    assert badges == {"Met", "Not met"}


def test_no_effect_stands_as_large_with_all_that_it_could_be(practised: Edition) -> None:
    found = impact(practised, "referrals", "freeze")
    assert (found.found, found.sense, found.badge) == ("none", "neither", "No effect found")
    assert found.sentences[1].startswith("It could be anything from ") and " fewer to " in found.sentences[1]


def test_what_cannot_be_said_yet_says_so(practised: Edition) -> None:
    early = impact(practised, "rereferrals_12m", "audit")
    assert (early.badge, early.sentences) == (
        "Too soon to say", ("The first whole month after it is February 2017; it takes 3 to say.",)
    )  # fmt: skip
    coming = impact(practised, "audit_good_or_better", "workshop")
    assert (coming.badge, coming.brief) == ("Not begun", "It begins on 22 March 2017, after the records end.")


def test_other_actions_in_the_time_are_named(practised: Edition) -> None:
    told = impact(practised, "mash_timeliness", "hub").rivals
    assert "Also begun in that time: a freeze and an audit." in told
    assert not any("workshop" in each for each in told), "it begins after the months looked at"


def test_a_figure_read_with_it_that_stood_out_is_named_before_any_effect_can_be_told(practised: Edition) -> None:
    """January's contacts, drawn at 5,600; those who come again come by way of them."""
    told = impact(practised, "rereferrals_12m", "audit").rivals
    assert told[0].startswith("Contacts") and told[0].endswith("5,600 in January 2017, a signal: higher than usual.")


def test_a_figure_read_with_it_that_changed_over_the_same_months_is_named(tmp_path: Path) -> None:
    """Of assessments: half as many referrals more since the freeze."""

    def more(figure: Figure) -> Figure:
        if figure.period < date(2016, 11, 1) or figure.basis != "month":
            return figure
        return replace(figure, numerator=1200, value=Decimal(1200))

    made = build_edition(
        DrawnFigures(change=changed(referrals=more)), written(tmp_path, HUB + ACTIONS), JANUARY, snapshot()
    )
    (told,) = [each for each in impact(made, "assessments_45wd", "freeze").rivals if "over the same months" in each]
    assert "1,200 a month; we expected about 8" in told and too_long(told) == []


def test_a_caseload_is_told_with_the_cases_and_the_workers_it_is_of(tmp_path: Path) -> None:
    """Which are open for anybody to change: 1,950 and a few over 109.5 workers in every month."""
    entries = HUB.replace('"mash_timeliness", "contacts"', '"sw_caseload_avg"')
    made = build_edition(DrawnFigures(), written(tmp_path, entries), JANUARY, snapshot())
    told = impact(made, "sw_caseload_avg", "hub").rivals
    before, *since = made.page("sw_caseload_avg").series[-5:]
    cases = sum(each.numerator or 0 for each in since) / 4
    now = f"{words.amount(cases)} divided by 109.5 on average since"
    assert f"Either part of it: {before.of} in September 2016, {now}." in told


def test_what_was_expected_of_no_action_stands_on_the_page_with_its_test(tmp_path: Path) -> None:
    alone = IN_TIME.replace('action = "hub"\n', "").replace("level = 80\n", "")
    figures = DrawnFigures(change=changed(mash_timeliness=since_the_hub))
    made = build_edition(figures, written(tmp_path, alone), JANUARY, snapshot())
    (told,) = made.expectations
    assert (made.actions, told.badge) == ((), "Met")
    page = dict(pages(made))["practice.html"]
    assert "No action is on record, but what was expected is." in page
    for sentence in told.sentences:
        assert sentence in page, sentence
    assert Edition.from_json(made.to_json()) == made


def test_what_was_expected_of_an_action_stands_under_it_alone(practised: Edition) -> None:
    assert practised.expectations == ()


def test_an_expectation_is_held_against_its_month(practised: Edition) -> None:
    made = held(practised, "mash_timeliness")
    assert (made.badge, made.verdict) == ("Met", "met")
    assert made.sentences == (
        "Expected by the board on 20 September 2016: at least 80.0% by January 2017.",
        "In January 2017 it was 98.0% (686 of 700); chance allows 96.7% to 98.8%.",
    )
    assert held(practised, "rereferrals_12m").badge == "Not yet due"


def test_what_was_expected_after_the_cut_is_not_known(practised: Edition) -> None:
    assert practised.cut == CUT
    practice = practised.page("referrals").practice
    assert practice is not None and practice.expectations == ()


def test_every_action_is_told_newest_first_with_all_that_came_of_it(practised: Edition) -> None:
    assert [each.id for each in practised.actions] == ["workshop", "audit", "freeze", "hub"]
    hub = practised.actions[-1]
    assert hub.signed == "An opening. Begun on 3 October 2016, by the safeguarding children board."
    assert [each.indicator for each in hub.impacts] == ["contacts", "mash_timeliness"]
    assert [each.id for each in hub.expectations] == ["in-time"]
    assert practised.actions[0].signed.startswith("A workshop. Begins on 22 March 2017")


def test_the_points_of_the_board_tell_what_was_done(practised: Edition) -> None:
    points = {point.number: [(each.name, each.written) for each in point.figures] for point in practised.points}
    assert (f"A freeze: {practised.page('referrals').title}", "No effect found") in points["1"]
    assert ("An audit: Re-referrals within 12 months", "Too soon to say") in points["1"]
    assert ("Expected: Re-referrals within 12 months, lower by March 2017", "Not yet due") in points["1"]
    examples = [written for _, written in points["Recommendation"]]
    assert {"Effect found: better", "No effect found", "Too soon to say", "Not begun"} <= set(examples)


def test_without_an_entry_the_recommendation_says_so(drawn_edition: Edition) -> None:
    last = drawn_edition.points[-1]
    assert last.figures == () and last.to_come[0].startswith("No action is on record.")


def test_its_sentences_are_short_and_it_comes_back_from_storage(practised: Edition) -> None:
    assert [part for _, text in texts(practised.actions) for part in too_long(text)] == []
    assert Edition.from_json(practised.to_json()) == practised
