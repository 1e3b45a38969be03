"""A workspace: the folder of one authority, with its compendium.toml.

The file says who the authority is, its areas in the order shown, its targets and its local rules.
Nothing about a child is in it. `compendium new DIR` writes one with comments.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from compendium.errors import Place, WorkspaceError

FILE = "compendium.toml"
COUNTYWIDE = "countywide"
KEY_VARIABLE = "COMPENDIUM_KEY_FILE"
# The sections of compendium.toml and the settings of each (none: names of one's own).
SETTINGS: Mapping[str, tuple[str, ...]] = {
    "authority": ("name", "code", "synthetic"),
    "areas": (),
    "store": ("key_file",),
    "targets": (),
    "rebased": (),
    "limits": (),
    "rules": (),
    "comparators": ("region", "england", "neighbours"),
    "case_system": ("link",),
    "databases": (),
    "identity": ("adoptions",),
}
PERSON = "{person_id}"  # stands in the case system's link for the child's id
DRIVERS = ("postgresql", "sqlserver")
PASSWORD = re.compile(r"\b(password|pwd)\s*=|://[^/@\s]*:[^/@\s]+@", re.IGNORECASE)  # as any driver would take one


@dataclass(frozen=True)
class Target:
    """A target set by people: value and tolerance in the indicator's own unit (percent: 95 is 95%)."""

    value: Decimal
    tolerance: Decimal
    set_by: str
    set_on: date


@dataclass(frozen=True)
class Rebasing:
    """From a month on, an indicator's usual range is taken anew. Only people decide that, for a reason, on a day."""

    first: date  # the first day of the first month of the new baseline
    why: str
    by: str
    on: date


@dataclass(frozen=True)
class Database:
    """A database of the council's that deliveries are read from. There is no password in it.

    driver: one of DRIVERS. connection: as the driver takes it. schema: where the tables are; None: the
    user's own. password_variable: the environment variable with the password; None: the driver's own means.
    """

    name: str
    driver: str
    connection: str
    schema: str | None = None
    password_variable: str | None = None


@dataclass(frozen=True)
class Workspace:
    """One authority's settings. Paths are absolute."""

    folder: Path
    authority_name: str
    authority_code: str | None
    synthetic: bool
    areas: Mapping[str, str]  # id -> name, in the order shown; 'countywide' always last
    region_code: str | None
    england_code: str
    key_file: Path
    targets: Mapping[str, Target] = field(default_factory=dict)
    rebased: Mapping[str, tuple[Rebasing, ...]] = field(default_factory=dict)  # indicator -> in order
    limits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # indicator or check -> name -> value
    rules: Mapping[str, Any] = field(default_factory=dict)  # the rules that indicators share: name -> value
    link_adoptions: bool = False  # whether the two records of an adopted child are joined
    case_link: str | None = None  # the address of a child in the case system, with {person_id} in it
    databases: Mapping[str, Database] = field(default_factory=dict)
    neighbours_version: str | None = None  # the set of statistical neighbours that is kept to; None: the newest

    def database(self, name: str) -> Database:
        """WorkspaceError when there is no such one."""
        if name not in self.databases:
            raise WorkspaceError(
                f"there is no setting [databases.{name}]",
                where=Place(file=str(self.folder / FILE)),
                expected=", ".join(self.databases) or "none is set",
                remedy="add it, with the database's driver and connection",
            )
        return self.databases[name]

    @property
    def record_folder(self) -> Path:
        return self.folder / "record"

    @property
    def editions_folder(self) -> Path:
        return self.folder / "editions"

    @property
    def own_catalogue(self) -> Path:
        """The council's own indicators, in the same format as the shipped ones."""
        return self.folder / "indicators"

    @property
    def own_checks(self) -> Path:
        """The council's own data-quality rules, in the same format as the shipped ones."""
        return self.folder / "checks"


def open_workspace(folder: Path) -> Workspace:
    """The workspace in a folder. Raises WorkspaceError naming file, setting and remedy."""
    folder = folder.resolve()  # "." has no name of its own, and the key file is named after the folder
    path = folder / FILE
    if not path.is_file():
        raise WorkspaceError(
            f"there is no {FILE} in {folder}",
            remedy="make a workspace with `compendium new DIR`, or name one with --workspace DIR",
        )
    given = read_toml(path)
    sections = _sections(given, path)
    authority, areas, comparators = sections["authority"], sections["areas"], sections["comparators"]
    targets, limits, databases = sections["targets"], sections["limits"], sections["databases"]
    named = os.environ.get(KEY_VARIABLE)  # as a shell means it: from the folder that one is in
    key_file = Path(named).absolute() if named else folder / str(sections["store"].get("key_file", key_name(folder)))
    return Workspace(
        folder=folder,
        authority_name=str(authority.get("name", "The authority")),
        authority_code=str(authority.get("code", "")) or None,
        synthetic=bool(authority.get("synthetic", False)),
        areas={key: str(value) for key, value in areas.items() if key != COUNTYWIDE}
        | {COUNTYWIDE: str(areas.get(COUNTYWIDE, "Countywide teams"))},
        region_code=comparators.get("region"),
        england_code=str(comparators.get("england", "E92000001")),
        neighbours_version=str(comparators.get("neighbours", "")) or None,
        key_file=key_file.resolve(),
        targets={name: _target(name, _table(targets, name, path, "targets"), path) for name in targets},
        rebased={name: _rebasings(name, given, path) for name, given in sections["rebased"].items()},
        limits={name: _table(limits, name, path, "limits") for name in limits},
        rules=sections["rules"],
        case_link=_case_link(sections["case_system"].get("link"), path),
        databases={name: _database(name, _table(databases, name, path, "databases"), path) for name in databases},
        link_adoptions=sections["identity"].get("adoptions") is True,
    )


