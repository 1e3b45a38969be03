"""How many people live where: mid-year estimates of children, and the census of 2021 by ethnic group.

Office for National Statistics; Open Government Licence v3.0.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from compendium.record.intake import Intake
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import DeliveredFile
from compendium.sources.published import figures, symbols
from compendium.sources.published.places import of_ons_code
from compendium.words import plural

ESTIMATES = frozenset({"age_group", "population_estimate"})
GROUP_CODE, GROUP, PEOPLE = "Ethnic group (20 categories) Code", "Ethnic group (20 categories)", "Observation"
GROUPED = frozenset({GROUP_CODE, GROUP, PEOPLE})
CHILDREN = "Children aged 0 to 17 years"
NO_GROUP = "-8"  # 'Does not apply'
CENSUS, CENSUS_RELEASED, OLDEST = 2021, date(2022, 11, 29), 120
COLUMNS = (
    "mid_year", "geography_code", "age_from", "age_to", "sex", "ethnicity", "persons", "vintage", "released_on",
)  # fmt: skip


def recognises(delivered: DeliveredFile) -> bool:
    if delivered.kind != "text":
        return False
    header = Delimited(delivered).header
    return {*header} >= figures.LINE | ESTIMATES or ({*header} >= GROUPED and _place_column(header) is not None)


def dated(delivered: DeliveredFile) -> date | None:
    """A mid-year estimate comes out the summer after; the oldest of the file decides."""
    lines = Delimited(delivered)
    if GROUP in lines.header:
        return CENSUS_RELEASED
    return min((_released(year) for year in figures.years(lines)), default=None)


def read(delivered: DeliveredFile, intake: Intake) -> None:
    lines = Delimited(delivered)
    if twice := lines.repeating(lines.header, lines.header):
        raise twice
    if GROUP in lines.header:
        _census(lines, delivered.name, intake)
    else:
        _estimates(lines, delivered.name, intake)


def _released(year: int) -> date:
    return date(year + 1, 7, 1)


def _estimates(lines: Delimited, file_name: str, intake: Intake) -> None:
    add = intake.appender("population", COLUMNS)
    newest = max(figures.years(lines), default=figures.UNDATED)
    vintage, released = f"ONS mid-year estimates to {newest}", _released(newest).isoformat()
    for number, row, place in figures.records(lines, file_name, intake):
        persons = symbols.count(row["population_estimate"])
        if row["age_group"] == CHILDREN and persons is not None and persons >= 0:
            add((number, int(row["time_period"]), place.code, 0, 17, None, None, persons, vintage, released))
            intake.count(file_name, kept=1)
        else:
            what = "it is no number of children aged 0 to 17"
            intake.count(file_name, rejected=1)
            intake.reject(file_name, number, "population_estimate", what, kind="unused")


def _census(lines: Delimited, file_name: str, intake: Intake) -> None:
    """One row a place and ethnic group, of people of every age."""
    add = intake.appender("population", COLUMNS)
    at = {name: lines.header.index(name) for name in GROUPED}
    place_at = _place_column(lines.header) or 0
    vintage, left = "ONS census 2021, every age", Counter[str]()
    for number, fields in lines.rows():
        intake.count(file_name, read=1)
        if len(fields) != len(lines.header):
            intake.count(file_name, rejected=1)
            what = f"the row has {len(fields)} fields, the header {len(lines.header)}"
            intake.reject(file_name, number, None, what, kind="malformed")
            continue
        place, persons = of_ons_code(fields[place_at].strip()), symbols.count(fields[at[PEOPLE]].strip())
        group, group_code = fields[at[GROUP]].strip(), fields[at[GROUP_CODE]].strip()
        if place is None:
            left["a place outside England, or without children's services of its own"] += 1
        elif group_code == NO_GROUP:
            left["people to whom no ethnic group applies"] += 1
        elif persons is None or persons < 0 or not group:
            left["no number of people or no ethnic group"] += 1
        else:
            add((number, CENSUS, place.code, 0, OLDEST, None, group, persons, vintage, CENSUS_RELEASED.isoformat()))
            intake.count(file_name, kept=1)
    for what, count in sorted(left.items()):
        intake.count(file_name, rejected=count)
        intake.reject(file_name, None, None, f"{plural(count, 'row')} of {what}", kind="unused", rows=count)


def _place_column(header: list[str]) -> int | None:
    """Where the code of the place stands: 'Regions Code', '2023 Upper tier local authorities Code'."""
    return next((at for at, name in enumerate(header) if name.endswith(" Code") and name != GROUP_CODE), None)
