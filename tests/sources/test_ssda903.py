"""The SSDA903 return: drawn tables in, rows of the record out, in each of its forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compendium.errors import DeliveryError
from compendium.sources.load import LoadReport
from tests.sources.desk import Desk, workbook
from tests.sources.returns import HEADERS, RETURN, cells, lay, lines, xml

TABLES = (
    "person", "lac_period", "placement", "legal_status", "lac_review", "lac_health", "care_leaver_status",
    "missing_episode",
)  # fmt: skip


def counts(report: LoadReport) -> dict[str, tuple[int, int]]:
    """unit -> read and kept."""
    return {unit: (count.read, count.kept) for unit, count in report.units.items()}


def notes(desk: Desk) -> str:
    return "\n".join(finding.what for finding in desk.ledger("noted"))


def loaded(desk: Desk, table: str, rows: str, columns: str, canonical: str) -> list[tuple[object, ...]]:
    """One file of one table loaded, and what came of it."""
    desk.load(f"{table}.csv", lines(table, rows))
    return desk.rows(canonical, columns)


def test_a_folder_is_one_return(desk: Desk) -> None:
    lay(desk, "ssda903", RETURN)
    report = desk.load("ssda903")
    assert report.source_format == "SSDA903"
    assert counts(report) == {f"{table}.csv": (rows.count("\n") + 1,) * 2 for table, rows in RETURN.items()}
    assert desk.rows("person", "person_id, sex, ethnicity, dob, is_uasc, upn_unknown") == [
        ("101", "F", "WBRI", "2004-05-04", 0, "UN2"),
        ("102", "M", "AOTH", "2000-02-01", 1, "UN4"),
        ("103", "M", "WBRI", "1997-06-10", 0, None),
    ]
    assert desk.rows("lac_period", "person_id, start_date, end_date, end_reason, need_code, legal_status, is_uasc") == [
        ("101", "2016-05-01", "2016-12-24", "E4A", "N1", "C1", 0)
    ]
    assert desk.rows("placement", "start_date, end_date, type, provider, urn, change_reason") == [
        ("2016-05-01", "2016-09-01", "U6", "PR1", "SC123456", "CARPL"),
        ("2016-09-01", "2016-12-24", "K2", "PR4", "SC654321", None),
    ]
    assert desk.rows("lac_review", "review_date, participation") == [("2016-05-27", "PN1"), ("2016-08-20", "PN6")]
    assert desk.rows("missing_episode", "started_on, ended_at, kind, is_looked_after") == [
        ("2016-06-03", "2016-06-05 00:00:00", "M", 1)
    ]


def test_health_is_told_of_the_year_as_a_whole(desk: Desk) -> None:
    lay(desk, "ssda903", RETURN)
    desk.load("ssda903")
    columns = "as_at, sdq_score, health_assessment, dental_check, immunisations, convicted, health_check"
    assert desk.rows("lac_health", columns) == [("2017-03-31", 14, 1, 1, 1, 0, None)]


@pytest.mark.parametrize("form", ["csv", "xml"])
def test_an_expanded_return_tells_how_far_away_and_whether_outside_a_child_lives(desk: Desk, form: str) -> None:
    """A return as it is handed in has postcodes instead, and says nothing of either."""
    told = "location, distance_hundredths"
    if form == "xml":
        plain = xml(RETURN)
        more = "<PL_DISTANCE>21.5</PL_DISTANCE><PL_LOCATION>OUT</PL_LOCATION></EPISODE>"
        expanded = plain.replace("</EPISODE>", more)
    else:
        plain = lines("episodes", RETURN["episodes"])
        header, *rows = plain.splitlines()
        expanded = "\n".join([f"{header},PL_DISTANCE,PL_LOCATION", *(f"{row},21.5,OUT" for row in rows)])
    desk.load(f"handed_in.{form}", plain, received=date(2017, 4, 20))
    assert desk.rows("placement", told) == [(None, None), (None, None)]
    assert desk.record.as_at().coverage("placement", "distance_hundredths") == []
    assert "PL_DISTANCE" not in notes(desk)
    desk.load(f"expanded.{form}", expanded, received=date(2017, 7, 20))
    assert desk.rows("placement", told) == [("outside", 2150), ("outside", 2150)]
    assert desk.record.as_at().knows_open("placement", date(2017, 3, 31), "distance_hundredths")


def test_a_care_leaver_is_told_of_as_at_the_birthday_in_the_year(desk: Desk) -> None:
    oc3 = "103,10/06/1997,YES,F2,U1\n104,29/02/2000,NO,0,0\n105,01/04/1998,DIED,0,0\n106,31/03/1998,YES,P5,X2\n"
    oc3 += "107,02/05/1998,REFU,G5,G1\n108,03/05/1998,RHOM,,"
    lay(desk, "ssda903", RETURN | {"oc3": oc3})
    desk.load("ssda903")
    columns = "person_id, as_at, eligibility, in_touch, activity, accommodation, is_suitable, exclusion"
    assert desk.rows("care_leaver_status", f"{columns}, accommodation_exclusion") == [
        ("103", "2016-06-10", "former_relevant", 1, "F2", "U", 1, None, None),
        ("104", "2017-03-01", "relevant", 0, None, None, None, None, None),  # no 29 February in 2017
        ("105", "2016-04-01", "former_relevant", None, None, None, None, "died", None),
        ("106", "2017-03-31", "former_relevant", 1, "P5", "X", 0, None, None),
        ("107", "2016-05-02", "former_relevant", 0, "G5", "G", 1, None, "abroad"),
        ("108", "2016-05-03", "former_relevant", None, None, None, None, "returned_home", None),
    ]


def test_workbook_and_xml_say_the_same_as_the_folder(desk: Desk, tmp_path: Path) -> None:
    lay(desk, "ssda903", RETURN)
    desk.load("ssda903")
    others = [Desk(tmp_path / "b"), Desk(tmp_path / "c"), Desk(tmp_path / "d")]
    workbook(others[0].folder / "903.xlsx", {"Read me": [["Our return"]], **cells(RETURN)})
    others[0].load("903.xlsx")
    others[1].load("903.xml", xml(RETURN))
    others[2].load("903.xml", xml(RETURN, "http://example.org/903"))
    for other in others:
        assert other.record.deliveries()[0].source_format == "SSDA903"
        for table in TABLES:
            assert other.rows(table) == desk.rows(table), table


def test_a_return_is_no_annex_a_though_its_sheets_are_numbered(desk: Desk) -> None:
    workbook(desk.folder / "903.xlsx", {f"Sheet{at}": sheet for at, sheet in enumerate(cells(RETURN).values(), 1)})
    assert counts(desk.load("903.xlsx"))["Episodes"] == (2, 2)


@pytest.mark.parametrize("table", sorted(HEADERS.keys() - {"oc2", "oc3"}))
def test_a_table_is_known_by_its_headers_and_not_by_its_name(desk: Desk, table: str) -> None:
    """In any order, in small letters, with columns of a tool beside them."""
    names = [name.lower() for name in reversed(HEADERS[table].split(","))]
    report = desk.load("x.csv", ",".join([*names, "LA", "YEAR", "notes"]) + "\n")
    assert (report.source_format, list(report.units)) == ("SSDA903", ["x.csv"])


def test_misspelt_headers_are_told_from_unknown_ones(desk: Desk) -> None:
    desk.load("x.csv", "CHILD,DOB,PREV_PERMENANCE,PREV_PERM,LA_PERM,DATE_PERMM\n101,04/05/2004,?,P1,999,01/02/2010\n")
    assert desk.rows("previous_permanence") == [("101", "P1", "2010-02-01", "999")]
    assert "the column number 3 is not known" in notes(desk)


def test_a_time_missing_that_others_tell_with_its_hour_is_one_time(desk: Desk) -> None:
    desk.load(
        "missing_episode.csv",
        "person_id,started_on,started_at,ended_at\n101,2016-06-03,2016-06-03 21:30:00,2016-06-05 08:00:00\n",
    )
    desk.load("missing.csv", lines("missing", "101,,M,03/06/2016,05/06/2016\n101,,M,09/06/2016,10/06/2016"))
    assert desk.rows("missing_episode", "started_at") == [("2016-06-03 21:30:00",), ("2016-06-09 00:00:00",)]


def test_social_workers_are_kept_by_pseudonym_and_hold_no_caseload(desk: Desk) -> None:
    rows = loaded(
        desk, "sw_episodes", "101,04/05/2004,SW1,01/05/2016,01/09/2016,MANAGE\n101,04/05/2004,SW2,01/09/2016,,",
        "worker_id, role, start_date, end_date", "involvement",
    )  # fmt: skip
    assert sorted(row[1:] for row in rows) == [
        ("social_worker", "2016-05-01", "2016-09-01"),
        ("social_worker", "2016-09-01", None),
    ]
    assert all(str(row[0]).startswith("w_") for row in rows) and rows[0][0] != rows[1][0]


def test_orders_that_deprive_of_liberty(desk: Desk) -> None:
    assert loaded(desk, "dolo", "101,04/05/2004,01/05/2026,", "*", "deprivation_of_liberty") == [
        ("101", "2026-05-01", None)
    ]


def test_what_a_data_frame_and_a_pooling_tool_leave_behind_is_read_away(desk: Desk) -> None:
    """Numbers as 1.0, days as ISO with a time, ids with the authority behind them, years in a column."""
    rows = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,URN,LA,YEAR\n"
    rows += "101.0_WEA,2016-05-01 00:00:00,S,C1,N1,U6,PR1,2016-06-01,E99,LIIAF,1679094.0,Wealdmere,2017\n"
    rows += "102_WEA,2016-05-01,S,C1,N1,U6,PR1,,,,XXXXXXX,Wealdmere,2017\n"
    desk.load("episodes.csv", rows.replace("101.0_WEA", "101_WEA"))
    assert desk.rows("placement", "person_id, start_date, end_date, urn, change_reason") == [
        ("101", "2016-05-01", "2016-06-01", "1679094", "LIIAF"),
        ("102", "2016-05-01", None, None, None),
    ]
    assert desk.rows("lac_period", "person_id, end_reason") == [("101", "E99"), ("102", None)]
    desk.load("header.csv", lines("header", "101.0,2.0,2004-05-01,WBRI,,1.0,"))
    assert desk.rows("person", "person_id, sex, dob") == [("101", "F", "2004-05-01")]
    assert "'.0' were read without it" in notes(desk)


def test_the_way_to_adoption_is_made_of_episodes_and_decisions(desk: Desk) -> None:
    """One adopted by the carers at hand, one by others, one for whom it was given up."""
    episodes = [
        "1,01/05/2015,S,C2,N1,U6,PR1,01/06/2016,X1,,,,", "1,01/06/2016,U,E1,N1,A5,PR1,01/12/2016,E12,,,,",
        "2,01/05/2015,S,E1,N1,U6,PR1,01/07/2016,X1,,,,", "2,01/07/2016,P,E1,N1,A6,PR1,,,,,,",
        "3,01/05/2016,S,C2,N1,U6,PR1,,,,,,", "4,01/05/2016,S,C2,N1,U6,PR1,,,,,,",
    ]  # fmt: skip
    ad1 = "1,,01/03/2016,01/05/2016,1,2,MF,L11"
    decided = "1,,01/03/2016,,\n3,,01/08/2016,01/02/2017,RD3"
    lay(desk, "ssda903", {"episodes": "\n".join(episodes), "ad1": ad1, "placed_for_adoption": decided})
    desk.load("ssda903")
    columns = "person_id, entered_care, decision_date, placement_order, matched_date, placed_date, order_date"
    assert desk.rows("adoption", columns) == [
        ("1", "2015-05-01", "2016-03-01", "2016-06-01", "2016-05-01", "2016-06-01", "2016-12-01"),
        ("2", "2015-05-01", None, "2015-05-01", None, "2016-07-01", None),
        ("3", "2016-05-01", "2016-08-01", None, None, None, None),
    ]
    assert desk.rows("adoption", "person_id, adopted_by_carer, carer_date, reversed_date, reversed_reason") == [
        ("1", 1, "2015-05-01", None, None),
        ("2", 0, None, None, None),
        ("3", None, None, "2017-02-01", "RD3"),
    ]


def test_several_years_in_one_file_are_told_by_their_column(desk: Desk) -> None:
    """Of an episode that two years tell, the later has the word; each year's health is its own."""
    heads = HEADERS["episodes"] + ",LA,YEAR\n"
    desk.load(
        "episodes.csv",
        heads + "101,01/05/2016,S,C1,N1,U6,PR1,01/06/2017,E4A,,,,,W,2018\n101,01/05/2016,S,C1,N1,U6,PR1,,,,,,,W,2017\n",
        today=date(2018, 8, 1),
    )
    assert desk.rows("lac_period", "start_date, end_date") == [("2016-05-01", "2017-06-01")]
    desk.load("oc2.csv", HEADERS["oc2"] + ",LA,YEAR\n101,,3,,0,,1,1,1,0,,,W,2017\n101,,5,,0,,1,1,1,0,,,W,2018\n")
    assert desk.rows("lac_health", "as_at, sdq_score") == [("2017-03-31", 3), ("2018-03-31", 5)]
    assert desk.record.as_at().coverage("lac_period") == [(date(2016, 4, 1), date(2018, 3, 31))]


