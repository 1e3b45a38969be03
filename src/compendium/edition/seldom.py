"""What happens too seldom for a chart of months, judged by the time or the cases between one event and the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from compendium import words
from compendium.calendar.months import month_end, month_start
from compendium.edition import seldom_words, sentences
from compendium.edition.edition import Judged
from compendium.errors import ComputeError
from compendium.indicators.event_days import Day
from compendium.indicators.shape import Indicator
from compendium.signals.rare import Between, g_chart, t_chart
from compendium.signals.verdict import CHANCE_OF_GAPS, Verdict, verdict_of_gaps

BASELINE, FEWEST = 24, 12  # gaps


def judged_by_gaps(indicator: Indicator, days: Sequence[Day], month: date) -> Judged | None:
    """days: to the month's end. None with fewer than 12 gaps, or where they do not vary.

    Of a count the gaps are days between days with an event, of a share the cases between two that count.
    """
    is_share = indicator.value == "percent"
    gaps, since = _between(days, month, is_share)
    if len(gaps) < FEWEST:
        return None
    try:
        usual = (g_chart if is_share else t_chart)(gaps[:BASELINE])
    except ComputeError:  # all gaps alike
        return None
    found = _verdict(usual, gaps, since, indicator, days, month)
    return Judged(
        strength=found.strength,
        sense=found.sense,
        badge=sentences.badge(found.strength, found.sense, found.sign),
        sentences=_told(usual, found, gaps, since, is_share),
        method=seldom_words.charted("cases" if is_share else "days", min(BASELINE, len(gaps))),
        away=words.rounded((usual.mean - since) / usual.mean if usual.mean else 0, 3),
        chance=Decimal(CHANCE_OF_GAPS) / 1000,
        is_new=found.strength == "signal" and not _was_so(usual, found, days, month, indicator),
    )


def _verdict(
    usual: Between, gaps: Sequence[float], since: float, indicator: Indicator, days: Sequence[Day], month: date
) -> Verdict:
    is_recent = any(each.events for each in days if month_start(month) <= each.on <= month)
    return verdict_of_gaps(usual, gaps, since, indicator.polarity, is_recent=is_recent)


def _between(days: Sequence[Day], month: date, is_share: bool) -> tuple[list[float], float]:
    return _cases_between(days) if is_share else _days_between(days, month)


def _days_between(days: Sequence[Day], month: date) -> tuple[list[float], float]:
    """And since the last one. Several events on one day are one: a family's children come together."""
    on = [each.on for each in days if each.events]
    return [float((later - earlier).days) for earlier, later in pairwise(on)], float((month - on[-1]).days) if on else 0


def _cases_between(days: Sequence[Day]) -> tuple[list[float], float]:
    """And since the last one. Of one day the cases that do not count come first: their order is not known."""
    gaps, since = [], 0
    for day in days:
        since += day.cases - day.events
        for _ in range(day.events):
            gaps.append(float(since))
            since = 0
    return gaps[1:], float(since)  # the first has no event before it


def _was_so(usual: Between, found: Verdict, days: Sequence[Day], month: date, indicator: Indicator) -> bool:
    """Whether it was a signal the same way at the end of the month before, by the same limits."""
    before = month_end(month, -1)
    gaps, since = _between([each for each in days if each.on <= before], before, indicator.value == "percent")
    then = _verdict(usual, gaps, since, indicator, days, before)
    return (then.strength, then.sign) == (found.strength, found.sign)


def _told(usual: Between, found: Verdict, gaps: Sequence[float], since: float, is_share: bool) -> tuple[str, ...]:
    written = _cases if is_share else _weeks
    lead = seldom_words.one_in(written(usual.mean), written(since))
    if found.found == "run":
        is_late = since > usual.centre  # then it stands in the run as the newest gap
        return (lead, seldom_words.running(abs(usual.running(gaps, since)) - is_late, found.sign, is_late))
    if found.sign < 0:
        return (lead, seldom_words.gap_beyond(written(usual.high)))
    if found.sign > 0:
        return (lead, seldom_words.gap_below(written(gaps[-1])))
    return (lead, seldom_words.gap_usual(written(usual.high)))


def _cases(number: float) -> str:
    return words.plural(round(number), "case")


def _weeks(days: float) -> str:
    """Not in days: of what happens once, the day would tell of one child."""
    return words.plural(round(days / 7), "week") if days >= 3.5 else "less than a week"
