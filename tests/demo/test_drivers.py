"""What made the difference in the demonstration's January, held against the county's own truth."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from compendium import words
from compendium.county.front_door import NOTICES

pytestmark = pytest.mark.slow
SAID = r"([\d,]+) of the ([\d,]+) that were not expected came from the police in the South East\."


def test_the_driver_of_januarys_contacts_is_the_police_in_the_south_east(county: Path, truth: Any) -> None:
    """As the county's own world has it: so many came from them, and hardly anything else was not expected."""
    page, first = (
        re.sub(r"\s+", " ", (county / "editions" / "2017-01" / name).read_text(encoding="utf-8"))
        for name in ("contacts.html", "index.html")
    )
    came = words.number(truth["contacts"]["police_by_area"]["SE"])
    received = words.number(truth["contacts"]["january_2017"])
    found = re.search(SAID, page)
    assert found is not None and found.group() in first
    part, whole = (int(number.replace(",", "")) for number in found.groups())
    planted = truth["size"] * NOTICES["2017-01"]
    assert part == pytest.approx(planted, rel=0.1) and part / whole > 0.8
    row = page[page.index(">Police, South East</th>") :]
    row = row[: row.index("</tr>")]
    assert f">{came}</td>" in row and f">+{words.number(part)}</td>" in row
    assert f">{received}</td>" in page