def test_codes_of_every_year_are_taken(desk: Desk) -> None:
    episodes = [
        f"{100 + at},01/05/2016,S,C1,N1,{place},PR1,01/06/2016,{reason},,,,"
        for at, (place, reason) in enumerate(
            [("P2", "E43"), ("H5", "E44"), ("K3", "E48"), ("Z1", "E45"), ("Z14", "E46")]
        )
    ]
    desk.load("episodes.csv", lines("episodes", "\n".join(episodes)))
    assert desk.ledger("changed") == []
    assert [row[0] for row in desk.rows("placement", "type")] == ["H5", "K3", "P2", "Z1", "Z14"]
    desk.load("header.csv", lines("header", "1,1,04/05/2004,WBRI,,,\n2,F,04/05/2004,WBRI,,,\n3,U,04/05/2004,WBRI,,,"))
    assert desk.rows("person", "person_id, sex") == [("1", "M"), ("2", "F"), ("3", "U")]


def test_what_it_may_be_trusted_for(desk: Desk) -> None:
    lay(desk, "ssda903", RETURN)
    desk.load("ssda903")
    (delivery,) = desk.record.deliveries()
    grains = {one.table: one.grain for one in delivery.coverage}
    assert grains == dict.fromkeys(
        ("lac_episode", "lac_period", "placement", "legal_status", "lac_review"), "event"
    ) | (dict.fromkeys(("lac_health", "care_leaver_status", "missing_episode"), "annual"))
    assert {(one.complete_from, one.complete_to) for one in delivery.coverage} == {
        (date(2016, 4, 1), date(2017, 3, 31))
    }
    assert delivery.reference_date == date(2017, 3, 31)


