"""The chart that suits a figure, chosen by its unit and its size, and what it says of every month.

| figure | chart |
|---|---|
| anything declared seasonal, with three years before | the band expected of each month (`season`) |
| a stock of 5 or more, most of which carries over from month to month | round the month before (`stock`) |
| a share of 30 or more, as a rule | Laney's p′ |
| a share of 6 to 29 | exact binomial limits |
| a count of 5 or more, a ratio, a mean, money | XmR |
| fewer than 13 months, smaller counts, shares of fewer, or of which next to none was ever counted | none |

Two limits either side: the inner one holds 95 of 100 months that nothing has happened in, the outer one 997 of
1,000. The baseline is the first two years since the day a chart begins, or what follows a dated, authored rebasing; of
a season and a stock it is what came before each month. No month moves the limits that it is judged by. What has no
chart here, being too seldom, may have one of the gaps between its events (`rare`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from statistics import NormalDist, median
from typing import Literal

import numpy as np
from scipy.special import bdtr

from compendium.signals.laney import SIGMAS, p_prime
from compendium.signals.patterns import Side, members, on_one_side, trends
from compendium.signals.season import band
from compendium.signals.stock import carries_over, steps
from compendium.signals.xmr import FEWEST, LIMIT, Rules, Segment, xmr

Method = Literal["season", "stock", "p_prime", "binomial", "xmr", "none"]
Found = Literal["outside", "run", "two_of_three", "trend"]
BASELINE = 24
SHARE_LANEY, SHARE_LEAST, COUNT_LEAST = 30, 6, 5
FEWEST_STEPS = FEWEST - 2  # of a stock, before the newest of so few months
FEW = 5  # expected cases, in or out of a share, below which its limits are the exact ones
INNER = NormalDist().inv_cdf(0.975)  # 1.96 of the 3 deviations to the outer limit


@dataclass(frozen=True)
class Month:
    """Of a series, by its last day. value None: no source. numerator, denominator: of a share; else of no matter."""

    period: date
    value: float | None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class Limits:
    """What was to be expected of a month: the middle, and the inner and outer limits."""

    middle: float
    inner: tuple[float, float]
    outer: tuple[float, float]


@dataclass(frozen=True)
class Chart:
    """limits: of each month, None where there is no baseline yet or no value. patterns: of each month what it belongs
    to and which way (1 high or rising, -1 low or falling). began: where the newest baseline begins, 0 where it was
    never set anew. why_not: why there is no chart, for `sentences`."""

    method: Method
    months: tuple[Month, ...]
    limits: tuple[Limits | None, ...]
    patterns: tuple[tuple[Found, int] | None, ...]
    baseline: int = 0
    screened: int = 0
    widening: float = 1.0
    began: int = 0
    why_not: Literal["", "few_months", "few_cases", "flat"] = ""

    @property
    def base(self) -> list[int]:
        """The places of the months before the newest that its limits come from."""
        newest = len(self.months) - 1
        past = [at for at in range(newest) if at >= self.began and self.months[at].value is not None]
        if self.method == "stock":
            return [at for at in past if at >= newest - BASELINE]
        return past[:BASELINE] if self.method != "season" else past

    @property
    def sides(self) -> list[Side]:
        """Of each month, on which side of the middle it lies; None without a value or limits."""
        return _sides(self.months, self.limits)


def chart(
    months: Sequence[Month],
    *,
    is_share: bool,
    is_count: bool,
    is_stock: bool = False,
    seasonal: bool = False,
    rebased: Sequence[int] = (),
    since: int = 0,
) -> Chart:
    """Of months in order, one for each; those without a value are gaps. rebased: where a new baseline begins.

    since: where the baseline of all others begins; older months tell only of the season, and of how a stock moves.
    is_stock: it counts what is there at the month's end, not what happened in the month.
    """
    there = [each for each in months if each.value is not None]
    if len(there) < FEWEST:
        return _none(months, "few_months")
    first = next(at for at, each in enumerate(months) if each.value is not None)
    if first:  # a series begins with the first month that is known
        later = [at - first for at in rebased]
        rest = chart(
            months[first:], is_share=is_share, is_count=is_count, is_stock=is_stock, seasonal=seasonal, rebased=later,
            since=max(0, since - first),
        )  # fmt: skip
        nothing = (None,) * first
        limits, patterns = (*nothing, *rest.limits), (*nothing, *rest.patterns)
        began = rest.began + first if rest.began else 0
        return replace(rest, months=tuple(months), limits=limits, patterns=patterns, began=began)
    if seasonal:
        made = _seasonal(months)
        if made.limits[-1] is not None:
            return made
    size = median(each.denominator or 0 for each in there) if is_share else 0
    if _too_few(there, is_count, size if is_share else None):
        return _none(months, "few_cases")
    exact = is_share and size < SHARE_LANEY
    if is_stock and not exact and carries_over([each.value for each in months[:-1]]):
        if is_share and _cases(there) < COUNT_LEAST * len(there):
            return _none(months, "few_cases")  # one person more or less would be a step like no other
        return _stock(months, rebased, _bounds(is_share, is_count))
    starts = [since, *rebased]
    return _shares(months, starts, exact) if is_share else _values(months, starts, _bounds(is_share, is_count)[0])


def _too_few(there: Sequence[Month], is_count: bool, size: float | None) -> bool:
    """size: of a share, in the middle. A share of which next to none, or next to all, was ever counted has no chart."""
    if size is not None:
        return size < SHARE_LEAST or _cases(there) < FEW
    return is_count and sum(each.value or 0 for each in there) / len(there) < COUNT_LEAST


def _cases(there: Sequence[Month]) -> float:
    """Of a share over all months: how many were counted in it or, where they are fewer, how many were not."""
    cases, whole = (sum(getattr(each, part) or 0 for each in there) for part in ("numerator", "denominator"))
    return min(cases, whole - cases)


def _bounds(is_share: bool, is_count: bool) -> tuple[float | None, float | None]:
    """Below and above which no value can lie."""
    return (0.0 if is_share or is_count else None), (100.0 if is_share else None)


def _none(months: Sequence[Month], why: Literal["few_months", "few_cases", "flat"]) -> Chart:
    nothing = (None,) * len(months)
    return Chart("none", tuple(months), nothing, nothing, why_not=why)


def _seasonal(months: Sequence[Month]) -> Chart:
    """Only the newest month is judged, each by those before it; there are no runs of predictions."""
    expected = band([(each.period, each.value) for each in months])
    limits = tuple(None if each is None else Limits(each.expected, each.inner, each.outer) for each in expected)
    patterns = tuple(
        _outside(each.value, limit) if limit is not None else None for each, limit in zip(months, limits, strict=True)
    )
    used = expected[-1].months if expected and expected[-1] else 0
    return Chart("season", tuple(months), limits, patterns, used)


def _values(months: Sequence[Month], rebased: Sequence[int], floor: float | None) -> Chart:
    limits: list[Limits | None] = []
    patterns: list[tuple[Found, int] | None] = []
    for part in _parts(months, rebased):
        fixed = _baseline(part)
        if _known(part) < FEWEST:
            limits += [None] * len(part)
            patterns += [None] * len(part)
            continue
        made = xmr([each.value for each in part], Rules(fixed=fixed))
        limits += [_of_segment(made.segments[0], floor)] * len(part)
        patterns += [None if each.pattern is None else (each.pattern, each.sign) for each in made.points]
    last = made.segments[0]
    if not last.varies:
        return _none(months, "flat")
    return Chart(
        "xmr", tuple(months), tuple(limits), tuple(patterns), _known(part[:fixed]), last.screened,
        began=len(months) - len(part),
    )  # fmt: skip


def _parts(months: Sequence[Month], rebased: Sequence[int]) -> list[Sequence[Month]]:
    """From one rebasing to the next; one that leaves too few months after it to take limits from is not made yet."""
    starts = [0, *(at for at in sorted({*rebased}) if at > 0 and _known(months[at:]) >= FEWEST), len(months)]
    return [months[start:end] for start, end in pairwise(starts)]


def _known(months: Sequence[Month]) -> int:
    return sum(each.value is not None for each in months)


def _baseline(months: Sequence[Month]) -> int:
    """Where the baseline of a part ends: after its first two years of months that are known, or at its end."""
    known = 0
    for at, each in enumerate(months, start=1):
        known += each.value is not None
        if known == BASELINE:
            return at
    return len(months)


def _of_segment(segment: Segment, floor: float | None) -> Limits | None:
    """floor: below which no value can lie; a limit below it is drawn at it."""
    if not segment.varies:
        return None
    return _around(segment.mean, LIMIT * segment.moving_range, (floor, None))


def _stock(months: Sequence[Month], rebased: Sequence[int], bounds: tuple[float | None, float | None]) -> Chart:
    """Each month round the one before; after a gap there is nothing to set it against."""
    values = [each.value for each in months]
    limits: list[Limits | None] = []
    for part in _parts(months, rebased):
        began = len(limits)
        for at in range(began, began + len(part)):
            usual = steps(values[max(began, at - BASELINE) : at])
            before = values[at - 1] if at else None
            if before is None or not usual.size or usual.known < FEWEST_STEPS:
                limits.append(None)
            else:
                limits.append(_around(before, usual.reach, bounds))
    if not usual.size:
        return _none(months, "flat")
    patterns = tuple(_patterns(months, limits, with_trends=False))  # a trend of a stock is a run of its steps
    return Chart("stock", tuple(months), tuple(limits), patterns, usual.known, usual.screened, began=began)


def _around(middle: float, reach: float, bounds: tuple[float | None, float | None]) -> Limits:
    """reach: from the middle to the outer limits, which pass no bound."""
    least, most = bounds

    def within(reach: float) -> tuple[float, float]:
        low, high = middle - reach, middle + reach
        return (low if least is None else max(least, low)), (high if most is None else min(most, high))

    return Limits(middle, within(reach * INNER / SIGMAS), within(reach))


def _shares(months: Sequence[Month], rebased: Sequence[int], exact: bool) -> Chart:
    limits: list[Limits | None] = []
    patterns: list[tuple[Found, int] | None] = []
    for part in _parts(months, rebased):
        if _known(part) < FEWEST:
            limits += [None] * len(part)
            patterns += [None] * len(part)
            continue
        base = part[: _baseline(part)]
        made = p_prime([each.numerator for each in base], [each.denominator for each in base])
        widening = 1.0 if exact else max(1.0, made.sigma_z)
        own = [_of_share(each, made.centre, widening, exact) for each in part]
        limits += own
        patterns += _patterns(part, own)
    method: Method = "binomial" if exact else "p_prime"
    began = len(months) - len(part)
    return Chart(method, tuple(months), tuple(limits), tuple(patterns), _known(base), 0, widening, began)


def _of_share(month: Month, centre: float, widening: float, exact: bool) -> Limits | None:
    """In per cent, as a share's value is."""
    size = month.denominator
    if month.value is None or not size:
        return None
    if exact or min(centre, 1 - centre) * size < FEW:
        inner, outer = (_binomial(round(size), centre, share) for share in (0.95, 0.997))
    else:
        reach = SIGMAS * widening * (centre * (1 - centre) / size) ** 0.5
        inner, outer = ((max(0.0, centre - way), min(1.0, centre + way)) for way in (reach * INNER / SIGMAS, reach))
    return Limits(100 * centre, (100 * inner[0], 100 * inner[1]), (100 * outer[0], 100 * outer[1]))


