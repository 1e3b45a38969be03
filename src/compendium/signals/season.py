"""What was to be expected of a month, from the months before it only: for what comes and goes with the seasons.

A plain chart is blind to the seasons: in August, when schools are shut, a third more contacts than usual lie within
its limits. So the newest month of what is declared seasonal is set against a prediction: a straight fit on the
logarithm, with the level, one wave a year, August, April with December (holidays that move), and the working days of
the month as what it is in proportion to. The month itself is never in the fit. Three years are too few to be sure of
a season, and the interval, which is that of a new month and not of the fit, is wide accordingly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from compendium.calendar.months import month_start
from compendium.calendar.working_days import elapsed
from compendium.signals.intervals import student

FEWEST = 36  # months before, of which a prediction is made
INNER, OUTER = 0.95, 0.997
TERMS = 5
HANGS_MOST = 0.95  # how closely one month may follow the one before
SHUT = 8  # August
MOVING = (4, 12)  # Easter and Christmas


@dataclass(frozen=True)
class Prediction:
    """Of one month, in the series' own unit. inner, outer: where it would lie in 95% and 99.7% of months."""

    expected: float
    inner: tuple[float, float]
    outer: tuple[float, float]
    months: int


@dataclass(frozen=True)
class Together:
    """Several months beside what was expected of them. expected, observed: their means. within: what the observed may
    be times the expected, with 95% confidence."""

    expected: float
    observed: float
    within: tuple[float, float]
    months: int


def predicted(before: Sequence[tuple[date, float | None]], month: date) -> Prediction | None:
    """From earlier months, each by its last day. None with fewer than 36 that have a value above nought."""
    fit = _fitted(before, month)
    if fit is None:
        return None
    row = np.array(_terms(month))
    middle = float(row @ fit.terms) + _exposure(month)
    reach = fit.spread * math.sqrt(1 + float(row @ fit.inverse @ row))
    inner, outer = (_interval(middle, reach, fit.freedom, share) for share in (INNER, OUTER))
    return Prediction(math.exp(middle), inner, outer, fit.months)


def together(
    before: Sequence[tuple[date, float | None]], months: Sequence[tuple[date, float | None]]
) -> Together | None:
    """Several later months as one, expected of the months before them only. None with too few before, or none after.

    What is left of the fit hangs together from month to month; the interval is wider by as much.
    """
    told = [(when, value) for when, value in months if value is not None and value > 0]
    fit = _fitted(before, told[0][0]) if told else None
    if fit is None:
        return None
    rows = np.array([_terms(when) for when, _ in told])
    middles = rows @ fit.terms + np.array([_exposure(when) for when, _ in told])
    away = float(np.mean([math.log(value) for _, value in told] - middles))
    row = rows.mean(axis=0)
    variance = (min(1.0, fit.hangs / len(told)) + fit.hangs * float(row @ fit.inverse @ row)) * fit.spread**2
    expected = float(np.mean(np.exp(middles)))
    observed = float(np.mean([value for _, value in told]))
    return Together(expected, observed, _interval(away, math.sqrt(variance), fit.freedom, INNER), fit.months)


@dataclass(frozen=True)
class _Fit:
    """The straight fit on the logarithm. hangs: how many times as much the months' mean varies as if each stood
    alone."""

    terms: np.ndarray
    inverse: np.ndarray
    spread: float
    freedom: int
    months: int
    hangs: float


def _fitted(before: Sequence[tuple[date, float | None]], month: date) -> _Fit | None:
    known = [(when, value) for when, value in before if value is not None and value > 0 and when < month]
    if len(known) < FEWEST:
        return None
    design = np.array([_terms(when) for when, _ in known])
    told = np.array([math.log(value) - _exposure(when) for when, value in known])
    inverse = np.linalg.pinv(design.T @ design)
    fit = inverse @ design.T @ told
    rest = told - design @ fit
    freedom, whole = len(known) - TERMS, float(np.sum(rest**2))
    near = float(np.sum(rest[1:] * rest[:-1])) / whole if whole else 0.0
    return _Fit(fit, inverse, math.sqrt(whole / freedom), freedom, len(known), hanging(near, len(known)))


def hanging(near: float, months: int) -> float:
    """How many times as many months it takes to know as much as from months that stand alone. near: how closely each
    follows the one before, from -1 to 1, as found in so many months; of few months it is found too small."""
    near = min(max(near + (1 + 3 * near) / months, 0.0), HANGS_MOST)
    return (1 + near) / (1 - near)


def band(series: Sequence[tuple[date, float | None]]) -> list[Prediction | None]:
    """For each month of a series what the months before it led to expect; None while these were too few."""
    return [predicted(series[:at], month) for at, (month, _) in enumerate(series)]


def _interval(middle: float, reach: float, freedom: int, share: float) -> tuple[float, float]:
    away = student(freedom, share) * reach
    return math.exp(middle - away), math.exp(middle + away)


def _terms(month: date) -> list[float]:
    turn = 2 * math.pi * month.month / 12
    return [1.0, math.sin(turn), math.cos(turn), float(month.month == SHUT), float(month.month in MOVING)]


def _exposure(month: date) -> float:
    return math.log(elapsed(month_start(month) - timedelta(days=1), month))
