"""Arguments that several commands share, and how their text becomes a value."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from compendium import words
from compendium.calendar.months import parse_month
from compendium.errors import CalendarError, ComputeError


def day(text: str) -> date:
    """An ISO date; anything else is refused with an example."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2017-03-03") from None


def month(text: str) -> date:
    """'2017-01' as the last day of that month."""
    try:
        return parse_month(text)
    except CalendarError as fault:
        raise argparse.ArgumentTypeError(f"{fault.what}; expected: {fault.expected}") from None


def check_over(month: date, cut: date) -> None:
    """A month that was not over on the record's last day has no figures yet."""
    if cut < month:
        raise ComputeError(
            f"the record as at {words.day(cut)} ends before {words.month(month)} does",
            remedy="choose an earlier month, or load a delivery received after the month's end",
        )


def add_workspace(to: argparse.ArgumentParser) -> None:
    to.add_argument("--workspace", type=Path, default=Path(), metavar="DIR", help="the workspace (default: here)")


def add_as_at(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--as-at",
        type=day,
        metavar="DATE",
        help="use only deliveries received by this date (default: all of them)",
    )


def add_month(to: argparse.ArgumentParser) -> None:
    to.add_argument("--month", type=month, required=True, metavar="YYYY-MM", help="the month, for example 2017-01")
