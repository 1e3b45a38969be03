"""The verdict on an indicator's newest month, with its limits and its words, from all months known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from compendium import words
from compendium.calendar.years import financial_year, year_start
from compendium.edition import sentences
from compendium.edition.edition import NO_HEADLINE, Band, Judged, Reading
from compendium.indicators.periods import SNAPSHOT
from compendium.indicators.shape import Indicator
from compendium.signals.chart import Chart, Limits, Month, chart
from compendium.signals.verdict import SURE_RUN, Verdict, expected_by_chance, run_of, verdict
from compendium.workspace import Rebasing, Workspace

BASELINE_YEARS = 2  # whole financial years before the newest month's own
CHARTED = ("month", SNAPSHOT)  # other bases overlap from month to month, which makes runs of itself


def judged(indicator: Indicator, series: Sequence[Reading], rebased: Sequence[Rebasing] = ()) -> Judged:
    """series: every month up to the newest, in order. Provisional months are neither judged nor a baseline.

    rebased: decided by the cut.
    """
    why = _why_not(indicator, series)
    if why:
        return _not_judged(why)
    made = chart_of(indicator, series, rebased)
    found, limit = verdict(made, indicator.polarity), made.limits[-1]
    if found.strength == "too_few" or limit is None:
        return _not_judged(sentences.NOT_CHARTED[made.why_not or "few_months"])
    bands = tuple(
        _band(each.period, within) for each, within in zip(series, made.limits, strict=True) if within is not None
    )
    return Judged(
        strength=found.strength,
        sense=found.sense,
        badge=sentences.badge(found.strength, found.sense, found.sign),
        sentences=_told(indicator, made, found, limit),
        method=_method(made, series, found, rebased),
        away=_away(made, limit),
        chance=Decimal(str(expected_by_chance([made]))),
        is_new=found.strength == "signal" and not _was_so(indicator, series, found, rebased),
        bands=bands,
        by_steps=made.method == "stock",
    )


def drawn_since(month: date) -> date:
    """The first day drawn on the page of a month: its two last whole financial years are what is usual."""
    return year_start(financial_year(month) - BASELINE_YEARS)


def chart_of(
    indicator: Indicator, series: Sequence[Reading], rebased: Sequence[Rebasing], since: date | None = None
) -> Chart:
    """series: every month up to the newest, in order. since: the first day of the chart (None: that of its newest
    month's page). Older months tell of the season, and of how a stock moves, but not of what is usual."""
    begins = _first(series, since or drawn_since(series[-1].period))
    return chart(
        [charted_month(each) for each in series],
        is_share=indicator.value == "percent",
        is_count=indicator.value == "count",
        is_stock=series[-1].basis == SNAPSHOT,
        seasonal=indicator.seasonal,
        rebased=[at for at in (_first(series, each.first) for each in rebased) if at],
        since=begins or 0,
    )


def charted_basis(indicator: Indicator) -> str | None:
    """That of its single months or month ends; None where it is given for longer only."""
    return next((each for each in CHARTED if each in indicator.bases), None)


def rebased_by(workspace: Workspace, indicator: str, cut: date) -> tuple[Rebasing, ...]:
    """The rebasings of an indicator that had been decided by a cut."""
    return tuple(each for each in workspace.rebased.get(indicator, ()) if each.on <= cut)


def _first(series: Sequence[Reading], day: date) -> int | None:
    """Which is the first month from a day on."""
    return next((at for at, one in enumerate(series) if one.period >= day), None)


def _method(made: Chart, series: Sequence[Reading], found: Verdict, rebased: Sequence[Rebasing]) -> str:
    """How the limits were found, who set them anew and why; and when that may be due."""
    known = [month.period for month in made.months[made.began :] if month.value is not None][: made.baseline]
    told = [sentences.charted(made.method, made.baseline, made.screened, known[0], known[-1])]
    anew = [each for each in rebased if made.began and _first(series, each.first) == made.began]
    told += [sentences.rebased(each.first, each.why, each.by, each.on) for each in anew][-1:]
    if found.strength == "signal" and made.method != "season" and run_of(made) >= SURE_RUN:
        told.append(sentences.MAY_BE_REBASED)
    return " ".join(told)


def _was_so(indicator: Indicator, series: Sequence[Reading], found: Verdict, rebased: Sequence[Rebasing]) -> bool:
    """Whether the month before was a signal the same way on the same chart: in April it is no news that what is usual
    has moved on by a year."""
    before, since = series[:-1], drawn_since(series[-1].period)
    if _why_not(indicator, before):
        return False
    then = verdict(chart_of(indicator, before, rebased, since), indicator.polarity)
    return (then.strength, then.sign) == (found.strength, found.sign)


def _why_not(indicator: Indicator, series: Sequence[Reading]) -> str:
    """Why no chart is drawn, whatever the numbers; '' when one can be."""
    if indicator.value in NO_HEADLINE:
        return sentences.NOT_ONE_FIGURE
    if indicator.restates:
        return sentences.RESTATES[indicator.restates]
    if not series or series[-1].basis not in CHARTED:
        return sentences.OVERLAPPING
    if series[-1].is_provisional:
        return sentences.NOT_YET_JUDGED
    return sentences.NO_FIGURE if series[-1].value is None else ""


def _not_judged(why: str) -> Judged:
    return Judged("too_few", "neither", "", (why,), "", Decimal(0), Decimal(0))


def charted_month(reading: Reading) -> Month:
    """A gap while it is provisional."""
    if reading.value is None or reading.is_provisional:
        return Month(reading.period, None)
    numerator, denominator = (
        None if each is None else float(each) for each in (reading.numerator, reading.denominator)
    )
    return Month(reading.period, float(reading.value), numerator, denominator)


def _band(period: date, within: Limits) -> Band:
    low, inner_low, inner_high, high = (
        Decimal(str(each)) for each in (within.outer[0], *within.inner, within.outer[1])
    )
    return Band(period, low, inner_low, inner_high, high)


def _away(made: Chart, limit: Limits) -> Decimal:
    value = made.months[-1].value or 0.0
    side = limit.outer[1] if value >= limit.middle else limit.outer[0]
    width = abs(side - limit.middle)
    return words.rounded((value - limit.middle) / width if width else 0, 3)


def written_limit(indicator: Indicator, value: float | Decimal) -> str:
    """A limit, or the middle, of an indicator's chart."""
    whole = indicator.value == "count" and indicator.scale[0] == 1
    return indicator.write(words.rounded(value, 0 if whole else 3))


def _told(indicator: Indicator, made: Chart, found: Verdict, limit: Limits) -> tuple[str, ...]:
    def written(value: float) -> str:
        return written_limit(indicator, value)

    usual = f"{written(limit.inner[0])} to {written(limit.inner[1])}"
    expected = sentences.expected(written(limit.middle), made.months[-1].period) if made.method == "season" else ""
    match found.found:
        case "outside":
            edge = written(limit.outer[1] if found.sign > 0 else limit.outer[0])
            lead = expected or sentences.usual_range(usual)
            if made.method == "stock":
                lead = sentences.step_range(written(limit.middle), usual)
            return (lead, sentences.beyond(found.sign, edge))
        case "run" if made.method == "stock":
            return (sentences.steps(run_of(made), found.sign), sentences.within_usual(usual))
        case "run":
            return (sentences.run(run_of(made), found.sign, written(limit.middle)),)
        case "trend":
            return (sentences.trend(found.sign),)
        case "inner" | "two_of_three":
            return tuple(each for each in (expected, sentences.may_be_chance(found.sign, usual)) if each)
    return (sentences.within_usual(usual),)
