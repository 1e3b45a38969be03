"""The parts by which people are broken down: age band, sex, ethnic group, disability.

What does not change with the day is put in words once for each person, in one table; the age band is
of the row's day. Ages are compared as numbers of the form year, month, day: born on 20120229, a child is
one on 20130301 (10,072 later) and not on 20130228 (9,999 later).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from compendium.calendar.ages import AGE_BANDS, UNBORN, age_band
from compendium.engine.emission import Emitter
from compendium.engine.partition import Partition
from compendium.indicators.shape import NOT_RECORDED
from compendium.record.codes import groups

A_YEAR = 10_000
OLDEST = 25  # above all edges of bands
SEXES = {"F": "Female", "M": "Male"}
DISABILITIES = {1: "Disability recorded", 0: "No disability recorded"}
Text = Callable[[str], str]  # a text as the engine's SQL writes it


def people_sql(person: str, emitter: Emitter, partition: Partition) -> str:
    """One row a person: person_id, "born" (a day as a number), "is unborn", "sex", "ethnicity", "disability"."""
    text = emitter.text
    return (
        f'SELECT {partition.of("r")}r.person_id, {day_number("r.dob")} AS "born", '
        'CASE WHEN r.dob IS NULL AND r.expected_dob IS NOT NULL THEN 1 ELSE 0 END AS "is unborn", '
        f'{_in_words("r.sex", SEXES, text)} AS "sex", '
        f'{_in_words("r.ethnicity", groups("ethnicity"), text)} AS "ethnicity", '
        f'{_in_words("r.is_disabled", DISABILITIES, text)} AS "disability" FROM {person} AS r'
    )


def part_sql(name: str, day: str, text: Text) -> str:
    """A part of the person `p`; `day` is the row's day as a number."""
    if name != "age_band":
        return recorded(f'p."{name}"', text)
    unborn, unknown, oldest = text(age_band(UNBORN)), text(NOT_RECORDED), text(age_band(OLDEST))
    edges = [years for years in range(OLDEST) if age_band(years) != age_band(years + 1)]
    bands = " ".join(f'WHEN {day} - p."born" < {(years + 1) * A_YEAR} THEN {text(age_band(years))}' for years in edges)
    return (
        f'CASE WHEN p."born" > {day} OR p."is unborn" = 1 THEN {unborn} WHEN p."born" IS NULL THEN {unknown} '
        f"{bands} ELSE {oldest} END"
    )


def part_order(name: str, values: Sequence[str]) -> list[str]:
    """The values of a breakdown in the order shown: ages by age, others by name, what is not recorded last."""
    ages = {band: at for at, band in enumerate(AGE_BANDS)}
    return sorted(values, key=lambda each: (each == NOT_RECORDED, ages.get(each, 0) if name == "age_band" else 0, each))


def recorded(column: str, text: Text) -> str:
    return f"CASE WHEN {column} IS NULL THEN {text(NOT_RECORDED)} ELSE {column} END"


def day_number(day: str) -> str:
    return f"(EXTRACT(YEAR FROM {day}) * {A_YEAR} + EXTRACT(MONTH FROM {day}) * 100 + EXTRACT(DAY FROM {day}))"


def _in_words(column: str, labels: Mapping[str, str] | Mapping[int, str], text: Text) -> str:
    together: dict[str, list[str]] = {}
    for code, label in labels.items():
        together.setdefault(label, []).append(text(code) if isinstance(code, str) else str(code))
    branches = " ".join(
        f"WHEN {column} IN ({', '.join(codes)}) THEN {text(label)}" for label, codes in together.items()
    )
    return f"CASE {branches} END"
