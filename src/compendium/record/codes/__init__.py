"""Code sets, one CSV file each: code, label, published group, first and last collection year.

An empty first year means from 2017 or before; an empty last year means still in use. The codes are
those of the Department for Education's Children in Need census, SSDA903 and workforce census guides and of Ofsted's
Annex A (Open Government Licence v3.0); the sets that no return has (contact outcomes, MASH ratings,
visits, audit grades, how a worker came, kinds of placement that money goes to) are Compendium's own.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True)
class Code:
    """One code. Years are collection years (the year in which the return ends)."""

    code: str
    label: str
    group: str | None
    first_year: int | None
    last_year: int | None


@cache
def code_set(name: str) -> Mapping[str, Code]:
    """Every code of a set, in published order. KeyError when there is no such set."""
    file = resources.files(__name__).joinpath(f"{name}.csv")
    if not file.is_file():
        raise KeyError(f"there is no code set {name!r}; there are {', '.join(code_sets())}")
    return MappingProxyType(
        {
            row["code"]: Code(
                row["code"], row["label"], row["group"] or None, _year(row["first_year"]), _year(row["last_year"])
            )
            for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
        }
    )


@cache
def codes(name: str) -> Mapping[str, str]:
    """code -> label of a set."""
    return MappingProxyType({code.code: code.label for code in code_set(name).values()})


@cache
def groups(name: str) -> Mapping[str, str]:
    """code -> the group under which the Department for Education publishes it; codes without one are left out."""
    return MappingProxyType({code.code: code.group for code in code_set(name).values() if code.group})


@cache
def code_sets() -> tuple[str, ...]:
    """The names of all sets."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name.removesuffix(".csv") for file in files if file.name.endswith(".csv")))


def _year(text: str) -> int | None:
    return int(text) if text else None