def test_a_table_without_rows_says_nothing(desk: Desk) -> None:
    lay(desk, "ssda903", {**RETURN, "reviews": ""})
    desk.load("ssda903")
    assert "lac_review" not in {one.table for one in desk.record.deliveries()[0].coverage}
    assert "reviews.csv has no row to keep" in notes(desk)


def test_postcodes_are_not_kept(desk: Desk) -> None:
    lay(desk, "ssda903", RETURN)
    desk.load("ssda903")
    assert "HOME_POST and PL_POST not kept" in notes(desk)
    connection = desk.record.as_at().connection
    everything = connection.execute("SELECT * FROM record.lac_episode").fetchall()
    everything += connection.execute("SELECT * FROM record.placement").fetchall()
    assert everything and not any("1 2CD" in str(row) or "4GH" in str(row) for row in everything)


@pytest.mark.parametrize(
    ("row", "column", "what", "kind"),
    [
        (",01/05/2016,S,C1,N1,U6,PR1,,,,,,", "CHILD", "CHILD is empty", "missing"),
        ("101,,S,C1,N1,U6,PR1,,,,,,", "DECOM", "DECOM is empty", "missing"),
        ("101,31/04/2016,S,C1,N1,U6,PR1,,,,,,", "DECOM", "'31/04/2016' is not a day of the calendar", "unreadable"),
        ("101,01/05/1916,S,C1,N1,U6,PR1,,,,,,", "DECOM", "1916-05-01 lies outside 1995 to 2031", "out_of_calendar"),
        ("101,01/05/2016,S,C1,N1,U6,PR1,,,,,", None, "the row has 12 fields, the header 13", "malformed"),
        ("101,02/05/2017,S,C1,N1,U6,PR1,,,,,,", "DECOM", "it is dated after 31 March 2017", "misplaced"),
    ],
)
def test_a_row_that_cannot_be_kept(desk: Desk, row: str, column: str | None, what: str, kind: str) -> None:
    desk.load("episodes.csv", lines("episodes", "\n".join([*[RETURN["episodes"]] * 3, row])))
    told = [(each.row, each.column, each.kind) for each in desk.ledger("rejected")]
    assert told == [*((line, None, "repeated") for line in (4, 5, 6, 7)), (8, column, kind)]
    assert desk.ledger("rejected")[-1].what.startswith(what)


