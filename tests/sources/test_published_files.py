"""Published files that are no table of figures by year: neighbours, inspections, spending, lists and a Parquet."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from compendium.errors import DeliveryError
from compendium.record.memory import Memory
from compendium.sources.published.places import authorities
from tests.sources.desk import Desk, workbook

Row = Sequence[Any]

TODAY = date(2026, 11, 27)
PAIRS = ",".join(f"SN{rank},SNP" for rank in range(1, 11))
TEN = ",".join(f"{800 + rank},Very Close" for rank in range(1, 11))


def opendocument(path: Path, sheets: Mapping[str, Sequence[Row]]) -> Path:
    """An OpenDocument spreadsheet, as government publishes them: the least that is one."""

    def cell(value: Any) -> str:
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        if isinstance(value, (int, float)):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        text = f"<text:p>{escape(value)}</text:p>" if value else ""
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'

    drawn = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0">'
        f"<office:body><office:spreadsheet>{drawn}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"/>')
        package.writestr("content.xml", content)
    return path


def parquet(rows: str, columns: str) -> bytes:
    """A Parquet file of VALUES."""
    memory = Memory()
    try:
        path = memory.path("drawn")
        memory.connection.execute(
            f"COPY (SELECT * FROM (VALUES {rows}) AS drawn({columns})) TO '{path}' (FORMAT parquet)"
        )
        return memory.get("drawn")
    finally:
        memory.close()


# --- statistical neighbours -------------------------------------------------------------------------------------------


def test_neighbours_of_each_version_stand_beside_each_other(desk: Desk) -> None:
    old = f"LA num,LA Name,LA number,GOInd,GOReg,{PAIRS},\n936,Surrey,936,1,South East,{TEN},\n"
    wide = ",".join(f"SN_{rank},SN_{rank}P" for rank in range(1, 11))
    new = f"old_la_code,la_name,region_ind,region_name,{wide}\n936,Surrey,1,South East,{TEN.replace('801', '868')}\n"
    desk.load("New_Statistical_Neighbour_Groupings_April_2021.csv", old, today=TODAY)
    desk.load("sn_model_2025_wide.csv", new, today=TODAY)
    first = desk.rows("statistical_neighbour", "set_version, authority_code, rank, neighbour_code, closeness")
    assert len(first) == 20
    assert first[0] == ("2021", "936", 1, "801", "very close") and first[10] == ("2025", "936", 1, "868", "very close")
    assert [each.received_on for each in desk.record.deliveries()] == [date(2021, 4, 1), date(2025, 1, 1)]


def test_the_workbook_of_neighbours_and_an_authority_made_since(desk: Desk) -> None:
    header = ["LA num", "LA Name", "LA number", "GOInd", "GOReg", *PAIRS.split(",")]
    rows: list[Row] = [
        list(range(25)),
        header,
        [936, "Surrey", 936, 1, "South East", *TEN.split(",")],
        [942, "Cumberland", 942, 5, "North West", *["-"] * 20],
        [None, "Old SNs:"],
    ]
    workbook(desk.folder / "sn_may_2025.xlsx", {"LA SN Groups": rows})
    report = desk.load("sn_may_2025.xlsx", today=TODAY)
    assert report.received_on == date(2025, 5, 1)
    assert [row[0] for row in desk.rows("statistical_neighbour", "authority_code")] == ["936"] * 10
    assert (report.units["sn_may_2025.xlsx"].kept, report.units["sn_may_2025.xlsx"].rejected) == (1, 2)
    assert [finding.what for finding in desk.ledger("rejected", report)] == [
        "authority 942 has no neighbours in this version",
        "it has no code of an authority",
    ]


def test_a_line_of_neighbours_of_another_width_is_rejected(desk: Desk) -> None:
    """A comma too many, as in a name that is not quoted, would move every neighbour by a place."""
    text = f"LA num,LA Name,LA number,GOInd,GOReg,{PAIRS}\n801,Bristol, City of,801,9,South West,{TEN}\n"
    report = desk.load("sn_2021.csv", text, today=TODAY)
    assert [each.what for each in desk.ledger("rejected", report)] == ["the row has 26 fields, the header 25"]
    assert desk.rows("statistical_neighbour") == []


def test_neighbours_whose_version_nothing_tells_are_refused(desk: Desk) -> None:
    with pytest.raises(DeliveryError, match="nothing says of which year") as refusal:
        desk.load("neighbours.csv", f"LA num,LA Name,LA number,GOInd,GOReg,{PAIRS},\n936,S,936,1,SE,{TEN},\n")
    assert "the year of the model in the file's name" in refusal.value.expected


# --- inspections ------------------------------------------------------------------------------------------------------

GRADED = (
    "Overall effectiveness",
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
)
BETTER = "Requires improvement to be good"


def test_an_inspection_that_stands_in_three_sheets_is_one(desk: Desk) -> None:
    area = ["Local authority area code", "Local authority name", "Ofsted region"]
    one = ["E10000030", "Surrey", "South East"]
    days, grades = [date(2025, 3, 3), date(2025, 4, 23)], ["Good", "Outstanding", BETTER, "Good", ""]
    sheets: dict[str, list[Row]] = {
        "Notes": [["Notes"], ["Data"]],
        "Inspections_as_at_31_March": [
            ["Judgements"], ["One table"], [*area, "Inspection date", "Publication date", *GRADED],
            [*one, *days, *grades],
        ],
        "In-year_inspections": [
            ["Activity"], ["One table"],
            [*area, "Inspection/Visit date", "Publication date", "Inspection/Visit type", *GRADED, "Visit Theme"],
            [*one, *days, "ILACS Standard Inspection", *grades, ""],
            [*one, date(2024, 6, 4), date(2024, 7, 9), "ILACS Focused Visit", *[""] * 5, "Front door"],
            ["E99999999", "Nowhere", "South East", *days, "ILACS Standard Inspection", *grades, ""],
        ],
        "ILACS_inspection_history": [
            ["History"], ["One table"], [*area, "Inspection date", "Publication date", "Inspection type", *GRADED],
            [*one, *days, "ILACS Standard Inspection", *grades],
            [*one, date(2018, 2, 26), date(2018, 5, 16), "ILACS Standard Inspection", "Inadequate", *["Superb"] * 4],
        ],
    }  # fmt: skip
    opendocument(desk.folder / "LA_Inspection_Outcomes.ods", sheets)
    report = desk.load("LA_Inspection_Outcomes.ods", today=TODAY)
    columns = "authority_code, inspected_on, kind, overall, leadership, help_protection, care_leavers, theme"
    assert desk.rows("inspection_outcome", columns) == [
        ("936", "2018-02-26", "standard", "inadequate", None, None, None, None),
        ("936", "2024-06-04", "focused_visit", None, None, None, None, "Front door"),
        ("936", "2025-03-03", "standard", "good", "outstanding", "requires_improvement", None, None),
    ]
    assert report.received_on == date(2018, 5, 16)
    assert len(desk.ledger("changed", report)) == 4, "four grades of 2018 that are none of Ofsted's"
    (lost,) = desk.ledger("rejected", report)
    assert lost.what == "its area code is of no authority with children's services" and lost.row == 6


# --- spending ---------------------------------------------------------------------------------------------------------


NET = "Net Current Expenditure (C7 = C3 - C6)"


def outturn(*rows: Row) -> dict[str, list[Row]]:
    """RO3 as the ministry draws it: a front page, and one line an authority."""
    lead = "Children's social care - Children Looked After of which residential care"
    header = [
        "E-code", "ONS Code", "Local authority", "Notes", "Class", "Detailed Class", "Certification",
        f"{lead} - Employees (C1)", f"{lead} - Total Expenditure (C3 = C1 + C2)",
        f"Children's social care: Safeguarding children and young people’s services - {NET}",
        "Physical support - older people (65+) - Total Expenditure (C3 = C1 + C2)",
        "TOTAL CHILDREN SOCIAL CARE - Children's Social Care - agency staff cost memorandum item",
        "TOTAL ADULT SOCIAL CARE - Total Expenditure (C3 = C1 + C2)",
    ]  # fmt: skip
    front: list[Row] = [
        ["Worksheet 1: Revenue Outturn (RO) 2024-25: data for ENGLAND"],
        ["Last updated: 4 December 2025"],
    ]
    return {"Front": front, "RO3": [["Worksheet 2"], header, *rows]}


def test_spending_on_children_in_pence_and_symbols_as_symbols(desk: Desk) -> None:
    rows: list[Row] = [
        ["E3620", "E10000030", "Surrey CC", "", "SC", "SC", "Y", 854.0, 298128.33047, "[x]", 5.0, "[note 4]", 7.0],
        ["E1031", "E07000032", "Amber Valley", "M", "SD", "SD", "[x]", *["[x]"] * 6],
        ["Eng", "E92000001", "ENGLAND", "", "Eng", "Eng", "[Y]", -1.5, 0.0, "many", 5.0, "[n]", 7.0],
    ]
    opendocument(desk.folder / "RO3.ods", outturn(*rows))
    report = desk.load("RO3.ods", today=TODAY)
    columns = "geography_code, line, kind, amount_pence, symbol, year, known_from"
    since = (2025, "2025-12-04")
    assert desk.rows("outturn", columns) == [
        ("936", "residential", "employees", 85_400_000, None, *since),
        ("936", "residential", "gross", 29_812_833_047, None, *since),
        ("936", "safeguarding", "net", None, "x", *since),
        ("936", "total", "agency", None, "note 4", *since),
        ("E92000001", "residential", "employees", -150_000, None, *since),
        ("E92000001", "residential", "gross", 0, None, *since),
        ("E92000001", "total", "agency", None, "n", *since),
    ]
    assert [(each.what, each.rows) for each in desk.ledger("rejected", report)] == [
        ("1 row of class 'SD': no authority with children's services", 1)
    ]
    (unread,) = desk.ledger("changed", report)
    assert unread.value == "many" and unread.what == "it is no amount"


# --- who is who -------------------------------------------------------------------------------------------------------


def test_authorities_with_their_codes_and_successors(desk: Desk) -> None:
    rows: list[Row] = [
        ["LA Number", "LA Name", "Region", "Type"], [936, "Surrey", "South East", "SC"],
        [835, "Dorset (Pre LG)", "South West", "SC"], [970, "England", "NA", "NA"], [1000, "England", "NA", "NA"],
        ["x", "Nowhere", "", ""],
    ]  # fmt: skip
    workbook(desk.folder / "la_code_list.xlsx", {"Sheet1": rows})
    report = desk.load("la_code_list.xlsx", today=TODAY)
    assert desk.rows("authority") == [
        ("835", "Dorset (Pre LG)", "E10000009", "E12000009", "South West", "SC", 2019, "838 839"),
        ("936", "Surrey", "E10000030", "E12000008", "South East", "SC", None, None),
    ]
    assert [each.kind for each in desk.ledger("rejected", report)] == ["unused", "unused", "malformed"]


def test_districts_from_either_form_of_the_lookup(desk: Desk) -> None:
    record = {
        "FID": "1",
        "LTLA21CD": "E07000207",
        "LTLA21NM": "Elmbridge",
        "UTLA21CD": "E10000030",
        "UTLA21NM": "Surrey",
    }
    wales = record | {"LTLA21CD": "W06000001", "UTLA21CD": "W06000001"}
    desk.load("records.json", json.dumps([record, wales, 7]), today=TODAY)
    table = "LTLA23CD,LTLA23NM,LTLA23NMW,UTLA23CD,UTLA23NM,UTLA23NMW,ObjectId\nE07000208,Epsom,,E10000030,Surrey,,1\n"
    desk.load("lookup.csv", table, today=TODAY)
    assert desk.rows("district") == [(2021, "E07000207", "Elmbridge", "936"), (2023, "E07000208", "Epsom", "936")]
    first = desk.record.deliveries()[0]
    assert (first.units["records.json"].read, first.units["records.json"].rejected) == (3, 2)


def test_every_successor_and_ons_code_of_an_authority_is_known() -> None:
    known = authorities()
    codes = [code for each in known.values() for code in each.ons_codes]
    assert len(codes) == len(set(codes))
    for each in known.values():
        assert all(later in known and known[later].last_year is None for later in each.succeeded_by)
        assert bool(each.last_year) == bool(each.succeeded_by)


# --- the Local Authority Interactive Tool -----------------------------------------------------------------------------

HEADER = '"Short Desc", "Data item", Years, "LA and Regions", Values, "LA Number", Region'


def test_measures_of_the_tool_by_the_names_of_the_tables(desk: Desk) -> None:
    rows = ", ".join([
        "('ReReferral', '', '2024', 'Surrey', '16.300000000000001', 936.0, 'South East')",
        "('ReReferral', '', '2024', 'London (Inner)', '-', 987.0, 'NA')",
        "('ReReferral', '', '0', 'Surrey', '16.3', 936.0, 'South East')",
        "('ReReferral', '', '2024', 'Nowhere', '16.3', 1000.0, '')",
        "('LACnum', '', '2025 (Rev)', 'England', '81770', 970.0, 'NA')",
        "('FamilySupportFinance', '', '2024-25 (OT)', 'Surrey', '41.5', 936.0, 'South East')",
        "('ReReferral', '', '2014/15-16/17', 'Surrey', '16.3', 936.0, 'South East')",
        "('InfMort', '', '2024', 'Surrey', '3.1', 936.0, 'South East')",
        "('ReReferral', '', '2023', 'Surrey', 'n.a.', 936.0, 'South East')",
    ])  # fmt: skip
    report = desk.load("bds_long_0.parquet", parquet(rows, HEADER), today=TODAY)
    columns = "measure, breakdown, period_end, geography_code, numerator, value, symbol, release, released_on, compiled"
    told = ("Local Authority Interactive Tool 2026", "2026-02-01", 1)
    assert desk.rows("benchmark", columns) == [
        ("cla_total", None, "2025-03-31", "E92000001", 81770, "81770", None, *told),
        ("rereferrals_percent", None, "2023-03-31", "936", None, None, "n.a.", *told),
        ("rereferrals_percent", None, "2024-03-31", "936", None, "16.3", None, *told),
        ("rereferrals_percent", None, "2024-03-31", "E13000001", None, None, "-", *told),
        ("spend_gross", "family_support", "2025-03-31", "936", None, "41.5", None, *told),
    ]
    count = report.units["bds_long_0.parquet"]
    assert (count.read, count.kept, count.rejected) == (9, 5, 4)
    assert [each.what for each in desk.ledger("rejected", report)] == [
        "1 row of 'InfMort': no measure of Compendium's is taken from them",
        "1 row of 'ReReferral', of no area that is known: no measure of Compendium's is taken from them",
        "1 row of 'ReReferral', of the year '0': no measure of Compendium's is taken from them",
        "1 row of 'ReReferral', of the year '2014/15-16/17': no measure of Compendium's is taken from them",
    ]
    assert [each.value for each in desk.ledger("changed", report)] == ["n.a."]


def test_a_damaged_or_strange_parquet_file_is_refused(desk: Desk) -> None:
    good = parquet("('ReReferral', '', '2024', 'Surrey', '16.3', 936.0, 'South East')", HEADER)
    other = parquet("(1, 2)", "a, b")
    rows, footer = good[: good.index(b"Surrey")], good[good.index(b"Surrey") :]
    for name, content in (
        ("cut.parquet", good[:-9]),
        ("other.parquet", other),
        ("holed.parquet", good[:20] + bytes(40) + good[60:]),
        ("belied.parquet", rows + footer.replace(b"ReReferral", b"SeReferral")),  # by which rows are passed over
    ):
        with pytest.raises(DeliveryError) as refusal:
            desk.load(name, content, today=TODAY)
        assert refusal.value.remedy and refusal.value.where.file == name
    assert not desk.record.deliveries()


def test_rows_of_no_year_that_is_known_are_told_of_though_there_are_no_others(desk: Desk) -> None:
    row = "('ReReferral', '', '0', 'Surrey', '16.3', 936.0, 'South East')"
    report = desk.load("bds_long_0.parquet", parquet(f"{row}, {row}", HEADER), today=TODAY)
    count = report.units["bds_long_0.parquet"]
    assert (count.read, count.kept, count.rejected) == (2, 0, 2)


# --- what is known and not taken --------------------------------------------------------------------------------------


def test_a_known_file_of_which_nothing_is_taken_says_so_by_name(desk: Desk) -> None:
    report = desk.load("corrections.csv", "la_name,region_name_correct\nBarnet,Outer London\nBexley,Outer London\n")
    (told,) = desk.ledger("rejected", report)
    assert (told.rows, told.kind) == (2, "unused")
    assert told.what == (
        "2 rows of corrections of the regions in Ofsted's list: nothing is taken, for regions are known by the"
        " authority's code"
    )
    assert desk.record.deliveries()[0].tables == {}


def test_the_census_by_ethnic_group_is_of_every_age(desk: Desk) -> None:
    surrey = "E10000030,Surrey,-8,Does not apply,0\nE10000030,Surrey,16,White: Roma,1107\n"
    rows = f"{surrey}W06000001,Anglesey,16,White: Roma,3\n"
    header = "2023 Upper tier local authorities Code,2023 Upper tier local authorities"
    group = "Ethnic group (20 categories) Code,Ethnic group (20 categories),Observation"
    desk.load("ons-ethnic-population-la.csv", f"{header},{group}\n{rows}", today=TODAY)
    columns = "mid_year, geography_code, age_from, age_to, ethnicity, persons"
    assert desk.rows("population", columns) == [(2021, "936", 0, 120, "White: Roma", 1107)]
