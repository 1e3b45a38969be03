"""What was listed before and is so no more: taken back, or ended on a day that nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from compendium.record.access import AccessRecord
from compendium.record.deliveries import Record
from compendium.record.ledger import Kind
from compendium.workspace import Workspace
from tests.record.drawn import deliver, drawn, held

PLAN = "person_id start_date end_date\n"


def listed(
    record: Record,
    day: str,
    drawing: str,
    table: str = "cp_plan",
    source_format: str = "Annex A",
    unread: Sequence[str | None] = (),
    kind: Kind = "unreadable",
) -> None:
    """A workbook of a day whose list of the latest covers the six months before."""
    month = int(day[5:7]) - 6
    since = f"2017-{month:02d}{day[7:]}" if month > 0 else f"2016-{month + 12:02d}{day[7:]}"
    covers = (table, since, day, "latest_only")
    deliver(
        record, day, [(table, drawing)], covers,
        reference=day, source_format=source_format, unread=unread, kind=kind,
    )  # fmt: skip


def plans(record: Record, as_at: str | None = None) -> list[tuple[str, ...]]:
    cut = date.fromisoformat(as_at) if as_at else None
    return held(record.as_at(cut), "cp_plan", "person_id", "start_date", "end_date")


# Ended on a day that nobody knows.


def test_a_plan_that_is_no_longer_listed_ended_after_the_last_day_it_was_known_open(record: Record) -> None:
    """Last listed open on 3 March; by October lists would no longer show a plan that ended in March."""
    listed(record, "2017-03-03", f"{PLAN} a 2016-05-01 -\n b 2016-06-01 -")
    listed(record, "2017-10-03", f"{PLAN} b 2016-06-01 -")
    assert plans(record) == [("a", "2016-05-01", "2017-03-04"), ("b", "2016-06-01", "-")]
    assert plans(record, "2017-10-02") == [("a", "2016-05-01", "-"), ("b", "2016-06-01", "-")]


def test_an_end_that_is_assumed_is_named(record: Record) -> None:
    listed(record, "2017-03-03", f"{PLAN} a 2016-05-01 -\n b 2016-06-01 2017-02-01")
    listed(record, "2017-04-03", f"{PLAN} b 2016-06-01 2017-02-01")
    snapshot = record.as_at()
    assert held(snapshot, "cp_plan", "person_id", "end_date") == [("a", "2017-03-04"), ("b", "2017-02-01")]
    assert snapshot.connection.execute("SELECT * FROM merging.assumed_end").fetchall() == [
        ("cp_plan", "a", date(2016, 5, 1), date(2017, 3, 4))
    ]
    before = record.as_at(date(2017, 3, 3)).connection
    assert before.execute("SELECT * FROM merging.assumed_end").fetchall() == []


def test_one_that_is_listed_again_never_ended(record: Record) -> None:
    """Its row was left out by mistake for a month."""
    listed(record, "2017-03-03", f"{PLAN} a 2016-05-01 -")
    listed(record, "2017-04-03", f"{PLAN} b 2016-06-01 -")
    listed(record, "2017-05-03", f"{PLAN} a 2016-05-01 -\n b 2016-06-01 -")
    assert plans(record) == [("a", "2016-05-01", "-"), ("b", "2016-06-01", "-")]


def test_an_end_that_is_told_later_takes_the_place_of_the_assumed_one(record: Record) -> None:
    listed(record, "2017-03-03", f"{PLAN} a 2016-05-01 -\n b 2016-06-01 -")
    listed(record, "2017-10-03", f"{PLAN} b 2016-06-01 -")
    covers = ("cp_plan", "2017-04-01", "2018-03-31", "event")
    census = [("cp_plan", f"{PLAN} a 2016-05-01 2017-03-20")]
    deliver(record, "2018-07-14", census, covers, reference="2018-03-31", source_format="CIN census")
    assert plans(record)[0] == ("a", "2016-05-01", "2017-03-20")


def test_what_another_format_says_is_open_later_is_not_ended_by_the_list(record: Record) -> None:
    listed(record, "2017-03-03", f"{PLAN} a 2016-05-01 -\n b 2016-06-01 -")
    listed(record, "2017-04-03", f"{PLAN} b 2016-06-01 -")
    deliver(record, "2017-04-10", [("cp_plan", f"{PLAN} a 2016-05-01 -")], source_format="local table")
    assert plans(record)[0] == ("a", "2016-05-01", "-")


def test_a_census_of_march_does_not_open_what_a_list_of_may_has_no_more(record: Record) -> None:
    listed(record, "2017-03-03", f"{PLAN} a 2016-05-01 -\n b 2016-06-01 -")
    listed(record, "2017-05-03", f"{PLAN} b 2016-06-01 -")
    census = [("cp_plan", f"{PLAN} a 2016-05-01 -")]
    deliver(record, "2017-07-14", census, reference="2017-03-31", source_format="CIN census")
    assert plans(record)[0] == ("a", "2016-05-01", "2017-04-01")


def test_a_census_that_shows_a_case_no_more_speaks_until_its_reference_date_only(record: Record) -> None:
    """Open in March's census of 2016; the next has all that was open in its year. What June saw open stays so."""
    case = "person_id referral_date close_date\n"
    covers = ("referral", "2016-04-01", "2017-03-31", "snapshot")
    first = [("referral", f"{case} a 2015-11-03 -\n b 2015-11-03 -")]
    deliver(record, "2016-07-14", first, reference="2016-03-31", source_format="CIN census")
    listed(record, "2017-06-03", f"{case} b 2015-11-03 -", "referral")
    second = [("referral", f"{case} c 2016-11-03 -")]
    deliver(record, "2017-07-14", second, covers, reference="2017-03-31", source_format="CIN census")
    assert held(record.as_at(), "referral", "person_id", "close_date")[:2] == [("a", "2016-04-01"), ("b", "-")]


