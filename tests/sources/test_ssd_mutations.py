"""Whatever happens to a Standard Safeguarding Dataset: it is refused by name, or every row of it is accounted for."""

# ruff: noqa: E501
from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from compendium.sources import ssd_outcomes
from compendium.sources.cells import Odd
from tests.sources.mutation import Good, prove
from tests.sources.mutators import ODDITIES, TABLE
from tests.sources.ssd import as_csv

IDS = ("Q77001", "Q77002", "Q77003")
DRAWN = {
    "ssd_person": """
        pers_person_id | pers_sex | pers_dob | pers_expected_dob
        Q77001 | M | 2010-05-04 |
        Q77002 | F |            | 2017-09-01
        Q77003 | F | 2012-05-04 |
    """,
    "ssd_disability": "disa_table_id | disa_person_id | disa_disability_code\n1 | Q77001 | AUT\n2 | Q77002 | NONE",
    "ssd_contacts": """
        cont_contact_id | cont_person_id | cont_contact_date | cont_contact_source_code | cont_contact_outcome_json
        1 | Q77001 | 2017-01-03 00:00:00 | 6  | {"NEW_REFERRAL_FLAG": "Y", "NFA_FLAG": "N", "COMMENTS": "none"}
        2 | Q77002 | 2017-01-04          | 2A | {"NFA_FLAG": "Y"}
        3 | Q77003 | 2017-01-05          | 9  |
    """,
    "ssd_cin_episodes": """
        cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_referral_nfa | cine_referral_team
        900 | Q77001 | 2016-05-04 |            | N | 7
        901 | Q77002 | 2010-06-01 | 2016-09-01 | N | 7
    """,
    "ssd_cin_assessments": """
        cina_assessment_id | cina_person_id | cina_referral_id | cina_assessment_start_date | cina_assessment_outcome_json
        50 | Q77001 | 900 | 2016-05-05 | {"PROV_OF_SERVICES_FLAG": "Y"}
        51 | Q77002 | 901 | 2016-06-02 |
    """,
    "ssd_assessment_factors": """
        cinf_table_id | cinf_assessment_id | cinf_assessment_factors_json
        1 | 50 | ["1A", "2B"]
        2 | 51 | {"1A": "Yes", "3B": "No"}
    """,
    "ssd_cp_plans": """
        cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | cppl_cp_plan_initial_category
        P1 | Q77001 | 2016-06-20 | | Multiple: Neglect, Emotional
    """,
    "ssd_cp_reviews": """
        cppr_cp_review_id | cppr_person_id | cppr_cp_plan_id | cppr_cp_review_date
        R1 | Q77001 | P1 | 2016-09-12
        R2 | Q77001 | P1 |
    """,
    "ssd_cla_episodes": """
        clae_cla_episode_id | clae_person_id | clae_cla_episode_start_date | clae_cla_episode_ceased_date | clae_cla_id
        1 | Q77003 | 2015-01-01 | 2015-03-01 | 70
        2 | Q77003 | 2015-03-01 |            | 70
    """,
    "ssd_cla_reviews": """
        clar_cla_review_id | clar_cla_id | clar_cla_review_due_date | clar_cla_review_date | clar_cla_review_cancelled
        1 | 70 | 2015-01-29 | 2015-01-28 | N
        2 | 70 | 2017-08-01 |            | N
    """,
    "ssd_care_leavers": """
        clea_table_id | clea_person_id | clea_care_leaver_eligibility | clea_care_leaver_latest_contact
        1 | Q77001 | Former relevant child | 2017-05-01
        2 | Q77001 | Relevant child        | 2016-05-01
    """,
    "ssd_address": "addr_table_id | addr_person_id | addr_address_postcode\n1 | Q77001 | ZZ99 9ZZ",
}
FILES = {f"{name}.csv": as_csv(drawing).encode() for name, drawing in DRAWN.items()}
HEADERS = {tuple(as_csv(drawing).splitlines()[0].split(",")): name for name, drawing in DRAWN.items()}
JSON = re.compile(rb"[{\[][^\n]*[}\]]")


