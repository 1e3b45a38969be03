"""Of which year a return is, and how the returns of several years become one history."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from compendium.errors import DeliveryError
from compendium.indicators.compute import compute
from compendium.indicators.loading import SHIPPED, load_catalogue
from tests.sources.desk import Desk
from tests.sources.returns import RETURN, lay, lines

LATER = date(2026, 8, 1)

SECOND = {
    "header": "101,2,04/05/2004,WBRI,UN2,,\n104,M,10/06/2008,WBRI,,,",
    "episodes": "104,02/02/2017,L,C2,N1,U4,PR1,01/09/2017,X1,CARPL,,,\n104,01/09/2017,P,C2,N1,K2,PR4,,,,,,",
}
FIRST = RETURN | {
    "episodes": RETURN["episodes"] + "\n104,05/08/2016,S,C1,N1,U4,PR1,02/02/2017,X1,,,,\n"
    "104,02/02/2017,L,C2,N1,U4,PR1,,,,,,\n105,05/08/2016,S,C1,N1,U4,PR1,,,,,,"
}


def noted(desk: Desk) -> str:
    return "\n".join(finding.what for finding in desk.ledger("noted"))


def year_of(desk: Desk) -> date | None:
    return desk.record.deliveries()[-1].reference_date


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("episodes.csv", "as the days in it show"),
        ("2017-episodes.csv", "as the days in it show"),
        ("2016-episodes.csv", "the name '2016' is that of the year in which it begins"),
        ("SSDA903_2016-17_episodes.csv", "as the days in it show"),
        ("2019-episodes.csv", "that contradicts the name, which says 2019"),
    ],
)
def test_the_days_decide_and_the_name_is_held_against_them(desk: Desk, name: str, says: str) -> None:
    desk.load(name, lines("episodes", RETURN["episodes"]))
    assert year_of(desk) == date(2017, 3, 31)
    (told,) = [line for line in noted(desk).split("\n") if "a return of the year" in line]
    assert told.startswith("a return of the year from 1 April 2016 to 31 March 2017, as the days in it show")
    assert told.endswith(says)


def test_a_day_mistyped_does_not_make_another_year(desk: Desk) -> None:
    rows = [f"{at},0{1 + at % 9}/05/2016,S,C1,N1,U6,PR1,01/06/2016,E4A,,,," for at in range(40)]
    desk.load("episodes.csv", lines("episodes", "\n".join([*rows, "99,01/05/2019,S,C1,N1,U6,PR1,,,,,,"])))
    assert year_of(desk) == date(2017, 3, 31)
    assert [finding.kind for finding in desk.ledger("rejected")] == ["misplaced"]


def test_an_end_on_the_first_of_april_is_of_the_year_before(desk: Desk) -> None:
    rows = [f"{at},01/05/2016,S,C1,N1,U6,PR1,01/04/2017,E4A,,,," for at in range(10)]
    desk.load("episodes.csv", lines("episodes", "\n".join(rows)))
    assert year_of(desk) == date(2017, 3, 31)


def test_a_return_made_within_its_year_tells_the_days_until_then(desk: Desk) -> None:
    desk.load("episodes.csv", lines("episodes", RETURN["episodes"]), received=date(2017, 1, 10))
    assert desk.record.as_at().coverage("placement") == [(date(2016, 4, 1), date(2017, 1, 10))]


def test_a_return_that_falls_silent_long_before_its_end_tells_the_days_until_then(desk: Desk) -> None:
    day = date(2016, 4, 2)
    rows = [f"{at},{day + timedelta(at)},S,C1,N1,U6,PR1,,,,,," for at in range(120)]
    desk.load("episodes.csv", lines("episodes", "\n".join(rows)))
    assert year_of(desk) == day + timedelta(119)


def test_care_leavers_alone_are_settled_by_their_birthdays(desk: Desk) -> None:
    births = [f"{at},10/06/{born},YES,F2,U1" for at, born in enumerate(range(1995, 2000))]
    desk.load("oc3.csv", lines("oc3", "\n".join(births)))
    assert year_of(desk) == date(2017, 3, 31)
    assert {str(row[0])[:4] for row in desk.rows("care_leaver_status", "as_at")} == {"2016"}


def test_where_birthdays_leave_it_open_the_name_decides_between_start_and_end(desk: Desk) -> None:
    desk.load("oc3_2016.csv", lines("oc3", "1,10/06/1996,YES,F2,U1\n2,10/06/1999,YES,F2,U1"))
    assert year_of(desk) == date(2017, 3, 31)


@pytest.mark.parametrize(("table", "row"), [("oc3", "1,10/06/1997,YES,F2,U1"), ("oc2", RETURN["oc2"])])
def test_a_table_without_a_day_is_refused_alone(desk: Desk, table: str, row: str) -> None:
    with pytest.raises(DeliveryError, match="nothing in it says of which year") as refused:
        desk.load(f"{table}.csv", lines(table, row))
    assert refused.value.remedy == "load the folder with all files of the return"


def test_a_folder_of_several_years_is_loaded_a_year_at_a_time(desk: Desk) -> None:
    lay(desk, "all", FIRST, "2016-{}.csv")
    lay(desk, "all", SECOND, "2017-{}.csv")
    reports = desk.load_each("all", today=LATER)
    assert [report.file_name for report in reports] == ["all (2016)", "all (2017)"]
    assert [one.reference_date for one in desk.record.deliveries()] == [date(2017, 3, 31), date(2018, 3, 31)]
    assert desk.rows("placement", "person_id, start_date, end_date, type") == [
        ("101", "2016-05-01", "2016-09-01", "U6"),
        ("101", "2016-09-01", "2016-12-24", "K2"),
        ("104", "2016-08-05", "2017-09-01", "U4"),
        ("104", "2017-09-01", None, "K2"),
        ("105", "2016-08-05", "2017-04-01", "U4"),
    ]
    assert desk.rows("lac_period", "person_id, start_date, end_date, end_reason") == [
        ("101", "2016-05-01", "2016-12-24", "E4A"),
        ("104", "2016-08-05", None, None),
        ("105", "2016-08-05", "2017-04-01", "E99"),
    ]
    assert [report.already_loaded for report in desk.load_each("all", today=LATER)] == [True, True]


def test_years_are_one_history_in_whatever_order_they_come(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other")
    for one, order in ((desk, ("first", "second")), (other, ("second", "first"))):
        lay(one, "first", FIRST)
        lay(one, "second", SECOND)
        for folder in order:
            one.load(folder, today=LATER)
    for table in ("lac_episode", "lac_period", "placement", "legal_status"):
        assert other.rows(table) == desk.rows(table)


def test_several_years_asked_for_as_one_return_are_refused(desk: Desk) -> None:
    lay(desk, "all", FIRST, "2016-{}.csv")
    lay(desk, "all", SECOND, "2017-{}.csv")
    with pytest.raises(DeliveryError, match="it holds the returns of 2 years") as refused:
        desk.load("all", today=LATER)
    assert "a folder of its own" in refused.value.remedy
    assert desk.record.deliveries() == []


def test_files_that_cannot_be_told_apart_are_refused(desk: Desk) -> None:
    lay(desk, "all", FIRST)
    lay(desk, "all", FIRST, "copy of {}.csv")
    with pytest.raises(DeliveryError, match=r"2 files of one table, UASC: copy of uasc.csv and uasc.csv") as refused:
        desk.load_each("all")
    assert "take out what is there twice" in refused.value.remedy


def day(text: str) -> date:
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def history(folder: Path) -> dict[int, dict[str, list[tuple[date, date, str]]]]:
    """The sample's files, each labelled by the year's start: year -> child -> start, end, type. An end that was
    forgotten is the start of what follows in the same file."""
    told: dict[int, dict[str, list[tuple[date, date, str]]]] = {}
    for path in sorted(folder.glob("*-episodes.csv")):
        year = told.setdefault(int(path.name[:4]), defaultdict(list))
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                end = day(row["DEC"]) if row["DEC"] else date.max
                year[row["CHILD"]].append((day(row["DECOM"]), end, row["PLACE"]))
        for child, episodes in year.items():
            starts = sorted(start for start, _, _ in episodes)
            year[child] = [
                (start, min([end, *(each for each in starts if end == date.max and each > start)]), kind)
                for start, end, kind in episodes
            ]
    return told


@pytest.fixture(scope="module")
def five_years(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    pytest.MonkeyPatch().delenv("COMPENDIUM_KEY_FILE", raising=False)
    desk = Desk(tmp_path_factory.mktemp("five"))
    shutil.copytree(shared / "data" / "samples" / "ssda903" / "five_years", desk.folder / "five_years")
    desk.load_each("five_years", today=LATER)
    return desk


@pytest.mark.shared
def test_five_linked_years_are_taken_in_whole(five_years: Desk, shared: Path) -> None:
    ends = [one.reference_date for one in five_years.record.deliveries()]
    assert ends == [date(year, 3, 31) for year in range(2018, 2023)]
    for delivery in five_years.record.deliveries():
        for unit, count in delivery.units.items():
            path = shared / "data" / "samples" / "ssda903" / "five_years" / unit
            with open(path, encoding="utf-8-sig", newline="") as file:
                assert count.read == sum(1 for _ in csv.reader(file)) - 1, unit
    assert len(five_years.rows("person")) == len(
        {child for children in history(shared / "data/samples/ssda903/five_years").values() for child in children}
    )


@pytest.mark.shared
def test_on_every_day_a_child_is_where_the_raw_files_say(five_years: Desk, shared: Path, rng: Random) -> None:
    """The naive way: of a day, the file of its own year is asked and those after it; the last that has an episode on
    that day is right, and of its episodes that which ends last. One placement then, of that type; or else none."""
    told = history(shared / "data" / "samples" / "ssda903" / "five_years")
    placed: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for child, start, end, kind in five_years.rows("placement", "person_id, start_date, end_date, type"):
        placed[child].append((start, end or "9999-12-31", kind))
    cared = five_years.rows("lac_period", "person_id, start_date, end_date")
    compared = 0
    for own in told:
        chosen = [date(own, 4, 2) + timedelta(rng.randrange(363)) for _ in range(8)]
        for on in (date(own, 4, 1), date(own + 1, 3, 31), *chosen):
            in_care = {child for child, start, end in cared if start <= str(on) < (end or "9999-12-31")}
            for child in placed.keys() | told[own].keys():
                found = [kind for start, end, kind in placed[child] if start <= on.isoformat() < end]
                expected: list[str] = []
                for year in sorted(year for year in told if year >= own):
                    then = [each for each in told[year].get(child, ()) if each[0] <= on < each[1]]
                    expected = [max(then, key=lambda each: (each[1], each[0]))[2]] if then else expected
                assert found == expected, (child, on)
                assert (child in in_care) == bool(expected), (child, on)
                compared += len(found)
    assert compared > 5_000


@pytest.mark.parametrize(
    ("second", "made"),
    [
        ("103,10/06/1997,YES,F2,U1", (1, 1, {})),
        ("103,10/06/1997,NO,0,0", (0, 1, {})),
        ("109,10/06/1998,YES,F2,U1", (None, None, {"not told of for a year": 1})),
    ],
    ids=["told of at 19", "told of at 19, and nothing known", "told of at 18 only"],
)
@pytest.mark.parametrize("indicator", ["cl_eet_birthday", "cl_suitable_accom_birthday"])
def test_a_return_that_tells_nothing_of_those_who_have_turned_19_gives_no_false_nought(
    desk: Desk, second: str, made: tuple[int | None, int | None, dict[str, int]], indicator: str
) -> None:
    """OC3 tells of a birthday: the 18th in the first return, and the 19th in the second where it is there."""
    episodes = "101,01/05/2015,S,C1,N1,U6,PR1,01/09/2015,E4A,,,,"
    lay(desk, "first", {"episodes": episodes, "oc3": "103,10/06/1997,YES,F2,U1"})
    lay(desk, "second", {"episodes": RETURN["episodes"], "oc3": second})
    for folder in ("first", "second"):
        desk.load(folder, received=date(2017, 7, 1))
    march = date(2017, 3, 31)
    figures = compute(desk.record.as_at(), load_catalogue([SHIPPED]), desk.workspace, [march], [indicator])
    figure = figures.one(indicator, march, "year_to_date")
    assert (figure.numerator, figure.denominator, dict(figure.excluded)) == made
    assert (figure.status == "no_source") == (made[1] is None)
