"""Many authorities' month cells as one: what was added up, whose was not and why, and who is missing.

An indicator is added up by the definition and the local rules of whoever pools: cells made by another version, by
other rules or from another file of the same name are not added, and are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from compendium import words
from compendium.errors import CompendiumError, ComputeError, DeliveryError
from compendium.indicators.loading import Catalogue
from compendium.indicators.rules import RuleInForce
from compendium.indicators.shape import Indicator
from compendium.pooling.addable import AllRules, fingerprint, rules_in_words, why_not_added
from compendium.pooling.contribution import Contribution, contribution
from compendium.pooling.month_cells import Header, MonthCell
from compendium.pooling.pooled import Part, Pooled, add_up
from compendium.pooling.reading import MonthCells, is_month_cells, read_month_cells


@dataclass(frozen=True)
class Member:
    """An authority whose file was read."""

    code: str
    name: str
    file: str
    header: Header


@dataclass(frozen=True)
class Missing:
    """An authority that is expected; why: that it sent nothing, or what its file lacks."""

    code: str
    name: str
    why: str


class Pool:
    """month: the one asked about. unread: files that are no month cells. not_added: indicator -> why it never can be.

    unknown: indicators of members that the catalogue of whoever pools does not have -> the members' names.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        rules: AllRules,
        month: date,
        files: Iterable[MonthCells],
        expected: Mapping[str, str] | None = None,
        unread: Iterable[str] = (),
    ) -> None:
        self.month, self.expected, self.unread = month, expected, tuple(unread)
        self.not_added = {each.id: why for each in catalogue.values() if (why := why_not_added(each))}
        self.catalogue = Catalogue(
            {n: each for n, each in catalogue.items() if n not in self.not_added}, catalogue.views, catalogue.rules
        )
        self._whole, self._rules = catalogue, rules
        self._fingerprints = {name: fingerprint(each) for name, each in self.catalogue.items()}
        self._held: dict[str, dict[str, Contribution]] = {name: {} for name in self.catalogue}
        self.unknown: dict[str, list[str]] = {}
        self.members: dict[str, Member] = {}
        for file in files:
            self._take(file)
        self.members = dict(sorted(self.members.items(), key=lambda each: (each[1].name, each[0])))
        self._check_members()

    def _take(self, file: MonthCells) -> None:
        code, months = file.header.authority_code, (file.header.first, file.header.last)
        if code in self.members:
            raise DeliveryError(
                f"{self.members[code].file} and {file.name} are both of authority {code}",
                expected="one file for each authority",
                remedy="take the older one out of the folders; nothing was added up",
            )
        self.members[code] = Member(code, file.header.authority_name, file.name, file.header)
        together: dict[str, list[MonthCell]] = {}
        for cell in file.cells:
            together.setdefault(cell.indicator, []).append(cell)
        for name, rows in together.items():
            if name in self._held:
                self._held[name][code] = contribution(self.catalogue[name], rows, months)
            elif name not in self.not_added:
                self.unknown.setdefault(name, []).append(file.header.authority_name)

    def _check_members(self) -> None:
        if not any(self._holds_month(each) for each in self.members.values()):
            held = sorted({f"{each.header.first:%Y-%m} to {each.header.last:%Y-%m}" for each in self.members.values()})
            raise ComputeError(
                f"no file of month cells holds {words.month(self.month)}",
                expected=f"a month that one holds: {'; '.join(held) or 'but there is no such file in the folders'}",
                remedy="choose another month, or ask for month cells that run to this one",
            )
        if self.expected is not None and (
            strangers := [each for c, each in self.members.items() if c not in self.expected]
        ):
            raise ComputeError(
                f"not among those expected: {words.listing([f'{each.name} ({each.file})' for each in strangers])}",
                remedy="take the file out of the folders, or add the authority to the list; nothing was added up",
            )

    @property
    def synthetic(self) -> bool:
        """Whether any member describes no real council."""
        return any(member.header.synthetic for member in self.members.values())

    def _holds_month(self, member: Member) -> bool:
        return member.header.first <= self.month <= member.header.last

    @cached_property
    def missing(self) -> list[Missing]:
        """Those expected without a file, and those whose file does not hold the month."""
        absent = [
            Missing(code, name, "sent no month cells")
            for code, name in (self.expected or {}).items()
            if code not in self.members
        ]
        late = [
            Missing(each.code, each.name, _range(each.header))
            for each in self.members.values()
            if not self._holds_month(each)
        ]
        return sorted([*absent, *late], key=lambda each: (each.name, each.code))

    def figures(self, indicators: Iterable[str] | None = None) -> Iterator[Pooled]:
        """Every basis of every indicator (None: all); of a mix, each category."""
        for name in indicators or self.catalogue:
            definition = self.catalogue.require(name)
            for basis in definition.bases:
                for category in self.categories(name) if definition.value == "mix" else (None,):
                    yield self.one(name, basis, category)

    def categories(self, indicator: str) -> list[str]:
        """Of a mix: every category that any member has, by name."""
        held = self._held[indicator].values()
        return sorted({each for one in held for each in one.cells.part_values("category")})

    def rules(self, definition: Indicator) -> list[RuleInForce]:
        """The local rules by which its cells must have been counted to be added up."""
        return list(rules_in_words(definition, self._whole, self._rules.get(definition.id, {})))

    def beside(self, definition: Indicator) -> Indicator | None:
        """The indicator to read beside one, whether or not it can be added up."""
        return self._whole.get(definition.counterweight or "")

    def one(self, indicator: str, basis: str, category: str | None = None) -> Pooled:
        definition = self.catalogue.require(indicator)
        parts, left_out = [], {}
        for code, member in self.members.items():
            held = self._held[indicator].get(code)
            why = self._why_not(definition, held, basis)
            if held is None or why:
                left_out[code] = why
                continue
            breakdown = None if category is None else ("category", category)
            numbers, children = held.numbers(basis, self.month, breakdown), held.children.get(self.month, (None, ""))[0]
            provisional = held.states[self.month] == "provisional"
            parts.append(Part(code, member.name, numbers, children, provisional))
        return add_up(definition, self.month, basis, category, parts, left_out)

    def _why_not(self, definition: Indicator, held: Contribution | None, basis: str) -> str:
        if held is None:
            return "its file does not hold the indicator"
        unlike = held.differs(self._fingerprints[definition.id], self._rules.get(definition.id, {}))
        return unlike or held.lacks(basis, self.month)


