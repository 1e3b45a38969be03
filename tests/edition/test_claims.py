"""A claim of a saving is told as the calculation it was, and beside it stands only what the record can show."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from compendium.calendar.months import month_ends
from compendium.edition.claims import savings_claims
from compendium.edition.edition import SavingsClaim
from compendium.indicators.compute import compute
from compendium.indicators.figures import Figures
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.record.coverage import Span
from compendium.record.snapshot import Snapshot
from tests.edition.test_words_of_an_edition import NEEDS_A_TEST, too_long
from tests.indicators.drawn import COUNTY, JANUARY, snapshot_of

CUT = date(2017, 3, 3)
CATALOGUE = load_catalogue([SHIPPED])
NAMED = ["contacts", "mash_timeliness", "mash_savings_realised"]
CLAIM = """
    claim_id  title    service  replaces    claimed_on  claimed_by  period_from  period_to   monthly_pence
    1         The hub  mash     front_door  2016-06-20  The board   2016-10-03   2017-09-30  200000
"""
ASSUMED = """
    claim_id  step  says      value_hundredths  unit             operation  source  indicator        service
    1         1     Old cost  900000            pounds a month   plus       ledger  -                front_door
    1         2     Hub cost  700000            pounds a month   minus      deal    -                mash
    1         3     Contacts  200               contacts a month  -          guess   contacts         -
    1         4     In time   5000              per cent         -          guess   mash_timeliness  -
    1         5     Goodwill  100               a lot            -          guess   -                -
    1         6     Luck      100               a lot            -          guess   no_such_thing    -
"""
SPEND = """
    month_end   area_id     service     kind    partner  amount_pence
    2015-10-31  NE          front_door  actual  police   500000
    2015-10-31  SE          front_door  actual  police   400000
    2015-11-30  NE          front_door  actual  police   800000
    2016-10-31  countywide  mash        actual  police   700000
    2016-10-31  SE          front_door  actual  police   100000
    2016-11-30  countywide  mash        actual  police   750000
    2016-11-30  countywide  mash        budget  police   100000
    2016-12-31  countywide  mash        actual  police   700000
"""
CONTACTS = """
    person_id  contact_date
    A          2016-10-10
    B          2016-11-10
    C          2016-11-11
    D          2016-12-10
    E          2017-01-10
    F          2017-01-11
    G          2017-01-12
    H          2017-01-13
    I          2016-09-30
"""
ENQUIRIES = """
    enquiry_id  person_id  rating  opened_on   opened_at            closed_at
    1           A          red     2016-10-10  2016-10-10T09:00:00  2016-10-10T10:00:00
    2           B          red     2017-01-10  2017-01-10T09:00:00  2017-01-10T10:00:00
    3           C          red     2017-01-10  2017-01-10T09:00:00  2017-01-12T10:00:00
