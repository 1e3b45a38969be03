"""How late events come: drawn deliveries in, days by team out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from compendium.record.deliveries import Record
from compendium.record.lateness import NEAR
from tests.record.drawn import deliver, make_workspace

SINCE = date(2016, 1, 1)
COLUMNS = "person_id icpc_date s47_start_date team_id"


def told(*rows: str) -> str:
    """'a 2017-01-10': a conference about a, of a team of its own."""
    return "\n".join([COLUMNS, *(f"{row} 2016-12-01 NE1" for row in rows)])


def given(record: Record, received: str, *rows: str, source_format: str = "drawn") -> None:
    covers = ("icpc", "2016-07-01", received, "event")
    deliver(record, received, [("icpc", told(*rows))], covers, source_format=source_format)


def late(record: Record, cut: str = "2017-06-30") -> dict[str, list[int]]:
    return record.late_by_team("icpc", record.as_at(date.fromisoformat(cut)), SINCE)


def test_late_is_what_comes_after_its_whole_month_had_been_told(record: Record) -> None:
    given(record, "2017-02-03", "a 2017-01-10", "b 2017-02-02")
    given(record, "2017-03-03", "a 2017-01-10", "b 2017-02-02", "c 2017-01-24", "d 2017-02-10")
    assert late(record) == {"NE1": [38]}, "from 24 January to 3 March; the one of February came in its time"
    assert late(record, "2017-02-03") == {}


def test_a_conference_put_under_its_own_day_is_corrected_and_not_late(record: Record) -> None:
    given(record, "2017-02-03", "a 2017-01-30", "b 2017-01-05")
    given(record, "2017-03-03", "a 2017-01-10", "b 2017-01-05", "b 2017-01-09")
    assert late(record) == {"NE1": [53]}, "b had a second one, which nobody had told of"


def test_another_format_that_tells_of_a_month_for_the_first_time_is_not_late(record: Record) -> None:
    given(record, "2017-02-03", "a 2017-01-10")
    given(record, "2017-03-03", "a 2017-01-10", "b 2017-01-24", source_format="other")
    assert late(record) == {}


def test_what_was_deleted_since_is_not_counted(record: Record) -> None:
    given(record, "2017-02-03", "a 2017-01-10")
    given(record, "2017-03-03", "a 2017-01-10", "b 2017-01-24")
    given(record, "2017-04-03", "a 2017-01-10")
    assert late(record, "2017-03-31") == {"NE1": [38]}
    assert late(record) == {}


def test_a_table_without_a_day_or_a_team_tells_nothing(record: Record) -> None:
    given(record, "2017-02-03", "a 2017-01-10")
    snapshot = record.as_at()
    assert record.late_by_team("team", snapshot, SINCE) == record.late_by_team("person", snapshot, SINCE) == {}


Told = Sequence[tuple[date, set[tuple[str, date]]]]


def naively(deliveries: Told) -> list[int]:
    """Every event of the last delivery, asked of every delivery before it."""
    found = []
    for person, day in deliveries[-1][1]:
        holding = [received for received, events in deliveries if (person, day) in events]
        earlier = [received for received, _ in deliveries if received < holding[0]]
        next_month = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        if not any(received >= next_month - timedelta(days=1) for received in earlier):
            continue
        others = {event for _, events in deliveries for event in events if event[0] == person} - {(person, day)}
        moved = any(
            abs((other - day).days) <= NEAR
            and max(received for received, events in deliveries if (person, other) in events) < holding[0]
            for _, other in others
        )
        if not moved:
            found.append((holding[0] - day).days)
    return found


def test_it_is_what_asking_every_delivery_of_every_event_says(tmp_path: Path, rng: Random) -> None:
    found = 0
    for number in range(4):
        record = Record.open(make_workspace(tmp_path / f"county-{number}"))
        deliveries: list[tuple[date, set[tuple[str, date]]]] = []
        for received in (date(2017, 1, 3), date(2017, 2, 3), date(2017, 3, 3), date(2017, 4, 3)):
            days = [date(2016, 11, 1) + timedelta(days=each) for each in range((received - date(2016, 11, 1)).days)]
            events = {(rng.choice("abcdefghijklmnopqrst"), rng.choice(days)) for _ in range(8)}
            before = sorted(deliveries[-1][1]) if deliveries else []
            events |= set(rng.sample(before, k=max(0, len(before) - 2)))
            deliveries.append((received, events))
            given(record, received.isoformat(), *sorted(f"{person} {day}" for person, day in events))
        naive = naively(deliveries)
        found += len(naive)
        assert Counter(late(record).get("NE1", [])) == Counter(naive)
    assert found, "no event was late in four counties, so nothing was compared"
