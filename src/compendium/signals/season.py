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
from scipy.special import stdtrit

from compendium.calendar.months import month_start
from compendium.calendar.working_days import elapsed

FEWEST = 36  # months before, of which a prediction is made
INNER, OUTER = 0.95, 0.997
TERMS = 5
SHUT = 8  # August
MOVING = (4, 12)  # Easter and Christmas


@dataclass(frozen=True)
class Prediction:
    """Of one month, in the series' own unit. inner, outer: where it would lie in 95% and 99.7% of months."""

    expected: float
    inner: tuple[float, float]
    outer: tuple[float, float]
    months: int


def predicted(before: Sequence[tuple[date, float | None]], month: date) -> Prediction | None:
    """From earlier months, each by its last day. None with fewer than 36 that have a value above nought."""
    known = [(when, value) for when, value in before if value is not None and value > 0 and when < month]
    if len(known) < FEWEST:
        return None
    design = np.array([_terms(when) for when, _ in known])
    told = np.array([math.log(value) - _exposure(when) for when, value in known])
    inverse = np.linalg.pinv(design.T @ design)
    fit = inverse @ design.T @ told
    freedom = len(known) - TERMS
    spread = math.sqrt(float(np.sum((told - design @ fit) ** 2)) / freedom)
    row = np.array(_terms(month))
    middle = float(row @ fit) + _exposure(month)
    reach = spread * math.sqrt(1 + float(row @ inverse @ row))
    return Prediction(
        math.exp(middle), _interval(middle, reach, freedom, INNER), _interval(middle, reach, freedom, OUTER), len(known)
    )


def band(series: Sequence[tuple[date, float | None]]) -> list[Prediction | None]:
    """For each month of a series what the months before it led to expect; None while these were too few."""
    return [predicted(series[:at], month) for at, (month, _) in enumerate(series)]


def _interval(middle: float, reach: float, freedom: int, share: float) -> tuple[float, float]:
    away = float(stdtrit(freedom, (1 + share) / 2)) * reach
    return math.exp(middle - away), math.exp(middle + away)


def _terms(month: date) -> list[float]:
    turn = 2 * math.pi * month.month / 12
    return [1.0, math.sin(turn), math.cos(turn), float(month.month == SHUT), float(month.month in MOVING)]


def _exposure(month: date) -> float:
    return math.log(elapsed(month_start(month) - timedelta(days=1), month))