def test_a_code_that_is_none_is_set_aside_and_told_with_the_child(desk: Desk) -> None:
    desk.load("episodes.csv", lines("episodes", "101,01/05/2016,S,C9,N1,U6,PR1,,,,,,"))
    (told,) = desk.ledger("changed")
    assert (told.unit, told.row, told.column, told.kind, told.person_id) == (
        "episodes.csv",
        2,
        "LS",
        "unknown_code",
        "101",
    )
    assert desk.rows("lac_episode", "person_id, legal_status") == [("101", None)]


def test_a_birthday_that_the_return_does_not_ask_for(desk: Desk) -> None:
    lay(desk, "ssda903", RETURN | {"oc3": "103,10/06/1997,YES,F2,U1\n104,10/06/1990,YES,F2,U1\n105,,YES,F2,U1"})
    desk.load("ssda903")
    assert [(each.row, each.column, each.kind) for each in desk.ledger("rejected")] == [
        (3, "DOB", "misplaced"),
        (4, "DOB", "missing"),
    ]


def test_a_column_that_stands_twice_refuses_the_file(desk: Desk) -> None:
    with pytest.raises(DeliveryError, match="the header 'DECOM' stands twice"):
        desk.load("episodes.csv", HEADERS["episodes"] + ",DECOM\n")


