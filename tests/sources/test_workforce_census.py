"""The workforce census: what is kept of it, and the department's own formulas reproduced from the record."""

# ruff: noqa: E501  a row a line

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from compendium.errors import DeliveryError
from compendium.record.delivery import PRECEDENCE
from compendium.sources import workforce_census
from tests.sources.desk import Desk
from tests.sources.mutation import Good, prove
from tests.sources.mutators import XML
from tests.sources.staff import worker, workforce

DAY = "2016-09-30"
TOTALS = (
    "<NumberOfVacancies>25</NumberOfVacancies><NoAgencyFTE>20.5</NoAgencyFTE><NoAgencyHeadcount>22</NoAgencyHeadcount>"
)
HELD = "worker_id, role, is_agency, fte_millionths, start_date, end_date"


def told(desk: Desk, severity: str) -> list[tuple[str, str | None, str]]:
    return [(finding.unit, finding.column, finding.what) for finding in desk.ledger(severity)]


def test_workers_and_totals_stand_under_the_day_of_the_census(desk: Desk) -> None:
    report = desk.load(
        "csww.xml",
        workforce(
            worker(FTE="0.810811", OrgRole="4", Cases30="17", FTE30="0.5", WorkingDaysLost="3.5", CFKSSstatus="1"),
            worker("SW2", AgencyWorker="1", FTE="", RoleEndDate="2016-03-01", StartOrigin="1", LeaverDestination="3",
                   ReasonLeave="10", Absat30Sept="1", ReasonAbsence="SIC", CFKSSstatus="3"),
            authority=TOTALS,
        ),
    )  # fmt: skip
    assert (report.source_format, report.received_on) == ("workforce census", date(2017, 1, 20))
    assert desk.rows("workforce_return") == [(DAY, 2500, 2050, 22)]
    first, second = sorted(desk.rows("worker_return"), key=lambda row: row[2])
    assert first[1:] == (
        DAY,
        0,
        "senior_practitioner",
        810811,
        "2015-01-05",
        None,
        None,
        None,
        None,
        17,
        500000,
        350,
        None,
        None,
        1,
    )
    assert second[1:] == (
        DAY,
        1,
        "case_holder",
        None,
        "2015-01-05",
        "2016-03-01",
        "1",
        "3",
        "10",
        None,
        None,
        None,
        1,
        "SIC",
        0,
    )
    assert first[0] != second[0] and all(row[0].startswith("w_") for row in (first, second))
    assert desk.ledger("rejected") == [] == desk.ledger("changed")


def test_nothing_says_who_a_worker_is(desk: Desk) -> None:
    about = {"PersonBirthDate": "1980-02-03", "GenderCurrent": "2", "Sex": "F", "Gender": "2", "Ethnicity": "BAFR",
             "QualInst": "University of Quux"}  # fmt: skip
    desk.load("csww.xml", workforce(worker("SW7654321", **about), authority=TOTALS))
    held = str(desk.rows("worker_return")) + str(desk.record.findings(desk.record.deliveries()[0].delivery_id))
    assert not any(word in held for word in ("SW7654321", "1980", "BAFR", "Quux"))
    assert desk.ledger("changed") == [] and not any("no element" in finding.what for finding in desk.ledger("noted"))


def test_it_covers_the_day_of_the_census_once_a_year_and_says_nothing_of_any_other(desk: Desk) -> None:
    desk.load("csww.xml", workforce(worker(), authority=TOTALS))
    (delivery,) = desk.record.deliveries()
    assert delivery.reference_date == date(2016, 9, 30) and delivery.la_code == "999"
    spoken = [(one.table, one.complete_from, one.complete_to, one.grain) for one in delivery.coverage]
    on = date(2016, 9, 30)
    assert spoken == [("workforce_return", on, on, "annual"), ("worker_return", on, on, "annual")]
    assert workforce_census.NAME in PRECEDENCE


def test_the_councils_own_monthly_lists_are_as_they_were(desk: Desk) -> None:
    """A month's vacancies are the establishment's, whatever the census says of the same day."""
    posts = "month_end,team_id,role,establishment_fte,in_post_fte\n2016-09-30,NE1,social_worker,85,60\n"
    staff = "worker_id,role,fte,start_date\nSW1,case_holder,1.0,2015-01-05\n"
    desk.load("establishment.csv", posts, received=date(2016, 10, 3))
    desk.load("worker.csv", staff, received=date(2016, 10, 3))
    before = desk.rows("establishment"), desk.rows("worker")
    desk.load("csww.xml", workforce(worker(), worker("SW2"), authority=TOTALS))
    assert (desk.rows("establishment"), desk.rows("worker")) == before
    known = {row[0] for row in desk.rows("worker", "worker_id")}
    assert known < {row[0] for row in desk.rows("worker_return", "worker_id")}, "one number, one pseudonym"


