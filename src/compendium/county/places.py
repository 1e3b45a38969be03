"""The county's areas and teams over time: four quadrants and what serves the whole county."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from compendium.county.days import MASH_OPENS, day

COUNTYWIDE = "countywide"
AREAS = {"NE": "North East", "NW": "North West", "SE": "South East", "SW": "South West"}
# Where families live. The South East has more of the work than of the workers; that is the story's cause.
FAMILIES = {"NE": 0.252, "NW": 0.234, "SE": 0.332, "SW": 0.182}
CHILDREN = {"NE": 0.28, "NW": 0.23, "SE": 0.27, "SW": 0.22}


@dataclass(frozen=True)
class TeamRow:
    """A team as it stood from one day to the day before another (0: still so)."""

    team_id: str
    name: str
    service: str
    area: str
    since: int
    until: int = 0
    posts: float = 0.0  # social worker posts from August 2016, FTE

    def stands(self, on: int) -> bool:
        return self.since <= on and (not self.until or on < self.until)


BEGINNING = day("2011-04-01")
MERGED = day("2015-09-01")
MOVED = day("2014-10-01")
RENAMED = day("2014-04-01")
HUB = day("2016-08-01")
POSTS: dict[str, dict[str, float]] = {
    "NE": {"A1": 12, "A2": 12, "F1": 19, "F2": 18, "L1": 12, "D1": 6},
    "NW": {"A1": 10.5, "A2": 10.5, "F1": 17, "F2": 14, "L1": 12, "D1": 6, "F3": 3},
    "SE": {"A1": 14, "A2": 13, "F1": 22, "F2": 20.5, "L1": 12, "D1": 6},
    "SW": {"A1": 9, "A2": 8.5, "F1": 14, "F2": 13, "L1": 7.5, "D1": 5},
}
KINDS = {
    "A1": ("Assessment team 1", "assessment"),
    "A2": ("Assessment team 2", "assessment"),
    "F1": ("Family support team 1", "family_support"),
    "F2": ("Family support team 2", "family_support"),
    "F3": ("New hub team", "family_support"),
    "L1": ("Looked after team", "looked_after"),
    "E1": ("Early help team 1", "early_help"),
    "E2": ("Early help team 2", "early_help"),
}
COUNTYWIDE_TEAMS = (
    ("CW-M1", "Multi-Agency Safeguarding Hub", "mash", MASH_OPENS, 5.5),
    ("CW-X1", "Emergency duty team", "mash", BEGINNING, 3.0),
    ("CW-C1", "Children with disabilities team North", "disability", BEGINNING, 7.0),
    ("CW-C2", "Children with disabilities team South", "disability", BEGINNING, 7.0),
    ("CW-U1", "Unaccompanied children team", "uasc", BEGINNING, 7.0),
    ("CW-V1", "Care leavers team 1", "care_leavers", BEGINNING, 0.0),
    ("CW-V2", "Care leavers team 2", "care_leavers", BEGINNING, 0.0),
)


@cache
def team_rows() -> tuple[TeamRow, ...]:
    """Every team, every spell: renamed, moved between quadrants, merged, opened."""
    rows = [row for area in AREAS for kind in (*KINDS, "D1") for row in _quadrant_team(area, kind)]
    rows += [
        TeamRow(team_id, name, service, COUNTYWIDE, since, 0, posts)
        for team_id, name, service, since, posts in COUNTYWIDE_TEAMS
    ]
    return tuple(rows)


def _quadrant_team(area: str, kind: str) -> list[TeamRow]:
    team_id, posts = f"{area}-{kind}", POSTS[area].get(kind, 0)
    if kind == "D1":  # the front door collates until the hub does so for the county
        doors = [("front door", BEGINNING, MASH_OPENS), ("contact team", MASH_OPENS, 0)]
        return [TeamRow(team_id, f"{AREAS[area]} {name}", "mash", area, a, b, posts) for name, a, b in doors]
    name, service = f"{AREAS[area]} {KINDS[kind][0]}", KINDS[kind][1]
    if kind == "F3":
        return [TeamRow(team_id, name, service, area, HUB, 0, posts)] if area == "NW" else []
    if team_id == "NW-F2":
        return [
            TeamRow(team_id, "Family support team 5", service, "SW", BEGINNING, MOVED, posts),
            TeamRow(team_id, name, service, area, MOVED, 0, posts),
        ]
    if team_id == "SW-A2":
        return [
            TeamRow(team_id, "South West duty team", service, area, BEGINNING, RENAMED, posts),
            TeamRow(team_id, name, service, area, RENAMED, 0, posts),
        ]
    if team_id == "NE-E2":
        return [TeamRow(team_id, name, service, area, BEGINNING, MERGED)]
    if team_id == "NE-E1":
        return [
            TeamRow(team_id, name, service, area, BEGINNING, MERGED),
            TeamRow(team_id, "North East Early help team", service, area, MERGED),
        ]
    return [TeamRow(team_id, name, service, area, BEGINNING, 0, posts)]


@cache
def standing(service: str, area: str, on: int) -> tuple[TeamRow, ...]:
    """The teams of a service in an area on a day."""
    return tuple(row for row in team_rows() if row.service == service and row.area == area and row.stands(on))


@cache
def row_of(team_id: str, on: int) -> TeamRow:
    """A team as it stood on a day; after its end, as it last stood."""
    spells = [row for row in team_rows() if row.team_id == team_id]
    return next((row for row in spells if row.stands(on)), spells[-1] if on >= spells[-1].since else spells[0])


def front_door(area: str) -> str:
    return f"{area}-D1"
