"""What if more came: how many more cases would be open, by the plain arithmetic of coming and going.

A scenario, not a forecast: it says what would follow from a change that somebody supposes, if nothing else changed.
"""

from __future__ import annotations


def more_open(more_starts: float, leaving: float, months: int) -> float:
    """How many more are open after so many months, with so many more starts in each of them than otherwise.

    leaving: the share of those open that leaves in a month, from nought to one. Those who start in the last month are
    all there still; of those before them the same share leaves in every month since.
    """
    if not 0 <= leaving <= 1:
        raise ValueError(f"the share that leaves in a month is between 0 and 1, not {leaving}")
    return sum(more_starts * (1 - leaving) ** since for since in range(months))
