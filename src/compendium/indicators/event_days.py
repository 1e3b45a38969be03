"""The days of what happens too seldom to be counted by the month. Days alone: nobody can be told from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from compendium.indicators.compute import model_alone, parameters_of
from compendium.indicators.loading import Catalogue
from compendium.indicators.placing import placed
from compendium.indicators.provenance import Provenance
from compendium.indicators.shape import Indicator
from compendium.record.snapshot import Snapshot
from compendium.workspace import Workspace


@dataclass(frozen=True)
class Day:
    """On it so many cases came up, of which so many are counted."""

    on: date
    events: int
    cases: int


def event_days(
    snapshot: Snapshot, catalogue: Catalogue, workspace: Workspace, indicator: Indicator, first: date, last: date
) -> tuple[Day, ...]:
    """Of a count or share of what happens in a month, from one set of rows: its days with any case, in order.

    Empty for anything else. ComputeError when the rows cannot be computed.
    """
    query = indicator.row_sets.get("rows")
    if query is None or indicator.is_snapshot or len(indicator.row_sets) > 1 or "numerator" not in query.columns:
        return ()
    parameters = parameters_of(indicator, catalogue, workspace)
    model = model_alone(snapshot, catalogue, workspace, [indicator], [last], "headline")
    as_at = Provenance(indicator, snapshot, parameters).as_at
    sql = model.emitted(query, {"": as_at}, parameters)
    rows = placed(model, indicator, query, sql, (first, last), [last], ["on_date", "numerator"], detail="headline")
    found = model.engine.rows(
        'SELECT r.on_date, COUNT(CASE WHEN r."numerator" <> 0 THEN 1 END), COUNT(*) '
        f"FROM ({rows}) AS r WHERE r.excluded IS NULL GROUP BY r.on_date ORDER BY r.on_date"
    )
    return tuple(Day(*each) for each in found)
