"""Published files that are known and of which nothing is taken: said so by name, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from compendium.record.intake import Intake
from compendium.sources.delimited import Delimited
from compendium.sources.delivered import DeliveredFile
from compendium.words import plural


@dataclass(frozen=True)
class Untaken:
    """what: the file, as people call it. why: what its rows would serve, or where the same stands."""

    what: str
    why: str


KNOWN: Mapping[frozenset[str], Untaken] = {
    frozenset({"CPP_End_first_6months", "3_months_or_less_transfer"}): Untaken(
        "plans that ended in the first six months of the year (d8)",
        "no indicator asks how long plans of half a year lasted; d7 has the whole year",
    ),
    frozenset({"Measure_code", "Measure_short", "Chart_title"}): Untaken(
        "the data dictionary of the Local Authority Interactive Tool",
        "it describes measures and holds no figures; what each of Compendium's measures is stands in its own words",
    ),
    frozenset({"sort_order", "tab_name", "metric_display_text"}): Untaken(
        "the list of figures on the summary page of the department's dashboard", "it holds no figures"
    ),
    frozenset({"la_name", "region_name_correct"}): Untaken(
        "corrections of the regions in Ofsted's list", "regions are known by the authority's code"
    ),
}


def recognises(delivered: DeliveredFile) -> bool:
    return delivered.kind == "text" and _known(Delimited(delivered)) is not None


def dated(delivered: DeliveredFile) -> date | None:
    return None


def read(delivered: DeliveredFile, intake: Intake) -> None:
    lines = Delimited(delivered)
    known = _known(lines)
    assert known is not None
    count = sum(1 for _ in lines.rows())
    intake.count(delivered.name, read=count, rejected=count)
    if not count:
        return
    text = f"{plural(count, 'row')} of {known.what}: nothing is taken, for {known.why}"
    intake.reject(delivered.name, None, None, text, kind="unused", rows=count)


def _known(lines: Delimited) -> Untaken | None:
    header = frozenset(lines.header)
    return next((untaken for names, untaken in KNOWN.items() if header >= names), None)
