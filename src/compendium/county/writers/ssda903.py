"""The SSDA903 return of a year, as known in July after it: a folder of CSV files, a workbook, or XML."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from compendium.county import days
from compendium.county.care_leavers import Leaver
from compendium.county.knowledge import Knowledge
from compendium.county.people import NEVER, Child
from compendium.county.records import Care, Placement
from compendium.county.world import World
from compendium.county.writers.annex_a_care import ADOPTED, legal_on, steps
from compendium.county.writers.codes import SYNTHETIC
from compendium.county.writers.workbook import Workbook

Row = tuple[str, ...]
HEADERS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "uasc": "CHILD,SEX,DOB,DUC",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
    "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "placed_for_adoption": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
    "ad1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
    "previous_permanence": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
}
WITH_CARERS = ("A3", "A5")
# In XML these rows are elements of their own; what else a child has stands in its HEADER.
ELEMENTS = {"episodes": "EPISODE", "reviews": "AREVIEW", "missing": "AMISSING", "oc2": "OC2"}
XML_NAMES = {"CHILD": "CHILDID", "PLACE": "PL"}


def write_return(world: World, year: int, folder: Path) -> Path:
    """ssda903_<year>_<received>: a folder with a file for each table."""
    place = folder / _name(year)
    place.mkdir(parents=True, exist_ok=True)
    for table, rows in Return(world, year).tables().items():
        with (place / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            file.write(f"# {SYNTHETIC}\n{HEADERS[table]}\n")
            csv.writer(file, lineterminator="\n").writerows(rows)
    return place


def write_return_workbook(world: World, year: int, folder: Path) -> Path:
    """The same as one workbook with a sheet for each table."""
    path = folder / f"{_name(year)}.xlsx"
    with Workbook(path) as book:
        book.sheet("about", [[SYNTHETIC]], "", ())
        for table, rows in Return(world, year).tables().items():
            names = HEADERS[table].split(",")
            book.sheet(table, [names], "s" * len(names), rows)
    return path


def write_return_xml(world: World, year: int, folder: Path) -> Path:
    """The same as XML."""
    path = folder / f"{_name(year)}.xml"
    inside: dict[str, list[str]] = {}
    outside: dict[str, list[str]] = {}
    for table, rows in Return(world, year).tables().items():
        names = HEADERS[table].split(",")
        for row in rows:
            told = {name: value for name, value in zip(names, row, strict=True) if value}
            if table != "header":
                told = {name: value for name, value in told.items() if name not in ("CHILD", "DOB", "SEX")}
            leaves = "".join(f"<{XML_NAMES.get(n, n)}>{escape(v)}</{XML_NAMES.get(n, n)}>" for n, v in told.items())
            if table == "uasc":
                leaves += "<UASC>1</UASC>"
            element = ELEMENTS.get(table)
            place = outside if table == "episodes" else inside
            place.setdefault(row[0], []).append(f"<{element}>{leaves}</{element}>" if element else leaves)
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<!-- {SYNTHETIC} -->", "<EXPSSDA903>"]
    for child, header in inside.items():
        lines.append(f"<CHILD><HEADER>{''.join(header)}</HEADER>{''.join(outside.get(child, ()))}</CHILD>")
    path.write_text("\n".join([*lines, "</EXPSSDA903>"]) + "\n", encoding="utf-8")
    return path


def _name(year: int) -> str:
    return f"ssda903_{year}_{year}-07-14"


class Return:
    """The rows of one collection year; nothing after its 31 March is in them."""

    def __init__(self, world: World, year: int) -> None:
        self.known = Knowledge(world, days.day(f"{year}-07-14"))
        self.year, self.first, self.last = year, days.day(f"{year - 1}-04-01"), days.day(f"{year}-03-31")
        self.care = [c for c in self.known.care() if c.start <= self.last and self.known.care_end(c) >= self.first]
        self.leavers = [each for each in map(self._birthday, world.leavers) if each]

    def tables(self) -> dict[str, list[Row]]:
        """In the order of the guide; a table of which nothing happened is left out."""
        children = {care.child.child_id: care.child for care in self.care}
        children |= {leaver.child.child_id: leaver.child for leaver, _ in self.leavers}
        cared = {care.child.child_id: care.child for care in self.care}
        made = {
            "header": [(*_who(child, sex=True), child.ethnicity, "UN1" if child.age(self.last) < 5 else "UN4", "", "")
                       for child in children.values()],
            "episodes": [row for care in self.care for row in self._episodes(care)],
            "reviews": [row for care in self.care for row in self._reviews(care)],
            "uasc": [(*_who(child, sex=True), _day(child.eighteen())) for child in cared.values() if child.uasc],
            "oc2": [self._health(care) for care in self.care if self._all_year(care)],
            "oc3": [self._leaver(leaver, on) for leaver, on in self.leavers],
            "placed_for_adoption": [(*_who(care.child), _day(steps(care)[0]), "", "") for care in self.care
                                    if care.reason in ADOPTED and steps(care)[0] <= self.last],
            "ad1": [self._adoption(care) for care in self.care if care.reason in ADOPTED and self._ended(care)],
            "previous_permanence": [(*_who(child), "Z1", "", "") for child in cared.values()],
            "missing": list(dict.fromkeys(self._missing())),  # two of one day are one: the return has no hours
        }  # fmt: skip
        return {table: rows for table, rows in made.items() if rows}

    def _ended(self, care: Care) -> bool:
        return self.known.care_end(care) <= self.last

    def _all_year(self, care: Care) -> bool:
        return care.start <= self.first and not self._ended(care)

    def _episodes(self, care: Care) -> Iterator[Row]:
        """Those open in the year."""
        end = self.known.care_end(care)
        stays = list(_stays(care, end))
        for n, (start, placement, legal, why) in enumerate(stays):
            ceased, following = (stays[n + 1][0], stays[n + 1][3]) if n + 1 < len(stays) else (end, "")
            if start > self.last or ceased < self.first:
                continue
            told = ("", "", "")
            if ceased <= self.last:
                changed = "" if following == "L" else "CARPL"
                told = (_day(ceased), "X1", changed) if following else (_day(ceased), care.reason, "")
            yield (
                care.child.child_id, _day(start), why, legal, care.need, placement.kind, placement.provider, *told, "",
                "ZZ99 9ZZ", "XXXXXXX",
            )  # fmt: skip

    def _reviews(self, care: Care) -> Iterator[Row]:
        for held, typed, code in care.reviews:
            if self.first <= held <= self.last and typed <= self.known.on:
                yield (*_who(care.child), _day(held), code)

    def _health(self, care: Care) -> Row:
        """Nobody in the county fills in questionnaires."""
        age, seventeen = care.child.age(self.last), days.months_on(care.child.born, 17 * 12)
        checked, seen = (any(self.first <= on <= self.last for on in each) for each in (care.health, care.dental))
        small = str(int(checked)) if age < 5 else ""
        asked = age >= 4 and seventeen > self.first
        reason = "" if not asked else "SDQ4" if age <= 16 else "SDQ1"
        flags = (small, "1", str(int(seen)), str(int(checked)))
        return (*_who(care.child), "", reason, "0", *flags, "0", "", "")

    def _birthday(self, leaver: Leaver) -> tuple[Leaver, int] | None:
        """The 17th to 21st birthday, if it lies in the year and the young person had left care by then."""
        for age in range(17, 22):
            on = days.months_on(leaver.child.born, 12 * age)
            if self.first <= on <= self.last and leaver.since <= on and leaver.state(on):
                return leaver, on
        return None

    def _leaver(self, leaver: Leaver, on: int) -> Row:
        state = leaver.state(on)
        assert state is not None
        suitable = "1" if state.suitable else "2"
        touch = "YES" if state.in_touch else "NO"
        return (*_who(leaver.child), touch, state.activity or "0", f"{state.accommodation}{suitable}")

    def _adoption(self, care: Care) -> Row:
        decided, _, matched, _, _ = steps(care)
        fostered = any(placement.kind in ("A3", "A5") for placement in care.placements)
        return (*_who(care.child), _day(decided), _day(matched), str(int(fostered)), "2", "MF", "L11")

    def _missing(self) -> Iterator[Row]:
        cared = {care.child.child_id for care in self.care}
        for episode in self.known.missing(self.first, self.last):
            if episode.looked_after and episode.child.child_id in cared:
                back = episode.ended_at[0]
                ended = _day(back) if back <= self.last else ""
                yield (*_who(episode.child), "M", _day(episode.started_at[0]), ended)


def _stays(care: Care, end: int) -> Iterator[tuple[int, Placement, str, str]]:
    """From when the child lived where, under which legal status, and what changed then. Of those who are adopted the
    status changes with the placement order, within a placement."""
    order = steps(care)[1] if care.reason in ADOPTED else NEVER
    for n, placement in enumerate(care.placements):
        if placement.start >= end:
            return
        same = placement.kind in WITH_CARERS
        why = "S" if not n else ("U" if same else "B") if placement.start == order else "T" if same else "P"
        yield placement.start, placement, legal_on(care, placement.start)[0], why
        if placement.start < order < min(placement.end, end):
            yield order, placement, "E1", "L"


def _who(child: Child, *, sex: bool = False) -> Row:
    """The child's id and date of birth, and between them the sex, as numbers until 2024."""
    return (child.child_id, *(("1" if child.sex == "M" else "2",) if sex else ()), _day(child.born))


def _day(number: int) -> str:
    if number == NEVER:
        return ""
    year, month, day = days.iso(number).split("-")
    return f"{day}/{month}/{year}"