def test_a_case_may_be_in_the_list_of_referrals_and_yet_be_open_no_more(record: Record) -> None:
    """List 3 has the referral for six months, list 6 whether the case is open."""
    referrals = ("referral", "2016-10-03", "2017-04-03", "event")
    for day, cases in (("2017-03-03", " a 2017-01-10 -\n b 2017-01-11 -"), ("2017-04-03", " b 2017-01-11 -")):
        parts = [
            ("referral", "person_id referral_date nfa\n a 2017-01-10 0\n b 2017-01-11 0"),
            ("referral", f"person_id referral_date close_date\n{cases}"),
        ]
        covers = ("referral", "2016-10-03", day, "latest_only")
        deliver(record, day, parts, referrals, covers, reference=day, source_format="Annex A")
    assert held(record.as_at(), "referral", "person_id", "close_date") == [("a", "2017-03-04"), ("b", "-")]


def test_a_list_that_does_not_tell_of_ends_ends_nothing(record: Record) -> None:
    stays = "person_id start_date type\n a 2016-05-01 U1"
    listed(record, "2017-03-03", stays, "placement")
    listed(record, "2017-04-03", stays.replace("a ", "b "), "placement")
    assert held(record.as_at(), "placement", "person_id", "end_date") == [("a", "-"), ("b", "-")]


def test_a_list_without_a_row_was_not_supplied(record: Record) -> None:
    listed(record, "2017-03-03", f"{PLAN} a 2016-05-01 -")
    deliver(record, "2017-04-03", [], ("cp_plan", "2016-10-03", "2017-04-03", "latest_only"), reference="2017-04-03")
    assert plans(record) == [("a", "2016-05-01", "-")]


@pytest.mark.parametrize("grain", ["assumed", "annual"])
def test_other_grains_end_nothing(record: Record, grain: str) -> None:
    listed(record, "2017-03-03", f"{PLAN} a 2016-05-01 -")
    deliver(
        record, "2017-04-03", [("cp_plan", f"{PLAN} b 2016-06-01 -")], ("cp_plan", "2016-10-03", "2017-04-03", grain)
    )
    assert plans(record)[0] == ("a", "2016-05-01", "-")


# Taken back.


