"""What each rule said as at the days of earlier deliveries.

What had been received by a day never changes, so neither does what a rule says of it. Answers are kept, as counts
alone and sealed, under a key made of the deliveries that the rule sees, its text and its limits; only what has no
answer yet is judged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from compendium import words
from compendium.engine.limits import in_force
from compendium.errors import StoreError
from compendium.record.checks.judging import Outcome, judge
from compendium.record.checks.rule import Rule
from compendium.record.deliveries import Record
from compendium.record.delivery import DeliveryInfo
from compendium.record.folder import QUALITY, RecordFolder
from compendium.record.identity import of_formats
from compendium.record.store import Store
from compendium.workspace import Workspace

DAYS = 12  # of deliveries looked back on
KEPT = 20_000  # answers kept, the newest: those of all rules and days of some years
EDITION = 2  # raised when the same rule would say something else of the same deliveries


@dataclass(frozen=True)
class Point:
    """What a rule said as at the end of a day. count: None where it could not run."""

    day: date
    count: int | None


class Trend:
    """Open it with `Trend.open`."""

    def __init__(self, record: Record, workspace: Workspace, folder: RecordFolder) -> None:
        self._record, self._workspace, self._folder = record, workspace, folder

    @classmethod
    def open(cls, record: Record, workspace: Workspace) -> Trend:
        """StoreError when the key is missing or damaged."""
        return cls(record, workspace, RecordFolder(workspace.record_folder, Store.of(workspace)))

    def points(
        self,
        outcomes: Iterable[Outcome],
        cut: date,
        step: Callable[[str], None] = lambda text: None,
        *,
        every_day: bool = False,
    ) -> dict[str, list[Point]]:
        """For each rule the days, at most twelve and oldest first, on which something it sees arrived.

        The last and the one before are always there; of the others those whose answer is kept, or `every_day`.
        """
        outcomes = list(outcomes)
        received = [each for each in self._record.deliveries() if each.received_on <= cut]
        seen = {formats: of_formats(received, formats) for formats in {each.rule.formats for each in outcomes}}
        known = self._known()
        kept = dict(known)
        found: dict[str, list[Point]] = {}
        wanted: dict[date, list[Rule]] = {}
        keys: dict[tuple[str, date], str] = {}
        for outcome in outcomes:
            rule, told = outcome.rule, seen[outcome.rule.formats]
            days = sorted({each.received_on for each in told})[-DAYS:]
            for day in days:
                keys[rule.id, day] = self._key(rule, day, told)
            if days and (days[-1] == cut or not rule.query.uses_as_at):
                # As at the cut nothing more has arrived than on the last of these days.
                known[keys[rule.id, days[-1]]] = None if outcome.why else outcome.count
            days = [day for day in days if every_day or day in days[-2:] or keys[rule.id, day] in known]
            for day in days:
                if keys[rule.id, day] not in known:
                    wanted.setdefault(day, []).append(rule)
            found[rule.id] = [Point(day, None) for day in days]
        for day, rules in sorted(wanted.items()):
            step(f"as at {words.day(day)}")
            judged = judge(self._record, rules, day, self._workspace, with_teams=False)
            known |= {keys[name, day]: None if one.why else one.count for name, one in judged.outcomes.items()}
        if known != kept:
            self._keep(known)
        return {
            name: [Point(point.day, known[keys[name, point.day]]) for point in points] for name, points in found.items()
        }

    def _key(self, rule: Rule, day: date, told: Sequence[DeliveryInfo]) -> str:
        """Of what a rule says as at a day, of deliveries that it sees."""
        limits = sorted(in_force(rule.id, rule.limits, self._workspace).items())
        as_at = day.isoformat() if rule.query.uses_as_at else ""
        seen = [each.delivery_id for each in told if each.received_on <= day]
        content = json.dumps([EDITION, rule.id, rule.text, limits, as_at, seen, self._workspace.link_adoptions])
        return hashlib.sha256(content.encode()).hexdigest()[:32]

    def _known(self) -> dict[str, int | None]:
        """What has been kept; nothing when it is not there or does not open, for it can be made again."""
        try:
            kept: dict[str, int | None] = json.loads(self._folder.get(QUALITY)) if self._folder.holds(QUALITY) else {}
        except (StoreError, ValueError):
            return {}
        return kept

    def _keep(self, known: dict[str, int | None]) -> None:
        with self._folder.locked():
            self._folder.put(QUALITY, json.dumps(dict(list(known.items())[-KEPT:])).encode())