def _binomial(size: int, centre: float, share: float) -> tuple[float, float]:
    """The least and the greatest share of so many that chance leaves out no more than half the rest on either side."""
    tail = (1 - share) / 2
    up_to = bdtr(np.arange(size + 1), size, centre)
    least, most = np.searchsorted(up_to, tail, side="right"), np.searchsorted(up_to, 1 - tail)
    return int(least) / size, int(most) / size


def _sides(months: Sequence[Month], limits: Sequence[Limits | None]) -> list[Side]:
    return [
        None if limit is None or each.value is None else (each.value > limit.middle) - (each.value < limit.middle)
        for each, limit in zip(months, limits, strict=True)
    ]


def _patterns(
    months: Sequence[Month], limits: Sequence[Limits | None], *, with_trends: bool = True
) -> list[tuple[Found, int] | None]:
    sides = _sides(months, limits)
    length = Rules().length
    run = members(on_one_side(sides, length), length)
    trend = members(trends([each.value for each in months], length), length) if with_trends else [0] * len(months)
    found: list[tuple[Found, int] | None] = []
    for at, (month, limit) in enumerate(zip(months, limits, strict=True)):
        outside = _outside(month.value, limit) if limit is not None else None
        side = sides[at] or 0
        found.append(outside or (("trend", trend[at]) if trend[at] else None) or (("run", side) if run[at] else None))
    return found


def _outside(value: float | None, limit: Limits) -> tuple[Found, int] | None:
    if value is None or limit.outer[0] <= value <= limit.outer[1]:
        return None
    return "outside", 1 if value > limit.outer[1] else -1
