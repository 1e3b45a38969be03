"""Families and their children: invented, numbered, nameless."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from compendium.county import places
from compendium.county.chance import Mixture

YEAR = 365.25
NEVER = 10**8

FAMILY_SIZES = Mixture({1: 55.0, 2: 27.0, 3: 12.0, 4: 6.0})
AGES = Mixture(
    {(-0.5, 0.0): 2.0, (0.0, 1.0): 8.0, (1.0, 5.0): 22.0, (5.0, 10.0): 27.0, (10.0, 16.0): 33.0, (16.0, 17.6): 8.0}
)
ETHNICITY = Mixture(
    {
        "WBRI": 72, "WIRI": 0.6, "WIRT": 0.9, "WOTH": 7, "WROM": 0.6, "MWBC": 2, "MWBA": 1, "MWAS": 2, "MOTH": 2.5,
        "AIND": 1.4, "APKN": 2.4, "ABAN": 1, "AOTH": 1.8, "BCRB": 0.9, "BAFR": 1.8, "BOTH": 0.6, "CHNE": 0.3,
        "OOTH": 1.4, "REFU": 0.3, "NOBT": 1.5,
    }
)  # fmt: skip
# Why a family is referred: the department's categories of need.
NEEDS = Mixture({"N1": 58.0, "N2": 4.0, "N3": 1.0, "N4": 13.0, "N5": 17.0, "N6": 2.5, "N8": 3.0, "N9": 0.5, "N0": 0.3})
ABROAD = Mixture({"BAFR": 30, "AOTH": 30, "OOTH": 25, "WOTH": 15})
DISABILITIES = Mixture(
    {"LD": 30, "AUT": 24, "COMM": 20, "BEH": 14, "MOB": 12, "VIS": 6, "PC": 5, "HEAR": 3, "INC": 3, "CON": 2, "HAND": 2}
)


@dataclass(slots=True, eq=False)
class Child:
    child_id: str
    family: Family
    born: int
    sex: str
    ethnicity: str
    disabilities: tuple[str, ...]
    uasc: bool = False
    last_referral: int = -NEVER
    referrals: list[int] = field(default_factory=list)
    earlier_plans: int = 0
    care_until: int = -NEVER  # NEVER while looked after

    def age(self, on: int) -> int:
        """Completed years, near enough for every choice made by chance."""
        return int((on - self.born) // YEAR)

    def eighteen(self) -> int:
        return self.born + 6575


@dataclass(slots=True, eq=False)
class Family:
    number: int
    area: str
    children: list[Child] = field(default_factory=list)
    last_referral: int = -NEVER
    free_from: int = -NEVER  # NEVER while a case is open
    helped_until: int = -NEVER  # NEVER while early help lasts

    @property
    def family_id(self) -> str:
        return f"WF{self.number:06d}"

    def minors(self, on: int) -> list[Child]:
        return [child for child in self.children if child.eighteen() > on + 20 and child.born < on + 200]


class People:
    """Everyone the county knows of, in the order in which they became known."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.families: list[Family] = []
        self.children: list[Child] = []
        self.homes = dict.fromkeys(places.FAMILIES, 0.0)

    def home(self, children: int) -> str:
        """The quadrant of one more family, so that each keeps its share of the county's families."""
        total = sum(self.homes.values()) + children
        area = max(
            self.homes, key=lambda each: places.FAMILIES[each] * total - self.homes[each] + 25 * self.chance.random()
        )
        self.homes[area] += children
        return area

    def family(self, on: int, *, size: int | None = None, area: str | None = None) -> Family:
        chance = self.chance
        size = size or FAMILY_SIZES.draw(chance)
        family = Family(len(self.families) + 1, area or self.home(size))
        self.families.append(family)
        low, high = AGES.draw(chance)
        born = on - int((low + (high - low) * chance.random()) * YEAR)
        ethnicity = ETHNICITY.draw(chance)
        for _ in range(size):
            self.add(family, born, ethnicity)
            born += int(chance.choice((-1, 1)) * (1.1 + 3.5 * chance.random()) * YEAR)
            if born > on + 150 or born < on - 17.5 * YEAR:
                born = on - int(17 * chance.random() * YEAR)
        return family

    def add(self, family: Family, born: int, ethnicity: str, disabled: float = 0.07) -> Child:
        chance = self.chance
        sex = "M" if chance.random() < 0.52 else "F"
        disabilities: tuple[str, ...] = ()
        if chance.random() < disabled:
            disabilities = tuple(sorted({DISABILITIES.draw(chance) for _ in range(1 + int(chance.random() * 2.4))}))
        child = Child(f"WM{len(self.children) + 100_001}", family, born, sex, ethnicity, disabilities)
        family.children.append(child)
        self.children.append(child)
        return child

    def unaccompanied(self, on: int) -> Family:
        """A child alone from abroad, 14 to 17."""
        family = Family(len(self.families) + 1, self.home(1))
        self.families.append(family)
        child = self.add(
            family, on - int((14.2 + 3.2 * self.chance.random() ** 0.6) * YEAR), ABROAD.draw(self.chance), 0.01
        )
        child.sex, child.uasc = "M" if self.chance.random() < 0.9 else "F", True
        return family
