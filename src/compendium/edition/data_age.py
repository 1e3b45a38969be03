"""How old and how complete the records behind a month are, in words a reader knows them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from compendium.calendar.months import month_start
from compendium.edition import sentences
from compendium.edition.edition import Delivery, Source, Unlisted
from compendium.record.delivery import DeliveryInfo
from compendium.record.snapshot import Snapshot
from compendium.record.tables import TABLES

SEEN_ON = ("as_at",)  # event columns of what is known only for the day of an extract

# What readers call a kind of record -> the tables that hold it.
KINDS = {
    "Contacts": ("contact",),
    "MASH enquiries": ("mash_enquiry",),
    "Early help": ("early_help_episode",),
    "Referrals and assessments": ("referral", "assessment"),
    "Enquiries, conferences and plans": ("s47", "icpc", "cp_plan", "cp_review"),
    "Child in need plans": ("cin_plan", "cin_plan_review"),
    "Visits": ("visit",),
    "Children looked after": ("lac_period", "placement", "lac_review"),
    "Health of children looked after": ("health_check",),
    "Personal education plans": ("pep_review",),
    "Core groups": ("core_group",),
    "Missing children": ("missing_episode",),
    "Exploitation": ("exploitation_flag", "nrm_referral"),
    "Care leavers": ("care_leaver_status",),
    "Who holds each case": ("involvement",),
    "Posts, vacancies and agency": ("establishment",),
    "Audits": ("audit", "audit_action"),
    "Spending": ("service_spend",),
    "Partners": ("partner_request", "strategy_attendance", "conference_report"),
}


def kind_of(table: str) -> str | None:
    """The kind of record a table belongs to; None for what is not dated (people, teams, populations)."""
    return next((name for name, tables in KINDS.items() if table in tables), None)


def data_age(snapshot: Snapshot, month: date) -> tuple[Source, ...]:
    """One line for each kind of record; a kind is as old as the oldest of its tables."""
    return tuple(_source(name, tables, snapshot, month) for name, tables in KINDS.items())


def _source(name: str, tables: Iterable[str], snapshot: Snapshot, month: date) -> Source:
    ends, received = [], []
    for table in tables:
        known = [ends for begins, ends in snapshot.coverage(table) if begins <= snapshot.cut]
        if not known:
            return Source(name, None, None, False, sentences.NOT_RECEIVED)
        # Drawn tables are covered for ever; no record runs beyond the day it was received.
        ends.append(min(known[-1], snapshot.cut))
        received += [delivery.received_on for delivery in snapshot.deliveries if table in delivery.tables]
    runs_to = min(ends)
    is_complete = all(_covers(snapshot, table, month) for table in tables)
    said = sentences.complete() if is_complete else sentences.incomplete(runs_to)
    return Source(name, runs_to, max(received, default=None), is_complete, said)


def _covers(snapshot: Snapshot, table: str, month: date) -> bool:
    """Every day of the month; of what is seen on the day of an extract, one extract since the month's end."""
    if TABLES[table].event in SEEN_ON:
        return any(ends >= month for _, ends in snapshot.coverage(table))
    return snapshot.covers(table, month_start(month), month)


def age_of(needs: Iterable[str], sources: tuple[Source, ...], cut: date) -> tuple[str, ...]:
    """The lines of an indicator's page: each kind of record that it needs, and how old the newest is."""
    wanted = {kind_of(table) for table in needs}
    told = [source for source in sources if source.name in wanted]
    lines = [
        sentences.never_received(source.name)
        if source.runs_to is None
        else sentences.runs_to(source.name, source.runs_to, source.received)
        for source in told
    ]
    ends = [source.runs_to for source in told if source.runs_to]
    if ends and min(ends) < cut:
        lines.append(sentences.age((cut - min(ends)).days))
    return tuple(lines)


def deliveries(snapshot: Snapshot) -> tuple[Delivery, ...]:
    """What the edition was built from, oldest first."""
    return tuple(_delivery(delivery) for delivery in snapshot.deliveries)


def _delivery(info: DeliveryInfo) -> Delivery:
    counts = list(info.units.values())
    return Delivery(
        source_format=info.source_format,
        file_name=info.file_name,
        received_on=info.received_on,
        reference_date=info.reference_date,
        read=sum(count.read for count in counts),
        kept=sum(count.kept for count in counts),
        rejected=sum(count.rejected for count in counts),
    )


def unlisted_teams(snapshot: Snapshot) -> tuple[Unlisted, ...]:
    """Each name once, with its rows in every kind of record, in order of name."""
    rows: Counter[str] = Counter()
    for unknown in snapshot.unknown_teams:
        rows[unknown.name] += unknown.rows
    return tuple(Unlisted(name, rows[name]) for name in sorted(rows))
