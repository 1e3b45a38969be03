"""Lists 8 to 11 of Annex A: children in care, care leavers, adoption and adopters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from compendium.county import days
from compendium.county.people import NEVER
from compendium.county.records import Care
from compendium.county.writers import codes

ADOPTED = ("E11", "E12")

if TYPE_CHECKING:
    from compendium.county.writers.annex_a import Lists, Row


def rows(lists: Lists, number: int) -> Iterator[Row]:
    return {8: in_care, 9: care_leavers, 10: adoptions, 11: adopters}[number](lists)


def in_care(lists: Lists) -> Iterator[Row]:
    """One row for each child in care, or lately so: the latest period."""
    known, on = lists.known, lists.on
    went = Counter(episode.child.child_id for episode in known.missing(lists.year_ago, on) if episode.looked_after)
    last_missing = {
        episode.child.child_id: episode for episode in known.missing(lists.year_ago, on) if episode.looked_after
    }
    latest: dict[str, Care] = {}
    for care in known.care():
        if known.care_end(care) >= lists.since:
            latest[care.child.child_id] = care
    for child_id, care in latest.items():
        end = known.care_end(care)
        visit = lists.last_visit.get((child_id, "lac"))
        reviews = [held for held, typed, _ in care.reviews if typed <= on and held <= on]
        placed = [placement for placement in care.placements if placement.start <= on]
        now = placed[-1]
        recent = sum(1 for placement in placed if placement.end > lists.year_ago and placement.kind != "T1")
        missing = last_missing.get(child_id)
        legal, legal_since = legal_on(care, on)
        health, dental = [d for d in care.health if d <= on], [d for d in care.dental if d <= on]
        yield (
            *lists.person(care.child), codes.yes_no(care.child.uasc), lists.disabled(care.child), care.start,
            codes.NEED[care.need],
            codes.yes_no(care.second_in_year), legal_since, codes.LEGAL[legal],
            reviews[-1] if reviews else None,
            visit[0] if visit and visit[0] >= care.start else None, codes.PERMANENCE[care.plan], None,
            health[-1] if health else None, dental[-1] if dental else None, recent, None if end == NEVER else end,
            None if end == NEVER else codes.CEASED[care.reason], now.start, codes.PLACEMENT[now.kind],
            codes.PROVIDER[now.provider],
            "ZZ99 9ZZ", None, "b) Out" if now.outside else "a) In", "CON - Child placed in confidential placement",
            went[child_id], 0,
            codes.yes_no(missing.offered_at is not None) if missing else None,
            codes.yes_no(missing.accepted) if missing else None,
            *lists.holder(care.case),
        )  # fmt: skip


def care_leavers(lists: Lists) -> Iterator[Row]:
    for leaver in lists.known.leavers():
        state = leaver.state(lists.on)
        if state is None:
            continue
        suitable = "a) Suitable" if state.suitable else "b) Unsuitable"
        yield (
            *lists.person(leaver.child), codes.yes_no(leaver.child.uasc), lists.disabled(leaver.child),
            lists.team_names[leaver.team],
            None, None, codes.ELIGIBILITY[leaver.eligibility(lists.on)], state.pathway, codes.yes_no(state.in_touch),
            state.contact,
            codes.ACCOMMODATION[state.accommodation], suitable, codes.ACTIVITY.get(state.activity),
        )  # fmt: skip


def steps(care: Care) -> tuple[int, int, int, int, int]:
    """Decision, placement order, matched, placed, adoption order of a child who was adopted, in this order."""
    placed = next((p.start for p in care.placements if p.kind[0] == "A"), care.end - 150)
    matched = min(max(care.start + 60, placed - 18), placed)
    order = min(max(care.start + 50, matched - 100), matched)
    return min(max(care.start + 40, order - 75), order), order, matched, placed, care.end


def legal_on(care: Care, on: int) -> tuple[str, int]:
    """The legal status on a day, and since when: whoever is adopted is under a placement order from its day on."""
    if care.reason in ADOPTED and steps(care)[1] <= on:
        return "E1", steps(care)[1]
    return care.legal, care.legal_since


def adoptions(lists: Lists) -> Iterator[Row]:
    """Children with a decision that they should be placed, or adopted, in the last twelve months."""
    for care in _adopted(lists):
        made = [None if step > lists.on else step for step in steps(care)]
        if made[0] is None or (made[4] is not None and made[4] < lists.year_ago):
            continue
        yield (
            care.child.child_id, care.child.family.family_id, *lists.person(care.child)[1:], lists.disabled(care.child),
            care.start, *made, None, None, None,
        )  # fmt: skip


def adopters(lists: Lists) -> Iterator[Row]:
    """A couple for each child matched; they came some time before."""
    for number, care in enumerate(_adopted(lists)):
        _, _, matched, placed, order = steps(care)
        came = matched - 320 - number % 90
        if came > lists.on or order < lists.year_ago:
            continue
        dates = [came, came + 20, came + 80, came + 90, came + 200, came + 130, came + 215, matched, placed]
        known = [None if day > lists.on else day for day in dates]
        ordered = None if order > lists.on else order
        for place, gender in ((1, codes.GENDER["F"]), (2, codes.GENDER["M"])):
            yield (
                f"AD{number + 1001}{place}", care.child.family.family_id if known[7] else None, gender,
                codes.ETHNICITY["WBRI"], codes.NO,
                codes.NO, *known, 1 if known[8] else None, ordered, None, None,
            )  # fmt: skip


def _adopted(lists: Lists) -> Iterator[Care]:
    for care in lists.known.world.service.looked_after.periods:
        if care.reason in ADOPTED and care.start <= lists.on and days.months_on(care.end, 24) > lists.on:
            yield care
