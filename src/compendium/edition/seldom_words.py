"""The words for what happens too seldom to be counted by the month. A gap is written as '5 weeks' or '140 cases'."""

from __future__ import annotations


def one_in(mean: str, since: str) -> str:
    return f"It has come about every {mean}; the last was {since} before the end of the month."


def gap_usual(longest: str) -> str:
    return f"Up to {longest} between two is usual."


def gap_beyond(longest: str) -> str:
    return f"Chance alone would hardly ever leave more than {longest} between two."


def gap_below(shortest: str) -> str:
    return f"Only {shortest} lay between the last two. Chance alone would hardly ever bring them so close."


def running(gaps: int, sign: int, is_late: bool) -> str:
    """is_late: so is the next, which has not come yet."""
    told = f"The last {gaps} have all come {'sooner' if sign > 0 else 'later'} than half of them used to"
    return f"{told}, and the next is later already." if is_late else f"{told}."


def charted(unit: str, baseline: int) -> str:
    """How the limits were found, for the definition. unit: days or cases."""
    chart = "t-chart" if unit == "days" else "g-chart"
    return (
        f"It happens too seldom to be counted by the month, so the {unit} between one and the next are charted "
        f"({chart}). Its limits come from the first {baseline} gaps."
    )
