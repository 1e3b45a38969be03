"""Rows of the Standard Safeguarding Dataset about children looked after, missing and leaving care."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.county import days
from compendium.county.people import NEVER
from compendium.county.records import Care, Placement
from compendium.county.writers import codes
from compendium.county.writers.annex_a_care import ADOPTED, legal_on, steps
from compendium.county.writers.ssd_window import Window, at, flags, when, yes_no

Row = tuple[object, ...]
PLANS = ("REMAINSUP", "RETURN1M", "RETURN6M", "RETURNEV", "LTRELFR", "LTFOST18", "RESPLMT", "SUPPLIV", "ADOPTION",
         "OTHERPLN")  # fmt: skip
PLAN = {"return": "RETURN6M", "adoption": "ADOPTION", "long_term_fostering": "LTFOST18"}


def _placed(window: Window, care: Care) -> Iterator[tuple[int, Placement, int]]:
    """A period's placements with their ends: the last one's is the period's."""
    for n, placement in enumerate(care.placements):
        if placement.start <= window.on:
            last = n + 1 == len(care.placements)
            end = window.known.care_end(care) if last else placement.end if placement.end <= window.on else NEVER
            if window.shows(end):
                yield n, placement, end


def episodes(window: Window) -> Iterator[Row]:
    """One for each placement; a change of legal status alone is in its own table."""
    for care in window.care():
        period, over = window.period(care), window.known.care_end(care)
        for n, placement, end in _placed(window, care):
            reason = None if end == NEVER else care.reason if end == over else "X1"
            yield (f"{period}E{n}", window.named(care.child), when(placement.start), "S" if n == 0 else "P", care.need,
                   when(end), reason, period, window.referral(care.case, care.child), f"{period}P{n}",
                   when(care.start), None)  # fmt: skip


def legal_statuses(window: Window) -> Iterator[Row]:
    for care in window.care():
        end, (legal, since) = window.known.care_end(care), legal_on(care, window.on)
        if care.legal_since <= window.on:
            until = since if legal != care.legal else end
            yield (f"{window.period(care)}L", window.named(care.child), codes.LEGAL[care.legal],
                   when(care.legal_since), when(until))  # fmt: skip
        if legal != care.legal:
            yield f"{window.period(care)}LO", window.named(care.child), codes.LEGAL[legal], when(since), when(end)


def placements(window: Window) -> Iterator[Row]:
    for care in window.care():
        period = window.period(care)
        for n, placement, end in _placed(window, care):
            miles = window.known.world.wellbeing.homes[id(placement)].miles
            away = None if miles is None else miles / 100
            yield (f"{period}P{n}", when(placement.start), placement.kind, None, away, period, placement.provider, None,
                   when(end), None, window.named(care.child))  # fmt: skip


def reviews(window: Window) -> Iterator[Row]:
    """Without the child's id, as the published description has it: the period tells whose they are."""
    for care in window.care():
        period = window.period(care)
        for held, typed, participation in care.reviews:
            if window.since <= held <= window.on and typed <= window.on:
                yield f"{period}R{held}", period, None, when(held), "N", participation


def visits(window: Window) -> Iterator[Row]:
    for number, visit in enumerate(window.known.visits(window.since, window.on)):
        if visit.kind == "lac":
            yield (f"VL{number}", None, window.named(visit.child), when(visit.day), yes_no(visit.seen),
                   yes_no(visit.alone))  # fmt: skip


def health_checks(window: Window) -> Iterator[Row]:
    for care in window.care():
        for kind, held in (("Health Assessment", care.health), ("Dental Check", care.dental)):
            for day in held:
                if window.since <= day <= window.on:
                    yield f"{window.period(care)}{kind[0]}{day}", window.named(care.child), kind, when(day), "Y"


def care_plans(window: Window) -> Iterator[Row]:
    for care in window.care():
        said = flags(PLANS, PLAN[care.plan]).replace("_FLAG", "")
        yield f"{window.period(care)}C", window.named(care.child), when(care.start), None, said


def missing(window: Window) -> Iterator[Row]:
    for number, episode in enumerate(window.known.missing(window.since, window.on)):
        offered = episode.offered_at is not None and episode.offered_at[0] <= window.on
        yield (f"M{number}", window.named(episode.child), at(episode.started_at, window.on), "Missing",
               at(episode.ended_at, window.on), yes_no(offered),
               yes_no(episode.accepted) if offered else "NA")  # fmt: skip


def care_leavers(window: Window) -> Iterator[Row]:
    for leaver in window.known.leavers():
        state = leaver.state(window.on)
        if state is not None:
            yield (f"L{leaver.child.child_id}", window.named(leaver.child),
                   codes.ELIGIBILITY[leaver.eligibility(window.on)].partition(" ")[2],
                   "YES" if state.in_touch else "NO",
                   when(min(state.contact, window.on)), codes.ACCOMMODATION[state.accommodation],
                   "Suitable" if state.suitable else "Unsuitable", codes.ACTIVITY.get(state.activity),
                   when(min(state.pathway, window.on)), None, leaver.team, None)  # fmt: skip


def permanence(window: Window) -> Iterator[Row]:
    """Children who were adopted, from the decision on."""
    for care in window.care():
        if care.reason not in ADOPTED:
            continue
        decided, order, matched, placed, adopted = (day if day <= window.on else None for day in steps(care))
        if decided is not None and days.months_on(care.end, 24) > window.on:
            yield (f"{window.period(care)}A", window.named(care.child), window.period(care), when(decided), None,
                   when(order), when(placed), when(matched), "N", None, None, None, None, when(adopted),
                   "Adoption order" if adopted else None)  # fmt: skip