def test_a_plan_that_began_in_the_days_of_the_list_and_is_not_in_it_never_was(record: Record) -> None:
    """Whoever had a plan at any time in those months is listed: this child had none."""
    listed(record, "2017-03-03", f"{PLAN} a 2017-01-10 -\n b 2016-06-01 -")
    listed(record, "2017-04-03", f"{PLAN} b 2016-06-01 -")
    assert plans(record) == [("b", "2016-06-01", "-")]
    assert len(plans(record, "2017-03-03")) == 2


def test_one_that_has_simply_grown_old_stays(record: Record) -> None:
    """In October the list goes back to April: a plan that ended in February has left it as it should."""
    listed(record, "2017-03-03", f"{PLAN} a 2017-01-10 2017-02-20\n b 2016-06-01 -")
    listed(record, "2017-10-03", f"{PLAN} b 2016-06-01 -")
    assert plans(record) == [("a", "2017-01-10", "2017-02-20"), ("b", "2016-06-01", "-")]


@pytest.mark.parametrize("corrected", ["2017-01-09", "2017-01-11", "2017-02-13"])
def test_a_plan_whose_first_day_was_corrected_stands_once(record: Record, corrected: str) -> None:
    """Earlier: the list has the latest plan, so what would be later is gone. Later: hardly two so close, and open."""
    listed(record, "2017-03-03", f"{PLAN} a 2017-01-10 -")
    listed(record, "2017-04-03", f"{PLAN} a {corrected} -")
    assert plans(record) == [("a", corrected, "-")]


def test_a_plan_that_another_followed_stays(record: Record) -> None:
    listed(record, "2017-03-03", f"{PLAN} a 2016-10-10 2017-02-20")
    listed(record, "2017-04-03", f"{PLAN} a 2017-03-20 -")
    assert plans(record) == [("a", "2016-10-10", "2017-02-20"), ("a", "2017-03-20", "-")]


@pytest.mark.parametrize("ended", ["2017-01-31", "2017-02-10"])
def test_a_plan_that_ended_before_the_next_began_stays_however_close(record: Record, ended: str) -> None:
    listed(record, "2017-02-03", f"{PLAN} a 2017-01-10 {ended}")
    listed(record, "2017-03-03", f"{PLAN} a 2017-02-10 -")
    assert plans(record) == [("a", "2017-01-10", ended), ("a", "2017-02-10", "-")]


def test_a_plan_that_ended_after_the_other_began_is_the_same_under_another_day(record: Record) -> None:
    listed(record, "2017-02-03", f"{PLAN} a 2017-01-10 2017-01-31")
    listed(record, "2017-03-03", f"{PLAN} a 2017-01-12 2017-01-31")
    assert plans(record) == [("a", "2017-01-12", "2017-01-31")]


def test_a_return_to_care_soon_after_is_no_correction(record: Record) -> None:
    """A child may come back within days; a period is taken back only for one before it."""
    period = "person_id start_date end_date\n"
    listed(record, "2017-03-03", f"{period} a 2017-02-10 2017-02-20", "lac_period")
    listed(record, "2017-04-03", f"{period} a 2017-03-01 -", "lac_period")
    starts = [("2017-02-10",), ("2017-03-01",)]
    assert held(record.as_at(), "lac_period", "start_date") == starts
    listed(record, "2017-05-03", f"{period} a 2017-02-10 -", "lac_period")
    assert held(record.as_at(), "lac_period", "start_date") == starts[:1]


def test_a_review_whose_day_was_corrected_stands_once(record: Record) -> None:
    review = "person_id plan_start_date review_date\n a 2016-10-10"
    listed(record, "2017-03-03", f"{review} 2017-01-10", "cp_review")
    listed(record, "2017-04-03", f"{review} 2017-01-12", "cp_review")
    listed(record, "2017-05-03", f"{review} 2017-04-20", "cp_review")
    assert held(record.as_at(), "cp_review", "review_date") == [("2017-01-12",), ("2017-04-20",)]


