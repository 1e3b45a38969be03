"""The payload of the department's daily API for children's social care: JSON, a child an object.

The payload as it is sent (an array), a child a line, under `Children` with the authority's code, or the staging table
that it is sent from, as CSV. `dfe_api_json.py` takes the children from the file, `dfe_api_child.py` reads one; here
are the file, what it says of itself, and what it may be trusted for.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any

from compendium import words
from compendium.calendar.months import add_months, month_end
from compendium.calendar.years import financial_year, year_start
from compendium.record.coverage import Span
from compendium.record.intake import Intake
from compendium.sources.cells import day
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import DeliveredFile
from compendium.sources.dfe_api_child import ChildReader
from compendium.sources.dfe_api_json import PayloadFile, Stray, decoder

NAME = "DfE API"
SAYS_API = re.compile(r'"(la_child_id|social_care_episodes|child_details)"\s*:')

STAGED_COLUMNS = ("la_child_id", "mis_child_id", "json_payload", "row_state")
STAGED = re.compile(r'^"?\w+"?[,;\t|].*\bjson_payload\b', re.MULTILINE)

# Every event of a child is under an episode that was open in the payload's days. Of conferences those of children who
# moved in are missing, for they follow no enquiry: what other deliveries hold of them stays.
COVERED = ("referral", "assessment", "assessment_factor", "s47", "cin_plan", "cp_plan")
COVERED_IN_PART = ("icpc",)
LASTING = ("referral", "cin_plan", "cp_plan")  # of these all that was open at any time in those days is there
STATEMENT = ("complete_from", "complete_to")
WINDOW = 24  # months back that a payload goes, and on to the first day of that financial year


def recognises(delivered: DeliveredFile) -> bool:
    if delivered.kind == "text":
        return STAGED.search(delivered.opening) is not None and "json_payload" in _staged_header(Delimited(delivered))
    return delivered.kind == "json" and SAYS_API.search(delivered.opening) is not None


def dated(delivered: DeliveredFile) -> date | None:
    """A payload does not say when it was made; its name may."""
    return None


def read(delivered: DeliveredFile, intake: Intake) -> None:
    """One child at a time. DeliveryError when the JSON ends too soon or is not well formed."""
    assert intake.received_on is not None, "the day of receipt is settled before a delivery is read"
    lines = Delimited(delivered) if delivered.kind == "text" else None
    if lines:
        stated = lines.complete("without it, nothing that other deliveries tell is withdrawn")
    else:
        stated = _stated(delivered, _head(delivered))
    children = ChildReader(intake, intake.received_on.isoformat(), all_whole=stated is not None)
    if lines:
        _read_staged(lines, children, intake)
    else:
        _read_payload(delivered, children, stated, intake)
    children.finish()
    _cover(stated, children, intake.received_on, intake)


def _head(delivered: DeliveredFile) -> dict[str, Any]:
    """What the payload says of itself before its first child, or, where its end shows that it does so, after its last:
    it decides how each child is read."""
    at_the_end = any(f'"{name}"'.encode() in delivered.closing.replace(b"\0", b"") for name in STATEMENT)
    with delivered.opened() as stream:
        payload = PayloadFile(delivered, stream)
        for _ in payload.children():
            if not at_the_end or set(STATEMENT) <= set(payload.head):
                break
        return payload.head


def _read_payload(delivered: DeliveredFile, children: ChildReader, stated: Span | None, intake: Intake) -> None:
    with delivered.opened() as stream:
        payload = PayloadFile(delivered, stream)
        for number, child in enumerate(payload.children(), start=1):
            if isinstance(child, Stray):
                children.stray(number, child.content)
            else:
                children.read(number, child)
            intake.breathe()
    if stated is None and set(STATEMENT) & set(payload.head):
        raise delivered.refused(
            "complete_from and complete_to stand after the children, with more after them",
            expected="both before Children, or at the end of the file",
            remedy="move them before Children. Nothing of it was loaded",
        )
    authority = payload.head.get("la_code")
    if isinstance(authority, str) and re.fullmatch(r"\d{3}", authority):
        intake.head.la_code = authority
    elif authority is not None:
        intake.note("la_code is not a number of three digits; it was set aside")


def _stated(delivered: DeliveredFile, head: dict[str, Any]) -> Span | None:
    """The days of which the payload says that it is complete. What cannot be read refuses the file, for a guess would
    withdraw what others tell."""
    if not set(STATEMENT) & set(head):
        return None
    begins, ends = (day(head.get(name)) if isinstance(head.get(name), str) else None for name in STATEMENT)
    if isinstance(begins, str) and isinstance(ends, str) and begins <= ends:
        return date.fromisoformat(begins), date.fromisoformat(ends)
    raise delivered.refused(
        "complete_from and complete_to cannot be read",
        expected='two days, the earlier first: "complete_from": "2015-04-01", "complete_to": "2017-02-02"',
        remedy="correct them; without them, nothing that other deliveries tell is withdrawn",
    )


def _staged_header(lines: Delimited) -> list[str]:
    return [name.lower() for name in lines.header]


def _read_staged(lines: Delimited, children: ChildReader, intake: Intake) -> None:
    """The staging table: one row a child, its whole payload in json_payload; row_state says whether it is deleted."""
    header, decode = _staged_header(lines), decoder().decode
    if twice := lines.repeating(header, STAGED_COLUMNS):
        raise twice
    payload, state = header.index("json_payload"), header.index("row_state") if "row_state" in header else None
    for number, fields in lines.rows():
        child: Any = None
        if len(fields) == len(header):
            with suppress(ValueError, RecursionError):  # what is no JSON is no child, and is rejected as such
                child = decode(fields[payload])
        if state is not None and isinstance(child, dict) and fields[state].strip().lower() == "deleted":
            child["purge"] = True
        children.read(number, child)
        intake.breathe()
    intake.head.la_code = lines.authority


def _cover(stated: Span | None, children: ChildReader, received: date, intake: Intake) -> None:
    """A payload that says it is complete withdraws what it does not hold. One that says nothing is taken as complete
    for the months in which it has an event, of those that a payload goes back; it withdraws nothing."""
    if stated:
        for table in COVERED:
            intake.cover(table, *stated, "event")
        for table in LASTING:
            intake.cover(table, *stated, "snapshot")
        for table in COVERED_IN_PART:
            intake.cover(table, *stated, "assumed")
        return
    if children.in_part:
        intake.note(
            f"{words.plural(children.in_part, 'child comes', 'children come')} in part, with what has changed only:"
            " the payload cannot say what did not happen, and covers no day",
            remedy="load the whole payload of every child from time to time, and say which days it is complete for",
        )
        return
    first = year_start(financial_year(add_months(received, -WINDOW)))
    for table in COVERED + COVERED_IN_PART:
        last = max(children.days[table], default="")
        for begins in sorted({date.fromisoformat(each).replace(day=1) for each in children.days[table]}):
            if begins >= first:
                intake.cover(table, begins, min(month_end(begins), date.fromisoformat(last)), "assumed")
    if any(children.days.values()):
        intake.note(
            f"taken as complete for the months since {words.day(first)} that have an event; what other deliveries have"
            " of these days stays",
            remedy="if it holds every child of these days, say so beside Children:"
            f' "complete_from": "{first.isoformat()}", "complete_to": "{received.isoformat()}"',
        )
