"""What a data-quality rule is, once its file has been read: words, judgement and the query for the rows at fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compendium.engine.dialect import Query

WORDS = ("title", "code", "source", "why", "record")
SEVERITIES = ("error", "query")
RETURNED = ("child_id", "on_date", "team_id", "detail")
COULD_NOT_RUN = "could not run"


@dataclass(frozen=True)
class Delivered:
    """One delivery of an example: a snippet of its format, as the file has it, and the day it is received.

    reference: the reference date that its header gives, or the end of its year.
    """

    source_format: str
    snippet: Any
    received: date
    reference: date


@dataclass(frozen=True)
class Example:
    """Deliveries in, the children flagged out (each as often as it is flagged); None where it could not run."""

    says: str
    deliveries: tuple[Delivered, ...]
    flags: tuple[str, ...] | None
    line: int


@dataclass(frozen=True)
class Rule:
    """One rule. formats: the deliveries it judges, none for the whole record, whatever fed it.

    needs: tables and table.columns that some delivery must speak of; record: what is to be mended. months: how many
    whole months, one after another, must be known of one of the tables it reads, where it reads `covered_month`.
    """

    id: str
    set: str
    file: Path
    text: str
    words: Mapping[str, str]
    severity: str
    formats: tuple[str, ...]
    needs: tuple[str, ...]
    endangers: tuple[str, ...]
    limits: Mapping[str, int | str]
    query: Query
    examples: tuple[Example, ...]
    months: int = 1

    @property
    def title(self) -> str:
        return self.words["title"]

    @property
    def record(self) -> str:
        return self.words["record"]

    def in_words(self) -> str:
        """The whole rule as text, for a person."""
        lines = [self.title, "=" * len(self.title), "", self.words["why"], ""]
        lines.append(f"Severity: {self.severity}")
        if "code" in self.words:
            lines.append(f"Code: {self.words['code']}")
        lines.append(f"Source: {self.words['source']}")
        lines.append(f"Looks at: {', '.join(self.formats) if self.formats else 'the whole record'}")
        lines.append(f"Needs: {', '.join(self.needs) or 'nothing in particular'}")
        lines.append(f"To mend: the {self.record}")
        if self.endangers:
            lines.append(f"Endangers: {', '.join(self.endangers)}")
        lines += [f"Limit {name}: {limit}" for name, limit in self.limits.items()]
        lines += [f"Example: {example.says}" for example in self.examples]
        return "\n".join(lines)
