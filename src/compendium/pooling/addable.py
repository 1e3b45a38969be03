"""What of the catalogue can be added up over authorities, and by what a definition is known to be the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from compendium.indicators.compute import rules_in_force
from compendium.indicators.loading import Catalogue
from compendium.indicators.placing import date_column
from compendium.indicators.rules import RuleInForce
from compendium.indicators.shape import SHOWN, Indicator
from compendium.indicators.tally import MonthTally
from compendium.workspace import Workspace

AllRules = Mapping[str, Mapping[str, int | str]]  # indicator -> rule -> what it is


def rules_by_indicator(catalogue: Catalogue, workspace: Workspace | None) -> AllRules:
    """What is in force of all that a council may set: in a workspace, or by default."""
    return {
        name: {rule.name: rule.value for rule in rules_in_force(each, catalogue, workspace)}
        for name, each in catalogue.items()
    }


def rules_in_words(
    indicator: Indicator, catalogue: Catalogue, values: Mapping[str, int | str]
) -> Iterator[RuleInForce]:
    """The rules of an indicator, with the values that a pool counts by."""
    for usual in rules_in_force(indicator, catalogue):
        value, shared = values.get(usual.name, usual.value), catalogue.rules.get(usual.name)
        yield replace(usual, value=value, written=shared.written(value) if shared else str(value))


def why_not_added(indicator: Indicator) -> str:
    """Why its month cells cannot be added up; '' where they can."""
    counted = indicator.count or indicator.denominator_count
    if counted:
        whom = {"child_id": "children", "family_id": "families", "worker_id": "workers"}.get(counted, "what is counted")
        return f"it counts {whom} once each, and one known in two months or to two authorities would count twice"
    if indicator.value == "median":
        return "a median is not made of medians, and how often each single value occurred is not handed on"
    if indicator.value == "share_gap":
        return "it compares the parts of one authority with the whole of it"
    return ""


def fingerprint(indicator: Indicator) -> str:
    """Of all that decides which rows count and how: two files of one id and version may still differ in it.

    A breakdown, or a column for the list of rows, decides neither: a newer version of Compendium may have more of them.
    """
    queries = {name: query.without("by_", SHOWN) for name, query in indicator.row_sets.items()}
    counted = [
        indicator.value, indicator.bases, indicator.rate, indicator.scale, indicator.at_least, queries,
        indicator.matures and (indicator.matures.unit, indicator.matures.count), sorted(indicator.limits),
    ]  # fmt: skip
    return _digest(json.dumps(counted, sort_keys=True))


def catalogue_hash(indicators: Iterable[Indicator]) -> str:
    """Of a whole catalogue: ids, versions and fingerprints."""
    listed = sorted(f"{each.id} {each.definition_version} {fingerprint(each)}" for each in indicators)
    return _digest("\n".join(listed))


def empty_tally(indicator: Indicator, measure: str, first: int, last: int) -> MonthTally:
    """For the numerator, the denominator or what is excluded: a stock where the rows behind it are of month ends."""
    sets = indicator.row_sets
    others = [name for name in sets if name != "denominator_rows"]
    chosen = "denominator_rows" if measure == "denominator" and "denominator_rows" in sets else others[0]
    if measure == "excluded":
        chosen = next((name for name, query in sets.items() if {"excluded", "amount"} & query.columns.keys()), chosen)
    return MonthTally(first, last, date_column(sets[chosen]) == "month_end")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
