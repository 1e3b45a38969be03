"""Reading one rule file: every fault it has, each with its line, or a Rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from compendium.engine.dialect import Query
from compendium.engine.dialect_reading import Columns, Level, did_you_mean
from compendium.engine.file_reader import FileReader
from compendium.record.checks.relations import BUILT_IN
from compendium.record.checks.rule import COULD_NOT_RUN, RETURNED, SEVERITIES, WORDS, Delivered, Example, Rule
from compendium.record.delivery import PRECEDENCE
from compendium.record.tables import TABLES

ID = re.compile(r"[a-z][a-z0-9_]*")
KEYS = (*WORDS, "severity", "formats", "needs", "optional", "months", "endangers", "limits", "rows", "examples")
REQUIRED = ("title", "source", "why", "record", "severity", "rows", "examples")
TYPES = {"child_id": ("text",), "on_date": ("date", "null"), "team_id": ("text", "null"),
         "detail": ("text", "date", "integer", "null")}  # fmt: skip
# The key under which an example gives a delivery -> the format's name.
SNIPPETS = {
    "cin_census": "CIN census", "ssda903": "SSDA903", "annex_a": "Annex A", "local": "local table",
}  # fmt: skip
EXAMPLE_KEYS = ("says", *SNIPPETS, "received", "reference", "deliveries", "flags")
DELIVERY_KEYS = (*SNIPPETS, "received", "reference")
REFERENCE = date(2017, 3, 31)  # of an example that gives none
RECEIVED = date(2017, 7, 1)


def read_rule(file: Path, text: str, relations: Mapping[str, Columns]) -> tuple[Rule | None, list[tuple[int, str]]]:
    """The rule in a file's text, and its faults as (line, what). With any fault there is no rule."""
    reader = FileReader.opened(file, text, relations)
    if reader.faults:
        return None, reader.faults
    reader.check_keys(KEYS, REQUIRED)
    if not ID.fullmatch(file.stem):
        reader.fault(f"the file's name is the rule's id: {file.stem!r} needs small letters, digits and _")
    words = {**reader.words([name for name in WORDS if name != "code"]), **_code(reader)}
    limits = reader.limits()
    query = reader.query("rows", Level.VIEW, limits) if reader.get("rows") is not None else None
    needs = _needs(reader, "needs")
    if query is not None:
        _check_rows(reader, query)
        _check_needs(reader, query, needs)
    severity, formats = reader.one_of("severity", SEVERITIES), reader.names("formats", PRECEDENCE)
    endangers, examples = reader.names("endangers"), tuple(_example(reader, at) for at in reader.example_list())
    months = _months(reader, query)
    if query is None or reader.faults:
        return None, reader.faults
    rule = Rule(file.stem, file.parent.name, file, text, words, severity, formats, needs, endangers, limits, query,
                examples, months)  # fmt: skip
    return rule, []


def _code(reader: FileReader) -> Mapping[str, str]:
    """DfE's codes are numbers or words; either way they are only names."""
    value = reader.get("code")
    if value is None:
        return {}
    if not isinstance(value, int | str) or isinstance(value, bool):
        reader.fault('code: the code of the rule in its source, such as "8805"', "code")
    return {"code": str(value)}


def _check_rows(reader: FileReader, query: Query) -> None:
    for name, kind in query.columns.items():
        if name not in RETURNED:
            reader.fault(f"rows: {name} is not returned; {did_you_mean(name, RETURNED)}", "rows")
        elif kind not in TYPES[name]:
            reader.fault(f"rows: {name} is {kind}, not {TYPES[name][0]}", "rows")
    if "on_date" not in query.columns:
        reader.fault("rows: on_date is missing; return the event's date, or NULL AS on_date where there is none",
                     "rows")  # fmt: skip


def _needs(reader: FileReader, key: str) -> tuple[str, ...]:
    names = reader.names(key)
    for at, name in enumerate(names):
        table, _, column = name.partition(".")
        if table not in TABLES:
            reader.fault(f"{key}: there is no table {table}; {did_you_mean(table, TABLES)}", key, at)
        elif column and column not in (known := TABLES[table].column_names):
            reader.fault(f"{key}: {table} has no column {column}; {did_you_mean(column, known)}", key, at)
    return names


def _months(reader: FileReader, query: Query | None) -> int:
    value = reader.get("months")
    if value is None:
        return 1
    if query is not None and "covered_month" not in query.tables:
        reader.fault("months: only a rule that reads covered_month needs some", "months")
    if isinstance(value, int) and value < 1:
        reader.fault("months: at least 1", "months")
    return reader.whole(value, "months", "months")


def _check_needs(reader: FileReader, query: Query, needs: tuple[str, ...]) -> None:
    """A rule that reads a table of which nothing is known would pass, or flag everything, for no reason."""
    told = {name.partition(".")[0] for name in (*needs, *_needs(reader, "optional"))}
    for table in sorted(query.tables - told - BUILT_IN.keys()):
        reader.fault(
            f"needs: the rule reads {table}; name it (or {table}.column) in needs, or in optional where the rule is"
            " right without it",
            "rows",
        )


def _example(reader: FileReader, at: int) -> Example:
    for key in reader.mapping("examples", at):
        if key not in EXAMPLE_KEYS:
            reader.fault(f"an example has no `{key}`; {did_you_mean(str(key), EXAMPLE_KEYS)}", "examples", at, key)
    given = reader.get("examples", at, "deliveries")
    if given is not None and not isinstance(given, list):
        reader.fault("deliveries: a list is wanted, one item a day", "examples", at, "deliveries")
        given = None
    paths: list[tuple[str | int, ...]] = [("examples", at)]
    if given is not None:
        paths = [("examples", at, "deliveries", number) for number in range(len(given))]
    deliveries = tuple(one for path in paths for one in _delivered(reader, path, given is not None))
    for key, missing in (("says", not reader.get("examples", at, "says")), ("delivery", not deliveries)):
        if missing:
            reader.fault(f"the example has no {key}", "examples", at)
    return Example(
        says=" ".join(str(reader.get("examples", at, "says")).split()),
        deliveries=deliveries,
        flags=_flags(reader, at),
        line=reader.lined.line("examples", at),
    )


def _delivered(reader: FileReader, path: tuple[str | int, ...], is_listed: bool) -> list[Delivered]:
    """What is delivered on one day: a snippet for each format named."""
    given = reader.mapping(*path)
    for key in given if is_listed else ():
        if key not in DELIVERY_KEYS:
            reader.fault(f"a delivery has no `{key}`; {did_you_mean(str(key), DELIVERY_KEYS)}", *path, key)
    received, reference = _day(reader, path, "received", RECEIVED), _day(reader, path, "reference", REFERENCE)
    return [Delivered(SNIPPETS[key], snippet, received, reference) for key, snippet in given.items() if key in SNIPPETS]


def _flags(reader: FileReader, at: int) -> tuple[str, ...] | None:
    value: Any = reader.get("examples", at, "flags")
    if value == COULD_NOT_RUN:
        return None
    if isinstance(value, list):
        return tuple(sorted(str(each) for each in value))
    reader.fault(
        f"flags: the children flagged, as in [A, B], or [] where the rule passes; or `{COULD_NOT_RUN}`",
        "examples", at, "flags",
    )  # fmt: skip
    return ()


def _day(reader: FileReader, path: tuple[str | int, ...], key: str, default: date) -> date:
    value = reader.get(*path, key)
    try:
        return default if value is None else date.fromisoformat(str(value))
    except ValueError:
        reader.fault(f"{key}: {value!r} is not a day; write 2017-03-31", *path, key)
        return default