def read_toml(path: Path) -> dict[str, Any]:
    """WorkspaceError, naming the file, when it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise WorkspaceError(f"it is not valid TOML: {fault}", where=Place(file=str(path))) from fault


def key_name(folder: Path) -> str:
    """Where a workspace's key lies unless its settings say otherwise: beside the folder, so that a copy of
    the folder alone gives nothing away."""
    return f"../{folder.name}.key"


def setting_line(path: Path, section: str, name: str) -> int:
    """The line of a setting in the file, counted from 1; of its section, or 1, where it is not written plainly."""
    within, found = "", 1
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.is_file() else (), start=1):
        if header := re.match(r"\s*\[([^\[\]]+)\]", line):
            within = header[1].strip()
            found = number if within == section else found
        elif within == section and re.match(rf"""\s*["']?{re.escape(name)}["']?\s*=""", line):
            return number
    return found


def _sections(given: Mapping[str, Any], path: Path) -> Mapping[str, Mapping[str, Any]]:
    for name in given:
        if name not in SETTINGS:
            raise WorkspaceError(
                f"there is no setting [{name}]",
                where=Place(file=str(path)),
                expected=", ".join(f"[{each}]" for each in SETTINGS),
            )
    sections = {name: _table(given, name, path) for name in SETTINGS}
    for name, known in SETTINGS.items():
        for setting in sections[name]:
            if known and setting not in known:
                raise WorkspaceError(
                    f"[{name}] has no setting {setting!r}",
                    where=Place(file=str(path), column=name),
                    expected=", ".join(known),
                )
    return sections


def _table(given: Mapping[str, Any], name: str, path: Path, within: str = "") -> Mapping[str, Any]:
    """A section of the file; an absent one is empty."""
    section = given.get(name, {})
    if not isinstance(section, dict):
        full = f"{within}.{name}".lstrip(".")
        raise WorkspaceError(
            f"{full} is {section!r}, not a section",
            where=Place(file=str(path), column=full),
            expected=f"a line [{full}] with settings under it",
        )
    return section


def _case_link(link: Any, path: Path) -> str | None:
    """Only a web address: what stands in a page must not be able to run."""
    if link in (None, ""):
        return None
    if not isinstance(link, str) or not link.startswith(("https://", "http://")) or PERSON not in link:
        raise WorkspaceError(
            f"link is {link!r}",
            where=Place(file=str(path), column="case_system"),
            expected=f'an address with {PERSON} in it, such as "https://cases.example/person/{PERSON}"',
        )
    return link


def _target(name: str, value: Mapping[str, Any], path: Path) -> Target:
    where = Place(file=str(path), column=f"targets.{name}")
    expected = 'value = 95, tolerance = 2, set_by = "the Cabinet", set_on = 2015-04-01'
    try:
        amount, tolerance = Decimal(str(value["value"])), Decimal(str(value["tolerance"]))
        set_by, set_on = str(value["set_by"]), value["set_on"]
    except KeyError as missing:
        raise WorkspaceError(f"the target has no {missing.args[0]}", where=where, expected=expected) from missing
    except InvalidOperation as fault:
        raise WorkspaceError("a target and its tolerance are numbers", where=where, expected=expected) from fault
    if not isinstance(set_on, date):
        raise WorkspaceError("set_on is a date, written without quotation marks", where=where, expected=expected)
    return Target(amount, tolerance, set_by, set_on)


def _rebasings(name: str, given: Any, path: Path) -> tuple[Rebasing, ...]:
    where = Place(file=str(path), column=f"rebased.{name}")
    expected = (
        f'[[rebased.{name}]] with from = 2015-10-01, why = "...", by = "the head of performance", on = 2016-02-05'
    )
    made = []
    for one in given if isinstance(given, list) else [given]:
        if not isinstance(one, dict) or set(one) != {"from", "why", "by", "on"}:
            raise WorkspaceError(
                "a rebasing needs from, why, by and on, and nothing else", where=where, expected=expected
            )
        first, on, texts = one["from"], one["on"], (one["why"], one["by"])
        if type(first) is not date or type(on) is not date or first.day != 1:
            raise WorkspaceError(
                "from is the first day of a month and on is a date, both without quotation marks",
                where=where,
                expected=expected,
            )
        if on < first or not all(isinstance(text, str) and text.strip() for text in texts):
            raise WorkspaceError(
                "a rebasing has a reason and an author, and is decided after the month that it begins with",
                where=where,
                expected=expected,
            )
        made.append(Rebasing(first, *texts, on))
    return tuple(sorted(made, key=lambda each: each.first))


def _database(name: str, value: Mapping[str, Any], path: Path) -> Database:
    where = Place(file=str(path), column=f"databases.{name}")
    expected = 'driver = "postgresql", connection = "host=dwh dbname=ssd user=compendium", schema = "ssd"'
    settings = ("driver", "connection", "schema", "password_variable")
    for setting, given in value.items():
        if setting not in settings or not isinstance(given, str):
            raise WorkspaceError(f"{setting} is no text setting of a database", where=where, expected=expected)
    if value.get("driver") not in DRIVERS:
        raise WorkspaceError("driver names no kind of database", where=where, expected=" or ".join(DRIVERS))
    if not value.get("connection"):
        raise WorkspaceError("the database has no connection", where=where, expected=expected)
    if PASSWORD.search(value["connection"]):
        raise WorkspaceError(
            "there is a password in connection, where whoever reads the settings can see it",
            where=where,
            expected=expected,
            remedy="take it out; put it into an environment variable and name that in password_variable,"
            " or leave it to the driver",
        )
    return Database(
        name, value["driver"], value["connection"], value.get("schema") or None, value.get("password_variable") or None
    )
