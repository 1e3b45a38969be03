"""Every bad delivery by name: refused in words that help, and the record is as it was."""

# ruff: noqa: E501  a refusal a line

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from compendium.errors import DeliveryError
from tests.sources.desk import Desk, case, census, child, workbook

GOOD = census(child(case()), child(case(), identity="b2"))
LAUGHS = (
    '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + "]>\n<Message><Header><Collection>CIN</Collection></Header><Children><Child><ChildIdentifiers>"
    "<LAchildID>&lol9;</LAchildID></ChildIdentifiers></Child></Children></Message>"
)
# A compound document whose directory names the stream in which Office keeps an encrypted workbook.
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 96


def packed(name: str = "xl/workbook.xml", content: str = "<workbook/>") -> bytes:
    """A zip with one part, as an .xlsx is one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, content)
    return out.getvalue()


PACKED = packed()
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def compound(*streams: str) -> bytes:
    """A compound document whose directory names streams, as that of an older Office file does."""
    return COMPOUND + b"".join(stream.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64 for stream in streams)


REFUSALS: list[tuple[str, str, bytes, str, str]] = [
    ("an empty file", "cin.xml", b"", "the file is empty", "export it again"),
    ("a file of nothing but a byte order mark", "contact.csv", b"\xef\xbb\xbf\r\n", "the file is empty", "export it again"),
    ("a truncated XML", "cin.xml", GOOD[: len(GOOD) * 2 // 3].encode(), "stops in the middle, at line", "ask for it again"),
    ("an XML cut within a tag", "cin.xml", GOOD[: GOOD.index("</Children>") - 4].encode(), "stops in the middle", "ask for it again"),
    ("an XML that is not well formed", "cin.xml", GOOD.replace("<Ethnicity>", "<Ethnicity", 1).encode(), "at line", "export the return again"),
    ("an XML with a billion laughs", "cin.xml", LAUGHS.encode(), "declares a document type", "ask who sent it"),
    ("an XML with an external document type", "cin.xml", GOOD.replace("<Message>", '<!DOCTYPE Message SYSTEM "file:///etc/passwd"><Message>').encode(), "declares a document type", "ask who sent it"),
    ("an XML with an unknown entity", "cin.xml", GOOD.replace("a1", "&who;").encode(), "not well formed", "export the return again"),
    ("an XML of another return", "school.xml", b"<Message><Header><Collection>SC1</Collection></Header></Message>", "no format is known", "check that this is the file meant"),
    ("a password-protected workbook", "annex_a.xlsx", LOCKED, "protected by a password", "take the password off"),
    ("a workbook that is no workbook", "annex_a.xlsx", b"PK\x03\x04 and no more", "damaged or incomplete", "send or export it again"),
    ("a workbook packed by a later form of zip", "annex_a.xlsx", PACKED.replace(b"PK\x01\x02\x14\x03\x14\x00", b"PK\x01\x02\x14\x03\xbe\x00"), "damaged or incomplete", "send or export it again"),
    ("a compound document that is no workbook", "annex_a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged or incomplete", "send or export it again"),
    ("a CSV of an unknown kind", "stock.csv", b"sku,price\n1,2\n", "no file that is known", "see the documentation"),
    ("a CSV whose quotation marks do not match", "contact.csv", b'person_id,contact_date,outcome\nc1,2017-01-03,"nfa\nc2,2017-01-04,nfa\n', "begins on line 2 do not match", "export the file again"),
    ("a text that is no table", "notes.txt", b"Dear all,\nplease find attached.\n", "no file that is known", "see the documentation"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "what", "remedy"), [each[1:] for each in REFUSALS], ids=[each[0] for each in REFUSALS]
)
def test_a_refused_delivery_says_why_and_what_to_do_and_leaves_the_record_as_it_was(
    desk: Desk, name: str, content: bytes, what: str, remedy: str
) -> None:
    desk.load("first.xml", GOOD)
    before = desk.files()
    with pytest.raises(DeliveryError) as refusal:
        desk.load(name, content)
    assert what in refusal.value.what and remedy in refusal.value.remedy and refusal.value.where.file == name
    assert desk.files() == before
    assert desk.load("second.xml", GOOD + "<!-- again -->").already_loaded is False


STRANGERS = {
    "minutes.docx": (packed("word/document.xml"), "it is a Word document"),
    "slides.pptx": (packed("ppt/presentation.xml"), "it is a PowerPoint presentation"),
    "letter.odt": (packed("mimetype", "application/vnd.oasis.opendocument.text"), "it is a text document"),
    "all.zip": (packed("2017/episodes.csv"), "it is an archive (zip)"),
    "old.doc": (compound("Root Entry", "WordDocument"), "it is a Word document"),
    "mail.msg": (compound("Root Entry", "__properties_version1.0"), "it is an Outlook message"),
    "plan.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "it is a PDF document"),
    "chart.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is a picture (PNG)"),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_what_holds_no_records_is_told_as_what_it_is_with_the_formats_that_are_read(desk: Desk, name: str) -> None:
    content, what = STRANGERS[name]
    before = desk.files()
    with pytest.raises(DeliveryError) as refusal:
        desk.load(name, content)
    assert what in refusal.value.what and desk.files() == before
    for known in ("CIN census", "Annex A", "SSDA903", "Standard Safeguarding Dataset", "local table"):
        assert known in refusal.value.expected


def test_a_workbook_that_a_document_is_put_into_is_a_workbook_still(desk: Desk) -> None:
    with pytest.raises(DeliveryError, match="workbook is damaged or incomplete"):
        desk.load("annex_a.xls", compound("Workbook", "WordDocument"))


def test_a_workbook_without_a_list(desk: Desk) -> None:
    workbook(desk.folder / "budget.xlsx", {"Budget": [["Cost centre", "Spend"], ["A", 1]], "Notes": []})
    with pytest.raises(DeliveryError) as refusal:
        desk.load("budget.xlsx")
    assert "its sheets are 'Budget' and 'Notes'" in refusal.value.what
    assert "sheets named 'List 1' to 'List 11'" in refusal.value.expected


def test_a_workbook_whose_list_has_no_header_names_the_nearest(desk: Desk) -> None:
    workbook(desk.folder / "annex.xlsx", {"List 1": [["Child Unique Id.", "Sex of child"], ["c1", "F"]]})
    with pytest.raises(DeliveryError, match="no sheet of the workbook holds a list"):
        desk.load("annex.xlsx")


def test_a_missing_file(desk: Desk) -> None:
    with pytest.raises(DeliveryError, match="it cannot be opened: No such file"):
        desk.load("nowhere.xml")


@pytest.mark.parametrize(
    "fault",
    [lambda text: text[: len(text) * 2 // 3], lambda text: text.replace("F</Sex>", "F</Sex", 1)],
    ids=["truncated", "malformed"],
)
def test_a_refusal_repeats_nothing_of_a_child(desk: Desk, fault: Callable[[str], str]) -> None:
    secret = census(*(child(case(), identity=f"SECRET{number}", about="<Sex>F</Sex>") for number in range(9)))
    with pytest.raises(DeliveryError) as refusal:
        desk.load("cin.xml", fault(secret))
    assert "SECRET" not in str(refusal.value) and "2010-05-04" not in str(refusal.value)


def test_a_file_of_another_council(desk: Desk) -> None:
    desk.load("ours.xml", GOOD)
    before = desk.files()
    theirs = census(child(case(), identity="z9"), lea="888")
    with pytest.raises(DeliveryError, match="delivery of authority 888") as refusal:
        desk.load("theirs.xml", theirs)
    assert "--authority 888" in refusal.value.remedy and desk.files() == before
    desk.load("theirs.xml", authority="888")
    assert ("z9",) in desk.rows("person", "person_id")


def test_a_workbook_that_shares_few_children_with_the_record_is_questioned(desk: Desk) -> None:
    desk.load("ours.xml", census(*(child(case(), identity=f"a{number}") for number in range(40))))
    header = [
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Date of Contact",
        "Contact Source",
    ]
    rows = [
        [f"z{number}", "a) Male", "a) WBRI", date(2010, 1, 1), 7, date(2017, 1, 9), "q) 6: Police"]
        for number in range(40)
    ]
    workbook(desk.folder / "annex_a_2017-07-03.xlsx", {"List 1": [header, *rows]})
    with pytest.raises(DeliveryError, match="it may be another authority's"):
        desk.load("annex_a_2017-07-03.xlsx")
    assert len(desk.record.deliveries()) == 1


def test_nothing_of_a_child_lies_open_on_the_disk(desk: Desk, tmp_path: Path) -> None:
    desk.load(
        "contact.csv", "person_id,contact_date,outcome\nSECRETCHILD,2017-01-09,perhaps\nSECRETCHILD,31/02/2017,nfa\n"
    )
    (desk.folder / "contact.csv").unlink()
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left and all(b"SECRETCHILD" not in path.read_bytes() for path in left)


def test_a_zip_that_points_before_its_own_beginning_is_damaged(desk: Desk) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    spoilt = bytearray(content.getvalue())
    spoilt[-6] += 100  # where the list of its parts begins
    with pytest.raises(DeliveryError, match="damaged"):
        desk.load("figures.ods", bytes(spoilt))
