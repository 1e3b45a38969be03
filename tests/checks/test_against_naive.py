"""Some rules against plain Python that reads no rule file, on small random histories through the record."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.record.checks.judging import judge
from compendium.record.checks.loading import SHIPPED, read_rules
from compendium.record.deliveries import Record
from tests.record.drawn import deliver, make_workspace

RULES, _ = read_rules([SHIPPED])
FIRST = date(2016, 4, 1)
DAYS = st.integers(0, 9).map(lambda days: FIRST + timedelta(days=days))
ENDS = st.none() | DAYS
CHILDREN = st.sampled_from("abc")
Row = dict[str, Any]


def table(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Row]]:
    """Rows of a few children, one a child and start, as the record would keep them."""
    return st.lists(
        st.fixed_dictionaries({"person_id": CHILDREN, **columns}),
        max_size=12,
        unique_by=lambda row: (
            row["person_id"],
            row.get("start_date", row.get("referral_date", row.get("visit_date"))),
        ),
    )


HISTORIES = st.fixed_dictionaries({
    "referral": table(referral_date=DAYS, close_date=ENDS, nfa=st.sampled_from([None, 0, 1])),
    "cp_plan": table(start_date=DAYS, end_date=ENDS),
    "placement": table(start_date=DAYS, end_date=ENDS, type=st.sampled_from([None, "U1", "T0", "T4"])),
    "visit": table(visit_date=DAYS, kind=st.sampled_from(["cp", "cin", "lac"])),
})  # fmt: skip
Held = dict[str, list[Row]]


def is_open(row: Row, start: str, end: str, day: date) -> bool:
    return bool(row[start] <= day and (row[end] is None or row[end] > day))


def overlaps(rows: list[Row], start: str, end: str, counts: Callable[[Row], bool]) -> Iterable[str]:
    for later in rows:
        for earlier in rows:
            same = earlier["person_id"] == later["person_id"] and earlier[start] < later[start]
            if same and counts(earlier) and is_open(earlier, start, end, later[start]):
                yield later["person_id"]


def referrals_overlap(held: Held) -> Iterable[str]:
    referrals = [row for row in held["referral"] if row["nfa"] != 1]
    return overlaps(referrals, "referral_date", "close_date", lambda row: True)


def plans_overlap(held: Held) -> Iterable[str]:
    return overlaps(held["cp_plan"], "start_date", "end_date", lambda row: True)


def placements_overlap(held: Held) -> Iterable[str]:
    return overlaps(held["placement"], "start_date", "end_date", lambda row: not str(row["type"]).startswith("T"))


def visits_without_plan(held: Held) -> Iterable[str]:
    for visit in held["visit"]:
        plans = [row for row in held["cp_plan"] if row["person_id"] == visit["person_id"]]
        day = visit["visit_date"]
        on_plan = any(row["start_date"] <= day <= (row["end_date"] or date.max) for row in plans)
        if visit["kind"] == "cp" and not on_plan:
            yield visit["person_id"]


def visits_after_closure(held: Held) -> Iterable[str]:
    for visit in held["visit"]:
        cases = [row for row in held["referral"] if row["person_id"] == visit["person_id"]]
        day = visit["visit_date"]
        closed = any(row["close_date"] and row["close_date"] < day for row in cases)
        within = any(row["referral_date"] <= day <= (row["close_date"] or date.max) for row in cases)
        if visit["kind"] in ("cp", "cin") and closed and not within:
            yield visit["person_id"]


def ended_before_begun(held: Held) -> Iterable[str]:
    for name, start, end in (("referral", "referral_date", "close_date"), ("cp_plan", "start_date", "end_date"),
                             ("placement", "start_date", "end_date")):  # fmt: skip
        yield from (row["person_id"] for row in held[name] if row[end] is not None and row[end] < row[start])


NAIVE: dict[str, Callable[[Held], Iterable[str]]] = {
    "open_referrals_overlap": referrals_overlap,
    "cp_plans_overlap": plans_overlap,
    "placements_overlap": placements_overlap,
    "cp_visit_without_plan": visits_without_plan,
    "visit_after_closure": visits_after_closure,
    "end_before_start": ended_before_begun,
}
COVER = ("2016-04-01", "2016-12-31", "event")


def drawing(rows: list[Row], columns: Iterable[str]) -> str:
    names = list(columns)
    lines = [" ".join("-" if row[name] is None else str(row[name]) for name in names) for row in rows]
    return "\n".join([" ".join(names), *lines])


COLUMNS = {
    "referral": ("person_id", "referral_date", "close_date", "nfa"),
    "cp_plan": ("person_id", "start_date", "end_date"),
    "placement": ("person_id", "start_date", "end_date", "type"),
    "visit": ("person_id", "visit_date", "kind"),
}


@given(held=HISTORIES)
def test_rules_flag_what_plain_python_flags(held: Held) -> None:
    with tempfile.TemporaryDirectory() as folder:
        record = Record.open(make_workspace(Path(folder) / "wealdmere"))
        parts = [(name, drawing(held[name], columns)) for name, columns in COLUMNS.items()]
        deliver(record, "2017-04-03", parts, *((name, *COVER) for name in COLUMNS))
        judgement = judge(record, [RULES[name] for name in NAIVE])
        for name, naive in NAIVE.items():
            assert judgement.outcomes[name].why == ""
            flagged = sorted(str(row["child_id"]) for row in judgement.flagged(name))
            assert flagged == sorted(naive(held)), name


@pytest.mark.parametrize("name", NAIVE)
def test_each_of_them_is_a_rule_with_something_to_say(name: str) -> None:
    assert RULES[name].set == "own"
