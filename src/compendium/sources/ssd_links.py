"""What a table of the Standard Safeguarding Dataset says of a row that another table names by its id.

An assessment names its referral by an id, and Compendium knows a referral by its day: so the tables that
others name are read first, and what they say is kept here. Beside it stand the kinds of value that need
what was read before: whether a child is disabled, who a worker is, whether a child was in care.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from compendium.record.intake import Intake
from compendium.sources.cells import Memo, Odd, Reading, Value
from compendium.sources.ssd_care import Care
from compendium.sources.ssd_values import child, either, key, reading, words

OF = "of:"
# What is learnt -> the table that says so.
TOLD_BY: Mapping[str, str] = {
    "worker": "ssd_professionals", "disability": "ssd_disability", "immigration": "ssd_immigration_status",
    "referral": "ssd_cin_episodes", "assessment": "ssd_cin_assessments", "assessed_child": "ssd_cin_assessments",
    "enquiry": "ssd_s47_enquiry", "plan": "ssd_cp_plans", "care": "ssd_cla_episodes", "entry": "ssd_cla_episodes",
}  # fmt: skip
NOUNS = {"referral": "referral", "assessment": "assessment", "assessed_child": "assessment", "plan": "plan",
         "enquiry": "enquiry"}  # fmt: skip


class Links:
    """Of one delivery. given: the tables that are in it."""

    def __init__(self, intake: Intake, care: Care, given: Sequence[str]) -> None:
        self._intake, self._care = intake, care
        self._given = frozenset(given)
        self._learnt: dict[str, dict[str, Value]] = defaultdict(dict)
        self._memos: dict[str, Memo] = {}
        self._lost: Counter[str] = Counter()

    def learn(self, name: str, identity: str, value: Value) -> None:
        """What others will read as `of:name` by that id."""
        self._learnt[name][identity] = value

    def disability(self, values: Mapping[str, Value]) -> bool:
        """A child with any disability but NONE is disabled, whatever else stands there."""
        person, is_disabled = values["person_id"], int(values["disability"] != "NONE")
        assert isinstance(person, str)
        self._learnt["disability"][person] = max(int(self._learnt["disability"].get(person) or 0), is_disabled)
        return True

    def immigration(self, values: Mapping[str, Value]) -> bool:
        """A child who has ever been unaccompanied and seeking asylum."""
        person, is_uasc = values["person_id"], values["is_uasc"]
        assert isinstance(person, str)
        if is_uasc is not None:
            self._learnt["immigration"][person] = max(int(self._learnt["immigration"].get(person) or 0), int(is_uasc))
        return is_uasc is not None

    def is_uasc(self, person: str) -> Value:
        """Empty when the delivery has no table of immigration status."""
        if "ssd_immigration_status" not in self._given:
            return None
        return self._learnt["immigration"].get(person, 0)

    def can(self, kind: str) -> bool:
        """Whether the delivery has the table that a kind asks."""
        return not kind.startswith(OF) or kind == "of:worker" or TOLD_BY[kind[len(OF) :]] in self._given

    def memo(self, kind: str, needed: bool) -> Memo:
        """How values of a kind are read. needed: a row without it is not kept, so the ledger must say why."""
        if kind == "key":
            return Memo(reading(kind), keep=False)  # ids seldom recur
        if kind not in self._memos:
            known = self._linked(kind, needed)
            if known is not None:
                return Memo(known)  # what is learnt differs from table to table
            self._memos[kind] = Memo(reading(kind))
        return self._memos[kind]

    def lost(self) -> Counter[str]:
        """How many different ids named nothing since this was last asked, by what they should have named."""
        lost, self._lost = self._lost, Counter()
        return lost

    def _linked(self, kind: str, needed: bool) -> Reading | None:
        linked: Mapping[str, Reading] = {
            "worker": self._number,
            "of:worker": self._worker,
            "child_of": either(child, self._cared_for),
            "of:disability": lambda cell: self._learnt["disability"].get(str(child(cell))),
            "of:immigration": lambda cell: self.is_uasc(str(child(cell))),
            "of:care": self._in_care,
            "of:entry": self._entry,
        }
        if kind in linked:
            return linked[kind]
        return self._by_id(kind[len(OF) :], needed) if kind.startswith(OF) else None

    def _by_id(self, name: str, needed: bool) -> Reading:
        learnt = self._learnt[name]

        def read(cell: Any) -> Value | Odd:
            identity = key(cell)
            if not isinstance(identity, str):
                return identity
            if identity in learnt:
                return learnt[identity]
            if needed:
                return Odd(None, f"it names no {NOUNS[name]} that is in this delivery", why="other")
            self._lost[NOUNS[name]] += 1
            return None

        return read

    def _number(self, cells: tuple[Any, ...]) -> Value | Odd:
        """A worker by pseudonym: of the registration number, which other returns give too, else of the id."""
        read = either(*[words] * len(cells))(cells)
        return self._intake.worker(read) if isinstance(read, str) else read

    def _worker(self, cell: Any) -> Value | Odd:
        """A worker named by id, or by what stands there where the list of professionals lacks it."""
        if isinstance(cell, tuple):
            return either(*[self._worker] * len(cell))(cell)
        identity = key(cell)
        if not isinstance(identity, str):
            return identity
        return self._learnt["worker"].get(identity) or self._intake.worker(identity)

    def _cared_for(self, cell: Any) -> Value | Odd:
        identity = key(cell)
        return self._learnt["cared_for"].get(identity) if isinstance(identity, str) else identity

    def _in_care(self, cells: tuple[Any, Any]) -> Value | Odd:
        person, day = child(cells[0]), reading("day")(cells[1])
        return int(self._care.in_care(person, day)) if isinstance(person, str) and isinstance(day, str) else None

    def _entry(self, cells: tuple[Any, ...]) -> Value | Odd:
        """The day on which a child on the way to adoption entered care; cells: child, period, days on the way."""
        person, period = child(cells[0]), key(cells[1])
        days = [read for cell in cells[2:] if isinstance(read := reading("day")(cell), str)]
        named = period if isinstance(period, str) else None
        entered = self._care.entry(person, named, min(days, default=None)) if isinstance(person, str) else None
        return entered or Odd(None, "no period of care of this child is in this delivery", why="other")
