"""The day of an extract: the day up to which it tells what happened.

A day that its name gives is believed, if it is not after the day received. Otherwise it is the day received,
unless what is done every day (contacts, referrals, visits) ends more than two weeks before: then the extract
was made when it ends, and of the days since it says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from compendium.record.intake import Intake

STALE = timedelta(days=14)


def extract_day(intake: Intake, named: date | None, newest: Callable[[date], date | None], remedy: str) -> date:
    """newest: the newest day by a given day of what is done every day. remedy: how the day can be given."""
    received = intake.received_on
    assert received is not None
    if named is not None and named <= received:
        return named
    found = newest(received) or received
    if received - found <= STALE:
        return received
    intake.note(
        f"taken as extracted on {found.isoformat()}, the newest contact, referral or visit in it", remedy=remedy
    )
    return found
