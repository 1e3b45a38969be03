"""Periods of care, put together from the tables of the Standard Safeguarding Dataset that each tell a part.

Episodes with the same period id, or without one but each beginning on the day the last one ceased, are one
period. It begins on the day the child entered care, where an episode tells it (the first episodes of a long
period may lie before the extract's window), and ends when its last episode does. Its legal status, plan and
checks are the latest within it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from compendium import words
from compendium.record.intake import Intake
from compendium.sources.cells import Value

GOES_ON = "X1"  # the reason of an episode that another follows on the same day
OPEN = "9999-12-31"  # after every day that is written
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Episode:
    """row: where it stands. Days as text."""

    row: int
    start: str
    ceased: str | None
    reason: str | None
    need: str | None
    period: str | None
    entered: str | None


@dataclass(frozen=True)
class Period:
    row: int
    start: str
    end: str | None
    reason: str | None
    need: str | None
    ids: frozenset[str]

    def holds(self, day: str) -> bool:
        return self.start <= day < (self.end or OPEN)

    def latest(self, dated: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
        """The last of some (day, value) that fall within the period."""
        within = [each for each in dated if self.start <= each[0] <= (self.end or OPEN)]
        return max(within, default=None)


class Care:
    """Takes rows as they are read; `periods` once the episodes are all there."""

    def __init__(self) -> None:
        self._episodes: dict[str, list[Episode]] = defaultdict(list)
        self._told: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        self._periods: dict[str, list[Period]] | None = None

    def episode(self, row: int, values: Values) -> bool:
        text = {name: None if value is None else str(value) for name, value in values.items()}
        person, start = text["person_id"], text["start_date"]
        assert person is not None and start is not None
        self._episodes[person].append(
            Episode(row, start, *(text.get(name) for name in (
                "ceased_date", "ceased_reason", "need_code", "period", "entered_date",
            )))
        )  # fmt: skip
        return True

    def legal_status(self, row: int, values: Values) -> bool:
        return self._tell("legal_status", values["person_id"], values["start_date"], values["legal_status"])

    def care_plan(self, row: int, values: Values) -> bool:
        return self._tell("care_plan", values["person_id"], values["start_date"], values.get("plan"))

    def review(self, row: int, values: Values) -> bool:
        """When the latest review is due; whether it has been held is another question."""
        due = values.get("due_date")
        return self._tell("review", values["person_id"], due, due)

    def health_check(self, row: int, values: Values) -> bool:
        kind = "dental" if values["kind"] == "dental" else "health"
        return self._tell(kind, values["person_id"], values["check_date"], values["check_date"])

    def in_care(self, person: str, day: str) -> bool:
        return any(period.holds(day) for period in self.periods.get(person, ()))

    def entry(self, person: str, period: str | None, day: str | None) -> str | None:
        """When a child entered care: the period of that id, else the last one begun by that day."""
        periods = self.periods.get(person, [])
        named = [each for each in periods if period in each.ids]
        begun = [each for each in periods if day is None or each.start <= day]
        return (named or begun)[-1].start if named or begun else None

    @property
    def periods(self) -> Mapping[str, list[Period]]:
        """child -> periods, in order."""
        if self._periods is None:
            self._periods = {person: _joined(each) for person, each in self._episodes.items()}
        return self._periods

    def feed(self, intake: Intake, given: Sequence[str], is_uasc: Callable[[str], Value]) -> None:
        """Every period as a row of `lac_period`; columns of tables that are not given are not supplied."""
        asked = {
            "legal_status": ("legal_status", "legal_status_date"), "review": ("review_due_date",),
            "care_plan": ("permanence_plan",), "health": ("health_assessment_date",), "dental": ("dental_check_date",),
        }  # fmt: skip
        tables = {"legal_status": "ssd_legal_status", "review": "ssd_cla_reviews", "care_plan": "ssd_cla_care_plan",
                  "health": "ssd_cla_health", "dental": "ssd_cla_health"}  # fmt: skip
        told = [name for name in asked if tables[name] in given]
        columns = [column for name in told for column in asked[name]]
        uasc = ["is_uasc"] if "ssd_immigration_status" in given else []
        add = intake.appender(
            "lac_period", ["person_id", "start_date", "end_date", "end_reason", "need_code", *uasc, *columns]
        )
        unfinished = 0
        for person, periods in self.periods.items():
            for period in periods:
                values: list[Value] = []
                for name in told:
                    day, value = period.latest(self._told[name].get(person, ())) or (None, None)
                    values += [value, day] if name == "legal_status" else [value]
                unfinished += period.reason == GOES_ON
                add((period.row, person, period.start, period.end, period.reason, period.need,
                     *([is_uasc(person)] if uasc else []), *values))  # fmt: skip
                intake.breathe()
        if unfinished:
            intake.note(
                f"ssd_cla_episodes: {words.plural(unfinished, 'period')} of care ended with an episode that another"
                " should follow on the same day; taken as ended"
            )

    def _tell(self, name: str, person: Value, day: Value, value: Value) -> bool:
        if day is None or value is None:
            return False
        self._told[name][str(person)].append((str(day), str(value)))
        return True


def _joined(episodes: list[Episode]) -> list[Period]:
    ordered = sorted(episodes, key=lambda each: (each.start, each.ceased or OPEN))
    groups: list[list[Episode]] = []
    for each in ordered:
        if groups and _same(groups[-1][-1], each):
            groups[-1].append(each)
        else:
            groups.append([each])
    return [_period(group) for group in groups]


def _same(before: Episode, after: Episode) -> bool:
    if before.period is not None and after.period is not None:
        return before.period == after.period
    return before.ceased == after.start


def _period(group: list[Episode]) -> Period:
    first, last = group[0], group[-1]
    entered = [each.entered for each in group if each.entered is not None and each.entered <= first.start]
    needs = [each.need for each in group if each.need is not None]
    return Period(
        first.row, min(entered, default=first.start), last.ceased, last.reason if last.ceased else None,
        needs[-1] if needs else None, frozenset(each.period for each in group if each.period is not None),
    )  # fmt: skip