@pytest.mark.parametrize(("second", "stand"), [("2017-02-05", 1), ("2017-02-06", 2), ("2017-02-27", 2)])
def test_a_review_that_was_reconvened_stands_beside_the_first(record: Record, second: str, stand: int) -> None:
    """Within a week of one another they are taken for one, its day corrected; later they are two."""
    review = "person_id plan_start_date review_date\n a 2016-11-01"
    listed(record, "2017-02-03", f"{review} 2017-01-30", "cp_review")
    listed(record, "2017-03-03", f"{review} {second}", "cp_review")
    assert held(record.as_at(), "cp_review", "review_date") == [("2017-01-30",), (second,)][-stand:]


def test_a_list_takes_back_only_what_lists_of_its_format_showed(record: Record) -> None:
    """The census has a plan of January that list 7 never showed: the two differ, and neither is thrown away."""
    census = [("cp_plan", f"{PLAN} a 2017-01-10 2017-02-20")]
    deliver(record, "2017-03-01", census, reference="2017-03-01", source_format="CIN census")
    listed(record, "2017-03-03", f"{PLAN} b 2016-06-01 -")
    listed(record, "2017-04-03", f"{PLAN} b 2016-06-01 -")
    assert plans(record)[0] == ("a", "2017-01-10", "2017-02-20")


def test_visits_and_placements_of_a_latest_list_take_nothing_back(record: Record) -> None:
    """Systems differ in which visit counts as the latest: a statutory one, or any."""
    visit = "person_id kind visit_date\n a cp"
    listed(record, "2017-03-03", f"{visit} 2017-02-20", "visit")
    listed(record, "2017-04-03", f"{visit} 2017-02-10", "visit")
    assert held(record.as_at(), "visit", "visit_date") == [("2017-02-10",), ("2017-02-20",)]


# Rows that could not be read.


def test_a_row_that_cannot_be_read_takes_nothing_of_its_child_back(record: Record) -> None:
    """One plan that began in the days of the list, and one long before: both may be in the row with the wrong date."""
    listed(record, "2017-03-03", f"{PLAN} a 2017-01-10 -\n b 2017-01-10 -\n c 2016-05-01 -\n d 2016-05-01 -")
    listed(record, "2017-04-03", f"{PLAN} e 2016-06-01 -", unread=["a", "c"])
    assert plans(record) == drawn("""
        a  2017-01-10  -
        c  2016-05-01  -
        d  2016-05-01  2017-03-04
        e  2016-06-01  -
        """)


def test_the_next_list_that_can_be_read_decides(record: Record) -> None:
    listed(record, "2017-03-03", f"{PLAN} a 2017-01-10 -\n b 2016-06-01 -")
    listed(record, "2017-04-03", f"{PLAN} b 2016-06-01 -", unread=["a"])
    listed(record, "2017-05-03", f"{PLAN} b 2016-06-01 -")
    assert plans(record) == [("b", "2016-06-01", "-")]


def test_a_row_that_may_be_any_childs_takes_nothing_back(record: Record) -> None:
    """Even so the list has shown what it shows, and a later one may take that back."""
    listed(record, "2017-03-03", f"{PLAN} a 2017-01-10 -\n b 2016-05-01 -")
    listed(record, "2017-04-03", f"{PLAN} c 2017-01-11 -", unread=[None])
    assert [child for child, _, end in plans(record) if end == "-"] == ["a", "b", "c"]
    listed(record, "2017-05-03", f"{PLAN} d 2016-06-01 -")
    assert plans(record) == [("b", "2016-05-01", "2017-03-04"), ("d", "2016-06-01", "-")]


def test_a_delivery_that_can_take_nothing_back_says_so_in_the_ledger(record: Record) -> None:
    listed(record, "2017-03-03", f"{PLAN} a 2017-01-10 -", unread=[None])
    listed(record, "2017-04-03", f"{PLAN} a 2017-01-10 -", unread=["b"])
    told = [
        [each.what for each in record.findings(one.delivery_id) if each.severity == "noted"]
        for one in record.deliveries()
    ]
    assert told == [
        [
            "of cp_plan, a row that was not kept may be of any child: what this delivery does not show of them is"
            " neither taken back nor ended"
        ],
        [],
    ]


