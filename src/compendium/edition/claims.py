"""Claims of a saving: each as the calculation it was, and beside every assumption what the record shows since.

Nothing is called saved here. What is told is a difference of cost between a month and the same month before
the change, where the record has both, and by how much that is less or more than was claimed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from compendium import words
from compendium.calendar.months import month_end, month_ends, month_start
from compendium.edition import claim_words
from compendium.edition.edition import Assumption, ClaimedMonth, SavingsClaim
from compendium.edition.reading import SHARES, reading
from compendium.indicators.figures import Figures
from compendium.indicators.values import value_of
from compendium.record.snapshot import Snapshot

SPEND = "service_spend"
YEAR = 12
_WHOLE = ("count", "money")  # kinds whose average month is told; of shares the sum of both halves, else the newest
_HALVES = ("percent", "ratio", "money")


class _Told(NamedTuple):
    """A claim as the record holds it."""

    claim_id: str
    title: str
    service: str
    replaces: str | None
    claimed_on: date
    claimed_by: str | None
    begins: date
    ends: date
    monthly_pence: int


class _Row(NamedTuple):
    """An assumption as the record holds it."""

    says: str
    value: Decimal
    unit: str
    operation: str | None
    source: str
    indicator: str | None
    service: str | None


@dataclass(frozen=True)
class _Claim:
    """One claim, read against the record up to a month."""

    told: _Told
    figures: Figures
    snapshot: Snapshot
    month: date

    def statement(self) -> SavingsClaim:
        told, monthly = self.told, _pounds(self.told.monthly_pence)
        months = tuple(self._months())
        rows = self._assumed()
        return SavingsClaim(
            id=told.claim_id,
            title=told.title,
            made=claim_words.made(told.claimed_on, told.claimed_by, told.begins, told.ends, monthly),
            monthly=monthly,
            assumptions=self._assumptions(rows),
            arithmetic=claim_words.arithmetic(_result(rows), monthly),
            months=months,
            conclusion=claim_words.conclusion(months, monthly),
        )

    # What was assumed

    def _assumed(self) -> list[_Row]:
        found = self.snapshot.connection.execute(
            "SELECT says, value_hundredths, unit, operation, source, indicator, service"
            " FROM record.savings_assumption WHERE claim_id = ? ORDER BY step",
            [self.told.claim_id],
        ).fetchall()
        return [_Row(says, Decimal(value) / 100, *rest) for says, value, *rest in found]

    def _assumptions(self, rows: Sequence[_Row]) -> tuple[Assumption, ...]:
        made, running = [], Decimal(0)
        for row in rows:
            running = _next(running, row)
            made.append(
                Assumption(
                    says=row.says,
                    value=claim_words.amount(row.value, row.unit),
                    enters=claim_words.ENTERS[row.operation],
                    running=claim_words.plain(running) if row.operation else "",
                    source=row.source,
                    shown=self._by_indicator(row.indicator, row) if row.indicator else self._by_spend(row),
                )
            )
        return tuple(made)

    # What the record shows

    def _since(self) -> list[date]:
        """The months that ended in the claim's period."""
        return [each for each in month_ends(self.told.begins, self.month) if each <= self.told.ends]

    def _by_indicator(self, name: str, row: _Row) -> str:
        definition = self.figures.catalogue.get(name)
        if definition is None:
            return claim_words.no_indicator(name)
        basis = definition.bases[0]
        there = [each for each in self._since() if each in self.figures.months]
        known = [each for month in there if (each := self.figures.one(name, month, basis)).value is not None]
        if not known:
            return claim_words.not_known_since(self.told.begins)
        last, values = known[-1], [each.value for each in known if each.value is not None]
        if basis == "month" and definition.value in _HALVES and all(each.denominator for each in known):
            over, under = (sum(getattr(each, half) or 0 for each in known) for half in ("numerator", "denominator"))
            last = replace(last, numerator=over, denominator=under, value=value_of(definition, over, under, (0, 0)))
        elif definition.value in _WHOLE:
            last = replace(last, numerator=None, denominator=None, value=sum(values, Decimal(0)) / len(values))
        else:
            known = known[-1:]
        assert last.value is not None
        is_share = definition.value in SHARES
        told = reading(definition, last)
        written = told.in_full if is_share else definition.write(last.value)
        apart = last.value - row.value
        return claim_words.shown(definition.title, written, [each.period for each in known], apart, in_points=is_share)

    def _by_spend(self, row: _Row) -> str:
        """What was replaced is judged by its last year, everything else by the months since."""
        if row.service is None:
            return claim_words.UNCHECKED
        before = row.service == self.told.replaces
        costs = self._cost((row.service,))
        there = [each for each in (self._before() if before else self._since()) if each in costs]
        if not there:
            return claim_words.not_spent(row.service)
        found = _pounds(sum(costs[each] for each in there)) / len(there)
        return claim_words.shown(claim_words.cost_of(row.service), words.money(found), there, found - row.value)

    def _before(self) -> list[date]:
        """The twelve months before the change."""
        last = month_end(self.told.begins, -1)
        return list(month_ends(month_end(last, 1 - YEAR), last))

    def _months(self) -> list[ClaimedMonth]:
        """Each month since whose cost is known, beside the same month of the year before the change."""
        told = self.told
        costs = self._cost((told.service, told.replaces or told.service))
        before = {each.month: costs.get(each) for each in self._before()}
        return [
            ClaimedMonth(
                month, _pounds(then) if (then := before[month.month]) is not None else None, _pounds(costs[month])
            )
            for month in self._since()
            if month in costs
        ]

    def _cost(self, services: tuple[str, ...]) -> Mapping[date, int]:
        """What they cost in each month that deliveries cover and in which anything was spent on them; in pence."""
        found = self.snapshot.connection.execute(
            f"SELECT month_end, SUM(amount_pence) FROM record.{SPEND}"
            f" WHERE kind = 'actual' AND service IN ({', '.join('?' * len(services))}) GROUP BY month_end",
            list(services),
        ).fetchall()
        covers = self.snapshot.covers
        return {month: int(pence) for month, pence in found if covers(SPEND, month_start(month), month, None, "events")}


