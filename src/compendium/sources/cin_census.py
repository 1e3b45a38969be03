"""Children in Need census XML, collection years 2017 to 2027.

Read by element name in any order, namespaces aside; never refused for breaking a schema, for no
return seen in life keeps to one. `cin_child.py` reads a child; here are the file, its header and
what it may be trusted for.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, BinaryIO

from lxml import etree

from compendium.calendar.years import financial_year, year_end, year_start
from compendium.record.intake import Intake
from compendium.sources.cells import shown
from compendium.sources.cin_child import ChildReader
from compendium.sources.cin_plain import STUB
from compendium.sources.delivered import PARSER, DeliveredFile
from compendium.sources.department_xml import header_of, made_on, malformed, take_header

NAME = "CIN census"
SAYS_CIN = re.compile(r"<(?:\w+:)?Collection>\s*CIN\s*<|<(?:\w+:)?(?:CINdetails|ChildIdentifiers)\b")

COVERED = ("referral", "assessment", "assessment_factor", "s47", "icpc", "cp_plan", "cp_review")
LASTING = ("referral", "assessment", "cp_plan")  # of these all that was open at any time in the year is there
COVERED_FROM = {"cin_plan": 2022, "pre_proceedings": 2027}  # the first collection year that has the block


def recognises(delivered: DeliveredFile) -> bool:
    return delivered.kind == "xml" and SAYS_CIN.search(delivered.opening) is not None


def dated(delivered: DeliveredFile) -> date | None:
    return made_on(delivered)


def read(delivered: DeliveredFile, intake: Intake) -> None:
    """One pass, a child at a time. DeliveryError when the XML ends too soon or is not well formed."""
    children = ChildReader(intake)
    header: dict[str, str] = {}
    with delivered.opened() as stream:
        root = _walk(delivered, stream, children, header, intake)
        children.finish(root)
    take_header(header, intake)
    _cover(header, intake)


def _walk(
    delivered: DeliveredFile, stream: BinaryIO, children: ChildReader, header: dict[str, str], intake: Intake
) -> Any:
    """Each child once, emptied when it has been read. Returns the root, with what stands in no child."""
    made: Any = etree.XMLPullParser  # its stubs know no keywords
    parser = made(
        events=("end",),
        tag=("{*}Child", "{*}Header", STUB),
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
        **PARSER,
    )
    done: Any = None
    try:
        for part in children.plain.beside(stream):
            parser.feed(part)
            for _, element in parser.read_events():
                if element.tag.endswith("Header"):
                    header |= header_of(element)
                    continue
                # The element itself must stay until the parser is past it; the one before it may go.
                if done is not None and (parent := done.getparent()) is not None:
                    children.note_stray(done)
                    parent.remove(done)
                if element.tag != STUB:
                    children.read(element)
                element.clear(keep_tail=True)
                done = element
                intake.breathe()
        return parser.close()
    except etree.XMLSyntaxError as fault:
        raise malformed(delivered, fault, "Message") from None


def _cover(header: dict[str, str], intake: Intake) -> None:
    """The collection year ends at the reference date: `Year` is often left over from another return."""
    ends = intake.head.reference_date
    stated = header.get("Year", "").strip()
    if ends is None and re.fullmatch(r"20\d\d", stated):
        ends = year_end(int(stated))
        intake.note(f"the Header has no reference date; taken as {ends.isoformat()} from its Year")
    if ends is None:
        intake.note(
            "without a reference date nothing can be said of how complete the return is",
            remedy="put ReferenceDate in the Header",
        )
        return
    year = financial_year(ends)
    if stated and stated != str(year):
        intake.note(
            f"the Header says Year {shown(stated, [str(year)])}, but its reference date lies in the year ending March"
            f" {year}"
        )
    begins, made = year_start(year), intake.head.extracted_on
    if made is not None and begins <= made < ends:
        intake.note(f"made on {made.isoformat()}, before its reference date: it covers the days until then")
        ends = made
    tables = COVERED + tuple(table for table, first in COVERED_FROM.items() if year >= first)
    for table in tables:
        intake.cover(table, begins, ends, "event")
    for table in LASTING:
        intake.cover(table, begins, ends, "snapshot")
