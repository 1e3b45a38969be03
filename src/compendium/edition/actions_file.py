"""actions.toml: what was done about figures, and what was expected of them, as a council writes it down.

It lies beside compendium.toml. Every entry is dated and signed, by a role and never by a person's name:

    [[action]]
    id = "freeze-2016"
    title = "Freeze on agency recruitment"
    kind = "freeze"                  # audit, workshop, freeze, opening or other
    on = 2016-11-01
    by = "the director of children's services"
    indicators = ["sw_agency_bookings"]

    [[expectation]]
    id = "fewer-bookings"
    action = "freeze-2016"           # optional
    indicator = "sw_agency_bookings"
    direction = "lower"              # or "higher": than before it was made
    level = 6                        # optional: by then at most (lower) or at least (higher) so much
    by_month = "2017-03"
    made_on = 2016-10-20
    by = "the Cabinet"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from compendium.calendar.months import parse_month
from compendium.edition.edition import NO_HEADLINE
from compendium.edition.judging import charted_basis
from compendium.engine.dialect_reading import did_you_mean
from compendium.errors import CalendarError, Place, WorkspaceError
from compendium.indicators.loading import Catalogue
from compendium.signals.action import Action, Direction, Expectation, Kind
from compendium.workspace import Workspace, read_toml

FILE = "actions.toml"
ACTION = {"id": str, "title": str, "kind": str, "on": date, "by": str, "indicators": list}
EXPECTATION = {"id": str, "indicator": str, "direction": str, "by_month": str, "made_on": date, "by": str}
OPTIONAL = {"action": str, "level": int | float}
_SAID = {str: "text", date: "a date, without quotation marks", list: "a list of indicators"}


@dataclass(frozen=True)
class Entries:
    """Of one authority, in the order written."""

    actions: tuple[Action, ...] = ()
    expectations: tuple[Expectation, ...] = ()

    @property
    def indicators(self) -> list[str]:
        """All that they speak of, each once."""
        named = [name for each in self.actions for name in each.indicators]
        return list(dict.fromkeys([*named, *(each.indicator for each in self.expectations)]))


def read_actions(workspace: Workspace, catalogue: Catalogue) -> Entries:
    """None without a file. WorkspaceError, naming the file and the entry, for what could not be tested."""
    path = workspace.folder / FILE
    if not path.is_file():
        return Entries()
    given = read_toml(path)
    for name, entries in given.items():
        if name not in ("action", "expectation") or not isinstance(entries, list):
            raise _wrong(path, f"there is no entry {name!r}", "[[action]] and [[expectation]]")
    actions = tuple(_action(path, each, catalogue) for each in given.get("action", []))
    known = {each.id for each in actions}
    expectations = tuple(_expectation(path, each, catalogue, known) for each in given.get("expectation", []))
    for kind, ids in (("action", [each.id for each in actions]), ("expectation", [each.id for each in expectations])):
        if twice := next((each for each in ids if ids.count(each) > 1), None):
            raise _wrong(path, f"{kind} {twice}: there are two of this id", "an id of its own for each")
    return Entries(actions, expectations)


def _action(path: Path, given: Any, catalogue: Catalogue) -> Action:
    name = _checked(path, "action", given, ACTION, {})
    if given["kind"] not in get_args(Kind):
        raise _wrong(path, f"{name}: kind is {given['kind']!r}", ", ".join(get_args(Kind)))
    if not given["indicators"] or not all(isinstance(each, str) for each in given["indicators"]):
        raise _wrong(path, f"{name}: indicators names none", 'indicators = ["sw_agency_bookings"]')
    for indicator in given["indicators"]:
        _check_indicator(path, name, indicator, catalogue)
    return Action(
        given["id"], given["title"], given["kind"], given["on"], given["by"], tuple(dict.fromkeys(given["indicators"]))
    )


def _expectation(path: Path, given: Any, catalogue: Catalogue, actions: set[str]) -> Expectation:
    name = _checked(path, "expectation", given, EXPECTATION, OPTIONAL)
    if given["direction"] not in get_args(Direction):
        raise _wrong(path, f"{name}: direction is {given['direction']!r}", " or ".join(get_args(Direction)))
    _check_indicator(path, name, given["indicator"], catalogue)
    action = given.get("action", "")
    if action and action not in actions:
        raise _wrong(path, f"{name}: there is no action {action!r}", did_you_mean(action, actions))
    try:
        by_month = parse_month(given["by_month"])
    except CalendarError as fault:
        raise _wrong(path, f"{name}: by_month is {given['by_month']!r}", 'a month, such as "2017-03"') from fault
    if by_month <= given["made_on"]:
        raise _wrong(path, f"{name}: it is of a month that was over when it was made", "a month still to come then")
    level = float(given["level"]) if "level" in given else None
    return Expectation(
        given["id"], given["indicator"], given["direction"], by_month, given["made_on"], given["by"], level, action
    )


def _checked(path: Path, kind: str, given: Any, needed: Mapping[str, type], more: Mapping[str, Any]) -> str:
    """What messages call the entry, once it has all that it needs, each of its kind, and nothing else."""
    if not isinstance(given, dict):
        raise _wrong(path, f"{kind} is no entry", f"a line [[{kind}]] with settings under it")
    name = f"{kind} {given.get('id', 'without an id')}"
    for key in given:
        if key not in needed and key not in more:
            raise _wrong(path, f"{name}: there is no setting {key!r}", ", ".join((*needed, *more)))
    for key, type_ in {**needed, **{key: type_ for key, type_ in more.items() if key in given}}.items():
        value = given.get(key)
        if not isinstance(value, type_) or isinstance(value, bool) or (isinstance(value, str) and not value.strip()):
            wanted = _SAID.get(type_, "a number")
            raise _wrong(path, f"{name}: {key} is {'missing' if value is None else repr(value)}", wanted)
    return name


def _check_indicator(path: Path, name: str, indicator: str, catalogue: Catalogue) -> None:
    if indicator not in catalogue:
        raise _wrong(path, f"{name}: there is no indicator {indicator!r}", did_you_mean(indicator, catalogue))
    known = catalogue[indicator]
    if known.value in NO_HEADLINE:
        raise _wrong(path, f"{name}: {indicator} has no one figure, so no change of it can be tested", "")
    if known.restates:
        one = f"one {known.restates.replace('_', ' ')}"
        raise _wrong(path, f"{name}: the months of {indicator} restate {one}, so no change of it can be tested", "")
    if charted_basis(known) is None:
        raise _wrong(path, f"{name}: the months of {indicator} overlap, so no change of it can be tested", "")


def _wrong(path: Path, what: str, expected: str) -> WorkspaceError:
    return WorkspaceError(what, where=Place(file=str(path)), expected=expected)