def claimed(snapshot: Snapshot) -> tuple[date, list[str]]:
    """The first day for which anything is claimed, and the indicators by which claims can be checked."""
    first = snapshot.connection.execute("SELECT MIN(period_from) FROM record.savings_claim").fetchone()
    named = snapshot.connection.execute(
        "SELECT DISTINCT indicator FROM record.savings_assumption WHERE indicator IS NOT NULL ORDER BY indicator"
    ).fetchall()
    return (first[0] if first and first[0] else snapshot.cut), [name for (name,) in named]


def savings_claims(figures: Figures, snapshot: Snapshot, month: date) -> tuple[SavingsClaim, ...]:
    """Every claim made by the record's cut, oldest first. figures: for as many months since as are to be told."""
    rows = snapshot.connection.execute(
        "SELECT claim_id, title, service, replaces, claimed_on, claimed_by, period_from, period_to, monthly_pence"
        " FROM record.savings_claim WHERE claimed_on <= ? ORDER BY claimed_on, claim_id",
        [snapshot.cut],
    ).fetchall()
    return tuple(_Claim(_Told(*row), figures, snapshot, month).statement() for row in rows)


def _next(running: Decimal, row: _Row) -> Decimal:
    match row.operation:
        case "plus":
            return running + row.value
        case "minus":
            return running - row.value
        case "times":
            return running * row.value
    return running


def _result(rows: Sequence[_Row]) -> Decimal | None:
    """What the calculation comes to; None where no assumption enters one."""
    running = Decimal(0)
    for row in rows:
        running = _next(running, row)
    return running if any(row.operation for row in rows) else None


def _pounds(pence: int) -> Decimal:
    return Decimal(pence) / 100
