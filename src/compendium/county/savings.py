"""The claim that the hub saves money, as its project board made it in June 2016, and what the four front doors cost.

The claim took for granted that contacts would stay as they were. They did not.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from compendium.county import days, places
from compendium.county.finance import Spend

BEFORE = range(days.month("2015-10"), days.month("2016-09") + 1)
# Pounds a month of all four front doors together, by who paid.
FRONT_DOORS = {"county council": 132_000, "police": 62_000, "health": 33_000, "probation": 7_500, "education": 9_500}
CLAIMED_ON, PERIOD = days.day("2016-06-20"), (days.MASH_OPENS, days.day("2017-09-30"))
CLAIM = "HUB-2016"
MONTHLY = 36_000
RECOUNTED = days.day("2017-01-10")  # when finance set the former front doors' cost beside everything else


@dataclass(frozen=True, slots=True)
class Assumption:
    says: str
    value: float
    unit: str
    operation: str
    source: str
    indicator: str = ""
    service: str = ""
    scaled: bool = True  # grows with the size of the county


ASSUMPTIONS = (
    Assumption("The four front doors would go on costing what they cost in 2015-16", 250_000, "pounds a month", "plus",
               "Outturn 2015-16, with what partners paid", service="front_door"),
    Assumption("The hub costs what its partners have agreed to pay", 214_000, "pounds a month", "minus",
               "Partnership agreement, May 2016", service="mash"),
    Assumption("Contacts stay at the number of 2015-16", 2_900, "contacts a month", "",
               "Contacts of April 2015 to March 2016, rounded", indicator="contacts"),
    Assumption("Central collation is no slower than the four front doors were", 70, "per cent in time", "",
               "Enquiries of April 2015 to March 2016", indicator="mash_timeliness", scaled=False),
    Assumption("No partner is asked more often, and the police answer as before", 90, "per cent in time", "",
               "Statement of the partners, May 2016", indicator="partner_mash_info_time", scaled=False),
)  # fmt: skip


def front_doors(chance: random.Random, size: float) -> list[Spend]:
    """What each quadrant's own front door cost in the last year before the hub."""
    return [
        Spend(month, area, "front_door", "actual", partner,
              round(amount * places.FAMILIES[area] * size * chance.gauss(1, 0.03)) * 100)
        for month in BEFORE
        for area in places.AREAS
        for partner, amount in FRONT_DOORS.items()
    ]  # fmt: skip