def test_each_year_stands_beside_the_others_and_a_corrected_return_replaces_its_own(desk: Desk) -> None:
    desk.load("a.xml", workforce(worker(FTE="1"), on="2015-09-30", authority=TOTALS), received=date(2015, 12, 1))
    desk.load("b.xml", workforce(worker(FTE="0.6"), authority=TOTALS), received=date(2016, 12, 1))
    corrected = TOTALS.replace("25", "24")
    desk.load("c.xml", workforce(worker(FTE="0.8"), authority=corrected), received=date(2017, 1, 9))
    assert desk.rows("worker_return", "as_at, fte_millionths") == [("2015-09-30", 1000000), (DAY, 800000)]
    assert desk.rows("workforce_return", "as_at, vacancies_hundredths") == [("2015-09-30", 2500), (DAY, 2400)]


@pytest.mark.parametrize(
    ("elements", "column", "value", "finding"),
    [
        ({"OrgRole": "7"}, "role", None, ("changed", "'7' is not 1 to 6; it was set aside")),
        ({"FTE": "1.2"}, "fte_millionths", 1200000, ("changed", "it is more than one full-time post")),
        ({"FTE": "0.81081081081"}, "fte_millionths", 810811, ("changed", "it was rounded to six decimals")),
        ({"FTE": "-0.5"}, "fte_millionths", None, ("changed", "it is less than nothing; it was set aside")),
        ({"FTE": "full"}, "fte_millionths", None, ("changed", "what stands there (4 letters) is not a number; it was set aside")),
        ({"FTE": "1e400"}, "fte_millionths", None, ("changed", "what stands there (5 letters and digits) is not a number; it was set aside")),
        ({"Cases30": "12.5"}, "cases", None, ("changed", "what stands there (4 digits and signs) is not a whole number; it was set aside")),
        ({"Cases30": "-3"}, "cases", None, ("changed", "it is less than nothing; it was set aside")),
        ({"RoleStartDate": "1988-04-07"}, "start_date", "1988-04-07", None),
        ({"RoleStartDate": "2015-02-30"}, "start_date", None, ("changed", "'2015-02-30' is not a day of the calendar; it was set aside")),
        ({"ReasonAbsence": "ILL"}, "absence_reason", None, ("changed", "what stands there (3 letters) is not a code of worker absence; it was set aside")),
        ({"CFKSSstatus": "9"}, "is_asye", None, ("changed", "'9' is not 1 to 4; it was set aside")),
        ({"AgencyWorker": "2"}, "is_agency", None, ("changed", "'2' is neither yes nor no; it was set aside")),
    ],
)  # fmt: skip
def test_an_odd_value_is_told_and_its_worker_kept(
    desk: Desk, elements: dict[str, str], column: str, value: object, finding: tuple[str, str] | None
) -> None:
    desk.load("csww.xml", workforce(worker(**elements), authority=TOTALS))
    assert desk.rows("worker_return", column) == [(value,)]
    assert [("changed", what) for _, _, what in told(desk, "changed")] == ([finding] if finding else [])


def test_a_worker_without_a_number_is_in_the_ledger(desk: Desk) -> None:
    report = desk.load("csww.xml", workforce(worker(""), worker("SW2"), authority=TOTALS))
    assert told(desk, "rejected") == [("CSWWWorker", "SWENo", "there is no SWENo")]
    assert (report.units["CSWWWorker"].read, report.units["CSWWWorker"].kept) == (2, 1)


def test_a_worker_with_two_posts_is_told_and_both_are_kept(desk: Desk) -> None:
    desk.load("csww.xml", workforce(worker(FTE="0.4"), worker(FTE="0.6", OrgRole="4"), authority=TOTALS))
    assert desk.rows("worker_return", "fte_millionths, role") == [
        (400000, "case_holder"),
        (600000, "senior_practitioner"),
    ]
    assert told(desk, "changed") == [("CSWWWorker", "SWENo", "the worker stands there already; both are kept")]