def json_spoilt(rng: Random, content: bytes) -> bytes:
    """A cell of JSON is cut off, holds something else, or is other JSON."""
    found = list(JSON.finditer(content))
    if not found:
        return content
    cell = rng.choice(found)
    at = rng.randint(0, len(cell[0]))
    put = [
        cell[0][:at],
        cell[0][:at] + rng.choice(ODDITIES).encode() + cell[0][at:],
        rng.choice([b"[[]]", b'{""A_FLAG"": {""B"": 1}}', b"[1, null, true]", b"[" * 2000, b"1e999", b"NaN"]),
    ]
    return content[: cell.start()] + rng.choice(put) + content[cell.end() :]


def rows_of(path: Path) -> dict[str, int] | None:
    """Rows of each table, by Python's own CSV; None where a header or an encoding was touched."""
    counted: dict[str, int] = {}
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        if file.name.startswith((".", "~")):
            continue
        try:
            found = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
        except (UnicodeDecodeError, csv.Error):
            return None
        name = HEADERS.get(tuple(found[0])) if found else None
        if name is None or b"\0" in file.read_bytes()[:200]:  # the latter is taken for UTF-16
            return None
        if name != "ssd_address":
            counted[name] = sum(any(cell.strip() for cell in row) for row in found[1:])
    return counted


def test_whatever_happens_to_a_folder(tmp_path: Path, seed: int, full_counts: bool) -> None:
    good = Good(FILES, (*TABLE, json_spoilt, json_spoilt), folder="ssd_2017-07-03", secrets=IDS)
    prove(good, tmp_path, seed, full_counts, rows_of)


def test_whatever_happens_to_one_file(tmp_path: Path, seed: int, full_counts: bool) -> None:
    good = Good({"ssd_contacts.csv": FILES["ssd_contacts.csv"]}, (*TABLE, json_spoilt), secrets=IDS)
    prove(good, tmp_path, seed, full_counts, rows_of)


VALUES = st.sampled_from(["Y", "N", "", "1", "0", "T", True, False, None, 1, 7])
NAMES = st.sampled_from([name for name, _ in ssd_outcomes.CONTACT] + ["SOMETHING_NEW"])


@given(st.dictionaries(NAMES, VALUES))
def test_the_outcome_of_a_contact_is_what_a_plain_reading_says(flags: dict[str, Any]) -> None:
    written = json.dumps({f"{name}_FLAG": value for name, value in flags.items()})
    yes = {name for name, value in flags.items() if value in ("Y", "1", "T", True, 1) and value is not None}
    wanted: str | None
    if "NEW_REFERRAL" in yes:
        wanted = "referral"
    elif "EXISTING_REFERRAL" in yes:
        wanted = "existing_case"
    elif "CP_ENQUIRY" in yes:
        wanted = "referral"
    elif yes - {"ADVICE", "NFA", "SOMETHING_NEW"}:
        wanted = "other"
    elif yes & {"ADVICE", "NFA"}:
        wanted = "advice" if "ADVICE" in yes else "nfa"
    else:
        wanted = "other" if yes else None
    assert ssd_outcomes.contact_outcome(written) == wanted


@given(st.text() | st.recursive(VALUES, lambda some: st.lists(some) | st.dictionaries(st.text(), some)).map(json.dumps))
def test_nothing_in_a_cell_of_outcomes_is_too_odd_to_read(cell: str) -> None:
    for read in (ssd_outcomes.contact_outcome, ssd_outcomes.contact_on_open_case, ssd_outcomes.conference_not_required):
        value = read(cell)
        assert value is None or isinstance(value, (str, int, Odd))
    found, fault = ssd_outcomes.factors(cell)
    assert isinstance(found, tuple) and isinstance(fault, str)
