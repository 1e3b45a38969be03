"""One child of the census: its elements as rows of the canonical tables.

Exact in what it reports: every element of the kinds in `UNITS`, wherever it stands, is counted and
either kept or rejected in the ledger, with its line in the file. An unknown code or an impossible
date is set aside and the row kept, unless the row is nothing without it.

DateOfInitialCPC stands on Section47 or, for a transfer in, on CINdetails; where both give the same
day in one referral it is one conference, and the ledger says so. Whether a conference led to a plan
is not in the return: it is inferred from a plan of the child that starts on the conference's day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from compendium import words
from compendium.record.intake import Intake
from compendium.record.ledger import Kind
from compendium.sources.cells import Odd
from compendium.sources.cin_elements import (
    ABOUT,
    COUNTED,
    OF_A_CHILD,
    REQUIRED,
    ROW_BLOCKS,
    ROWS,
    UNITS,
    WRAPPERS,
    element_shown,
    leaf_readings,
    listed_readings,
)
from compendium.sources.cin_plain import STUB, PlainReader
from compendium.sources.department_xml import local_name

Found = dict[str, Any]  # element name -> value; an Odd only where a required one could not be read
Blocks = list[tuple[str, Any]]
UNREAD = object()
HOLD_CONFERENCES = ("CINdetails", "Section47")  # the blocks in which DateOfInitialCPC belongs
WITHIN = COUNTED - {"Child"}  # a Child within another was read by itself, as it ended
BLOCKS = (COUNTED | WRAPPERS) - {"DateOfInitialCPC"}  # what is no value of the block it stands in


class ChildReader:
    """Reads Child elements into an intake; `finish` accounts for what stood outside any child."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        intake.feeds |= {unit: {table} for unit, table in UNITS.items()}
        self._parts = {table: intake.part(table, columns) for table, columns in ROWS.items()}
        self._add = {table: part.rows.append for table, part in self._parts.items()}
        self._leaf, self._list = leaf_readings(), listed_readings()
        self.plain = PlainReader(intake, self._leaf | self._list, self._parts)
        self._seen: dict[str, dict[Any, Any]] = {name: memo.seen for name, memo in self._leaf.items()}
        self._read, self._kept, self._rejected = (dict.fromkeys(UNITS, 0) for _ in range(3))
        self._unknown: Counter[str] = Counter()
        self._conferences: list[tuple[Any, ...]] = []
        self._plan_starts: set[str] = set()
        self._id = ""

    def read(self, child: Any) -> None:
        """One child with all that is in it. The element may be emptied afterwards."""
        self._read["Child"] += 1
        self._id, told = "", len(self._intake.findings)
        found: Found = {}
        blocks: Blocks = []
        self._leaves(child, "Child", found, blocks)
        cases, others = [], []
        for name, block in blocks:  # grows while it is read
            if name == "CINdetails":
                cases.append(block)
            elif name in ("ChildIdentifiers", "ChildCharacteristics"):
                self._leaves(block, "Child", found, blocks)
            elif name != "Child":
                others.append((name, block))
        who = found.get("LAchildID")
        if not isinstance(who, str):
            self._reject("Child", child, "LAchildID", who)
            for block in [*cases, *(block for _, block in others)]:
                self._misplaced(block, "the child has no id")
            return
        self._id = who
        self._intake.name_findings(told, who)
        self._person(child, found, others)
        self._conferences, self._plan_starts = [], set()
        for case in cases:
            self._case(case)
        for conference in self._conferences:
            self._add["icpc"]((*conference, 1 if conference[2] in self._plan_starts else 0))

    def finish(self, root: Any) -> None:
        """Counts what stands in no child, and hands the counts to the intake."""
        if root is not None:
            for element in root.iter("{*}Child", STUB):  # the last
                self.note_stray(element)
            self._id = ""
            for element in root.iter():
                if (name := local_name(element.tag)) in WITHIN:
                    self._misplaced_one(name, element, "it stands in no Child")
        for unit, table in UNITS.items():
            plain = self._parts[table].total - self._kept[unit]  # read without a doubt
            self._intake.count(unit, self._read[unit] + plain, self._kept[unit] + plain, self._rejected[unit])
            self._read["Child"] += plain if unit == "Child" else 0
        for name, count in sorted(self._unknown.items()):
            self._intake.note(
                f"the census has no element {element_shown(name)}; {words.plural(count, 'was', 'were')} not read"
            )
        if not self._read["Child"]:
            self._intake.note("the return has no Child")

    def note_stray(self, element: Any) -> None:
        """Notes text that stands after an element, where there should be none."""
        if element.tail and not element.tail.isspace():
            after = local_name(element.tag)
            if after == STUB:
                after, self._id = "Child", self.plain.who
            what = f"stray text after {element_shown(after)} was ignored"
            self._change("Child", element, None, what, element.tail.strip(), "misplaced")

    def _leaves(self, block: Any, unit: str, found: Found, blocks: Blocks) -> Found:
        """Adds the values of a block's own elements to `found`, and the blocks within it to `blocks`, in any order."""
        known, odd = self._seen, False
        if (loose := block.text) is not None and not loose.isspace():
            self._change(unit, block, None, "stray text was ignored", loose.strip(), "misplaced")
        for element in block:
            tag = element.tag
            if element.tail is not None:
                self.note_stray(element)
            seen = known.get(tag)
            if seen is None or tag in found or len(element):
                if tag in BLOCKS:
                    blocks.append((tag, element))
                    continue
                tag = self._unusual(element, unit, found, blocks)
                if tag is None:
                    continue
                seen = known[tag]
            value = seen.get(element.text, UNREAD)
            if value is UNREAD:
                value = self._leaf[tag].read(element.text)
                odd = odd or value.__class__ is Odd
            found[tag] = value
        if "DateOfInitialCPC" in found and unit not in HOLD_CONFERENCES:
            del found["DateOfInitialCPC"]
            self._misplaced_one(
                "DateOfInitialCPC", block, f"it does not belong in {element_shown(local_name(block.tag))}"
            )
        if odd:
            self._set_aside(block, unit, found)
        return found

    def _unusual(self, element: Any, unit: str, found: Found, blocks: Blocks) -> str | None:
        """What is no plain leaf of this kind: a block, a name in a namespace, a repeat, a stranger.

        The name to read it by, if it is a leaf to be read.
        """
        name = local_name(element.tag)
        if name not in self._leaf:
            if name in BLOCKS:
                blocks.append((name, element))
            else:
                self._unknown[name] += 1
                self._misplaced(element, f"it stands in {element_shown(name)}, which the census does not have")
            return None
        for inner in element:
            self._misplaced(inner, f"it stands in {name}")
        if name not in found:
            return name
        if name in COUNTED:
            self._misplaced_one(name, element, "it stands there already; the first was kept")
        else:
            self._change(unit, element, name, "it stands there twice; the first was kept", None, "repeated")
        return None

    def _set_aside(self, block: Any, unit: str, found: Found) -> None:
        """Puts odd values aside. An unreadable one that a row cannot do without stays, to be its reason."""
        for name, value in found.items():
            if value.__class__ is Odd and (value.value is not None or name not in REQUIRED):
                found[name] = value.value
                what = value.what if value.value is not None else f"{value.what}; it was set aside"
                self._change(unit, block, name, what, value.cell, value.kind)

    def _person(self, child: Any, found: Found, blocks: Blocks) -> None:
        codes: list[str] = []
        for name, block in blocks:
            if name not in ("Disabilities", "Disability"):
                self._misplaced(block, "it does not belong there")
                continue
            for element in self._listed(block, "Disability"):
                disability = self._listed_code("Disability", element, codes)
                if disability:
                    codes.append(disability)
                    self._add["person_disability"]((element.sourceline, self._id, disability))
        sex = found.get("Sex") or found.get("GenderCurrent")
        is_disabled = int(codes != ["NONE"]) if codes else None
        about = [found.get(element) for element in ABOUT]
        self._add["person"]((child.sourceline, self._id, sex, *about, is_disabled))
        self._kept["Child"] += 1
        self._tell_strangers("Child", child, found, OF_A_CHILD)

    def _tell_strangers(self, unit: str, block: Any, found: Found, own: Collection[str | None]) -> None:
        """Tells of known elements that stand in a block that is not theirs."""
        if strangers := found.keys() - {*own}:
            for name in sorted(strangers):
                what = f"{name} does not belong in {element_shown(local_name(block.tag))}; it was not read"
                self._change(unit, block, name, what, None, "misplaced")

    def _row(self, unit: str, block: Any, referred: str | None) -> tuple[Found, Blocks, str | None]:
        """Reads a block that makes a row, and keeps the row; its values, the blocks within it, and its day."""
        self._read[unit] += 1
        blocks: Blocks = []
        found, drawn = self._leaves(block, unit, {}, blocks), ROW_BLOCKS[unit]
        day, elements = self._required(unit, block, drawn.key, found), drawn.values.values()
        if day:
            values = [found.get(element) if element else referred for element in elements]
            self._add[drawn.table]((block.sourceline, self._id, *values))
            self._kept[unit] += 1
        self._tell_strangers(unit, block, found, (*elements, "DateOfInitialCPC"))
        return found, blocks, day

    def _case(self, case: Any) -> None:
        """A CINdetails: a referral and all that followed. What followed is kept even when the referral has no day."""
        found, blocks, referred = self._row("CINdetails", case, None)
        held: set[str] = set()
        for name, block in blocks:
            if name == "Assessments":
                self._assessment(block, referred)
            elif name == "Section47":
                self._enquiry(block, referred, held)
            elif name == "ChildProtectionPlans":
                self._plan(block, referred)
            elif name in ROW_BLOCKS and name != "CINdetails":
                for _, inner in self._row(name, block, referred)[1]:
                    self._misplaced(inner, f"it does not belong in {name}")
            else:
                self._misplaced(block, "it does not belong in CINdetails")
        if "DateOfInitialCPC" in found:
            self._conference(case, found, None, referred, held)

    def _assessment(self, block: Any, referred: str | None) -> None:
        _, blocks, start = self._row("Assessments", block, referred)
        factors: list[str] = []
        for name, inner in blocks:
            if not start or name not in ("FactorsIdentifiedAtAssessment", "AssessmentFactors"):
                why = "the assessment has no start" if not start else "it does not belong in Assessments"
                self._misplaced(inner, why)
                continue
            for element in self._listed(inner, "AssessmentFactors"):
                factor = self._listed_code("AssessmentFactors", element, factors)
                if factor:
                    factors.append(factor)
                    self._add["assessment_factor"]((element.sourceline, self._id, start, factor))

    def _enquiry(self, block: Any, referred: str | None, held: set[str]) -> None:
        found, blocks, start = self._row("Section47", block, referred)
        if "DateOfInitialCPC" in found and (day := self._conference(block, found, start, referred, frozenset())):
            held.add(day)
        for _, inner in blocks:
            self._misplaced(inner, "it does not belong in Section47")

    def _conference(
        self, block: Any, found: Found, enquiry: str | None, referred: str | None, held: set[str] | frozenset[str]
    ) -> str | None:
        """An initial conference; the day, if it was kept. `held`: those that a Section47 of the referral gives."""
        self._read["DateOfInitialCPC"] += 1
        day = self._required("DateOfInitialCPC", block, "DateOfInitialCPC", found)
        if day in held:
            self._reject(
                "DateOfInitialCPC", block, "DateOfInitialCPC",
                Odd(None, "a Section47 of this referral gives this conference; it was kept from there", why="repeated"),
            )  # fmt: skip
        elif day:
            self._kept["DateOfInitialCPC"] += 1
            self._conferences.append((block.sourceline, self._id, day, enquiry, referred))
        return day

    def _plan(self, block: Any, referred: str | None) -> None:
        _, blocks, start = self._row("ChildProtectionPlans", block, referred)
        if start:
            self._plan_starts.add(start)
        for name, inner in blocks:
            if not start or name not in ("Reviews", "CPPreviewDate"):
                why = "it does not belong in ChildProtectionPlans" if start else "the plan has no start"
                self._misplaced(inner, why)
                continue
            for element in self._listed(inner, "CPPreviewDate"):
                self._review(element, start)

    def _review(self, element: Any, plan: str) -> None:
        value = self._list["CPPreviewDate"][element.text]
        if value.__class__ is Odd and value.value is not None:
            self._change("CPPreviewDate", element, "CPPreviewDate", value.what, value.cell, value.kind)
            value = value.value
        if value.__class__ is not str:
            self._reject("CPPreviewDate", element, "CPPreviewDate", value)
            return
        self._add["cp_review"]((element.sourceline, self._id, plan, value))
        self._kept["CPPreviewDate"] += 1

    def _listed(self, block: Any, name: str) -> list[Any]:
        """The elements of one name in a block, however its wrappers repeat or nest; the block may be one itself."""
        listed = list(block)
        for element in listed:
            if element.tag != name or element.tail is not None or len(element):
                return self._listed_anyhow(block, name)
        if not listed:
            return self._listed_anyhow(block, name)
        self._read[name] += len(listed)
        return listed

    def _listed_anyhow(self, block: Any, name: str) -> list[Any]:
        listed = []
        for element in block.iter():
            tag = local_name(element.tag)
            if tag == name:
                self._read[name] += 1
                listed.append(element)
            elif tag in WITHIN:
                self._misplaced_one(tag, element, f"it stands among {name}")
            elif tag not in WRAPPERS and tag != "Child":
                self._unknown[tag] += 1
            if element is not block:
                self.note_stray(element)
        return listed

    def _listed_code(self, unit: str, element: Any, already: list[str]) -> str | None:
        """The code of a factor or disability; an unknown one, or a repeat, is nothing to keep."""
        value = self._list[unit][element.text]
        if value.__class__ is not str:
            self._reject(unit, element, unit, value)
        elif value in already:
            self._reject(unit, element, unit, Odd(None, f"{value} stands there already", why="repeated"))
        else:
            self._kept[unit] += 1
            return str(value)
        return None

    def _required(self, unit: str, block: Any, column: str, found: Found) -> str | None:
        """The day without which there is no row; if there is none, the row is rejected."""
        value = found.get(column)
        if value.__class__ is str:
            return str(value)
        self._reject(unit, block, column, value)
        return None

    def _reject(self, unit: str, element: Any, column: str, value: Any) -> None:
        self._rejected[unit] += 1
        value = value if isinstance(value, Odd) else Odd(None, f"there is no {column}", why="missing")
        cell, kind, what = value.cell or None, value.kind, value.what
        self._intake.reject(unit, element.sourceline, column, what, value=cell, kind=kind, person=self._id)

    def _change(self, unit: str, element: Any, column: str | None, what: str, cell: str | None, kind: Kind) -> None:
        self._intake.change(unit, element.sourceline, column, what, value=cell, kind=kind, person=self._id)

    def _misplaced(self, block: Any, why: str) -> None:
        for element in block.iter():
            if (name := local_name(element.tag)) in WITHIN:
                self._misplaced_one(name, element, why)

    def _misplaced_one(self, name: str, element: Any, why: str) -> None:
        self._read[name] += 1
        self._rejected[name] += 1
        self._intake.reject(name, element.sourceline, name, why, kind="misplaced", person=self._id)
