"""Rows of the Standard Safeguarding Dataset about case work: contacts, help, referrals, enquiries, plans, visits."""

from __future__ import annotations

import json
from collections.abc import Iterator

from compendium.county import days
from compendium.county.people import NEVER
from compendium.county.records import Assessment, Case, Enquiry
from compendium.county.writers import codes
from compendium.county.writers.ssd_window import Window, flags, when, yes_no

Row = tuple[object, ...]
CONTACT = ("NEW_REFERRAL", "EXISTING_REFERRAL", "CP_ENQUIRY", "NFA", "NON_AGENCY_ADOPTION", "PRIVATE_FOSTERING",
           "ADVICE", "MISSING", "OLA_CP", "OTHER_OUTCOMES_EXIST")  # fmt: skip
REFERRAL = ("SINGLE_ASSESSMENT", "NFA", "STRATEGY_DISCUSSION", "CLA_REQUEST", "NON_AGENCY_ADOPTION",
            "PRIVATE_FOSTERING", "CP_TRANSFER_IN", "CP_CONFERENCE", "CARE_LEAVER", "OTHER_OUTCOMES_EXIST")  # fmt: skip
ASSESSMENT = ("NFA", "STRATEGY_DISCUSSION", "CLA_REQUEST", "PRIVATE_FOSTERING", "LEGAL_ACTION", "PROV_OF_SERVICES",
              "PROV_OF_SB_CARE", "SPECIALIST_ASSESSMENT", "REFERRAL_TO_OTHER_AGENCY", "OTHER_ACTIONS",
              "OTHER_OUTCOMES_EXIST")  # fmt: skip
ENQUIRY = ("NFA", "LEGAL_ACTION", "PROV_OF_SERVICES", "CP_CONFERENCE", "NFA_CONTINUE_SINGLE", "MONITOR",
           "OTHER_OUTCOMES_EXIST")  # fmt: skip
# The dataset has no flag for early help.
OUTCOMES = {"referral": "NEW_REFERRAL", "existing_case": "EXISTING_REFERRAL", "advice": "ADVICE", "nfa": "NFA",
            "early_help": "OTHER_OUTCOMES_EXIST"}  # fmt: skip
CATEGORIES = {"NEG": "Neglect", "PHY": "Physical Abuse", "SAB": "Sexual Abuse", "EMO": "Emotional Abuse",
              "MUL": "Multiple: Neglect, Emotional"}  # fmt: skip
EH_ENDINGS = {"needs_met": "Needs met", "disengaged": "Family disengaged", "moved_away": "Moved away",
              "step_up": "Stepped up to social care", "transfer": "Transferred to another service"}  # fmt: skip


def contacts(window: Window) -> Iterator[Row]:
    for contact in window.known.contacts(window.since, window.on):
        decided = contact.decided <= window.on
        outcome = {OUTCOMES[contact.outcome]} if decided else set()
        if contact.on_open_case:
            outcome.add("EXISTING_REFERRAL")
        said = flags(CONTACT, *outcome) if outcome else None
        for n, child in enumerate(contact.children, 1):
            yield (f"C{contact.number:06d}-{n}", window.named(child), when(contact.day), contact.source,
                   codes.SOURCE[contact.source], said)  # fmt: skip


def early_help(window: Window) -> Iterator[Row]:
    for number, episode in enumerate(window.known.helped()):
        end = window.known.help_end(episode)
        if episode.start <= window.on and window.shows(end):
            reason = EH_ENDINGS.get(episode.reason) if end < NEVER else None
            for child in episode.children:
                yield (f"{number}{child.child_id[-6:]}", window.named(child), when(episode.start), when(end), None,
                       reason, episode.organisation, None)  # fmt: skip


def cin_episodes(window: Window) -> Iterator[Row]:
    for case in window.cases():
        closed = window.known.closed(case)
        if case.day > window.on or (case.day < window.since and closed < NEVER):
            continue
        said = flags(REFERRAL, "NFA" if case.nfa else "SINGLE_ASSESSMENT")
        for child in case.children:
            yield (window.referral(case, child), window.named(child), when(case.day), case.need, case.source,
                   codes.SOURCE[case.source], said, yes_no(case.nfa), case.reason if closed < NEVER else None,
                   when(closed), case.assess_team, None)  # fmt: skip


def _assessed(window: Window) -> Iterator[tuple[Case, int, Assessment, int]]:
    for case in window.cases():
        for n, made in enumerate(case.assessments, 1):
            auth = made.auth if made.auth_known <= window.on and made.auth <= window.on else NEVER
            if made.known <= window.on and made.start <= window.on and window.shows(auth):
                yield case, n, made, auth


