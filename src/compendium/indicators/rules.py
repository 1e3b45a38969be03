"""The local rules that indicators share: what a council may set, what is in force, and how it is told beside a figure.

`rules.yaml` has one entry a rule. Its name is written `:name` in the SQL of indicators and of model views alike,
and a workspace sets it under `[rules]`. What only one indicator leaves to the council is a limit of its own file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from compendium import words
from compendium.engine.dialect_reading import did_you_mean
from compendium.engine.file_reader import FileReader
from compendium.errors import WorkspaceError
from compendium.workspace import FILE, Workspace, setting_line

RULES = Path(__file__).parent / "rules.yaml"
KEYS = ("title", "says", "default", "unit", "within", "choices", "source", "kinds")
REQUIRED = ("title", "says", "default", "source")

Value = int | str
Fault = tuple[Path, int, str]


@dataclass(frozen=True)
class Rule:
    """One rule. choices: each value it may have, and what it means; without them a whole number `within` two.

    kinds: the kinds of row of a view for which it matters; none: all of them.
    """

    name: str
    title: str
    says: str
    default: Value
    unit: str
    within: tuple[int, int]
    choices: Mapping[Value, str]
    source: str
    kinds: frozenset[str]

    @property
    def allowed(self) -> str:
        """What it may be set to, in words."""
        if self.choices:
            return words.listing([f"`{value}` ({means})" for value, means in self.choices.items()], "or")
        return f"a whole number from {self.within[0]} to {self.within[1]}"

    def admits(self, value: Any) -> bool:
        if self.choices:
            return value in self.choices and type(value) is type(self.default)
        return isinstance(value, int) and not isinstance(value, bool) and self.within[0] <= value <= self.within[1]

    def written(self, value: Value) -> str:
        """'10 working days', or what a choice means."""
        if self.choices:
            return self.choices[value]
        return words.plural(int(value), self.unit) if self.unit else str(value)


@dataclass(frozen=True)
class RuleInForce:
    """What one rule or limit is for a figure, in words; `name` is how SQL and settings call it."""

    name: str
    title: str
    value: Value
    default: Value
    written: str
    default_written: str

    @property
    def is_default(self) -> bool:
        return self.value == self.default

    def __str__(self) -> str:
        """'Hub hours, red: 6 hours (set here; the default is 4 hours)'."""
        mark = "" if self.is_default else f" (set here; the default is {self.default_written})"
        return f"{self.title}: {self.written}{mark}"


def read_rules(file: Path = RULES) -> tuple[Mapping[str, Rule], list[Fault]]:
    """The rules of a file by name, and its faults."""
    rules, faults = _read(file, file.read_text(encoding="utf-8"))
    return rules, list(faults)


@cache
def _read(file: Path, text: str) -> tuple[Mapping[str, Rule], tuple[Fault, ...]]:
    reader = FileReader.opened(file, text, {})
    rules = {} if reader.faults else {str(name): _rule(reader, str(name)) for name in reader.lined.values}
    return rules, tuple((file, line, what) for line, what in sorted(reader.faults))


def _rule(reader: FileReader, name: str) -> Rule:
    given = reader.mapping(name)
    for key in given:
        if key not in KEYS:
            reader.fault(f"{name}: there is no key `{key}`; {did_you_mean(str(key), KEYS)}", name, key)
    for key in REQUIRED:
        if given.get(key) in (None, ""):
            reader.fault(f"{name}: `{key}` is missing", name)
    choices: Mapping[Any, str] = reader.mapping(name, "choices")
    least, most = _within(given.get("within"))
    if not choices and most < least:
        reader.fault(f"{name}: give `choices`, or `within: [1, 60]`, the least and the most it may be", name)
    rule = Rule(
        name, str(given.get("title")), str(given.get("says")), given.get("default", 0), str(given.get("unit", "")),
        (least, most), choices, str(given.get("source")),
        frozenset(map(str, given.get("kinds") or ())),
    )  # fmt: skip
    if (choices or least <= most) and not rule.admits(rule.default):
        reader.fault(f"{name}: the default is {rule.default!r}, not {rule.allowed}", name, "default")
    return rule


def _within(given: Any) -> tuple[int, int]:
    """The least and the most; the most below the least where they are not given so."""
    pair = given if isinstance(given, list) and len(given) == 2 else [1, 0]
    return (pair[0], pair[1]) if all(isinstance(each, int) for each in pair) else (1, 0)


def values_in_force(rules: Mapping[str, Rule], workspace: Workspace | None) -> Mapping[str, Value]:
    """What each rule is in a workspace, or by default."""
    own = workspace.rules if workspace else {}
    return {name: own.get(name, rule.default) for name, rule in rules.items()}


def check_rules(rules: Mapping[str, Rule], workspace: Workspace) -> None:
    """What the workspace sets must be a rule, and within what the rule may be. WorkspaceError with every fault."""
    faults = []
    for name, value in workspace.rules.items():
        if name not in rules:
            faults.append((name, f"there is no rule {name}; {did_you_mean(name, rules)}"))
        elif not rules[name].admits(value):
            faults.append((name, f"{name} is {value!r}; it may be {rules[name].allowed}"))
    if faults:
        path = workspace.folder / FILE
        lines = [f"  {path}, line {setting_line(path, 'rules', name)}: {what}" for name, what in faults]
        raise WorkspaceError(f"{words.plural(len(faults), 'fault')} under [rules]\n" + "\n".join(lines))