"""
DRAWN = {
    "savings_claim": CLAIM, "savings_assumption": ASSUMED, "service_spend": SPEND, "contact": CONTACTS,
    "mash_enquiry": ENQUIRIES,
}  # fmt: skip


def told(
    month: date = JANUARY, coverage: dict[str, list[Span]] | None = None, **tables: str
) -> tuple[SavingsClaim, Figures]:
    """The one claim of the drawn record as an edition tells it, and the figures."""
    snapshot = snapshot_of({**DRAWN, **tables}, CUT, coverage)
    figures = _figures(snapshot, month)
    (claim,) = savings_claims(figures, snapshot, month)
    return claim, figures


def _figures(snapshot: Snapshot, month: date) -> Figures:
    months = list(month_ends(date(2016, 9, 30), month))
    return compute(snapshot, CATALOGUE, COUNTY, months, NAMED)


def test_the_claim_stands_with_its_day_and_whoever_made_it() -> None:
    claim, _ = told()
    assert claim.monthly == Decimal(2000)
    assert claim.made == (
        "Claimed on 20 June 2016 by the board.",
        "£2,000 is said to be saved in each month from 3 October 2016 to 30 September 2017.",
    )


def test_the_calculation_is_printed_step_by_step_and_comes_to_what_was_claimed() -> None:
    claim, _ = told()
    assert [(each.value, each.enters, each.running) for each in claim.assumptions[:3]] == [
        ("9,000 pounds a month", "added", "9,000"),
        ("7,000 pounds a month", "taken away", "2,000"),
        ("2 contacts a month", "not in the sum", ""),
    ]
    assert claim.arithmetic == ("The assumptions come to £2,000 a month, which is what was claimed.",)


def test_a_claim_that_does_not_follow_from_its_assumptions_says_so() -> None:
    claim, _ = told(savings_claim=CLAIM.replace("200000", "350000"))
    assert claim.arithmetic == (
        "The assumptions come to £2,000 a month, and £3,500 was claimed.",
        "The two are £1,500 apart: the claim does not follow from its assumptions.",
    )


def test_a_claim_without_a_sum_says_so() -> None:
    bare = ASSUMED.replace(" plus ", " - ").replace(" minus ", " - ")
    assert told(savings_assumption=bare)[0].arithmetic == (
        "The claim gives no calculation: no assumption enters a sum.",
    )


def test_a_share_of_an_amount_is_multiplied() -> None:
    shared = ASSUMED + "    1  7  Half  50  of it  times  guess  -  -\n"
    claim, _ = told(savings_assumption=shared, savings_claim=CLAIM.replace("200000", "100000"))
    assert claim.assumptions[-1].running == "1,000"
    assert claim.arithmetic[0].endswith("which is what was claimed.")


def test_beside_each_assumption_stands_what_the_record_shows() -> None:
    old, hub, contacts, in_time, goodwill, luck = (each.shown for each in told()[0].assumptions)
    # What was replaced is judged by its last year, the hub by the months since.
    assert old == (
        "Cost of the front doors before it, a month: £8,500 over 2 months, October 2015 to November 2015. "
        "That is 500 less than assumed."
    )
    assert (
        hub == "Cost of the safeguarding hub, a month: £7,167 over 3 months, October 2016 to December 2016. "
        "That is 167 more than assumed."
    )
    # 1, 2, 1 and 4 contacts; September came before the change.
    assert contacts == "Contacts received: 2 over 4 months, October 2016 to January 2017. That is as assumed."
    # Two of three enquiries, added up and not averaged; November and December had none.
    assert in_time == (
        "Safeguarding hub enquiries completed in time: 66.7% (2 of 3) over 2 months, October 2016 to January 2017. "
        "That is 16.7 points more than assumed."
    )
    assert goodwill == "Nothing in the record can check it."
    assert luck == "The record cannot check it: there is no indicator no_such_thing."


def test_months_are_set_beside_the_same_months_before_and_what_is_left_of_the_old_service_counts() -> None:
    claim, _ = told()
    assert [(each.month, each.before, each.after, each.fall) for each in claim.months] == [
        (date(2016, 10, 31), Decimal(9000), Decimal(8000), Decimal(1000)),
        (date(2016, 11, 30), Decimal(8000), Decimal(7500), Decimal(500)),
        (date(2016, 12, 31), None, Decimal(7000), None),
    ]
    assert claim.conclusion == (
        "£4,000 was claimed for the 2 months that can be compared.",
        "They cost £1,500 less than the same months before the change.",
        "That is £2,500 short of the claim.",
        "Left out: 1 month whose cost before is not recorded.",
        "A lower cost is no proof that the change brought it about. Pay rises are not taken out.",
    )


def test_the_page_and_the_indicator_say_the_same() -> None:
    claim, figures = told()
    realised = figures.one("mash_savings_realised", date(2016, 12, 31), "year_to_date")
    compared = [each for each in claim.months if each.fall is not None]
    assert realised.numerator == 100 * sum(each.fall or 0 for each in compared)
    assert realised.denominator == len(compared)


def test_a_dearer_month_is_never_called_a_saving() -> None:
    claim, _ = told(service_spend=SPEND.replace("750000", "950000").replace("100000\n", "700000\n"))
    assert claim.conclusion[1] == "They cost £6,500 more than the same months before the change."
    assert claim.conclusion[2] == "That is £10,500 short of the claim."


def test_more_than_was_claimed_is_told_as_well() -> None:
    claim, _ = told(savings_claim=CLAIM.replace("200000", "50000"))
    assert claim.conclusion[2] == "That is the claim and £500 more."


@pytest.mark.parametrize(
    ("spend", "lack"),
    [
        ("month_end   area_id  service  kind    amount_pence\n2016-10-31  NE       mash     actual  700000",
         "no month before the change"),
        ("month_end   area_id  service     kind    amount_pence\n2015-10-31  NE       front_door  actual  700000",
         "no month since the change"),
    ],
)  # fmt: skip
def test_without_months_to_compare_nothing_is_said_to_be_saved(spend: str, lack: str) -> None:
    claim, _ = told(service_spend=spend)
    assert claim.conclusion == (
        f"The record cannot show whether anything was saved: its costs hold {lack} to compare.",
    )


def test_a_month_that_no_delivery_covers_whole_is_not_compared() -> None:
    covered = {"service_spend": [(date(2015, 4, 1), date(2016, 11, 15))]}
    claim, _ = told(coverage=covered)
    assert [each.month for each in claim.months] == [date(2016, 10, 31)]


def test_nothing_is_shown_of_the_months_before_the_change_or_after_the_period() -> None:
    ended = CLAIM.replace("2017-09-30", "2016-11-15")
    claim, _ = told(savings_claim=ended)
    assert [each.month for each in claim.months] == [date(2016, 10, 31)]
    early, _ = told(month=date(2016, 9, 30))
    assert early.months == ()
    assert early.assumptions[2].shown == "The record shows no figure for it since 3 October 2016."


def test_a_claim_made_later_than_the_record_is_not_told() -> None:
    snapshot = snapshot_of({**DRAWN, "savings_claim": CLAIM.replace("2016-06-20", "2017-03-04")}, CUT)
    assert savings_claims(_figures(snapshot, JANUARY), snapshot, JANUARY) == ()


def test_its_sentences_are_short_and_claim_no_cause() -> None:
    claim, _ = told()
    sentences = [*claim.made, *claim.arithmetic, *claim.conclusion, *(each.shown for each in claim.assumptions)]
    assert [part for each in sentences for part in too_long(each)] == []
    assert [each for each in sentences if NEEDS_A_TEST.search(each)] == []
