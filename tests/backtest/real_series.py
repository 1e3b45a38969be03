"""Series that nobody here made: the referrals of each month that the Department for Education published (table c6).

    python -m tests.backtest.real_series     writes docs/real-series.md and the pictures beside it

Every place gets the chart that a council's own referrals would get, ending in April 2020, when schools had shut: what
the charts say of a month in which something is known to have happened.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from compendium import words
from compendium.commands.new import make_workspace
from compendium.county.settings import SETTINGS
from compendium.publish.charts.line import Line, Range
from compendium.publish.charts.line import Month as Drawn
from compendium.record.deliveries import Record
from compendium.signals.chart import Chart, Month, chart
from compendium.signals.verdict import Verdict, verdict
from compendium.sources.load import load

ROOT = Path(__file__).resolve().parents[2]
FILE = Path("data/published/cin_2013_2024/c6_children_in_need_referrals_by_month_2013_to_2024.csv")
PAGE, PICTURES = ROOT / "docs" / "real-series.md", ROOT / "docs" / "images" / "april-2020"
APRIL, YEAR_BEFORE = date(2020, 4, 30), date(2019, 4, 30)
RECEIVED = date(2026, 11, 27)
ENGLAND, AUTHORITY = "national", "authority"
WITHIN_LONDON = ("E13000001", "E13000002")  # inner and outer London, which the region holds already
TEN = 15  # every so many authorities, by their code, one is drawn: ten of them
SAID = {"signal": "signal", "worth_a_look": "worth a look", "usual": "within usual range", "too_few": "too few to say"}


@dataclass(frozen=True)
class Place:
    """One series to April 2020, with its chart. kind: national, regional or authority."""

    kind: str
    code: str
    name: str
    chart: Chart
    verdict: Verdict


def places(shared: Path, month: date = APRIL) -> list[Place]:
    """Every place with a figure for the month, its chart taken up to it, in the order of their codes."""
    with tempfile.TemporaryDirectory() as folder:
        record = Record.open(make_workspace(Path(folder) / "record", SETTINGS))
        load(record, shared / FILE, None, RECEIVED, None)
        rows = (
            record.as_at(RECEIVED)
            .connection.execute(
                "SELECT geography_type, geography_code, geography_name, period_end, value FROM record.benchmark "
                "WHERE measure = 'referrals_in_month' AND (breakdown IS NULL OR breakdown = '') AND period_end <= ? "
                "ORDER BY geography_code, period_end",
                [month],
            )
            .fetchall()
        )
    series: dict[tuple[str, str, str], list[Month]] = {}
    for kind, code, name, end, value in rows:
        series.setdefault((kind, code, name), []).append(Month(end, None if value is None else float(value)))
    made = []
    for (kind, code, name), months in series.items():
        if months[-1].period == month and months[-1].value is not None and code not in WITHIN_LONDON:
            drawn = chart(months, is_share=False, is_count=True, seasonal=True)
            made.append(Place(kind, code, name, drawn, verdict(drawn, "neutral")))
    return made


def page(april: Iterable[Place], year_before: Iterable[Place]) -> str:
    """docs/real-series.md."""
    april, before = list(april), [each for each in year_before if each.kind == AUTHORITY]
    one = [each for each in april if each.kind == AUTHORITY]
    judged, usual = _judged(one), _judged(before)
    shown, looked = _of(judged, "signal"), _of(judged, "worth_a_look")
    lines = [
        "# What the charts say of a real April",
        "",
        "<!-- Written by `python -m tests.backtest.real_series`. -->",
        "",
        "In April 2020 schools had shut, and children were referred less often. The Department for Education has",
        "published the referrals of every month since April 2012 by authority (Children in need, table c6, release of",
        "2024). Each place here gets the chart that a council's own referrals get: every month is set against what the",
        "months before it, the season and its working days led to expect. The months after April 2020 are not known to",
        "it.",
        "",
        *_table(each for each in april if each.kind != AUTHORITY),
        "",
        f"Of {len(judged)} authorities with months enough, {len(shown)} show a signal "
        f"({_share(len(shown), len(judged))}) and {len(looked)} are worth a look "
        f"({_share(len(looked), len(judged))}); {len(one) - len(judged)} cannot be judged for gaps. England as a "
        "whole is beyond doubt.",
        "That is what the noise allows: one authority has a few hundred referrals a month, and a fifth more or fewer",
        "comes about by chance. So a single council's page rightly says “within its usual range” of a month that",
        "changed the country, and only places pooled together, or several such months running, can show it.",
        "",
        f"A year earlier, in April 2019, when nothing of the kind had happened, {_share_of(usual, 'signal')} of",
        f"{len(usual)} authorities were a signal and {_share_of(usual, 'worth_a_look')} worth a look.",
        "",
        "## Ten authorities",
        "",
        f"Every {TEN}th authority by its code, so that nobody chose them. Grey: where 95 and 99.7 of 100 such months",
        "would lie; the newest point is April 2020. Looked at one by one, the verdicts agree with the eye, with one",
        "caution: Manchester had been falling for two years, and its April is as much the end of that fall as a month",
        "of its own. Where the level moves like that, the range of a season is wide, and wide ranges find little.",
        "",
    ]
    for each in ten(april):
        last, limit = each.chart.months[-1], each.chart.limits[-1]
        said = SAID[each.verdict.strength]
        expected = f"; about {limit.middle:,.0f} expected" if limit else ""
        told = f"{each.name}: {last.value:,.0f} referrals in April 2020{expected}: {said}"
        lines += [f"![{told}](images/april-2020/{each.code}.svg)", "", f"{told}.", ""]
    return "\n".join(lines).rstrip() + "\n"


def ten(april: Iterable[Place]) -> list[Place]:
    """Ten authorities that nobody chose, England before them."""
    april = list(april)
    return [each for each in april if each.kind == ENGLAND] + [each for each in april if each.kind == AUTHORITY][::TEN][
        :10
    ]


def picture(place: Place) -> str:
    """The chart of a place as an SVG that stands alone: the newest five years."""
    months = place.chart.months[-60:]
    drawn = tuple(
        Drawn(each.period, None if each.value is None else Decimal(str(each.value)), _written(each.value))
        for each in months
    )
    ranges = tuple(
        None if each is None else Range(*(Decimal(str(edge)) for edge in (each.outer[0], *each.inner, each.outer[1])))
        for each in place.chart.limits[-60:]
    )
    strength = place.verdict.strength
    line = Line(
        slug=place.code,
        title=f"Referrals a month, {place.name}",
        description=f"April 2020: {SAID[strength]}.",
        kind="count",
        months=drawn,
        ranges=ranges,
        mark=strength if strength in ("signal", "worth_a_look") else "",
    )
    svg = line.wide()
    style = "<style>text{font-family:Arial,Helvetica,sans-serif}</style>"
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    opening, _, rest = svg.partition(">")
    if "xmlns=" not in opening:
        opening += ' xmlns="http://www.w3.org/2000/svg"'
    return f"{opening}>{style}{paper}{rest}\n"


def _written(value: float | None) -> str:
    return "not published" if value is None else words.number(Decimal(str(value)))


def _judged(places: list[Place]) -> list[Place]:
    return [each for each in places if each.verdict.strength != "too_few"]


def _of(places: list[Place], strength: str) -> list[Place]:
    return [each for each in places if each.verdict.strength == strength]


def _share_of(places: list[Place], strength: str) -> str:
    return _share(len(_of(places, strength)), len(places))


def _share(number: int, whole: int) -> str:
    return words.percent(Decimal(100 * number) / Decimal(whole), 0)


def _table(places: Iterable[Place]) -> list[str]:
    lines = [
        "| place | referrals in April 2020 | expected | 95 of 100 such months | verdict |",
        "|---|---|---|---|---|",
    ]
    for each in places:
        limit = each.chart.limits[-1]
        assert limit is not None
        low, high = limit.inner
        lines.append(
            f"| {each.name} | {each.chart.months[-1].value:,.0f} | {limit.middle:,.0f} | {low:,.0f} to {high:,.0f} "
            f"| {SAID[each.verdict.strength]} |"
        )
    return lines


def main(shared: Path) -> None:
    april = places(shared)
    PAGE.write_text(page(april, places(shared, YEAR_BEFORE)), encoding="utf-8")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for each in ten(april):
        (PICTURES / f"{each.code}.svg").write_text(picture(each), encoding="utf-8")
    print(Counter((each.kind, each.verdict.strength) for each in april))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared")