def test_elements_in_any_order_namespace_and_number(desk: Desk) -> None:
    content = workforce(worker(CFKSSstatus="2</CFKSSstatus><CFKSSstatus>1", Mood="fine"), authority=TOTALS)
    head = content[content.index("<Header>") : content.index("</Header>") + 9]
    moved = content.replace(head, "").replace("</Message>", head + "</Message>")
    desk.load("csww.xml", moved.replace("<Message>", '<Message xmlns="urn:csww">'))
    assert desk.rows("worker_return", "as_at, is_asye") == [(DAY, 0)]
    assert told(desk, "changed") == [("CSWWWorker", "CFKSSstatus", "it stands there twice; the first was kept")]
    assert "the census has no element 'Mood'; 1 was not read" in [finding.what for finding in desk.ledger("noted")]


def test_totals_that_are_not_there_or_stand_there_twice(desk: Desk) -> None:
    desk.load("a.xml", workforce(worker()))
    assert desk.rows("workforce_return") == []
    assert any("no LALevelVacancies" in finding.what for finding in desk.ledger("noted"))
    twice = workforce(worker(), authority=TOTALS).replace(
        "</LALevelVacancies>", "</LALevelVacancies><LALevelVacancies/>"
    )
    desk.load("b.xml", twice)
    assert told(desk, "rejected") == [
        ("LALevelVacancies", "LALevelVacancies", "it stands there already; the first was kept")
    ]


def test_the_day_is_that_of_the_header_or_of_its_year(desk: Desk) -> None:
    desk.load("a.xml", workforce(worker(), on="", year="2016", authority=TOTALS))
    assert desk.rows("worker_return", "as_at") == [(DAY,)]
    desk.load("b.xml", workforce(worker(), on="2016-11-01", year="2015", authority=TOTALS))
    notes = [finding.what for finding in desk.ledger("noted")]
    assert "its reference date is 2016-11-01, and not a 30 September" in notes
    assert "the Header says Year '2015', but its reference date lies in 2016" in notes


GOOD = workforce(worker(Cases30="12", FTE30="1"), worker("SW2", AgencyWorker="1"), worker("SW3"), authority=TOTALS)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (GOOD[: len(GOOD) * 2 // 3], "the XML stops in the middle, at line"),
        (GOOD.replace("<OrgRole>", "<OrgRole", 1), "the XML is not well formed, at line"),
        (workforce(worker(), on="", year="soon"), "neither its reference date nor its year"),
        (
            GOOD.replace("<Message>", '<!DOCTYPE Message SYSTEM "file:///etc/passwd"><Message>'),
            "declares a document type",
        ),
    ],
)
def test_a_return_that_is_broken_is_refused_by_name(desk: Desk, content: str, what: str) -> None:
    with pytest.raises(DeliveryError) as refusal:
        desk.load("csww.xml", content)
    assert what in refusal.value.what and refusal.value.remedy and refusal.value.where.file == "csww.xml"
    assert not desk.record.deliveries()


# The department's formulas: from the return by another parser, and from the record in one query.

FORMULAS = """
WITH w AS (SELECT *, end_date IS NULL OR end_date > as_at AS here FROM record.worker_return),
own AS (
  SELECT sum(fte_millionths) FILTER (here) AS in_post, sum(days_lost_hundredths) AS lost,
         sum(fte_millionths) FILTER (end_date <= as_at AND end_date > as_at - INTERVAL 1 YEAR) AS leavers
  FROM w WHERE is_agency = 0
),
held AS (SELECT sum(cases) AS cases, sum(cases_fte_millionths) AS hours FROM w WHERE cases > 0 AND cases_fte_millionths > 0)
SELECT in_post, vacancies_hundredths * 10000, agency_hundredths * 10000, coalesce(leavers, 0), cases, hours,
       coalesce(lost, 0)
FROM own, held, record.workforce_return
"""


def published(content: bytes) -> tuple[int, ...]:
    """In post, vacancies, agency workers, leavers (FTE x 1,000,000), cases, hours of who holds them, days lost x 100."""
    root = ElementTree.fromstring(content)
    on = root.findtext(".//ReferenceDate") or ""
    year_before = f"{int(on[:4]) - 1}{on[4:]}"

    def total(name: str, workers: Iterable[ElementTree.Element], scale: int = 1_000_000) -> int:
        return int(sum(Decimal(each.findtext(name) or "0") for each in workers) * scale)

    workers = root.findall("CSWWWorker")
    own = [each for each in workers if each.findtext("AgencyWorker") == "0"]
    left = [each for each in own if (each.findtext("RoleEndDate") or "9999") <= on]
    holding = [each for each in workers if int(each.findtext("Cases30") or 0) and Decimal(each.findtext("FTE30") or 0)]
    return (
        total("FTE", [each for each in own if each not in left]),
        int(Decimal(root.findtext(".//NumberOfVacancies") or 0) * 1_000_000),
        int(Decimal(root.findtext(".//NoAgencyFTE") or 0) * 1_000_000),
        total("FTE", [each for each in left if (each.findtext("RoleEndDate") or "") > year_before]),
        total("Cases30", holding, 1),
        total("FTE30", holding),
        total("WorkingDaysLost", own, 100),
    )