@pytest.mark.parametrize("kind", ["repeated", "unused"])
def test_a_row_that_says_nothing_more_spares_nothing(record: Record, kind: Kind) -> None:
    """It repeats another, or is deleted at its source."""
    listed(record, "2017-03-03", f"{PLAN} a 2017-01-10 -\n b 2016-06-01 -")
    listed(record, "2017-04-03", f"{PLAN} b 2016-06-01 -", unread=["a", None], kind=kind)
    assert plans(record) == [("b", "2016-06-01", "-")]


def test_a_row_that_cannot_be_read_spares_the_child_under_every_id(record: Record) -> None:
    listed(record, "2017-03-03", f"{PLAN} new 2017-01-10 -\n b 2016-06-01 -")
    listed(record, "2017-04-03", f"{PLAN} b 2016-06-01 -", unread=["old"])
    assert plans(record) == [("b", "2016-06-01", "-")]
    link = "person_id linked_to reason decided_by decided_on\n old new migration manager 2017-04-04"
    deliver(record, "2017-04-04", [("person_link", link)], source_format="local table")
    assert plans(record) == [("b", "2016-06-01", "-"), ("new", "2017-01-10", "-")]


@pytest.mark.parametrize("grain", ["event", "begun", "snapshot"])
@pytest.mark.parametrize(("unread", "untouched"), [("a", ["a"]), (None, ["a", "b"])])
def test_whatever_the_grain_of_the_delivery(
    record: Record, grain: str, unread: str | None, untouched: list[str]
) -> None:
    cases = "person_id referral_date close_date\n"
    first = [("referral", f"{cases} a 2017-01-10 -\n b 2017-01-11 -")]
    deliver(record, "2017-02-03", first, reference="2017-02-03")
    covers = ("referral", "2017-01-01", "2017-03-03", grain)
    second = [("referral", f"{cases} c 2017-01-12 -")]
    deliver(record, "2017-03-03", second, covers, reference="2017-03-03", unread=[unread])
    told = held(record.as_at(), "referral", "person_id", "close_date")
    assert [child for child, closed in told if closed == "-"] == [*untouched, "c"]


def test_the_history_of_a_child_knows_what_could_not_be_read(record: Record, workspace: Workspace) -> None:
    listed(record, "2017-03-03", f"{PLAN} a 2017-01-10 -\n b 2016-06-01 -")
    listed(record, "2017-04-03", f"{PLAN} b 2016-06-01 -", unread=["a"])
    rows = record.history("cp_plan", "a", access=AccessRecord.open(workspace), who="A. Analyst", why="a letter")
    assert [(row["column"], row["since_delivery"], row["until"]) for row in rows] == [("start_date", 1, None)]


def test_no_child_of_a_row_that_could_not_be_read_is_named_outside_the_sealed_parts(
    record: Record, workspace: Workspace
) -> None:
    listed(record, "2017-04-03", f"{PLAN} b 2016-06-01 -", unread=["kid-100023"])
    (delivery,) = record.deliveries()
    assert delivery.unread == ("cp_plan",) and "100023" not in str(delivery.as_json())
    assert all(b"100023" not in path.read_bytes() for path in workspace.record_folder.rglob("*") if path.is_file())


# Two formats.


def test_two_formats_that_differ_by_a_day_are_two_events_until_one_covers_the_day(record: Record) -> None:
    """Never merged on a guess. Where the newer one is complete for the day, it decides."""
    covers = ("referral", "2017-01-01", "2017-01-31", "event")
    deliver(record, "2017-02-03", [("referral", "person_id referral_date\n a 2017-01-03")], source_format="Annex A")
    deliver(record, "2017-02-10", [("referral", "person_id referral_date\n a 2017-01-04")], source_format="SSD")
    assert held(record.as_at(), "referral", "referral_date") == [("2017-01-03",), ("2017-01-04",)]
    rich = [("referral", "person_id referral_date\n a 2017-01-04")]
    deliver(record, "2017-02-11", rich, covers, source_format="SSD")
    assert held(record.as_at(), "referral", "referral_date") == [("2017-01-04",)]
    poor = [("referral", "person_id referral_date\n a 2017-01-03")]
    deliver(record, "2017-03-03", poor, covers, source_format="Annex A")
    assert held(record.as_at(), "referral", "referral_date") == [("2017-01-03",)]
