"""A pool as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from compendium import words
from compendium.pooling.month_cells import CAUTION, SYNTHETIC
from compendium.pooling.pool import Pool
from compendium.pooling.pooled import Part, Pooled
from compendium.publish.pool_words import beside
from compendium.publish.workbook.book import Table, Value, write_book
from compendium.signals.funnel import INNER, OUTER

NOTES = (
    "Numbers are added up first, and then divided: a figure is of all children together, not the mean of authorities.",
    "Numerators and denominators are whole numbers; those in hundredths or pence are given in whole units.",
    "Only cells of one definition and one set of local rules are added up; the sheet Left_out names the others.",
    "A figure that no authority has a source for is given as none, never as 0.",
    "Limits are where chance alone would leave 95% and 99.8% of authorities of that size.",
    "Where authorities lie further apart than chance explains, limits are widened by the square root of the spread.",
    "A child known to two authorities is counted by both.",
    "Authorities stand by their names. This is not a table of ranks.",
)


def write_pool_workbook(pool: Pool, figures: Sequence[Pooled], path: Path) -> None:
    many = words.plural(len(pool.members), "authority", "authorities")
    cover = [f"Month cells of {many}, for {words.month(pool.month)} and the periods that end with it."]
    cover += [f"{words.upper_first(SYNTHETIC)}."] if pool.synthetic else []
    cover += [CAUTION, "The sheet Contents lists the tables; the sheet Notes says how to read them."]
    tables = [_figures(pool, figures), _authorities(figures), _members(pool), _missing(pool), _left_out(pool, figures)]
    write_book(path, f"Authorities together, {words.month(pool.month)}", cover, NOTES, [*tables, _never(pool)])


def _figures(pool: Pool, figures: Sequence[Pooled]) -> Table:
    headings = ("Indicator", "Title", "Definition version", "Basis", "Part", "Numerator", "Denominator", "Value",
                "Per 10,000 children", "Status", "Authorities in it", "Spread", "Limits widened", "Read beside it",
                "Local rules")  # fmt: skip
    rows = [
        (
            *_name(each), *_units(each, each.numbers.numerator, each.numbers.denominator), each.value,
            each.rate, each.numbers.status.replace("_", " "), len(each.parts), *_spread(each),
            beside(pool, each.definition) or "nothing", "; ".join(map(str, pool.rules(each.definition))),
        )
        for each in figures
    ]  # fmt: skip
    says = "One row for each figure: what all authorities in it say together."
    return Table("Figures", "Figures of all authorities together", says, headings, rows)


def _authorities(figures: Sequence[Pooled]) -> Table:
    headings = ("Indicator", "Title", "Definition version", "Basis", "Part", "Authority", "Code", "Numerator",
                "Denominator", "Children", "Value", "Per 10,000 children", "All others together", "Lower 95% limit",
                "Upper 95% limit", "Lower 99.8% limit", "Upper 99.8% limit", "Place")  # fmt: skip
    rows = [
        (
            *_name(each), part.name, part.code, *_units(each, part.numbers.numerator, part.numbers.denominator),
            part.children, each.value_of(part), each.rate_of(part), each.rest(part), *_limits(each, part),
            (each.place(part) or "no limits").replace("_998", " 99.8%").replace("_95", " 95%").replace("_", " "),
        )
        for each in figures
        for part in each.parts
    ]  # fmt: skip
    says = "One row for each figure and authority, by name: its numbers, those of all others, and its limits."
    return Table("Authorities", "Figures of each authority beside the rest", says, headings, rows)


def _name(pooled: Pooled) -> tuple[Value, ...]:
    definition = pooled.definition
    basis = pooled.basis.replace("_", " ")
    return definition.id, definition.title, definition.definition_version, basis, pooled.category or "whole"


def _units(pooled: Pooled, *numbers: int | None) -> list[Value]:
    return [
        number if number is None or scale == 1 else Decimal(number) / scale
        for number, scale in zip(numbers, pooled.definition.scale, strict=True)
    ]


def _limits(pooled: Pooled, part: Part) -> list[Value]:
    size = pooled.size(part)
    if pooled.funnel is None or not size:
        return [None] * 4
    unit = 10_000 if pooled.definition.rate else 1 if pooled.definition.value == "ratio" else 100
    return [_decimal(unit * limit) for share in (INNER, OUTER) for limit in pooled.funnel.limits(float(size), share)]


def _spread(pooled: Pooled) -> tuple[Value, str]:
    if pooled.funnel is None:
        return None, "no limits"
    return _decimal(pooled.funnel.spread), "yes" if pooled.funnel.widened else "no"


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else words.rounded(value, 3)


def _members(pool: Pool) -> Table:
    rows = [
        (each.code, each.name, each.file, each.header.cut, f"{each.header.first:%Y-%m}", f"{each.header.last:%Y-%m}",
         each.header.program)
        for each in pool.members.values()
    ]  # fmt: skip
    headings = ("Code", "Authority", "File", "Records received by", "First month", "Last month", "Written by")
    return Table("Received", "Month cells received", "One row for each file.", headings, rows)


def _missing(pool: Pool) -> Table:
    says = "One row for each authority that is expected and has no cells for the month."
    if pool.expected is None:
        says = "Not known: no list of authorities was given."
    rows = [(each.code, each.name, each.why) for each in pool.missing]
    return Table("Missing", "Authorities that are missing", says, ("Code", "Authority", "Why"), rows)


def _left_out(pool: Pool, figures: Sequence[Pooled]) -> Table:
    rows = [
        (*_name(each), pool.members[code].name, why) for each in figures for code, why in each.left_out.items()
    ]  # fmt: skip
    headings = ("Indicator", "Title", "Definition version", "Basis", "Part", "Authority", "Why")
    says = "One row for each figure and authority whose numbers are not in it."
    return Table("Left_out", "Not added up", says, headings, rows)


def _never(pool: Pool) -> Table:
    rows = [*pool.not_added.items()]
    rows += [(name, f"only in the catalogue of {words.listing(names)}") for name, names in sorted(pool.unknown.items())]
    says = "One row for each indicator that no pool adds up, or that this one does not know."
    return Table("Never_added", "Indicators that are never added up", says, ("Indicator", "Why"), rows)
