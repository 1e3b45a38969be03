"""Children's social work workforce census XML: yearly, of the whole authority, as on 30 September.

Read by element name in any order, namespaces aside; never refused for breaking its schema, which the returns seen in
life do. Of a worker, who that is is not kept: the registration number becomes a pseudonym, and birth, sex, ethnicity
and qualifications are not read. It feeds tables of its own, and so cannot double what the council's own monthly lists
say of posts and workers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from lxml import etree

from compendium import words
from compendium.record.intake import Intake
from compendium.record.ledger import Kind
from compendium.sources.cells import Memo, Odd, shown, shown_name
from compendium.sources.delivered import PARSER, DeliveredFile
from compendium.sources.department_xml import header_of, local_name, made_on, malformed, take_header
from compendium.sources.workforce_elements import COLUMNS, NOT_KEPT, of_a_worker, of_the_authority

NAME = "workforce census"
UNITS = ("LALevelVacancies", "CSWWWorker")
SAYS_CSWW = re.compile(r"<(?:\w+:)?Collection>\s*CSWW\s*<|<(?:\w+:)?(?:CSWWWorker|LALevelVacancies)\b")
CENSUS_DAY = (9, 30)

Found = dict[str, Any]  # column -> value


def recognises(delivered: DeliveredFile) -> bool:
    return delivered.kind == "xml" and SAYS_CSWW.search(delivered.opening) is not None


def dated(delivered: DeliveredFile) -> date | None:
    return made_on(delivered)


def read(delivered: DeliveredFile, intake: Intake) -> None:
    """DeliveryError when the XML is broken, or says of no day what it is of."""
    reader = WorkforceReader(intake)
    header: dict[str, str] = {}
    for element in _elements(delivered):
        if local_name(element.tag) == "Header":
            header |= header_of(element)
        else:
            reader.read(element)
    take_header(header, intake)
    on = _census_day(header, intake)
    if on is None:
        raise delivered.refused(
            "the return says neither its reference date nor its year, and so not of which day it is",
            expected="a Header with ReferenceDate, 30 September",
            remedy="put ReferenceDate in the Header; nothing of it was loaded",
        )
    reader.write(on.isoformat())
    for table in COLUMNS:
        intake.cover(table, on, on, "annual")


def _elements(delivered: DeliveredFile) -> Iterator[Any]:
    """Every worker, the vacancies and the header, each emptied when it has been read."""
    with delivered.opened() as stream:
        events = etree.iterparse(
            stream,
            events=("end",),
            tag=tuple(f"{{*}}{name}" for name in ("Header", *UNITS)),
            remove_comments=True,
            remove_pis=True,
            **PARSER,
        )
        try:
            for _, element in events:
                yield element
                element.clear(keep_tail=True)
        except etree.XMLSyntaxError as fault:
            raise malformed(delivered, fault, "Message") from None


def _census_day(header: dict[str, str], intake: Intake) -> date | None:
    stated = header.get("Year", "").strip()
    on = intake.head.reference_date
    if on is None and re.fullmatch(r"20\d\d", stated):
        on = intake.head.reference_date = date(int(stated), *CENSUS_DAY)
        intake.note(f"the Header has no reference date; taken as {on.isoformat()} from its Year")
    elif on is not None and (on.month, on.day) != CENSUS_DAY:
        intake.note(f"its reference date is {on.isoformat()}, and not a 30 September")
    if on is not None and stated and stated != str(on.year):
        intake.note(f"the Header says Year {shown(stated, [str(on.year)])}, but its reference date lies in {on.year}")
    return on


class WorkforceReader:
    """Reads elements as they come; `write` gives them to the intake once the day of the census is known."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._read, self._kept, self._rejected = (Counter[str]() for _ in range(3))
        self._unknown: Counter[str] = Counter()
        self._authority: list[tuple[int, Found]] = []
        self._workers: list[tuple[int, Found]] = []
        self._seen: set[str] = set()
        self._readings = {"LALevelVacancies": of_the_authority(), "CSWWWorker": of_a_worker()}

    def read(self, element: Any) -> None:
        unit = local_name(element.tag)
        self._read[unit] += 1
        found = self._leaves(unit, element)
        if unit == "CSWWWorker":
            self._worker(element, found)
        elif self._authority:
            self._reject(unit, element, unit, Odd(None, "it stands there already; the first was kept", why="repeated"))
        else:
            self._keep(unit, self._authority, element, found)

    def write(self, on: str) -> None:
        """The rows, their counts, and what was not read."""
        for table, rows in (("workforce_return", self._authority), ("worker_return", self._workers)):
            columns = COLUMNS[table]
            add: Callable[[tuple[Any, ...]], None] = self._intake.appender(table, columns)
            for line, found in rows:
                found["as_at"] = on
                add((line, *map(found.get, columns)))
                self._intake.breathe()
        for unit in UNITS:
            self._intake.count(unit, self._read[unit], self._kept[unit], self._rejected[unit])
        for name, count in sorted(self._unknown.items()):
            self._intake.note(
                f"the census has no element {shown_name(name, 'of a long name')};"
                f" {words.plural(count, 'was', 'were')} not read"
            )
        if not self._authority:
            self._intake.note("the return has no LALevelVacancies: neither vacancies nor agency workers are known")

    def _worker(self, element: Any, found: Found) -> None:
        number = found.pop("swe_number", None)
        if number is None:
            lacking = Odd(None, "there is no SWENo", why="missing")
            self._reject("CSWWWorker", element, "SWENo", lacking)
            return
        if number in self._seen:
            again = Odd(None, "the worker stands there already; both are kept", why="repeated")
            self._change("CSWWWorker", element, "SWENo", again)
        self._seen.add(number)
        found["worker_id"] = self._intake.worker(number)
        self._keep("CSWWWorker", self._workers, element, found)

    def _keep(self, unit: str, rows: list[tuple[int, Found]], element: Any, found: Found) -> None:
        self._kept[unit] += 1
        rows.append((element.sourceline or 0, found))

    def _leaves(self, unit: str, element: Any) -> Found:
        """The values of an element's own leaves; of one that stands there twice, the first that says anything."""
        found: Found = {}
        readings = self._readings[unit]
        for leaf in element:
            name = local_name(leaf.tag) if isinstance(leaf.tag, str) else ""
            if name in NOT_KEPT or name in UNITS or not name:
                continue
            if name not in readings:
                self._unknown[name] += 1
                continue
            column, memo = readings[name]
            value = self._value(unit, leaf, name, memo)
            if found.get(column) is None:
                found[column] = value
            elif value is not None and value != found[column]:
                twice = Odd(None, "it stands there twice; the first was kept", why="repeated")
                self._change(unit, leaf, name, twice)
        return found

    def _value(self, unit: str, leaf: Any, name: str, memo: Memo) -> Any:
        value: Any = memo[leaf.text]
        if value.__class__ is Odd:
            self._change(unit, leaf, name, value, "" if value.value is not None else "; it was set aside")
            return value.value
        return value

    def _change(self, unit: str, element: Any, column: str, odd: Odd, then: str = "") -> None:
        kind: Kind = odd.kind
        self._intake.change(unit, element.sourceline, column, odd.what + then, value=odd.cell or None, kind=kind)

    def _reject(self, unit: str, element: Any, column: str, odd: Odd) -> None:
        self._rejected[unit] += 1
        self._intake.reject(unit, element.sourceline, column, odd.what, kind=odd.kind)
