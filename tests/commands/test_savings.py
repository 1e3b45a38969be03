"""`compendium savings` prints a claim from the files in which a council made it known, and what has come of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compendium.cli import main
from tests.commands.conftest import deliver

CLAIM = """\
claim_id,title,service,replaces,claimed_on,claimed_by,period_from,period_to,monthly_gbp
1,One hub for all,mash,front_door,2016-06-20,The project board,2016-10-03,2017-09-30,20
"""
ASSUMED = """\
claim_id,step,says,value,unit,operation,source,indicator,service
1,1,The old desks cost as before,90,pounds a month,plus,the ledger,,front_door
1,2,The hub costs what was agreed,70,pounds a month,minus,the agreement,,mash
1,3,Referrals stay as they are,3.5,referrals a month,,a guess,referrals,
"""
SPEND = """\
# complete: 2015-04-01 to 2017-02-28
month_end,area_id,service,kind,partner,amount_gbp
2016-01-31,NE,front_door,actual,police,91.50
2017-01-31,countywide,mash,actual,police,80
"""


@pytest.fixture
def claimed(council: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    files = {"savings_claim": CLAIM, "savings_assumption": ASSUMED, "service_spend": SPEND}
    paths = [str(deliver(council, f"{name}_2017-02-03.csv", text)) for name, text in files.items()]
    assert main(["load", *paths]) == 0
    capsys.readouterr()
    return council


def test_the_whole_calculation_is_printed(claimed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["savings", "--month", "2017-01"]) == 0
    told = capsys.readouterr().out
    for line in (
        "Claimed on 20 June 2016 by the project board.",
        "   Assumed: 90 pounds a month, added; so far 90",
        "   Source: the agreement",
        "   Assumed: 3.50 referrals a month, not in the sum",
        "   Record: Referrals to children's social care: 0.8 over 4 months, October 2016 to January 2017. "
        "That is 2.8 less than assumed.",
        "The assumptions come to £20 a month, which is what was claimed.",
        "January 2017          £92       £80      £12",
        "£20 was claimed for the 1 month that can be compared.",
        "They cost £12 less than the same months before the change.",
        "A lower cost is no proof that the change brought it about.",
    ):
        assert line in told, f"{line!r} in\n{told}"


def test_the_local_rules_of_what_it_is_checked_by_are_told(claimed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked = ASSUMED.replace("referrals a month,,a guess,referrals", "per cent,,a guess,rereferrals_12m")
    assert main(["load", str(deliver(claimed, "savings_assumption_2017-02-04.csv", checked))]) == 0
    assert main(["savings", "--month", "2017-01"]) == 0
    told = capsys.readouterr().out
    assert "1 of 3" in told and "  Months within which a referral is a re-referral: 12 months" in told


def test_a_program_reads_the_same(claimed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["savings", "--month", "2017-01", "--format", "json"]) == 0
    (claim,) = json.loads(capsys.readouterr().out)
    assert claim["monthly"] == "20"
    assert claim["months"] == [{"month": "2017-01-31", "before": "91.5", "after": "80"}]
    assert [each["value"] for each in claim["assumptions"]][2] == "3.50 referrals a month"


def test_without_a_claim_it_says_so_and_how_one_is_made_known(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["savings", "--month", "2017-01"]) == 0
    assert "No claim of a saving is on record" in capsys.readouterr().out
