"""What is known and what is collected while a query of the dialect is read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from sqlglot import exp

from compendium.engine.dialect_rules import ARGUMENT_REASONS, ARGUMENTS, REASONS, VIEW_ARGUMENTS

TYPES = ("integer", "text", "date", "timestamp")
AS_NEAR = 0.1  # of difflib's ratio
MANY = 60  # names: more are no help to who mistyped one
WORKING_DAY_SUFFIX = "_wd"

Columns = Mapping[str, str]  # column -> one of TYPES


class Level(Enum):
    INDICATOR = "an indicator"
    VIEW = "a model view"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a query. Lines count from 1 within the query's text."""

    what: str
    line: int
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.what}; {self.remedy}" if self.remedy else self.what


@dataclass(frozen=True)
class Relation:
    """What an alias stands for: a stored relation by name, or a query of the same file (name None)."""

    name: str | None
    columns: Columns

    def type_of(self, column: str) -> str | None:
        """A stored date column has a sibling with its running count of working days."""
        if column in self.columns:
            return self.columns[column]
        of = column.removesuffix(WORKING_DAY_SUFFIX)
        if self.name is not None and of != column and self.columns.get(of) == "date":
            return "integer"
        return None


@dataclass
class Reading:
    """What is collected while a query is read."""

    level: Level
    relations: Mapping[str, Columns]
    parameter_types: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)
    siblings: set[tuple[str, str]] = field(default_factory=set)
    columns: set[tuple[str, str]] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    uses_as_at: bool = False

    def fault(self, what: str, node: exp.Expression, remedy: str = "") -> None:
        self.faults.append(Fault(what, line_of(node), remedy))

    def admits(self, node: exp.Expression) -> bool:
        """Whether the node and each of its arguments are in the dialect; says why not."""
        allowed = (VIEW_ARGUMENTS if self.level is Level.VIEW else ARGUMENTS).get(type(node))
        name = type(node).__name__
        if allowed is None:
            self.fault(f"{_as_written(node)} is not in the dialect of {self.level.value}", node, REASONS.get(name, ""))
            return False
        fine = True
        for argument, value in node.args.items():
            if argument in allowed or value is None or value is False or value == []:
                continue
            reason = ARGUMENT_REASONS.get((name, argument), "not every engine has it")
            spelt = argument.rstrip("_").replace("_", " ").upper()
            self.fault(f"{_keyword(node)} {spelt} is not in the dialect of {self.level.value}", node, reason)
            fine = False
        return fine


def table_name(table: exp.Table) -> str:
    return f"{table.db}.{table.name}" if table.db else table.name


def line_of(node: exp.Expression) -> int:
    """The line on which a node stands: its own, its first part's, or that of what holds it."""
    lines = [each.meta["line"] for each in node.walk() if "line" in each.meta]
    if lines:
        return int(min(lines))
    return line_of(node.parent) if isinstance(node.parent, exp.Expression) else 1


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """'did you mean x?' (or y, when it is as near), or the whole list when nothing is near, unless it is long."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=2, cutoff=0.5)
    if near:
        first, *others = (difflib.SequenceMatcher(None, name, each).ratio() for each in near)
        near = near[:1] if not others or first - others[0] > AS_NEAR else near
        return f"did you mean {' or '.join(near)}?"
    if len(names) > MANY:
        return f"one of {len(names)} names, none of which is like it"
    return f"there are {', '.join(names)}" if names else ""


def _keyword(node: exp.Expression) -> str:
    return {"Group": "GROUP BY"}.get(type(node).__name__, type(node).__name__.upper())


def _as_written(node: exp.Expression) -> str:
    text = " ".join(node.sql().split())
    return text if len(text) <= 60 else f"{text[:57]}..."