def recorded(desk: Desk) -> tuple[int, ...]:
    (found,) = desk.record.as_at(None, ["worker_return", "workforce_return"]).connection.execute(FORMULAS).fetchall()
    return tuple(map(int, found))


@pytest.mark.shared
def test_the_formulas_of_the_sample_return_come_out_of_the_record_exactly(desk: Desk, shared: Path) -> None:
    content = (shared / "data/samples/workforce_census/social_work_workforce_2022.xml").read_bytes()
    report = desk.load("sample.xml", content, today=date(2026, 1, 1))
    assert (report.units["CSWWWorker"].read, report.units["CSWWWorker"].rejected) == (30, 0)
    assert recorded(desk) == published(content)
    assert all(published(content)[:3]) and all(published(content)[4:])


def test_the_worked_case_of_the_departments_formulas(desk: Desk) -> None:
    """130 cases held by 8.5, half a post of them agency, beside a newcomer without any: 15.3 each, and not 13.7.

    20 agency workers beside 60 in post and 25 vacancies: 25.0% agency and 29.4% vacant. 9 left: 15.0%.
    """
    held = [worker(f"H{n}", FTE="1", FTE30="1", Cases30="15") for n in range(8)]
    held += [worker("A1", AgencyWorker="1", FTE="0.5", FTE30="0.5", Cases30="10"), worker("N1", FTE="1", Cases30="0")]
    others = [worker(f"O{n}", OrgRole="6") for n in range(51)]
    left = [worker(f"L{n}", RoleEndDate="2016-03-01") for n in range(9)]
    totals = TOTALS.replace("20.5", "20")
    desk.load("csww.xml", workforce(*held, *others, *left, authority=totals))
    in_post, vacant, agency, leavers, cases, hours, _ = recorded(desk)
    assert round(cases * 1e6 / hours, 1) == 15.3
    assert round(100 * agency / (agency + in_post), 1) == 25.0
    assert round(100 * vacant / (vacant + in_post), 1) == 29.4
    assert round(100 * leavers / in_post, 1) == 15.0


def test_the_formulas_of_drawn_returns_come_out_of_the_record_exactly(desk: Desk, rng: Random) -> None:
    def maybe(*values: str) -> str:
        return rng.choice(values)

    for year in range(2013, 2016):
        staff = [
            worker(
                f"SW{n}", AgencyWorker=maybe("0", "0", "1"), FTE=f"{rng.random():.6f}", OrgRole=maybe("1", "5", ""),
                RoleEndDate=maybe("", "", f"{year}-02-01", f"{year - 1}-09-30", f"{year}-09-30", f"{year}-10-01"),
                Cases30=maybe("", "0", "17"), FTE30=maybe("", "0", f"{rng.random():.6f}"),
                WorkingDaysLost=maybe("", f"{20 * rng.random():.2f}"),
            )
            for n in range(40)
        ]  # fmt: skip
        content = workforce(*staff, on=f"{year}-09-30", authority=TOTALS)
        fresh = Desk(desk.folder / str(year))
        fresh.load("csww.xml", content)
        assert recorded(fresh) == published(content.encode())


def elements(path: Path) -> dict[str, int] | None:
    try:
        found = [each.tag.rpartition("}")[2] for each in ElementTree.fromstring(path.read_bytes()).iter()]
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    return {unit: found.count(unit) for unit in ("CSWWWorker", "LALevelVacancies")}


@pytest.mark.slow
def test_whatever_happens_to_a_workforce_census(tmp_path: Path, seed: int, full_counts: bool) -> None:
    content = GOOD.replace("SW3", "SW7654321").replace("</CSWWWorker>", "<QualInst>Quux</QualInst></CSWWWorker>")
    good = Good({"csww.xml": content.encode()}, XML, secrets=("SW7654321", "Quux"))
    prove(good, tmp_path, seed, full_counts, recount=elements)