def assessments(window: Window) -> Iterator[Row]:
    for case, n, made, auth in _assessed(window):
        done = auth < NEVER
        said = flags(ASSESSMENT, "PROV_OF_SERVICES" if made.in_need else "NFA") if done else None
        for child in case.children:
            referral = window.referral(case, child)
            yield (f"{referral}A{n}", window.named(child), referral, when(made.start),
                   yes_no(child.child_id not in made.unseen) if done else None, when(auth), said,
                   yes_no(not made.in_need) if done else None, made.team, None)  # fmt: skip


def factors(window: Window) -> Iterator[Row]:
    """As a list now, as an object of flags for every other child: systems have done both."""
    for case, n, made, auth in _assessed(window):
        if auth < NEVER and made.factors:
            for at, child in enumerate(case.children):
                key, codes_of = f"{window.referral(case, child)}A{n}", made.factors_of(child)
                yield f"{key}F", key, json.dumps(dict.fromkeys(codes_of, "Yes") if at % 2 else codes_of)


def cin_plans(window: Window) -> Iterator[Row]:
    for case in window.cases():
        for n, (start, end) in enumerate(window.known.in_need_plans(case), 1):
            if window.shows(end):
                for child in case.children:
                    referral = window.referral(case, child)
                    yield (f"{referral}P{n}", referral, window.named(child), when(start), when(end),
                           case.support_team, None)  # fmt: skip


def cin_visits(window: Window) -> Iterator[Row]:
    for number, visit in enumerate(window.known.visits(window.since, window.on)):
        if visit.kind == "cin":
            yield (f"VN{number}", window.named(visit.child), when(visit.day), yes_no(visit.seen), yes_no(visit.alone),
                   None)  # fmt: skip


def _enquiries(window: Window) -> Iterator[tuple[Case, int, Enquiry, int]]:
    """The day on which an enquiry ended: of its conference, or when it was known that none was needed."""
    for case in window.cases():
        for n, enquiry in enumerate(case.enquiries, 1):
            end = window.known.conference_day(enquiry) if enquiry.conference else enquiry.concluded
            end = end if end <= window.on else NEVER
            if enquiry.known <= window.on and enquiry.start <= window.on and window.shows(end):
                yield case, n, enquiry, end


def enquiries(window: Window) -> Iterator[Row]:
    for case, n, enquiry, end in _enquiries(window):
        led = enquiry.conference is not None
        said = flags(ENQUIRY, "CP_CONFERENCE" if led else "NFA_CONTINUE_SINGLE") if end < NEVER else None
        for child in case.children:
            referral = window.referral(case, child)
            yield (f"{referral}E{n}", referral, window.named(child), when(enquiry.start), when(end), "N", said, None,
                   enquiry.team)  # fmt: skip


def conferences(window: Window) -> Iterator[Row]:
    for case, n, enquiry, _ in _enquiries(window):
        held = window.known.conference_day(enquiry)
        if enquiry.conference is None or held == NEVER:
            continue
        plan = enquiry.conference.plan
        for child in case.children:
            referral = window.referral(case, child)
            yield (f"{referral}I{n}", None, f"{referral}E{n}", window.named(child), None, referral, "N",
                   when(days.after(enquiry.start, 15)), when(held), yes_no(plan), None, enquiry.team, None)  # fmt: skip


def _plan(window: Window, number: int, child_id: str) -> str:
    return f"{number}{child_id[-6:]}P"


def cp_plans(window: Window) -> Iterator[Row]:
    for number, plan in enumerate(window.known.plans()):
        end = window.known.plan_end(plan)
        if window.shows(end):
            for child in plan.case.children:
                yield (_plan(window, number, child.child_id), window.referral(plan.case, child), None,
                       window.named(child), when(plan.start), when(end), CATEGORIES[plan.category], "N",
                       CATEGORIES[plan.latest])  # fmt: skip


def cp_visits(window: Window) -> Iterator[Row]:
    for number, visit in enumerate(window.known.visits(window.since, window.on)):
        if visit.kind == "cp":
            yield (f"VP{number}", window.named(visit.child), None, when(visit.day), yes_no(visit.seen),
                   yes_no(visit.alone), None)  # fmt: skip


def cp_reviews(window: Window) -> Iterator[Row]:
    for number, plan in enumerate(window.known.plans()):
        if not window.shows(window.known.plan_end(plan)):
            continue
        for held in window.known.reviews(plan):
            if held >= window.since:
                for child in plan.case.children:
                    key = _plan(window, number, child.child_id)
                    yield (f"{key}R{held}", window.named(child), key, None, when(held), None, "Y", None,
                           None)  # fmt: skip
