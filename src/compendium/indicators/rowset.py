"""The columns that a row set must and may return, for each value an indicator can have."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from compendium.engine.dialect import Query
from compendium.engine.dialect_reading import Columns, did_you_mean
from compendium.indicators.shape import KEYS_OF_ROWS, LOOKED_UP, RETURNABLE, SHOWN, Indicator

Fault = Callable[..., None]
TYPES: Mapping[str, str] = {
    "on_date": "date", "month_end": "date", "numerator": "integer", "denominator": "integer", "amount": "integer",
    "excluded": "text", "category": "text", "team_id": "text", "area_id": "text",
}  # fmt: skip


def check_row_sets(indicator: Indicator, relations: Mapping[str, Columns], fault: Fault) -> None:
    """Everything that the columns of its row sets must agree with."""
    for name, query in indicator.row_sets.items():
        _check_columns(name, query, fault)
        _check_place(indicator, name, query, relations, fault)
        _check_counted(indicator, name, query, fault)
    _check_value(indicator, fault)
    if indicator.value == "mix" and indicator.by:
        fault("by: a mix is broken down by its category only", "by")
    for each in indicator.by:
        if each in LOOKED_UP and not all("child_id" in query.columns for query in indicator.row_sets.values()):
            fault(f"by: {each} is looked up by child_id, which the rows do not return", "by")
    for each in indicator.one_row_per:
        if not all(each in query.columns for query in indicator.row_sets.values()):
            fault(f"one_row_per: the rows do not return {each}", "one_row_per")
    if indicator.one_row_per and (indicator.count or indicator.denominator_count):
        fault("one_row_per: what is counted once each may have several rows; remove one of the two", "one_row_per")


def _check_columns(name: str, query: Query, fault: Fault) -> None:
    for column, kind in query.columns.items():
        if column.startswith("by_"):
            if kind not in ("text", "null", "unknown"):
                fault(f"{name}: {column} is {kind}, and the parts of a breakdown are words", name)
        elif column.startswith(SHOWN):
            continue
        elif column not in RETURNABLE:
            fault(f"{name}: no column may be called {column}; {did_you_mean(column, RETURNABLE)}", name)
        elif column in TYPES and kind not in (TYPES[column], "null", "unknown"):
            fault(f"{name}: {column} is {kind} and must be {TYPES[column]}", name)
    if ("on_date" in query.columns) == ("month_end" in query.columns):
        fault(f"{name}: return exactly one of on_date (a flow) and month_end (a snapshot)", name)


def _check_place(indicator: Indicator, name: str, query: Query, relations: Mapping[str, Columns], fault: Fault) -> None:
    if indicator.place == "recorded" and not {"team_id", "area_id"} & set(query.columns):
        fault(f"{name}: `place: recorded` needs team_id or area_id among the columns", name)
    if indicator.place == "holder":
        if "child_id" not in query.columns:
            fault(f"{name}: `place: holder` looks up the case holder by child_id, which is not returned", name)
        if "holder" not in relations:
            fault("place: there is no view `holder`", "place")


def _check_counted(indicator: Indicator, name: str, query: Query, fault: Fault) -> None:
    key = indicator.counted_once(name)
    if key and key not in query.columns:
        fault(f"{name}: `count: {key}` needs the column {key}", name)
    if key and indicator.value in ("mean", "median", "mix"):
        fault(f"count: a {indicator.value} counts rows", "count")


def _check_value(indicator: Indicator, fault: Fault) -> None:
    value, sets = indicator.value, indicator.row_sets
    returned = {name: set(query.columns) for name, query in sets.items()}
    first = "rows" if "rows" in sets else "numerator_rows"
    if value in ("mean", "median"):
        _wants(returned, first, "amount", f"a {value}", fault)
        if len(sets) > 1 or {"numerator", "denominator"} & returned[first]:
            fault(f"a {value} has `rows` with an amount, and neither numerator nor denominator", first)
        return
    if value == "mix":
        _wants(returned, first, "category", "a mix", fault)
        if "denominator_rows" in sets:
            _wants(returned, "denominator_rows", "denominator", "a mix over its own denominator", fault)
        return
    _wants(returned, first, "numerator", f"a {value}", fault)
    divided = "denominator_rows" in sets or "denominator" in returned[first]
    if "denominator_rows" in sets:
        _wants(returned, "denominator_rows", "denominator", f"a {value}", fault)
        if first == "rows":
            fault("`denominator_rows` beside `rows` is for a mix; name the other set `numerator_rows`", first)
    if value in ("percent", "ratio", "share_gap") and not divided:
        fault(f"a {value} needs a denominator", first)
    if value in ("count", "rate") and divided:
        fault(f"a {value} has no denominator; say `value: percent` or `value: ratio`", first)
    if indicator.rate and value not in ("count", "rate"):
        fault("rate: only a count becomes a rate", "rate")
    if value == "rate" and not indicator.rate:
        fault("value: for a rate say of what, `rate: per_10000_children`", "value")


def _wants(returned: Mapping[str, set[str]], name: str, column: str, what: str, fault: Fault) -> None:
    if column not in returned[name]:
        fault(f"{name}: {what} needs the column {column}", name)


def key_column(query: Query) -> str | None:
    """The column that says whom a row is about, if it returns one."""
    return next((key for key in KEYS_OF_ROWS if key in query.columns), None)
