"""What was true of the county, in totals, counted straight from its world and never through an indicator."""

from __future__ import annotations

from collections import Counter
from typing import Any

from compendium.county.world import World


def truth_of(world: World) -> dict[str, Any]:
    return {"synthetic": "describes no real council, child or worker", "children": Counter(len(f.children) for f in world.service.people.families)}
