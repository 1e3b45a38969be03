"""Whatever happens to a good payload: it is refused by name, or every node of it is accounted for."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.sources.mutation import Good, prove
from tests.sources.mutators import JSON
from tests.sources.payload import complete
from tests.sources.test_dfe_api import WHOLE, in_care, placed

NODES = (
    "disabilities", "sdq_assessments", "education_health_care_plans", "social_care_episodes", "care_worker_details",
    "child_and_family_assessments", "factors", "child_in_need_plans", "section_47_assessments",
    "child_protection_plans", "child_looked_after_placements", "adoption", "care_leavers",
)  # fmt: skip
HEAD = {"la_code", "complete_from", "complete_to"}
CARE = in_care(
    placed("2016-08-01", "S", "2016-09-01", "X1"),
    placed("2016-09-01", "P"),
    adoption={"initial_decision_date": "2016-12-01"},
    care_leavers={"contact_date": "2016-12-01", "activity": "F1", "accommodation": "D"},
)
CARE["la_child_id"] = "b2"
PART = {"la_child_id": "c3", "social_care_episodes": [{"social_care_episode_id": "E9", "closure_date": "2017-01-09"}]}
SECRETS = ("Zebedee", "Quux", "ZZ99")


class Pairs(list[tuple[str, Any]]):
    """An object with every key that stands in it, as often as it does."""


def nodes(path: Path) -> dict[str, int] | None:
    """The nodes of a payload by a walk over everything in it; None where it is no plain array or object."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        given = json.loads(text, object_pairs_hook=Pairs, parse_int=str)
    except (ValueError, RecursionError):
        return None
    counted: Counter[str] = Counter()
    alone = isinstance(given, Pairs)
    for element in [given] if alone or not isinstance(given, list) else given:
        keys = [key for key, _ in element] if isinstance(element, Pairs) else []
        inside = [value for key, value in element if key.lower() == "children"] if keys else []
        if "la_child_id" in keys and not alone:
            inside = []  # a child with a key that no child has
        if not inside:
            counted["children"] += bool(set(keys) - HEAD) or not isinstance(element, Pairs)
        for children in inside:
            counted["children"] += len(children) if type(children) is list else 1
        walk(element, counted)
    return dict(counted)


def walk(value: Any, counted: Counter[str]) -> None:
    for key, under in value if isinstance(value, Pairs) else ():
        if key in NODES and under is not None:
            counted[key] += len(under) if type(under) is list else 1
        walk(under, counted)
    if type(value) is list:
        for each in value:
            walk(each, counted)


@pytest.mark.slow
def test_whatever_happens_to_a_payload(tmp_path: Path, seed: int, full_counts: bool) -> None:
    content = complete(WHOLE, CARE, PART).encode()
    assert nodes_of(tmp_path, content) == {
        "children": 3, "disabilities": 3, "sdq_assessments": 1, "social_care_episodes": 3, "care_worker_details": 1,
        "child_and_family_assessments": 1, "factors": 2, "child_in_need_plans": 1, "section_47_assessments": 2,
        "child_protection_plans": 1, "child_looked_after_placements": 2, "adoption": 1, "care_leavers": 1,
    }  # fmt: skip
    good = Good({"api_2017-02-03.json": content}, JSON, secrets=SECRETS)
    prove(good, tmp_path, seed, full_counts, recount=nodes)


def nodes_of(folder: Path, content: bytes) -> dict[str, int] | None:
    path = folder / "counted.json"
    path.write_bytes(content)
    return nodes(path)


@pytest.mark.slow
def test_whatever_happens_to_children_a_line_each(tmp_path: Path, seed: int, full_counts: bool) -> None:
    lines = "\n".join(map(json.dumps, (WHOLE, CARE, PART))).encode()
    prove(Good({"lines_2017-02-03.json": lines}, JSON, secrets=SECRETS), tmp_path, seed, full_counts)
