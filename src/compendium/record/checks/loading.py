"""The rules in force: every rule file of the shipped and the council's own folders, or every fault of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from compendium import words
from compendium.engine.dialect_reading import did_you_mean
from compendium.errors import ComputeError, RuleError
from compendium.record.checks.reading import read_rule
from compendium.record.checks.relations import relations
from compendium.record.checks.rule import Rule

SHIPPED = Path(__file__).parent

Fault = tuple[Path, int, str]


class Rules(Mapping[str, Rule]):
    """Rules by id, in the order of their sets and files."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = dict(rules)

    def __getitem__(self, name: str) -> Rule:
        return self._rules[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def require(self, name: str) -> Rule:
        """The rule of that id. ComputeError says which was meant."""
        if name not in self._rules:
            raise ComputeError(
                f"there is no rule {name!r}",
                expected=did_you_mean(name, self._rules),
                remedy="`compendium quality show` prints all of them",
            )
        return self._rules[name]


def rule_files(folders: Iterable[Path]) -> Iterator[Path]:
    """One file a rule, in a folder for its set."""
    for folder in folders:
        yield from sorted(folder.glob("*/*.yaml"))


def load_rules(folders: Iterable[Path]) -> Rules:
    """Raises RuleError with every fault of every file, each with its line."""
    rules, faults = read_rules(folders)
    if faults:
        raise RuleError(
            f"{words.plural(len(faults), 'fault')} in the data-quality rules\n"
            + "\n".join(f"  {file}, line {line}: {what}" for file, line, what in faults)
        )
    return rules


def read_rules(folders: Iterable[Path]) -> tuple[Rules, list[Fault]]:
    """The rules without a fault, and the faults of the others."""
    known = relations()
    rules: dict[str, Rule] = {}
    files: dict[str, Path] = {}
    faults: list[Fault] = []
    for file in rule_files(folders):
        if file.stem in files:
            faults.append((file, 1, f"the id {file.stem} is taken by {files[file.stem]}"))
            continue
        files[file.stem] = file
        rule, wrong = read_rule(file, file.read_text(encoding="utf-8"), known)
        faults += [(file, line, what) for line, what in sorted(wrong)]
        if rule is not None:
            rules[file.stem] = rule
    return Rules(rules), faults
