"""What `compendium pool` prints and writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

from compendium import words
from compendium.commands.figures import in_units
from compendium.commands.screen import table
from compendium.errors import ComputeError, Place
from compendium.pooling.pool import Pool
from compendium.pooling.pooled import Pooled
from compendium.pooling.report import as_json
from compendium.publish.html.pool_pages import pool_pages
from compendium.publish.html.write import put_in_place, write_pages
from compendium.publish.pool_words import beside
from compendium.publish.workbook.pool import write_pool_workbook
from compendium.signals.funnel import BEYOND_OUTER

DATA, BOOK = "pool.json", "pool.xlsx"
WIDTH = 110


def as_text(pool: Pool, figures: Sequence[Pooled]) -> str:
    """Who is in and who is missing, the pooled figures, and what was not added up and why."""
    lines = [f"{words.month(pool.month)}, month cells of {authorities(len(pool.members))}", ""]
    if pool.expected is not None:
        here = len(pool.expected) - sum(each.code not in pool.members for each in pool.missing)
        lines += [f"{here} of the {len(pool.expected)} expected sent month cells"]
    lines += [f"MISSING: {each.name} ({each.code}): {each.why}" for each in pool.missing]
    lines += ["", table(("Indicator", "Basis", "Part", "Value", "Of", "In it", "Beyond 99.8%", "Status"),
                        [_row(each) for each in figures], right=(3, 4, 5, 6))]  # fmt: skip
    lines += _beside(pool, figures)
    for (name, why), whose in _left_out(pool, figures).items():
        lines += ["", *wrap(f"NOT ADDED: {name}, {why}: {', '.join(whose)}", WIDTH)]
    for name, why in pool.not_added.items():
        lines += ["", *wrap(f"Never added up: {name}: {why}", WIDTH)]
    for name, holders in sorted(pool.unknown.items()):
        lines += ["", *wrap(f"Not in the pool's catalogue: {name}, of {words.listing(holders)}", WIDTH)]
    for name in pool.unread:
        lines += ["", f"Not read, for it does not begin as month cells do: {name}"]
    return "\n".join(lines)


def _beside(pool: Pool, figures: Sequence[Pooled]) -> list[str]:
    """What to read beside each figure, and the local rules by which they were counted."""
    definitions = {each.definition.id: each.definition for each in figures}
    besides = [f"  {name}: {told}" for name, each in definitions.items() if (told := beside(pool, each))]
    rules = dict.fromkeys(f"  {rule}" for each in definitions.values() for rule in pool.rules(each))
    lines = ["", "Read beside them:", *besides] if besides else []
    return [*lines, "", "Local rules of the pool:", *rules] if rules else lines


def authorities(count: int) -> str:
    return words.plural(count, "authority", "authorities")


def _row(pooled: Pooled) -> tuple[str, ...]:
    definition, numbers = pooled.definition, pooled.numbers
    beyond = sum(pooled.place(part) == BEYOND_OUTER for part in pooled.parts)
    written = definition.write(pooled.value) if pooled.value is not None else numbers.status.replace("_", " ")
    return (
        definition.id,
        pooled.basis.replace("_", " "),
        pooled.category or "",
        written,
        in_units(definition, numbers.numerator, numbers.denominator) if pooled.rate is None else _rate(pooled),
        str(len(pooled.parts)),
        str(beyond) if pooled.funnel else "",
        numbers.status.replace("_", " "),
    )


def _rate(pooled: Pooled) -> str:
    return f"{words.number(pooled.rate or 0, 1)} per 10,000 children"


def _left_out(pool: Pool, figures: Sequence[Pooled]) -> dict[tuple[str, str], list[str]]:
    """(authority, why) -> the indicators, each once."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for pooled in figures:
        for code, why in pooled.left_out.items():
            found.setdefault((pool.members[code].name, why), {})[pooled.definition.id] = None
    return {key: list(names) for key, names in sorted(found.items())}


def check_folder(folder: Path) -> None:
    """A folder is written whole, so it must be new, empty or an earlier pool. ComputeError when it is not."""
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / DATA).is_file())):
        raise ComputeError(
            "the folder holds something else, which the pool would replace",
            where=Place(file=str(folder)),
            remedy="name a new folder, an empty one or one with an earlier pool",
        )


def write_report(pool: Pool, figures: Sequence[Pooled], folder: Path) -> Path:
    """Pages, workbook and JSON in a folder; the first page."""
    check_folder(folder)

    def fill(made: Path) -> None:
        write_pages(pool_pages(pool, figures), made)
        write_pool_workbook(pool, figures, made / BOOK)
        (made / DATA).write_text(json.dumps(as_json(pool, figures), indent=2), encoding="utf-8")

    put_in_place(folder, fill)
    return folder / "index.html"