def test_a_file_that_is_no_table_is_named(desk: Desk) -> None:
    lay(desk, "ssda903", RETURN)
    (desk.folder / "ssda903" / "notes.txt").write_text("to whom it may concern\n", encoding="utf-8")
    desk.load("ssda903")
    assert "the file notes.txt is no table of the return; it was not read" in notes(desk)


def test_a_folder_with_another_return_in_it_is_not_taken_for_one(desk: Desk) -> None:
    lay(desk, "post", {"episodes": RETURN["episodes"]})
    workbook(desk.folder / "post" / "annex_a.xlsx", {"List 1": [["Child Unique ID"]]})
    with pytest.raises(DeliveryError, match="its files together are no return"):
        desk.load("post")


def test_an_xml_that_was_cut_off_is_refused(desk: Desk) -> None:
    with pytest.raises(DeliveryError, match="the XML stops in the middle") as refused:
        desk.load("903.xml", xml(RETURN)[:-40])
    assert "</EXPSSDA903>" in refused.value.expected


def test_elements_that_no_table_has_are_counted(desk: Desk) -> None:
    desk.load("903.xml", xml(RETURN).replace("<RNE>", "<ODD>1</ODD><RNE>"))
    assert "2 elements 'ODD' not known and not read" in notes(desk)


def test_what_stands_twice_or_in_no_child_is_told(desk: Desk) -> None:
    text = xml(RETURN).replace("<RNE>S", "<RNE>L</RNE><RNE>S")
    desk.load("903.xml", text.replace("</EXPSSDA903>", "<EPISODE><DECOM>01/05/2016</DECOM></EPISODE></EXPSSDA903>"))
    assert "RNE stands twice in 1 element; the first was read" in notes(desk)
    assert [(each.unit, each.column, each.what) for each in desk.ledger("rejected")] == [
        ("Episodes", "CHILD", "CHILD is empty")
    ]


def test_two_sheets_of_one_table_refuse_the_workbook(desk: Desk) -> None:
    sheets = cells(RETURN)
    workbook(desk.folder / "903.xlsx", {**sheets, "again": sheets["episodes"]})
    with pytest.raises(DeliveryError, match="a second sheet holds Episodes"):
        desk.load("903.xlsx")
