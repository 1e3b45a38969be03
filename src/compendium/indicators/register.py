"""The register of definitions: what each indicator and model view was when it was last recorded.

A definition that counts otherwise than it was recorded must have a raised version, or a recorded reason why no
figure changes; an id that was recorded can be withdrawn, with the day, the reason and what replaced it, but not
vanish. The shipped indicators and views have one register, a council's own indicators another, in its workspace.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from compendium import words
from compendium.engine.dialect_reading import did_you_mean
from compendium.engine.file_reader import FileReader
from compendium.errors import ComputeError
from compendium.indicators.loading import HERE, REGISTER, Catalogue
from compendium.indicators.rules import Fault
from compendium.indicators.shape import Indicator

SHIPPED_REGISTER = HERE / REGISTER
NOTICE = "# Written by `compendium indicator record`: change an indicator, not this file.\n"
UNCHANGED = "or say why no figure changes: compendium indicator record --workspace DIR --unchanged NAME --why REASON"
SHORT = 12  # letters of a fingerprint
COMMENT, SPACE, QUOTED = re.compile(r"--[^\n]*"), re.compile(r"\s+"), re.compile(r"('[^']*')")


@dataclass(frozen=True)
class Recorded:
    """What was recorded of an indicator (or view, whose version is always 1). unchanged: why no figure changed."""

    version: int
    fingerprint: str
    unchanged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Withdrawn:
    """An id that was used and is no more."""

    day: date
    why: str
    replaced_by: str | None


@dataclass(frozen=True)
class Register:
    """file: where it lies; absent files are empty registers."""

    file: Path
    indicators: Mapping[str, Recorded] = field(default_factory=dict)
    views: Mapping[str, Recorded] = field(default_factory=dict)
    withdrawn: Mapping[str, Withdrawn] = field(default_factory=dict)

    def write(self) -> None:
        lines = [NOTICE]
        for heading, recorded in (("indicators", self.indicators), ("views", self.views)):
            lines += [f"{heading}:\n"] if recorded else []
            for name, each in sorted(recorded.items()):
                why = f", unchanged: {json.dumps(each.unchanged, ensure_ascii=False)}" if each.unchanged else ""
                lines.append(f'  {name}: {{version: {each.version}, fingerprint: "{each.fingerprint}"{why}}}\n')
        lines += ["withdrawn:\n"] if self.withdrawn else []
        for name, gone in sorted(self.withdrawn.items()):
            instead = f", replaced_by: {gone.replaced_by}" if gone.replaced_by else ""
            why = json.dumps(gone.why, ensure_ascii=False)
            lines.append(f"  {name}: {{day: {gone.day.isoformat()}, why: {why}{instead}}}\n")
        self.file.write_text("".join(lines), encoding="utf-8")


def read_register(file: Path) -> Register:
    """ComputeError when the file cannot be read as a register."""
    if not file.is_file():
        return Register(file)
    reader = FileReader.opened(file, file.read_text(encoding="utf-8"), {})
    try:
        return Register(
            file,
            {name: _recorded(each) for name, each in reader.mapping("indicators").items()},
            {name: _recorded(each) for name, each in reader.mapping("views").items()},
            {
                name: Withdrawn(date.fromisoformat(str(each["day"])), str(each["why"]), each.get("replaced_by"))
                for name, each in reader.mapping("withdrawn").items()
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise ComputeError(f"{file} is no register of definitions", remedy="take it back from a copy") from fault


def _recorded(entry: Mapping[str, Any]) -> Recorded:
    return Recorded(int(entry["version"]), str(entry["fingerprint"]), tuple(entry.get("unchanged") or ()))


def fingerprint(catalogue: Catalogue, indicator: Indicator) -> str:
    """Of all that decides its figures, but for the views behind it: words, breakdowns and examples may change."""
    rules = {rule.name: rule.default for rule in catalogue.rules_of(indicator)}
    counted = {
        definition.key: {name: plain_sql(query.sql) for name, query in definition.row_sets.items()}
        for definition in indicator.definitions
    }
    decides = (
        indicator.value, indicator.place, indicator.periods, indicator.count, indicator.denominator_count,
        indicator.matures, indicator.rate, indicator.scale, indicator.needs, indicator.at_least,
    )  # fmt: skip
    return _short(json.dumps([str(decides), counted, rules, dict(indicator.limits)], sort_keys=True))


def plain_sql(sql: str) -> str:
    """Without comments, and with one space where there are some; in small letters outside quotation marks."""
    parts = QUOTED.split(SPACE.sub(" ", COMMENT.sub("", sql)).strip())
    return "".join(part if part.startswith("'") else part.lower() for part in parts)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:SHORT]


def view_fingerprints(catalogue: Catalogue) -> Mapping[str, str]:
    return {name: _short(plain_sql(view.query.sql)) for name, view in catalogue.views.views.items()}


def own_of(catalogue: Catalogue, folder: Path) -> list[Indicator]:
    """The indicators whose files lie in a folder."""
    return [each for each in catalogue.values() if each.file.is_relative_to(folder)]


def register_faults(
    catalogue: Catalogue, register: Register, indicators: Collection[Indicator], unread: Collection[str] = ()
) -> list[Fault]:
    """What has changed since it was recorded, and may not. indicators: those that this register is of.

    unread: ids whose files have faults, so that nothing can be said of them.
    """
    faults: list[Fault] = []
    names = {indicator.id for indicator in indicators}
    for indicator in indicators:
        if indicator.id in register.withdrawn:
            day = words.day(register.withdrawn[indicator.id].day)
            faults.append((indicator.file, 1, f"the id {indicator.id} was withdrawn on {day}; choose another"))
        elif why := _changed(catalogue, indicator, register.indicators.get(indicator.id)):
            faults.append((indicator.file, 1, why))
    for name in sorted(register.indicators.keys() - names - set(unread)):
        what = f"the indicator {name} is gone; figures of it were given, so bring it back or withdraw it: "
        faults.append((register.file, 1, f"{what}compendium indicator withdraw {name} --why REASON"))
    current = view_fingerprints(catalogue)
    for name, recorded in register.views.items():
        if name not in current:
            continue
        same = [each.id for each in indicators if _stands_on(catalogue, each, name) and _is_old(each, register)]
        if current[name] != recorded.fingerprint and same:
            what = f"the view {name} is not what was recorded, and {words.listing(same)} stand on it: raise their"
            faults.append((catalogue.views.views[name].file, 1, f"{what} definition_version, {UNCHANGED}"))
    return faults


def _changed(catalogue: Catalogue, indicator: Indicator, recorded: Recorded | None) -> str:
    """'' when it may stand as it is."""
    if recorded is None or indicator.definition_version > recorded.version:
        return ""
    if indicator.definition_version < recorded.version:
        return f"definition_version is {indicator.definition_version}, and version {recorded.version} was recorded"
    if fingerprint(catalogue, indicator) == recorded.fingerprint:
        return ""
    return (
        f"it does not count as version {recorded.version} did when it was recorded: raise definition_version and tell"
        f" the change in history, {UNCHANGED}"
    )


def _stands_on(catalogue: Catalogue, indicator: Indicator, view: str) -> bool:
    tables = frozenset[str]().union(*(query.tables for query in indicator.row_sets.values()))
    return view in catalogue.views.behind(tables)


def _is_old(indicator: Indicator, register: Register) -> bool:
    """Recorded, in the version that it still has."""
    recorded = register.indicators.get(indicator.id)
    return recorded is not None and recorded.version == indicator.definition_version


def record(
    catalogue: Catalogue,
    register: Register,
    indicators: Collection[Indicator],
    *,
    views: bool,
    unchanged: Collection[str] = (),
    why: str = "",
) -> Register:
    """The register with what is new or has a raised version; and the changes of those named, with the reason.

    views: whether this register keeps the model views too. Nothing is written. ComputeError for a reason that is
    missing or of nothing.
    """
    known = {each.id: each for each in indicators}
    current = view_fingerprints(catalogue) if views else {}
    for name in unchanged:
        if name not in known and name not in current:
            expected = did_you_mean(name, [*known, *current])
            raise ComputeError(f"there is no indicator or view {name!r} to record", expected=expected)
    if unchanged and not why.strip():
        raise ComputeError("the reason is empty", remedy="say in --why how it is known that no figure changes")
    made = dict(register.indicators)
    for name, indicator in known.items():
        before = made.get(name)
        if before is None or indicator.definition_version > before.version:
            made[name] = Recorded(indicator.definition_version, fingerprint(catalogue, indicator))
        elif name in unchanged:
            made[name] = replace(before, fingerprint=fingerprint(catalogue, indicator),
                                 unchanged=(*before.unchanged, why.strip()))  # fmt: skip
    seen = dict(register.views)
    for name, print_now in current.items():
        stand = [each for each in indicators if _stands_on(catalogue, each, name) and _is_old(each, register)]
        if name not in seen or not stand:
            seen[name] = Recorded(1, print_now, seen[name].unchanged if name in seen else ())
        elif name in unchanged:
            seen[name] = Recorded(1, print_now, (*seen[name].unchanged, why.strip()))
    return replace(register, indicators=made, views=seen)


def withdraw(register: Register, name: str, day: date, why: str, replaced_by: str | None) -> Register:
    """The register in which an id is withdrawn. ComputeError when it was never recorded, or no reason is given."""
    if name not in register.indicators:
        expected = did_you_mean(name, register.indicators) or "none is recorded"
        raise ComputeError(f"no indicator {name!r} was recorded", expected=expected)
    if not why.strip():
        raise ComputeError("the reason is empty", remedy="say in --why why the indicator is withdrawn")
    left = {each: recorded for each, recorded in register.indicators.items() if each != name}
    gone = {**register.withdrawn, name: Withdrawn(day, why.strip(), replaced_by)}
    return replace(register, indicators=left, withdrawn=gone)
