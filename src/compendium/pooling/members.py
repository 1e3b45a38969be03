"""Who is expected in a pool: the authorities of a region, or those of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from compendium.calendar.years import financial_year
from compendium.engine.dialect_reading import did_you_mean
from compendium.errors import ComputeError, DeliveryError, Place
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import open_delivery
from compendium.sources.published.places import ENGLAND, REGIONS, authorities

CODE = re.compile(r"\d{3}")


def of_region(region: str, month: date) -> Mapping[str, str]:
    """Code -> name of the authorities with children's services in a region, or in England, in a month."""
    if region != ENGLAND and region not in REGIONS:
        raise ComputeError(
            f"there is no region {region!r}",
            expected=did_you_mean(region, [*REGIONS, ENGLAND]),
            remedy=f"name it by its ONS code: {', '.join(f'{code} ({name})' for code, name in REGIONS.items())}",
        )
    within = {region}
    if region == "E12000007":
        within |= {"E13000001", "E13000002"}  # London's inner and outer boroughs
    known = authorities().values()
    began = {later for each in known if each.last_year for later in each.succeeded_by}
    year = financial_year(month)
    return {
        each.code: each.name
        for each in known
        if (region == ENGLAND or each.region_code in within)
        and (each.last_year is None or year <= each.last_year)
        and (each.code not in began or all(_ended(code, year) for code in _before(each.code)))
    }


def _before(code: str) -> list[str]:
    return [each.code for each in authorities().values() if code in each.succeeded_by]


def _ended(code: str, year: int) -> bool:
    last = authorities()[code].last_year
    return last is not None and year > last


def of_file(path: Path) -> Mapping[str, str]:
    """Code -> name of a list in CSV: a line each, the three digits and, if wanted, the name."""
    lines = Delimited(open_delivery(path))
    found: dict[str, str] = {}
    for number, fields in [(1, lines.header), *lines.rows()]:
        code, name = fields[0].strip(), fields[1].strip() if len(fields) > 1 else ""
        if not CODE.fullmatch(code):
            if number == 1:
                continue  # a line of headings
            raise DeliveryError(
                "the line names no authority", where=Place(file=path.name, row=number),
                expected="the department's three digits and, after a comma, the name: 936,Surrey",
            )  # fmt: skip
        known = authorities().get(code)
        found[code] = name or (known.name if known else code)
    if not found:
        raise DeliveryError("the list names nobody", where=Place(file=path.name), expected="a line for each authority")
    return found
