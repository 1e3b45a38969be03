"""One child of the payload: its nodes as rows of the canonical tables.

Every node of the kinds in `UNITS`, wherever it stands, is counted and either kept or rejected in the ledger, whose
row is the child's place in the file. A child that comes whole says of each field that it does not give that it is
empty; so does every child of a payload that says it is complete. Of a child that comes in part only what is there is
said: one part for each column supplied.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from compendium import words
from compendium.record.intake import Intake
from compendium.record.ledger import Kind
from compendium.record.tables import TABLES
from compendium.sources.cells import Odd, flag
from compendium.sources.dfe_api_care import Placed, adoption_of, latest_state, periods
from compendium.sources.dfe_api_nodes import AGAIN, COLUMNS, COUNTED, INNER, UNITS, listed_codes, nodes, tables_within

Found = dict[str, Any]  # column -> value, or key -> what stands under it
Row = tuple[Any, ...]
NOT_KNOWN = object()
FIELD = re.compile(
    r"[a-z]{2,20}(_[a-z0-9]{1,20}){1,6}"
)  # as the API names its fields: what else a key is may be a name
LOAD_WHOLE = "load the child's whole payload (json_payload, where the staging table holds it)"
LOAD_COMPLETE = "what earlier deliveries told of it stays until a payload comes that says it is complete"


class ChildReader:
    """Reads children into an intake; `finish` hands it the counts.

    as_at: the day the payload was received. all_whole: the payload says that it is complete. days: table -> the
    days of its events. in_part: how many children came in part.
    """

    def __init__(self, intake: Intake, as_at: str, *, all_whole: bool) -> None:
        self.days: dict[str, set[str]] = {table: set() for table in COLUMNS}
        self.in_part = 0
        self._intake, self._as_at, self._all_whole = intake, as_at, all_whole
        self._nodes, self._codes_of = nodes(), listed_codes()
        self._known = {*UNITS, *INNER, *(field for node in self._nodes.values() for field in node.fields)}
        self._full = {
            table: (intake.appender(table, columns), columns, TABLES[table].event) for table, columns in COLUMNS.items()
        }
        intake.feeds |= {kind: tables_within(kind, self._nodes) for kind in UNITS}
        self._parts: dict[tuple[str, ...], Callable[[Row], None]] = {}
        self._read, self._kept, self._rejected = (dict.fromkeys(UNITS, 0) for _ in range(3))
        self._unknown: Counter[str] = Counter()
        self._seen: set[str] = set()
        self._number, self._id, self._whole = 0, "", True

    def read(self, number: int, child: Any) -> None:
        """One child with all that is in it. number: its place in the file, from 1."""
        self._number, self._id, self._whole = number, "", True
        told = len(self._intake.findings)
        taken = self._node("children", child)
        if taken is None:
            return
        found, inner = taken
        self._id = found["person_id"]
        self._intake.name_findings(told, self._id)
        if self._id in self._seen:
            again = Odd(None, "the child stands there already; the first was kept", why="repeated")
            self._reject("children", "la_child_id", again)
            self._stray(inner, "the child stands there already")  # with what the first may not have
            return
        self._seen.add(self._id)
        details = inner.get("child_details")
        self._whole = self._all_whole or _looks_whole(details)
        self.in_part += not self._whole
        self._person(found, details)
        wellbeing = self._wrapper("health_and_wellbeing", inner.get("health_and_wellbeing"))[1]
        for node in _listed(wellbeing.get("sdq_assessments")):
            if (answered := self._node("sdq_assessments", node)) is not None:
                self._write("sdq_assessments", answered[0])
        plans = "education_health_care_plans"
        self._stray({plans: inner.get(plans)}, "nothing is taken from it", "unused")
        self._episodes(inner.get("social_care_episodes"))

    def stray(self, number: int, content: dict[str, Any]) -> None:
        """What stands beside the children, in what is wrapped around them."""
        self._number, self._id = number, ""
        for name, value in content.items():
            self._strange("children", name, value)

    def finish(self) -> None:
        for unit in UNITS:
            self._intake.count(unit, self._read[unit], self._kept[unit], self._rejected[unit])
        for name, count in sorted(self._unknown.items()):
            near = difflib.get_close_matches(name, self._known, 1, 0.8)
            shown = f"'{name}'" if near or FIELD.fullmatch(name) else "of that kind"
            self._intake.note(
                f"the API has no field {shown}; {words.plural(count, 'was', 'were')} not read",
                remedy=f"did you mean '{near[0]}'?" if near else "",
            )
        if not self._read["children"]:
            self._intake.note("the payload has no child")

    def _person(self, found: Found, details: Any) -> None:
        given, inner = self._wrapper("child_details", details)
        codes = self._codes("disabilities", inner.get("disabilities"))
        for code in codes:
            self._append("person_disability", {"person_id": self._id, "disability": code})
        if codes:
            given["is_disabled"] = int(codes != ["NONE"])
        self._write("children", given | found)

    def _episodes(self, given: Any) -> None:
        placed: list[Placed] = []
        conferences: list[Found] = []
        told: dict[str, list[Found]] = {"adoption": [], "care_leavers": []}
        plan_starts: set[str] = set()
        for node in _listed(given):
            taken = self._node("social_care_episodes", node, follow=True)
            if taken is None:
                continue
            episode, inner = taken
            referred = {name: day for name, day in episode.items() if name == "referral_date" and day is not None}
            if referred:
                self._write("social_care_episodes", episode)
            for kind, one in [(kind, one) for kind, under in inner.items() for one in _listed(under)]:
                if (after := self._node(kind, one)) is None:
                    continue
                if kind in told:
                    told[kind].append(after[0])
                else:
                    self._follows(kind, after[0] | referred, after[1], placed, conferences)
                if kind == "child_protection_plans":
                    plan_starts.add(after[0]["start_date"])
        for conference in conferences:
            if self._whole:
                conference["outcome_cp_plan"] = int(conference["icpc_date"] in plan_starts)
            self._append("icpc", conference)
        self._care(placed, told["adoption"], told["care_leavers"])

    def _follows(self, kind: str, found: Found, inner: Found, placed: list[Placed], conferences: list[Found]) -> None:
        """Writes what followed a referral."""
        if kind == "section_47_assessments":
            if (held := found.pop("icpc_date", None)) is not None:
                referred = {name: found[name] for name in ("referral_date",) if name in found}
                enquiry = {"person_id": self._id, "s47_start_date": found["start_date"]}
                conferences.append({"icpc_date": held} | enquiry | referred)
        elif kind == "child_looked_after_placements":
            reasons = found.pop("start_reason", None), found.pop("end_reason", None)
            placed.append(Placed(found["start_date"], found.get("end_date"), *reasons))
        elif kind == "care_worker_details":
            found |= {"worker_id": self._intake.worker(found["worker_id"]), "role": "case_holder"}
        self._write(kind, found)
        if kind == "child_and_family_assessments":
            for factor in self._codes("factors", inner.get("factors")):
                assessed = {"person_id": self._id, "start_date": found["start_date"]}
                self._append("assessment_factor", {"factor_code": factor} | assessed)

    def _care(self, placed: list[Placed], adoptions: list[Found], states: list[Found]) -> None:
        """What the child's nodes say together: periods of care, the way to adoption, a care leaver's state."""
        care = periods(placed) if self._whole else []
        for period in care:
            self._append("lac_period", {"person_id": self._id, **period})
        undated = Odd(None, "no placement in the payload says when care began", why="missing")
        self._once("adoption", adoptions, adoption_of(adoptions, care), undated)
        self._once("care_leavers", states, latest_state(states, self._as_at), undated)

    def _once(self, kind: str, told: list[Found], row: Found | None, lacking: Odd) -> None:
        """Every episode of a child repeats it: it is kept once, of a child that comes whole."""
        for place, _ in enumerate(told):
            if not self._whole:
                self._reject(kind, None, Odd(None, "it cannot be told in part", why="malformed"), LOAD_WHOLE)
            elif row is None:
                self._reject(kind, None, lacking, "Annex A list 10 gives that day")
            elif place:
                self._reject(kind, None, Odd(None, "another episode of the child tells it", why="repeated"))
            else:
                self._write(kind, row)

    def _node(self, kind: str, node: Any, *, follow: bool = False) -> tuple[Found, Found] | None:
        """A node's own values, and what stands in it; None when it was rejected.

        follow: what stands in it is read even where it lacks what it needs.
        """
        self._read[kind] += 1
        if node.__class__ is not dict:
            self._reject(kind, None, Odd(None, "an object was expected", why="malformed"))
            self._stray(node, "it stands where an object was expected")
            return None
        found, inner, odd = self._fields(kind, node)
        if _purged(node):
            gone = Odd(None, "it is deleted at its source", why="unused")
            self._reject(kind, "purge", gone, LOAD_COMPLETE)
            self._stray(inner, "it stands in what is deleted at its source", "unused")
            return None
        for column, field in self._nodes[kind].needs.items():
            if found.get(column) is None:
                lacking = odd.get(field) or Odd(None, f"there is no {field}", why="missing")
                self._reject(kind, field, lacking, "" if self._whole else LOAD_WHOLE)
                if follow:
                    return found, inner
                self._stray(inner, "what it stands in was not kept")
                return None
        self._tell(kind, odd)
        return found, inner

    def _wrapper(self, kind: str, node: Any) -> tuple[Found, Found]:
        """The values of an object that is no node of its own, and what stands in it."""
        if node is None:
            return {}, {}
        if node.__class__ is not dict:
            self._change(kind, kind, Odd(None, "an object was expected; it was set aside", why="malformed"))
            self._stray(node, "it stands where an object was expected")
            return {}, {}
        found, inner, odd = self._fields(kind, node)
        if _purged(node):
            self._change(kind, kind, Odd(None, "it is deleted at its source; what was told before stays", why="unused"))
            self._stray(inner, "it stands in what is deleted at its source", "unused")
            return {}, {}
        self._tell(kind, odd)
        return found, inner

    def _fields(self, kind: str, node: dict[str, Any]) -> tuple[Found, Found, dict[str, Odd]]:
        """The values a node gives, what stands in it by its key, and what was read leniently or not at all."""
        found: Found = {}
        inner: Found = {}
        odd: dict[str, Odd] = {}
        fields, within = self._nodes[kind].fields, INNER.get(kind, ())
        for name, value in node.items():
            if name not in fields:
                if name in within:
                    inner[name] = value
                else:
                    self._strange(kind, name, value)
            elif value.__class__ is list or value.__class__ is dict:
                odd[name] = Odd(None, "a single value was expected", why="malformed")
                self._stray(value, f"it stands in {name}")
            elif (known := fields[name]) is not None:
                column, memo = known
                read = memo.seen.get(value, NOT_KNOWN)
                if read is NOT_KNOWN:
                    read = memo.read(value)
                    if read.__class__ is Odd:
                        odd[name], read = read, read.value
                        if read is None:
                            continue
                found[column] = read
        return found, inner, odd

    def _codes(self, kind: str, given: Any) -> list[str]:
        """The codes of a list; an unknown one, or a repeat, is nothing to keep."""
        kept: list[str] = []
        for value in _listed(given):
            self._read[kind] += 1
            read: Any = Odd(None, "a code was expected", why="malformed")
            if value.__class__ is list or value.__class__ is dict:
                self._stray(value, "it stands where a code was expected")
            elif (read := self._codes_of[kind][value]) is None:
                read = Odd(None, "there is no code", why="missing")
            elif read in kept:
                read = Odd(None, f"{read} stands there already", why="repeated")
            if read.__class__ is Odd:
                self._reject(kind, kind, read)
            else:
                self._kept[kind] += 1
                kept.append(read)
        return kept

    def _write(self, kind: str, values: Found) -> None:
        """The row of a node, which is kept by this."""
        self._kept[kind] += 1
        values["person_id"] = self._id
        self._append(self._nodes[kind].table, values)

    def _append(self, table: str, values: Found) -> None:
        if self._whole:
            add, columns, event = self._full[table]
            add((self._number, *map(values.get, columns)))
            if event is not None:
                self.days[table].add(values[event])
            return
        columns, drawn = COLUMNS[table], TABLES[table]
        key = tuple(name for name in columns if name in drawn.key or name in drawn.required)
        beside = [(name,) for name in columns if name in values and name not in key]
        for names in [key + each for each in beside] or [key]:
            if (table, *names) not in self._parts:
                self._parts[table, *names] = self._intake.appender(table, names)
            self._parts[table, *names]((self._number, *map(values.get, names)))

    def _strange(self, kind: str, name: str, value: Any) -> None:
        """A key that does not belong in this kind of node, or stands there for a second time."""
        plain, again, _ = name.partition(AGAIN)
        if again:
            self._change(kind, plain, Odd(None, "it stands there twice; the first was kept", why="repeated"))
        elif plain not in COUNTED:
            self._unknown[plain] += 1
        self._stray({plain: value}, "it stands there twice" if again else "it does not belong there")

    def _stray(self, value: Any, what: str, why: Kind = "misplaced") -> None:
        """Counts and rejects every node in a value that is not read, however deep it lies."""
        left = [value]
        while left:
            one = left.pop()
            if one.__class__ is dict:
                for name, under in one.items():
                    kind = name.partition(AGAIN)[0]
                    for _ in _listed(under) if kind in COUNTED else ():
                        self._read[kind] += 1
                        self._reject(kind, None, Odd(None, what, why=why))
                    left.append(under)
            elif one.__class__ is list:
                left.extend(one)

    def _tell(self, kind: str, odd: dict[str, Odd]) -> None:
        """The ledger's entries for what a kept node has that was read leniently or set aside."""
        for field, value in odd.items():
            self._change(kind, field, value, "" if value.value is not None else "; it was set aside")

    def _change(self, kind: str, field: str, odd: Odd, then: str = "") -> None:
        unit = kind if kind in UNITS else "children"
        self._intake.change(
            unit, self._number, field, odd.what + then, value=odd.cell or None, kind=odd.kind, person=self._id
        )

    def _reject(self, kind: str, field: str | None, odd: Odd, remedy: str = "") -> None:
        self._rejected[kind] += 1
        self._intake.reject(
            kind, self._number, field, odd.what,
            value=odd.cell or None, remedy=remedy, kind=odd.kind, person=self._id,
        )  # fmt: skip


def _listed(given: Any) -> list[Any]:
    """A list's elements; a single value is a list of one, and null of none."""
    return given if given.__class__ is list else [] if given is None else [given]


def _looks_whole(details: Any) -> bool:
    """Whether a child comes whole. A payload of changes does not give a birth, a sex and one thing more at once."""
    if details.__class__ is not dict:
        return False
    birth = details.get("date_of_birth") or details.get("expected_date_of_birth")
    more = any(details.get(name) is not None for name in ("ethnicity", "disabilities", "uasc_flag"))
    return bool(birth and details.get("sex") and more)


def _purged(node: dict[str, Any]) -> bool:
    purge = node.get("purge")
    if purge.__class__ is not str:
        return purge is True
    return flag(purge) == 1
