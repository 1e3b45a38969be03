"""The examples of rule files: snippets of real formats, through the real readers into a record that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from compendium.county.writers.codes import AUTHORITY
from compendium.county.writers.snippets import write_snippet
from compendium.errors import CompendiumError
from compendium.record.checks.judging import judge
from compendium.record.checks.rule import COULD_NOT_RUN, Example, Rule
from compendium.record.deliveries import Record
from compendium.record.keys import make_key
from compendium.sources.load import load
from compendium.workspace import Workspace


@dataclass(frozen=True)
class Failure:
    """An example that does not hold."""

    rule: Rule
    example: Example
    what: str

    def __str__(self) -> str:
        return f"{self.rule.file}, line {self.example.line}: {self.what}\n  Example: {self.example.says}"


def run_rule_examples(rules: Iterable[Rule]) -> Iterator[Failure]:
    """What did not hold, of every example of the rules."""
    for rule in rules:
        for example in rule.examples:
            if what := difference(rule, example):
                yield Failure(rule, example, what)


def difference(rule: Rule, example: Example) -> str | None:
    """What an example expected and did not get. Its children are made up, so they may be named."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            judgement = judge(_loaded(example, Path(folder)), [rule])
        except CompendiumError as fault:
            return str(fault)
        outcome = judgement.outcomes[rule.id]
        if outcome.result == COULD_NOT_RUN:
            return None if example.flags is None else f"expected {_told(example.flags)}, but {outcome.why}"
        found = tuple(sorted(str(row["child_id"] or "-") for row in judgement.flagged(rule.id)))
    if example.flags is None:
        return f"expected that it could not run, got {_told(found)}"
    return None if found == example.flags else f"expected {_told(example.flags)}, got {_told(found)}"


def _loaded(example: Example, folder: Path) -> Record:
    """A record of the example's deliveries, as they were received."""
    workspace = Workspace(
        folder=folder / "example",
        authority_name="The example's county",
        authority_code=AUTHORITY,
        synthetic=True,
        areas={},
        region_code=None,
        england_code="",
        key_file=folder / "example.key",
    )
    make_key(workspace.key_file)
    record = Record.open(workspace)
    last = max(each.received for each in example.deliveries)
    for number, each in enumerate(example.deliveries):
        inbox = folder / f"delivery_{number}"
        inbox.mkdir()
        for path in write_snippet(each.source_format, each.snippet, each.reference, each.received, inbox):
            load(record, path, each.received, last, None)
    return record


def _told(flags: tuple[str, ...]) -> str:
    return f"[{', '.join(flags)}] flagged" if flags else "none flagged"
