"""England, its regions and its authorities: what a published row is about, and which code the record knows it by.

The record knows an authority by DfE's three digits. Ofsted and the ministry give ONS codes, of which an
authority may have had several; `authorities.csv` holds them all (Office for National Statistics,
Department for Education; Open Government Licence v3.0).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from compendium.sources.published.symbols import SYMBOLS

ENGLAND = "E92000001"
LEVELS = {"National": "national", "Regional": "regional", "Local authority": "authority"}
COLUMNS = {
    "national": ("country_code", "country_name"),
    "regional": ("region_code", "region_name"),
    "authority": ("old_la_code", "la_name"),
}
REGIONS: Mapping[str, str] = {
    "E12000001": "North East", "E12000002": "North West", "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands", "E12000005": "West Midlands", "E12000006": "East of England", "E12000007": "London",
    "E12000008": "South East", "E12000009": "South West", "E13000001": "Inner London", "E13000002": "Outer London",
}  # fmt: skip


@dataclass(frozen=True)
class Geography:
    """kind: national, regional or authority. code: as the record knows it."""

    kind: str
    code: str
    name: str


@dataclass(frozen=True)
class Authority:
    """An authority with children's services, or one that had them. ons_codes: the present one first."""

    code: str
    name: str
    ons_codes: tuple[str, ...]
    region_code: str
    last_year: int | None  # of one that is no more: its last year ending March
    succeeded_by: tuple[str, ...]


@cache
def authorities() -> Mapping[str, Authority]:
    """Every authority since 2013, by its three digits."""
    text = resources.files(__package__).joinpath("authorities.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Authority(
            row["code"],
            row["name"],
            tuple(row["ons_codes"].split()),
            row["region_code"],
            int(row["last_year"]) if row["last_year"] else None,
            tuple(row["succeeded_by"].split()),
        )
        for row in csv.DictReader(text.splitlines())
    }


@cache
def _by_ons_code() -> Mapping[str, Geography]:
    known = {
        ons: Geography("authority", each.code, each.name) for each in authorities().values() for ons in each.ons_codes
    }
    known |= {code: Geography("regional", code, name) for code, name in REGIONS.items()}
    return known | {ENGLAND: Geography("national", ENGLAND, "England")}


def of_ons_code(code: str) -> Geography | None:
    """The place of an ONS code; None for one without children's services, or outside England."""
    return _by_ons_code().get(code)


def of_row(row: Mapping[str, str]) -> Geography | None:
    """The place of a row of one of the department's tables; None when its level or code is not known."""
    kind = LEVELS.get(row["geographic_level"])
    if kind is None:
        return None
    code, name = (row.get(column, "") for column in COLUMNS[kind])
    return Geography(kind, code, name) if code and code not in SYMBOLS else None
