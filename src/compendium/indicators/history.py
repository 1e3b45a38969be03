"""What the versions of a definition changed: the `history` of an indicator file.

Version 1 needs no entry. Each later one says what it changed, on which day that was decided and, where the months
before cannot be counted anew, since which month it counts and how those before are counted. Such a month is a break:
what lies on either side of it is not one series.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from compendium.calendar.months import month_start, parse_month
from compendium.engine.dialect_reading import Columns, Level, did_you_mean
from compendium.engine.file_reader import FileReader
from compendium.errors import CalendarError
from compendium.indicators.rowset import check_row_sets
from compendium.indicators.shape import ROW_SETS, Change, Indicator

KEYS = ("version", "decided", "says", "since", "before")
HISTORY = "history"


def with_history(
    indicator: Indicator, reader: FileReader, relations: Mapping[str, Columns], parameters: Mapping[str, int | str]
) -> Indicator:
    """The indicator with the changes that its file tells, oldest first; faults are the reader's."""
    given = reader.get(HISTORY) or []
    if not isinstance(given, list):
        reader.fault("history: a list is wanted, each beginning with `- version:`", HISTORY)
        return indicator
    changes: list[Change] = []
    for at in sorted(range(len(given)), key=lambda each: _version(given[each])):
        before = replace(indicator, definition_version=_version(given[at]) - 1, changes=tuple(changes), is_past=True)
        changes.append(_change(reader, at, before, relations, parameters))
    told = [change.version for change in changes]
    wanted = list(range(2, indicator.definition_version + 1))
    if told != wanted:
        missing = ", ".join(str(each) for each in wanted if each not in told)
        what = f"says nothing of version {missing}" if missing else f"has {told}, and the file is of version"
        extra = "" if missing else f" {indicator.definition_version}"
        reader.fault(f"history: {what}{extra}; tell what each version from 2 on changed, once", HISTORY)
    breaks = [change.since for change in changes if change.since]
    if breaks != sorted(set(breaks)):
        reader.fault("history: a later version counts since a later month", HISTORY)
    return replace(indicator, changes=tuple(changes))


def _version(entry: Any) -> int:
    version = entry.get("version") if isinstance(entry, dict) else None
    return version if isinstance(version, int) else 0


def _change(
    reader: FileReader,
    at: int,
    before: Indicator,
    relations: Mapping[str, Columns],
    parameters: Mapping[str, int | str],
) -> Change:
    entry = reader.mapping(HISTORY, at)
    for key in entry:
        if key not in KEYS:
            reader.fault(f"history: there is no key `{key}`; {did_you_mean(str(key), KEYS)}", HISTORY, at, key)
    for key in ("version", "decided", "says"):
        if entry.get(key) in (None, ""):
            reader.fault(f"history: the entry has no `{key}`", HISTORY, at)
    if ("since" in entry) != ("before" in entry):
        reader.fault("history: `since` and `before` stand together: how the months before are counted", HISTORY, at)
    since = _since(reader, at) if "since" in entry else None
    past = _past(reader, at, before, relations, parameters) if "before" in entry else None
    says = " ".join(str(entry.get("says")).split())
    return Change(_version(entry), _day(reader, at), says, since, past)


def _past(
    reader: FileReader,
    at: int,
    before: Indicator,
    relations: Mapping[str, Columns],
    parameters: Mapping[str, int | str],
) -> Indicator | None:
    """The definition that counts the months before: the file's own, with other rows."""
    path = (HISTORY, at, "before")
    for key in reader.mapping(*path):
        if key not in ROW_SETS:
            reader.fault(f"before: there is no key `{key}`; {did_you_mean(str(key), ROW_SETS)}", *path, key)
    names = [name for name in ROW_SETS if reader.get(*path, name) is not None]
    read = {name: reader.query(name, Level.INDICATOR, parameters, *path) for name in names}
    row_sets = {name: query for name, query in read.items() if query is not None}
    if not row_sets or len(row_sets) < len(names):
        if not names:
            reader.fault("before: give `rows`, the SELECT of the months before", *path)
        return None
    past = replace(before, row_sets=row_sets)
    check_row_sets(past, relations, lambda what, *_: reader.fault(f"before: {what}", *path))
    if past.is_snapshot != before.is_snapshot:
        what = "before: rows of month ends and rows with dates are not one series; give them two ids"
        reader.fault(what, *path)
    return past


def _since(reader: FileReader, at: int) -> date | None:
    try:
        return month_start(parse_month(str(reader.get(HISTORY, at, "since"))))
    except CalendarError as fault:
        reader.fault(f"since: {fault.what}", HISTORY, at, "since")
        return None


def _day(reader: FileReader, at: int) -> date:
    value = reader.get(HISTORY, at, "decided")
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        if value is not None:
            reader.fault(f"decided: {value!r} is not a day; write 2017-02-03", HISTORY, at, "decided")
        return date.min
