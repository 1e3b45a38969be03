"""What the closed dialect allows and what it refuses, as data.

A list of node types alone is not enough: `GROUP BY ALL` is an argument, `date + 7` is a legal addition
and a bare flag is a legal predicate. So the arguments of every node are listed too; `dialect` adds the
types of columns and wants a comparison wherever a condition stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
ARITHMETIC = (exp.Add, exp.Sub, exp.Mul)
AGGREGATES = (exp.Count, exp.Sum, exp.Min, exp.Max)
AS_AT = "as_at"


def _args(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Node -> the arguments it may carry, at either level.
ARGUMENTS: Mapping[type[exp.Expression], frozenset[str]] = {
    exp.Select: _args("expressions from_ joins where group"),
    exp.Alias: _args("this alias"),
    exp.Column: _args("this table"),
    exp.Identifier: _args("this quoted"),
    exp.From: _args("this"),
    exp.Table: _args("this db alias"),
    exp.TableAlias: _args("this"),
    exp.Join: _args("this on side kind"),
    exp.Where: _args("this"),
    exp.Group: _args("expressions"),
    exp.Case: _args("ifs default"),
    exp.If: _args("this true"),
    exp.Paren: _args("this"),
    exp.Not: _args("this"),
    exp.Is: _args("this expression"),
    exp.In: _args("this expressions query"),
    exp.Between: _args("this low high"),
    exp.Exists: _args("this"),
    exp.Neg: _args("this"),
    exp.Null: _args(""),
    exp.Literal: _args("this is_string"),
    exp.Placeholder: _args("this"),
    exp.Anonymous: _args("this expressions"),
    exp.Distinct: _args("expressions"),
    exp.Star: _args(""),
    exp.Count: _args("this big_int"),
    exp.Sum: _args("this"),
    exp.Min: _args("this"),
    exp.Max: _args("this"),
    **{node: _args("this expression") for node in (exp.And, exp.Or, *COMPARISONS, *ARITHMETIC)},
}

# What a model view may use besides.
VIEW_ARGUMENTS: Mapping[type[exp.Expression], frozenset[str]] = {
    **ARGUMENTS,
    exp.Select: _args("expressions from_ joins where group with_ distinct"),
    exp.Union: _args("this expression distinct with_"),
    exp.Subquery: _args("this alias"),
    exp.With: _args("expressions"),
    exp.CTE: _args("this alias"),
    exp.Window: _args("this partition_by order spec over"),
    exp.WindowSpec: _args("kind start start_side end end_side"),
    exp.Order: _args("expressions"),
    exp.Ordered: _args("this desc nulls_first"),
    exp.Lag: _args("this offset"),
    exp.Lead: _args("this offset"),
    exp.RowNumber: _args(""),
}

_OWN_DATES = "engines write dates differently; use MONTHS_AFTER, DAYS_AFTER, DAYS_BETWEEN or the columns of month_end"
_TODAY = "a figure is the same on whatever day it is made; use AS_AT, or month_end of the view month_end"
_FIGURES = "figures are made from whole numbers afterwards, so that every engine gives the same; return the parts"
_CASE = "versions and rules for NULL differ between engines; CASE says it already"
_NOT_EVERYWHERE = "not every engine has it"
_PATTERN = "engines compare patterns differently; name the values: source IN ('Schools', 'Police')"
_BOOLEAN = "SQL Server has no boolean; flags are stored as 0 and 1, so compare with = 1"

# Node -> why it is refused.
REASONS: Mapping[str, str] = {
    "Interval": _OWN_DATES, "Cast": "a cast means something else on each engine; columns have their type already",
    "TryCast": "a cast means something else on each engine; columns have their type already",
    "DateTrunc": _OWN_DATES, "TimestampTrunc": _OWN_DATES, "LastDay": _OWN_DATES, "DateDiff": _OWN_DATES,
    "TimestampDiff": _OWN_DATES, "DateAdd": _OWN_DATES, "DateSub": _OWN_DATES, "Extract": _OWN_DATES,
    "Year": _OWN_DATES, "Month": _OWN_DATES, "Day": _OWN_DATES, "AddMonths": _OWN_DATES,
    "CurrentDate": _TODAY,
    "CurrentTimestamp": _TODAY,
    "Boolean": _BOOLEAN, "Div": _FIGURES, "IntDiv": _FIGURES, "Mod": _FIGURES, "Round": _FIGURES, "Avg": _FIGURES,
    "Median": _FIGURES, "PercentileCont": _FIGURES, "ArgMax": _FIGURES, "ArgMin": _FIGURES, "StringAgg": _FIGURES,
    "GroupConcat": _FIGURES, "Coalesce": _CASE, "Least": _CASE, "Greatest": _CASE, "Nullif": _CASE,
    "NullSafeEQ": _CASE, "NullSafeNEQ": _CASE, "Filter": "put the condition in CASE inside the aggregate",
    "DPipe": _NOT_EVERYWHERE, "Concat": _NOT_EVERYWHERE, "ILike": _PATTERN, "Like": _PATTERN,
    "Lateral": "SQL Server refuses it; use a model view with LAG or LEAD", "Unnest": _NOT_EVERYWHERE,
    "IgnoreNulls": "PostgreSQL refuses it", "Tuple": _NOT_EVERYWHERE, "Qualify": _NOT_EVERYWHERE,
    "Subquery": "a correlated subquery ran over 120 seconds on PostgreSQL; use a LEFT JOIN or a model view",
    "Window": "windows belong in a model view (LAG, LEAD, ROW_NUMBER, SUM ... ROWS)",
    "Lag": "windows belong in a model view", "Lead": "windows belong in a model view",
    "Star": "name the columns; a new column in a table must not change an indicator",
    "Union": "one SELECT; a UNION belongs in a model view",
    "CTE": "one SELECT; WITH belongs in a model view",
}  # fmt: skip

# (node, argument) -> why it is refused.
ARGUMENT_REASONS: Mapping[tuple[str, str], str] = {
    ("Group", "all"): "GROUP BY ALL is not everywhere; name the columns",
    ("Group", "totals"): "name the columns",
    ("Case", "this"): "use the searched form: CASE WHEN a = 1 THEN ...",
    ("Join", "using"): "USING is not everywhere; write ON a.x = b.x",
    ("Join", "method"): f"NATURAL, POSITIONAL and ASOF joins: {_NOT_EVERYWHERE}; write ON, or OPEN_AT over intervals",
    ("Select", "with_"): "WITH belongs in a model view",
    ("Select", "distinct"): "use GROUP BY, or say `count:` in the file",
    ("Select", "order"): "rows have no order here",
    ("Select", "limit"): "every row counts",
    ("Select", "having"): "put the aggregate into a model view and its condition into WHERE",
    ("Select", "qualify"): _NOT_EVERYWHERE,
    ("Select", "windows"): "named windows are not everywhere",
    ("TableAlias", "columns"): "name columns where they are made",
    ("Distinct", "on"): "use ROW_NUMBER and keep the first",
    ("Lag", "default"): "its rules differ; use CASE",
    ("Lead", "default"): "its rules differ; use CASE",
    ("Max", "expressions"): "one column",
    ("Min", "expressions"): "one column",
}


@dataclass(frozen=True)
class Function:
    """A function of the dialect: the types of its arguments and of what it returns."""

    arguments: tuple[str, ...]
    returns: str  # a type, or 'condition'
    reads: str


FUNCTIONS: Mapping[str, Function] = {
    "OPEN_AT": Function(("date", "date", "date"), "condition", "OPEN_AT(start, end, day)"),
    "WORKING_DAYS": Function(("date", "date"), "integer", "WORKING_DAYS(earlier, later)"),
    "MONTHS_AFTER": Function(("date", "whole"), "date", "MONTHS_AFTER(date, whole number)"),
    "DAYS_AFTER": Function(("date", "whole"), "date", "DAYS_AFTER(date, whole number)"),
    "DAYS_BETWEEN": Function(("date", "date"), "integer", "DAYS_BETWEEN(earlier, later)"),
    "SECONDS_BETWEEN": Function(("moment", "moment"), "integer", "SECONDS_BETWEEN(earlier, later)"),
    "DAY_OF": Function(("timestamp",), "date", "DAY_OF(timestamp)"),
    "AGE_AT": Function(("date", "date"), "integer", "AGE_AT(date of birth, day)"),
    "WEEKDAY": Function(("date",), "integer", "WEEKDAY(day): 1 is Monday, 7 is Sunday"),
}

FUNCTION_REASONS: Mapping[str, str] = {
    **dict.fromkeys(("GETDATE", "GETUTCDATE", "SYSDATE", "SYSDATETIME", "TODAY"), _TODAY),
    **dict.fromkeys(("DATEADD", "DATEPART", "DATENAME", "EOMONTH"), _OWN_DATES),
    **dict.fromkeys(("ISNULL", "IFNULL", "IIF"), _CASE),
    "MONTHS_BEFORE": "both ways round clamp to the month's end and differ; "
    "write later <= MONTHS_AFTER(earlier, n), or take a window start from month_end",
}
