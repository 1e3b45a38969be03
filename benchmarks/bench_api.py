"""How fast a payload of the API loads, against json.loads of the same bytes in the same run: CPU seconds, peak memory.

    python benchmarks/bench_api.py [--children 10000] [--rounds 3]

The whole of `compendium load`, in a process of its own, less what Python takes to start. Memory is shown for the
payload and for one four times as long: of the file itself, no more than a piece may be held.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.bench_load import compare

BAR = 4.0
DECODE = "import sys, json; json.loads(open(sys.argv[1], 'rb').read())"
FACTORS = ("1A", "2B", "3B", "4B", "5A", "8B", "15A", "19B", "21")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--children", type=int, default=10_000)
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    slow = False
    with tempfile.TemporaryDirectory() as folder:
        for times in (1, 4):
            path = Path(folder) / f"api_{times}_2017-02-03.json"
            write(path, given.children * times)
            what = f"API payload of {given.children * times:,} children, {path.stat().st_size / 1e6:.0f} MB"
            slow |= compare(what, path, DECODE, BAR, given.rounds if times == 1 else 1)
    return int(slow)


def write(path: Path, children: int) -> None:
    """A payload as the API's builder makes it."""
    draw = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write('{"la_code": "999", "complete_from": "2014-04-01", "complete_to": "2017-02-03", "Children": [')
        for number in range(children):
            file.write(("," if number else "") + json.dumps(_child(draw, number)))
        file.write("]}")


def _child(draw: random.Random, number: int) -> dict[str, Any]:
    born = date(1999, 1, 1) + timedelta(draw.randrange(6500))
    return {
        "la_child_id": f"C{number:07d}",
        "mis_child_id": f"M{number}",
        "purge": False,
        "child_details": {
            "unique_pupil_number": f"A{number:012d}", "first_name": "Synthetic", "surname": "Child",
            "date_of_birth": born.isoformat(), "sex": draw.choice("MF"), "ethnicity": draw.choice(("WBRI", "BAFR")),
            "disabilities": [draw.choice(("NONE", "LD", "AUT"))], "postcode": "ZZ99 9ZZ", "uasc_flag": False,
            "purge": False,
        },
        "health_and_wellbeing": {"sdq_assessments": [{"date": "2016-05-03", "score": 12}], "purge": False},
        "social_care_episodes": [_episode(draw, f"{number}-{n}") for n in range(1 + draw.randrange(3))],
    }  # fmt: skip


def _episode(draw: random.Random, key: str) -> dict[str, Any]:
    on = date(2014, 4, 1) + timedelta(draw.randrange(900))

    def after(days: int) -> str:
        return (on + timedelta(days)).isoformat()

    def spans(name: str, how_many: int) -> list[dict[str, Any]]:
        return [
            {
                f"{name}_id": f"{key}-{n}",
                "start_date": after(20 + 30 * n),
                "end_date": after(50 + 30 * n),
                "purge": False,
            }
            for n in range(how_many)
        ]

    return {
        "social_care_episode_id": key,
        "referral_date": on.isoformat(),
        "referral_source": draw.choice(("6", "2A", "1A", "3E")),
        "referral_no_further_action_flag": False,
        "closure_date": after(400),
        "closure_reason": "RC7",
        "child_and_family_assessments": [
            {"child_and_family_assessment_id": f"{key}-{n}", "start_date": after(2 + n), "purge": False,
             "authorisation_date": after(40 + n), "factors": draw.sample(FACTORS, 3)}
            for n in range(2)
        ],
        "child_in_need_plans": spans("child_in_need_plan", draw.randrange(2)),
        "section_47_assessments": [
            one | {"icpc_required_flag": True, "icpc_date": one["start_date"]}
            for one in spans("section_47_assessment", draw.randrange(2))
        ],
        "child_protection_plans": spans("child_protection_plan", draw.randrange(2)),
        "child_looked_after_placements": [
            one | {"start_reason": "S", "placement_type": "U6", "postcode": "ZZ99 9ZZ", "end_reason": "E8"}
            for one in spans("child_looked_after_placement", draw.randrange(2))
        ],
        "care_worker_details": [
            {"worker_id": f"SW{draw.randrange(300)}", "start_date": after(3), "end_date": after(90)} for _ in range(2)
        ],
        "purge": False,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
