"""Rows of the local tables about case work: contacts, enquiries, help, visits, care, audits."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.county import days
from compendium.county.knowledge import Knowledge
from compendium.county.people import NEVER
from compendium.county.records import Care
from compendium.county.writers.annex_a_care import legal_on

Row = tuple[object, ...]


def when(day: int) -> str:
    """An ISO date; empty for what has not happened."""
    return "" if day >= NEVER else days.iso(day)


def moment(at: tuple[int, int] | None, on: int) -> str:
    """A timestamp, once it has come."""
    if at is None or at[0] > on:
        return ""
    return f"{days.iso(at[0])} {at[1] // 60:02d}:{at[1] % 60:02d}:00"


def happened(day: int, on: int) -> str:
    return when(day) if day <= on else ""


def contacts(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for contact in known.contacts(since, until):
        decided = contact.decided <= known.on
        for n, child in enumerate(contact.children, 1):
            yield (child.child_id, when(contact.day), contact.source, f"C{contact.number:06d}-{n}",
                   f"C{contact.number:06d}",
                   when(contact.decided) if decided else "", contact.outcome if decided else "",
                   int(contact.on_open_case),
                   int(contact.domestic_abuse), contact.team, when(contact.known))  # fmt: skip


def referrals(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """Closures and teams of every referral: workbooks tell only of a child's latest, census returns come in July."""
    for case in known.cases():
        closed = known.closed(case)
        if case.day > until or (case.day < since and closed < since):
            continue
        for child in case.children:
            yield (child.child_id, when(case.day), when(closed), case.reason if closed < NEVER else "",
                   case.assess_team,
                   when(case.known))  # fmt: skip


def enquiries(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for enquiry in known.enquiries(since, until):
        contact = enquiry.contact
        for n, child in enumerate(contact.children, 1):
            yield (f"M{contact.number:06d}-{n}", child.child_id, f"C{contact.number:06d}-{n}",
                   when(enquiry.opened_at[0]),
                   moment(enquiry.opened_at, known.on), enquiry.rating, moment(enquiry.closed_at, known.on),
                   enquiry.waited_for if enquiry.closed_at[0] <= known.on else "", enquiry.team,
                   when(contact.known))  # fmt: skip


def visits(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for visit in known.visits(since, until):
        yield (visit.child.child_id, visit.kind, when(visit.day), int(visit.seen), int(visit.alone), visit.place,
               visit.worker,
               visit.team, when(visit.known))  # fmt: skip


def early_help(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for episode in known.helped():
        end = known.help_end(episode)
        if episode.start > until or (episode.start < since and end < since):
            continue
        for child in episode.children:
            yield (child.child_id, when(episode.start), episode.family.family_id, when(end),
                   episode.reason if end < NEVER else "",
                   episode.organisation, happened(episode.assessed, known.on), episode.team,
                   when(episode.known))  # fmt: skip


def early_help_origins(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """How each episode began and at what level, as the early help system tells it."""
    for episode in known.helped():
        if since <= episode.start <= until:
            level = "Family support plan" if len(episode.children) > 2 or episode.stepped_down else "Early help plan"
            for child in episode.children:
                yield child.child_id, when(episode.start), level, "step_down" if episode.stepped_down else "contact"


def factors(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    """What an assessment found is known with its end: so of those begun or authorised in these days."""
    for case in known.cases():
        for made in case.assessments:
            if made.start <= until and made.auth >= since and made.auth_known <= known.on and made.auth <= known.on:
                for child in case.children:
                    for factor in made.factors_of(child):
                        yield child.child_id, when(made.start), factor


def cin_plans(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for case in known.cases():
        for start, end in known.in_need_plans(case):
            if start > until or (start < since and end < since):
                continue
            for child in case.children:
                yield child.child_id, when(start), when(end), when(case.day), case.support_team


def periods(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for care in _care(known, since, until):
        end = known.care_end(care)
        legal, legal_since = legal_on(care, known.on)
        yield (care.child.child_id, when(care.start), when(end), care.reason if end < NEVER else "", care.need, legal,
               when(legal_since), int(care.child.uasc), care.case.team_on(min(care.start + 60, known.on)),
               when(care.known))  # fmt: skip


def placements(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for care in _care(known, since, until):
        for n, placement in enumerate(care.placements):
            if placement.start > until:
                continue
            last = n + 1 == len(care.placements)
            end = known.care_end(care) if last else placement.end if placement.end <= known.on else NEVER
            if placement.start < since and end < since:
                continue
            yield (care.child.child_id, when(placement.start), when(end), placement.kind, placement.provider,
                   placement.carer,
                   int(placement.long_term), "outside" if placement.outside else "inside",
                   "CON" if placement.outside else "999")  # fmt: skip


def reviews(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for care in _care(known, since, until):
        for held, typed, code in care.reviews:
            if since <= held <= until and typed <= known.on:
                yield care.child.child_id, when(held), code, when(typed)


def _care(known: Knowledge, since: int, until: int) -> Iterator[Care]:
    for care in known.care():
        if care.start <= until and known.care_end(care) >= since:
            yield care


def missing(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for episode in known.missing(since, until):
        offered = moment(episode.offered_at, known.on)
        yield (episode.child.child_id, when(episode.started_at[0]), moment(episode.started_at, known.on),
               moment(episode.ended_at, known.on), int(episode.looked_after), offered,
               int(episode.accepted) if offered else "",
               moment(episode.held_at, known.on), episode.team, when(episode.known))  # fmt: skip


def audits(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for audit in known.world.audits.audits:
        if since <= audit.day <= until and audit.known <= known.on:
            yield (audit.audit_id, when(audit.day), audit.child_id, audit.team, audit.theme, audit.auditor,
                   audit.sampling,
                   audit.grade, audit.moderated if audit.day + 20 <= known.on else "", audit.reaudit_of)  # fmt: skip


def dimensions(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for audit in known.world.audits.audits:
        if since <= audit.day <= until and audit.known <= known.on:
            for dimension, grade in audit.dimensions.items():
                yield audit.audit_id, when(audit.day), dimension, grade


def actions(known: Knowledge, since: int, until: int) -> Iterator[Row]:
    for action in known.world.audits.actions:
        done = action.done if action.done <= known.on else NEVER
        if action.agreed <= until and (action.agreed >= since or done >= since):
            yield (
                action.action_id,
                action.audit_id,
                action.team,
                action.what,
                when(action.agreed),
                when(action.due),
                when(done),
            )
