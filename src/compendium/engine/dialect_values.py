"""Values and conditions of the dialect: the type of each, and what may stand where."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sqlglot import exp

from compendium.engine.dialect_reading import WORKING_DAY_SUFFIX, Columns, Level, Reading, Relation, did_you_mean
from compendium.engine.dialect_rules import AGGREGATES, ARITHMETIC, AS_AT, COMPARISONS, FUNCTION_REASONS, FUNCTIONS

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
UNKNOWN = "unknown"  # a fault has been noted already; say no more about it

Scope = Mapping[str, Relation]
Inner = Callable[[exp.Expression], Columns]


def check_condition(node: exp.Expression, reading: Reading, scope: Scope, inner: Inner | None = None) -> None:
    """A condition is comparisons joined by AND, OR, NOT. `inner` reads a subquery, where one may stand."""
    if isinstance(node, exp.And | exp.Or):
        if reading.admits(node):
            check_condition(node.this, reading, scope, inner)
            check_condition(node.expression, reading, scope, inner)
    elif isinstance(node, exp.Not | exp.Paren):
        if reading.admits(node):
            check_condition(node.this, reading, scope, inner)
    elif isinstance(node, COMPARISONS):
        if reading.admits(node):
            _same_type(node, [node.this, node.expression], reading, scope)
    elif isinstance(node, exp.Is):
        if reading.admits(node):
            type_of(node.this, reading, scope)
            if not isinstance(node.expression, exp.Null):
                reading.fault("IS stands only before NULL", node, "flags are stored as 0 and 1, so compare with = 1")
    elif isinstance(node, exp.Between):
        if reading.admits(node):
            _same_type(node, [node.this, node.args["low"], node.args["high"]], reading, scope)
    elif isinstance(node, exp.In):
        _check_in(node, reading, scope, inner)
    elif isinstance(node, exp.Exists):
        if inner is None:
            reading.fault("EXISTS stands only in WHERE", node, "elsewhere PostgreSQL takes minutes; use a LEFT JOIN")
        elif reading.admits(node):
            inner(node.this)
    elif isinstance(node, exp.Anonymous) and node.name.upper() == "OPEN_AT":
        _function(node, reading, scope)
    else:
        _not_a_condition(node, reading, scope)


def type_of(node: exp.Expression, reading: Reading, scope: Scope) -> str:
    """The type of a value, after checking it: one of TYPES, or 'null' or 'unknown'."""
    if isinstance(node, exp.Column):
        return _column(node, reading, scope)
    if isinstance(node, exp.Window) and reading.level is Level.VIEW:
        return _window(node, reading, scope)
    if isinstance(node, (*COMPARISONS, exp.And, exp.Or, exp.Not, exp.Is, exp.In, exp.Between)):
        reading.fault("a condition cannot be a value", node, "write CASE WHEN ... THEN 1 ELSE 0 END")
        return UNKNOWN
    if isinstance(node, exp.Exists):
        reading.fault("EXISTS stands only in WHERE", node, "use a LEFT JOIN and MAX(CASE ...)")
        return UNKNOWN
    if not reading.admits(node):
        return UNKNOWN
    if isinstance(node, exp.Literal):
        return _literal(node, reading)
    if isinstance(node, exp.Null):
        return "null"
    if isinstance(node, exp.Placeholder):
        return _parameter(node, reading)
    if isinstance(node, exp.Paren):
        return type_of(node.this, reading, scope)
    if isinstance(node, exp.Neg):
        return _integers(node, [node.this], reading, scope)
    if isinstance(node, ARITHMETIC):
        return _integers(node, [node.this, node.expression], reading, scope)
    if isinstance(node, exp.Case):
        return _case(node, reading, scope)
    if isinstance(node, AGGREGATES):
        return _aggregate(node, reading, scope)
    if isinstance(node, exp.Anonymous):
        return _function(node, reading, scope)
    reading.fault(f"{node.sql()} cannot stand here", node)
    return UNKNOWN


def _column(node: exp.Column, reading: Reading, scope: Scope) -> str:
    if not node.table:
        if node.name == AS_AT:
            reading.uses_as_at = True
            return "date"
        owners = [f"{alias}.{node.name}" for alias, relation in scope.items() if relation.type_of(node.name)]
        remedy = f"write {' or '.join(owners)}" if owners else "write its table's alias and a dot before it"
        reading.fault(f"the column {node.name} carries no alias", node, remedy)
        return UNKNOWN
    if not reading.admits(node):
        return UNKNOWN
    relation = scope.get(node.table)
    if relation is None:
        reading.fault(f"no table here has the alias {node.table}", node, did_you_mean(node.table, scope))
        return UNKNOWN
    if relation.name == "":
        return UNKNOWN
    found = relation.type_of(node.name)
    if found is None:
        of = relation.name or node.table
        reading.fault(f"{of} has no column {node.name}", node, did_you_mean(node.name, relation.columns))
        return UNKNOWN
    if relation.name and node.name in relation.columns:
        reading.columns.add((relation.name, node.name))
    elif relation.name:
        reading.siblings.add((relation.name, node.name.removesuffix(WORKING_DAY_SUFFIX)))
    return found


def _literal(node: exp.Literal, reading: Reading) -> str:
    if node.is_string:
        return "text"
    if not node.name.isdigit():
        reading.fault(f"{node.name} is not a whole number", node, "engines return whole numbers only; use `scale`")
    return "integer"


def _parameter(node: exp.Placeholder, reading: Reading) -> str:
    name = str(node.this)
    reading.parameters.add(name)
    if name not in reading.parameter_types:
        reading.fault(f"there is no rule or limit :{name}", node, _nearest(name, reading))
        return UNKNOWN
    return reading.parameter_types[name]


def _nearest(name: str, reading: Reading) -> str:
    known = reading.parameter_types
    own = "" if reading.level is Level.VIEW else "a limit of the file's own stands under `limits:`"
    return "; ".join(each for each in (did_you_mean(name, known) if known else "", own) if each)


def _integers(node: exp.Expression, parts: list[exp.Expression], reading: Reading, scope: Scope) -> str:
    kinds = [type_of(part, reading, scope) for part in parts]
    for found in kinds if UNKNOWN not in kinds else ():
        if found in ("date", "timestamp"):
            reading.fault(f"{node.sql()} calculates with a {found}", node,
                          "use DAYS_AFTER, MONTHS_AFTER, DAYS_BETWEEN or SECONDS_BETWEEN")  # fmt: skip
        elif found == "text":
            reading.fault(f"{node.sql()} calculates with text", node)
    return "integer"


def _case(node: exp.Case, reading: Reading, scope: Scope) -> str:
    kinds = set()
    for branch in node.args["ifs"]:
        if reading.admits(branch):
            check_condition(branch.this, reading, scope)
            kinds.add(type_of(branch.args["true"], reading, scope))
    if node.args.get("default") is not None:
        kinds.add(type_of(node.args["default"], reading, scope))
    if UNKNOWN in kinds:
        return UNKNOWN
    kinds.discard("null")
    if len(kinds) > 1:
        reading.fault(f"the branches of one CASE are {' and '.join(sorted(kinds))}", node)
        return UNKNOWN
    return kinds.pop() if kinds else "null"


def _aggregate(node: exp.Expression, reading: Reading, scope: Scope) -> str:
    inside = node.this
    if isinstance(node, exp.Count):
        if isinstance(inside, exp.Distinct):
            reading.admits(inside)
            if len(inside.expressions) != 1 or not isinstance(inside.expressions[0], exp.Column | exp.Case):
                reading.fault("COUNT(DISTINCT ...) takes one column", node)
            else:
                type_of(inside.expressions[0], reading, scope)
        elif not isinstance(inside, exp.Star):
            type_of(inside, reading, scope)
        return "integer"
    if isinstance(node, exp.Sum):
        return _integers(node, [inside], reading, scope)
    return type_of(inside, reading, scope)


def _window(node: exp.Window, reading: Reading, scope: Scope) -> str:
    reading.admits(node)
    over, order, spec = node.this, node.args.get("order"), node.args.get("spec")
    for each in node.args.get("partition_by") or ():
        type_of(each, reading, scope)
    if order is None:
        reading.fault("a window needs ORDER BY", node)
    else:
        reading.admits(order)
        for each in order.expressions:
            reading.admits(each)
            type_of(each.this, reading, scope)
    if not isinstance(over, exp.Lag | exp.Lead | exp.RowNumber | exp.Sum):
        reading.fault(f"{over.sql()} is not a window of the dialect", node, "LAG, LEAD, ROW_NUMBER and SUM ... ROWS")
        return UNKNOWN
    reading.admits(over)
    if spec is not None:
        reading.admits(spec)
    if isinstance(over, exp.Sum) != (spec is not None and spec.args.get("kind") == "ROWS"):
        reading.fault("SUM over a window takes ROWS, the other windows no frame", node)
    if isinstance(over, exp.RowNumber):
        return "integer"
    if isinstance(over, exp.Sum):
        return _integers(over, [over.this], reading, scope)
    if not isinstance(over.args.get("offset"), exp.Literal | None):
        reading.fault(f"{over.sql()} looks so many rows away; the number is written out", node)
    return type_of(over.this, reading, scope)


def _function(node: exp.Anonymous, reading: Reading, scope: Scope) -> str:
    name = str(node.this).upper()
    function = FUNCTIONS.get(name)
    if function is None:
        remedy = FUNCTION_REASONS.get(name) or did_you_mean(name, FUNCTIONS)
        reading.fault(f"there is no function {name}", node, remedy)
        return UNKNOWN
    node.set("this", name)
    if len(node.expressions) != len(function.arguments):
        reading.fault(f"{name} takes {len(function.arguments)} arguments", node, f"write {function.reads}")
        return function.returns
    for wanted, argument in zip(function.arguments, node.expressions, strict=True):
        _argument(name, wanted, argument, reading, scope)
    return function.returns


def _argument(name: str, wanted: str, argument: exp.Expression, reading: Reading, scope: Scope) -> None:
    found = type_of(argument, reading, scope)
    if found == UNKNOWN:
        return
    if wanted == "whole":
        plain = isinstance(argument, exp.Literal | exp.Placeholder)
        if found != "integer" or not (plain or reading.level is Level.VIEW):
            reading.fault(f"{name} takes a whole number or a :limit, not {argument.sql()}", argument)
        return
    if wanted == "moment":  # a day stands for its first second
        wanted = found if found in ("date", "timestamp") else "timestamp"
    if found not in (wanted, "null") and not _is_day(argument, wanted):
        reading.fault(f"{name} takes a {wanted} where {argument.sql()} is {found}", argument, FUNCTIONS[name].reads)
    if name == "WORKING_DAYS":
        _needs_sibling(argument, reading, scope)


def _needs_sibling(argument: exp.Expression, reading: Reading, scope: Scope) -> None:
    """WORKING_DAYS is a difference of two stored running counts, so both must be stored columns."""
    if not isinstance(argument, exp.Column):
        reading.fault(f"WORKING_DAYS takes plain columns or AS_AT, not {argument.sql()}", argument)
        return
    if not argument.table:
        return
    relation = scope[argument.table]
    sibling = argument.name + WORKING_DAY_SUFFIX
    if sibling in relation.columns:
        return
    if relation.name:
        reading.siblings.add((relation.name, argument.name))
    else:
        reading.fault(f"{argument.sql()} comes from a query, so its working days are not stored", argument,
                      f"return {sibling} from that query too")  # fmt: skip


def _same_type(node: exp.Expression, parts: list[exp.Expression], reading: Reading, scope: Scope) -> None:
    kinds = [type_of(part, reading, scope) for part in parts]
    if "null" in kinds:
        reading.fault(f"{node.sql()} compares with NULL, which is never true", node, "write IS NULL or IS NOT NULL")
    known = {kind for kind in kinds if kind not in (UNKNOWN, "null")}
    if known == {"date", "text"} or known == {"timestamp", "text"}:
        wanted = "date" if "date" in known else "timestamp"
        if all(kind != "text" or _is_day(part, wanted) for part, kind in zip(parts, kinds, strict=True)):
            return
    if len(known) > 1:
        reading.fault(f"{node.sql()} compares {' with '.join(sorted(known))}", node)


def _is_day(node: exp.Expression, wanted: str) -> bool:
    """A text that is an ISO day stands for that day; it is marked so that engines are told."""
    if wanted == "date" and isinstance(node, exp.Literal) and node.is_string and ISO_DAY.fullmatch(node.name):
        node.meta["day"] = True
        return True
    return False


def _check_in(node: exp.In, reading: Reading, scope: Scope, inner: Inner | None) -> None:
    if not reading.admits(node):
        return
    query = node.args.get("query")
    if query is None:
        _same_type(node, [node.this, *node.expressions], reading, scope)
        return
    type_of(node.this, reading, scope)
    if inner is None:
        reading.fault("IN (SELECT ...) stands only in WHERE", node, "use a LEFT JOIN")
    else:
        inner(query.this if isinstance(query, exp.Subquery) else query)


def _not_a_condition(node: exp.Expression, reading: Reading, scope: Scope) -> None:
    if isinstance(node, exp.Column) and node.name in ("true", "false") and not node.table:
        reading.fault("TRUE and FALSE are not in the dialect", node, "flags are stored as 0 and 1")
        return
    before = len(reading.faults)
    type_of(node, reading, scope)
    if len(reading.faults) == before:
        reading.fault(f"{node.sql()} is not a comparison", node, f"write {node.sql()} = 1")