def read_pool(
    folders: Iterable[Path], catalogue: Catalogue, rules: AllRules, month: date,
    expected: Mapping[str, str] | None = None, step: Callable[[str], None] = lambda _: None,
) -> Pool:  # fmt: skip
    """The pool of all files of month cells in some folders. DeliveryError with the faults of all files at once."""
    files, unread, faults = [], [], []
    for path in _files(folders):
        step(path.name)
        if not is_month_cells(path):
            unread.append(path.name)
            continue
        try:
            files.append(read_month_cells(path))
        except CompendiumError as fault:
            faults.append(fault)
    if faults:
        refused = words.plural(len(faults), "file of month cells is refused", "files of month cells are refused")
        raise DeliveryError(f"{refused}; nothing was added up\n" + "\n".join(map(str, faults)))
    return Pool(catalogue, rules, month, files, expected, unread)


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    """In an order that does not depend on that of the folders."""
    found: set[Path] = set()
    for folder in folders:
        if not folder.is_dir():
            raise ComputeError(f"{folder} is no folder", expected="a folder with authorities' files of month cells")
        found |= {
            path.resolve() for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~"))
        }
    yield from sorted(found, key=lambda path: (path.name, str(path)))


def _range(header: Header) -> str:
    held = [words.month(each) for each in dict.fromkeys((header.first, header.last))]
    return f"its month cells hold {' to '.join(held)} only"
