"""The department's published tables for England and the region, as they stood each autumn: real figures.

They come from the department's own release (Open Government Licence v3.0), cut to England and the South
East and to the years published by then. They describe no authority.
"""

from __future__ import annotations

import csv
from importlib.resources import files
from io import StringIO
from pathlib import Path

RELEASE, RECEIVED = 2016, "2016-11-03"  # the year ending March that it ends with, and the day it came
NAMES = {
    "c1": "c1_children_in_need_referrals_and_rereferrals",
    "c2": "c2_children_in_need_assessments_duration",
    "c4": "c4_children_in_need_section_47s_and_icpcs",
    "b1": "b1_children_in_need",
    "d1": "d1_child_protection_plans",
    "d3": "d3_cpps_subsequent_plan",
    "d5": "d5_cpps_at31march_by_duration",
}


def write_published(folder: Path) -> list[Path]:
    """One file a table and release."""
    made = []
    for code, name in NAMES.items():
        text = files("compendium.county").joinpath(f"figures/published_{code}.csv").read_text(encoding="utf-8")
        rows = list(csv.reader(StringIO(text)))
        first = min(row[0] for row in rows[1:])
        path = folder / f"{name}_{first}_to_{RELEASE}_{RECEIVED}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(rows[0])
            out.writerows(row for row in rows[1:] if int(row[0]) <= RELEASE)
        made.append(path)
    return made
