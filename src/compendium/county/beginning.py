"""What was open when the county's history begins: cases of every age, plans and children in care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compendium.county import days, looked_after, places
from compendium.county.chance import Mixture
from compendium.county.people import NEEDS, NEVER, Child, Family
from compendium.county.records import Case

if TYPE_CHECKING:
    from compendium.county.service import Service

OPEN, ON_PLAN = 5200, 772
AGES = Mixture({(1, 91): 1115.0, (92, 182): 580.0, (183, 364): 827.0, (365, 729): 906.0, (730, 3600): 1688.0})


class Beginning:
    def __init__(self, service: Service) -> None:
        self.service = service
        self.chance = service.chance

    def open(self) -> None:
        """Cases open on 1 April 2011, of every age, some with a plan, some with a child in care."""
        service, start = self.service, days.first_of(days.WARM_UP)
        size = service.calibration.size
        in_care, alone = looked_after.STOCK_AT_START * size, looked_after.UNACCOMPANIED_AT_START * size
        on_plan = ON_PLAN * size
        while service.open_children < OPEN * size:
            low, high = AGES.draw(self.chance)
            on = start - low - int(self.chance.random() * (high - low))
            family = service.people.unaccompanied(start - 60) if alone > 0 else service.people.family(start)
            children = [child for child in family.minors(start) if child.born < on + 200] or family.minors(start)[:1]
            if not children:
                continue
            on = max(on, min(child.born for child in children) - 60)
            case = self._case(family, children, min(on, start - 1))
            if alone > 0:
                service.looked_after.begin(children[0], case, case.day)
                alone, in_care = alone - 1, in_care - 1
            elif in_care > 0 and start - on > 20:
                in_care -= self._in_care(case, children[:2], start)
            elif on_plan > 0 and start - on < 900:
                on_plan -= self._protected(case, start)
            else:
                case.kind, case.in_plan = ("long" if high > 730 else "plan"), case.day + 30
                service.wait(case, start + int(self.chance.random() * (2500 if high > 730 else 240)))

    def _case(self, family: Family, children: list[Child], on: int) -> Case:
        need = "N8" if children[0].uasc else NEEDS.draw(self.chance)
        assess, support = self.service.teams(family, need, on, alone=children[0].uasc)
        case = Case(family, children, on, on, self.service.source(2013), need, False, assess, support, settled=on)
        case.stages = [(on, assess), (on + 40, support)]
        self.service.cases.append(case)
        family.last_referral, family.free_from = on, NEVER
        for child in children:
            child.last_referral = on
            child.referrals.append(on)
        self.service.open_children += len(children)
        return case

    def _in_care(self, case: Case, children: list[Child], start: int) -> int:
        case.kind = "care"
        begun = max(case.day + int(self.chance.random() * 60), max(child.born for child in children) + 1)
        begun = min(begun, start - 1)
        for child in children:
            self.service.looked_after.begin(
                child, case, begun, stay=start - begun + 30 + int(self.chance.random() * 2600)
            )
        team = places.standing("looked_after", case.family.area, places.BEGINNING)[0]
        case.stages.append((begun + 40, team.team_id))
        return len(children)

    def _protected(self, case: Case, start: int) -> int:
        case.kind = "protected"
        begun = max(case.day + 15, start - int(self.chance.random() * 420))
        begun = min(begun, start - 1)
        earlier = {child.child_id: int(self.chance.random() < 0.12) for child in case.children}
        for child in case.children:
            child.earlier_plans = earlier[child.child_id] + 1
        planned = max(start + 10, begun + 90 + int(self.chance.random() * 500))
        self.service.protection.begun_before += case.size
        self.service.protection.start(
            case, begun, begun, planned, "NEG" if self.chance.random() < 0.4 else "EMO", "EMO", earlier
        )
        return case.size
