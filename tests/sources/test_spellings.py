"""The spellings of codes seen in London's returns: each is read as a code of the group it was given, or not at all.

The groups are those of the London Innovation and Improvement Alliance, coarser than the codes. A code read
outside its group would be a guess; the exceptions are named, and there the words say more than the group.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from compendium.record.codes import codes
from compendium.sources.annex_a_values import reading
from compendium.sources.cells import Odd

# Set of the file -> how we read it; share of its spellings that must be read.
KINDS = {
    "sex": ("code:sex", 0.7), "ethnicity": ("code:ethnicity", 0.5), "source": ("code:referral_source", 0.3),
    "placement": ("code:placement_type", 0.65), "need": ("code:primary_need", 0.55),
    "abuse": ("code:abuse_category", 0.85), "closure": ("code:closure_reason", 0.3),
    "provider": ("code:placement_provider", 0.9), "legal": ("code:legal_status", 0.6),
    "accommodation": ("accommodation", 0.8), "suitability": ("suitable", 0.8), "disability": ("disabled", 0.7),
}  # fmt: skip
# Group by its letter -> the codes in it.
GROUPS = {
    "sex": {"a": "M", "b": "F", "c": "U", "d": "U"},
    "ethnicity": {
        "a": "WBRI WIRI WIRT WOTH WROM", "b": "MWBC MWBA MWAS MOTH", "c": "AIND APKN ABAN AOTH", "d": "BCRB BAFR BOTH",
        "e": "CHNE OOTH", "f": "REFU NOBT",
    },
    "source": {
        "a": "1A 1B 1C 1D", "b": "2A", "c": "2B", "d": "3A 3B 3C 3D 3E 3F", "e": "4", "f": "5A 5B 5C 5D", "g": "6",
        "h": "7", "i": "8", "j": "9", "k": "10",
    },
    "need": dict(zip("abcdefghij", ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N0"], strict=True)),
    "abuse": {"a": "NEG", "b": "PHY", "c": "SAB", "d": "EMO", "e": "MUL"},
    # RC9 is newer than the groups.
    "closure": {letter: f"RC{number}" for number, letter in enumerate("abcdef", 1)} | {"g": "RC7 RC9", "h": "RC8 RC9"},
    "provider": {"a": "PR1", "b": "PR4", "c": "PR0 PR2 PR3 PR5"},
    "accommodation": dict(zip("abcdefghijklmnop", "BCDEGHKRSTUVWXZY", strict=True)),
    "suitability": {"a": "1", "b": "0"},
    "disability": {"T": "1", "F": "0"},
}  # fmt: skip
# Put into a group that the words or the code itself do not bear out.
EXCEPTIONS = {
    ("abuse", "a", "Neglect, Physical and Emotional", "MUL"),
    ("closure", "e", "RC6:Transferred to adult social services", "RC6"),
    ("closure", "g", "RC8 School Leaving Age", "RC8"),
    ("ethnicity", "a", "OKRD - Kurdish", "OOTH"),
    ("ethnicity", "b", "OOTH - Unspecified - Any Other Ethnic Group", "OOTH"),
    ("ethnicity", "c", "White and Asian [MWAS]", "MWAS"),
    ("need", "i", "N0 - N / A (Adoption & Fostering Use Only)", "N0"),
    ("provider", "a", "PR0: Provision by own parents or other person with parental responsibility", "PR0"),
    ("source", "c", "(CS) Education - Schools", "2A"),
    ("source", "e", "1B Individual - Acquaintance (including neighbours and child minders)", "1B"),
    ("source", "g", "7 - Law - Other (Including Courts, CAFCASS)", "7"),
    ("source", "g", "7 - Law - Other (Including Courts, Probation, CAFCASS)", "7"),
    ("source", "g", "7 - Law - Probation", "7"),
    ("source", "g", "Probation Service", "7"),
    ("source", "i", "CAFCASS", "7"),
    ("source", "i", "OTHER LEGAL AGENCY: courts, probation, immigration, CAFCASS or prison", "7"),
    ("source", "i", "Other Legal Agency - eg CAFCASS", "7"),
    ("source", "k", "(CS) Anonymous", "9"),
}


def spellings(shared: Path) -> list[tuple[str, str, str]]:
    with (shared / "codes" / "annex_a_value_variants.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row[0], row[1], row[2]) for row in list(csv.reader(file))[1:] if row[0] in KINDS]


def read(kind: str, spelling: str) -> str | None:
    value = reading(kind)(spelling)
    value = value.value if isinstance(value, Odd) else value
    return None if value is None else str(value)


@pytest.mark.shared
def test_no_spelling_is_read_as_a_code_of_another_group_but_for_those_that_say_so(shared: Path) -> None:
    outside = set()
    for name, group, spelling in spellings(shared):
        found, letters = read(KINDS[name][0], spelling), GROUPS.get(name)
        if letters and found and group[0] in letters and found not in letters[group[0]].split():
            outside.add((name, group[0], spelling.strip(), found))
    assert outside == EXCEPTIONS


@pytest.mark.shared
def test_how_many_spellings_of_each_set_are_read(shared: Path) -> None:
    seen: Counter[str] = Counter()
    known: dict[str, int] = defaultdict(int)
    for name, _, spelling in spellings(shared):
        seen[name] += 1
        known[name] += read(KINDS[name][0], spelling) is not None
    assert seen.keys() == KINDS.keys()
    assert {name: (known[name], count) for name, count in seen.items() if known[name] < KINDS[name][1] * count} == {}


CERTAIN = """
    code:referral_source   GP [3A]                                       3A
    code:referral_source   Local Authority Services - Early Help         5D
    code:referral_source   Health                                        -
    code:closure_reason    Special Guardianship Order (CIN RC4)          RC4
    code:closure_reason    Early Help                                    -
    code:legal_status      Code 'V2' is not mapped                       V2
    code:legal_status      CLA - E1 - Placement order granted            E1
    code:primary_need      N1g - Sexual Abuse                            N1
    code:primary_need      CIN - N9 Cases other than Children In Need    N9
    code:placement_type    R3OUT - Family Centre (outside LA)            R3
    code:placement_type    Foster placement                              -
    code:referral_source   7 - Police                                    -
    code:referral_source   10) Housing or housing association            -
    code:ethnicity         (A.A2) White - Irish                          WIRI
    code:ethnicity         D1 - Black/Black British - Caribbean          BCRB
    code:ethnicity         White                                         -
    code:ethnicity         BGHA                                          BAFR
    code:abuse_category    Neglect; Emotional                            MUL
    code:abuse_category    Physical abuse only                           PHY
    code:abuse_category    Neglect and something else                    -
    accommodation          Supported lodgings [E]                        E
    accommodation          (B) With Parents or Relatives                 B
    accommodation          Friends & Family                              -
    suitable               2 - Unsuitable                                0
    disabled               AUT                                           1
    disabled               NONE                                          0
    disabled               0 - No                                        0
    in_touch               2 - No, resident in the UK                    0
    in_touch               Yes, gone abroad                              -
    exclusion              6 - Died after leaving care                   died
"""


@pytest.mark.parametrize(
    ("kind", "spelling", "meant"),
    [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in CERTAIN.strip().splitlines()],
)
def test_a_spelling_is_read_where_one_code_can_be_meant(kind: str, spelling: str, meant: str) -> None:
    assert read(kind, spelling) == (None if meant == "-" else meant)


@pytest.mark.parametrize("name", [kind.removeprefix("code:") for kind, _ in KINDS.values() if kind.startswith("code:")])
def test_every_code_is_read_as_itself(name: str) -> None:
    assert {read(f"code:{name}", code) for code in codes(name)} == {*codes(name)}
