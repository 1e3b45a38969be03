"""Reading one indicator file: every fault it has, each with its line, or an Indicator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from compendium.calendar.months import parse_month
from compendium.engine.dialect import Query
from compendium.engine.dialect_reading import Columns, Level, did_you_mean
from compendium.engine.drawn import read_drawn
from compendium.engine.file_reader import FileReader
from compendium.engine.limits import in_force
from compendium.errors import CalendarError
from compendium.indicators.history import with_history
from compendium.indicators.periods import BASES, SNAPSHOT
from compendium.indicators.rowset import check_row_sets
from compendium.indicators.rules import Rule, Value, values_in_force
from compendium.indicators.shape import (
    KEYS_OF_ROWS,
    LOOKED_UP,
    PARTS,
    PLACES,
    POLARITIES,
    RESTATED,
    ROW_SETS,
    VALUES,
    WORDS,
    Comparator,
    Example,
    Indicator,
    Need,
    Span,
)
from compendium.record.tables import TABLES
from compendium.workspace import Workspace

NAMED = re.compile(r"(?<![\w:]):([a-z][a-z0-9_]*)")  # a rule or limit, as words name it
NO_COUNTERWEIGHT = (
    "counterweight is missing: which indicator shows it where this one looks better while children fare worse? Name it,"
    " or give the reason why there is none: counterweight: {none: the reason}"
)
TOGETHER = (["rows"], ["numerator_rows", "denominator_rows"], ["rows", "denominator_rows"])  # the sets of a file
ID = re.compile(r"[a-z][a-z0-9_]*")
KEYS = (*WORDS, "value", "polarity", *ROW_SETS, "periods", "place", "count", "denominator_count", "matures", "seasonal",
        "restates", "rate", "scale", "pounds", "by", "limits", "needs", "show", "one_row_per", "variant_of",
        "counterweight", "moved_by", "comparator", "definition_version", "history", "examples")  # fmt: skip
REQUIRED = ("title", "question", "value", "polarity", "place", "needs", "examples")
EXPECTED = ("numerator", "denominator", "value", "rate", "excluded", "amounts", "categories", "status", "areas",
            "teams", "by")  # fmt: skip
EXAMPLE_KEYS = ("says", "given", "rules", "month", "basis", "as_at", "expect")
SPANS = (
    "`month`, `month_end`, `13 months before`, `once in 3 months`, `latest in 12 months` or `told in 12 months`"
)  # fmt: skip
COMPARABLE = ("year_to_date", "rolling_12_months", SNAPSHOT)


def read_indicator(
    file: Path,
    text: str,
    relations: Mapping[str, Columns],
    rules: Mapping[str, Rule],
    workspace: Workspace | None = None,
) -> tuple[Indicator | None, list[tuple[int, str]]]:
    """The indicator in a file's text, and its faults as (line, what). With any fault there is no indicator.

    workspace: whose rules are written into its words, where these say `:rule_name`; None: the rules' defaults.
    """
    reader = FileReader.opened(file, text, relations)
    if reader.faults:
        return None, reader.faults
    _check_keys(reader)
    limits = reader.limits()
    for name in limits:
        if name in rules:
            reader.fault(f"limits: {name} is a rule that indicators share; write :{name} and no limit", "limits", name)
    parameters = {**{name: rule.default for name, rule in rules.items()}, **limits}
    row_sets = _row_sets(reader, parameters)
    indicator = Indicator(
        id=file.stem,
        theme=file.parent.name,
        file=file,
        words=_words(reader, rules, limits, workspace),
        value=reader.one_of("value", VALUES),
        polarity=reader.one_of("polarity", POLARITIES),
        place=reader.one_of("place", PLACES),
        row_sets=row_sets,
        periods=reader.names("periods", [basis for basis in BASES if basis != SNAPSHOT]),
        count=reader.one_of("count", KEYS_OF_ROWS) or None,
        denominator_count=reader.one_of("denominator_count", KEYS_OF_ROWS) or None,
        matures=_matures(reader, parameters),
        seasonal=_seasonal(reader),
        restates=reader.one_of("restates", RESTATED) or None,
        rate=reader.one_of("rate", ("per_10000_children",)) or None,
        scale=_scale(reader),
        pounds=_pounds(reader),
        by=reader.names("by"),
        limits=limits,
        needs=_needs(reader),
        show_with=tuple(str(each) for each in reader.mapping("show").get("with") or ()),
        at_least=reader.whole(reader.mapping("show").get("at_least", 0), "at_least", "show"),
        one_row_per=reader.names("one_row_per"),
        variant_of=_text(reader, "variant_of"),
        counterweight=_text(reader, "counterweight") if isinstance(reader.get("counterweight"), str) else None,
        no_counterweight=_no_counterweight(reader),
        comparator=_comparator(reader),
        definition_version=_version(reader),
        examples=_examples(reader),
        moved_by=reader.names("moved_by"),
    )  # fmt: skip
    if not ID.fullmatch(file.stem):
        reader.fault(f"the file's name is the indicator's id: {file.stem!r} needs small letters, digits and _")
    if row_sets:
        check_row_sets(indicator, relations, reader.fault)
        _check_bases(reader, indicator)
        indicator = with_history(indicator, reader, relations, parameters)
    return (None if reader.faults else indicator), reader.faults


def _check_keys(reader: FileReader) -> None:
    reader.check_keys(KEYS, REQUIRED)
    given = [name for name in ROW_SETS if reader.get(name) is not None]
    if given not in TOGETHER:
        reader.fault("give `rows`, or `numerator_rows` and `denominator_rows`")


def _text(reader: FileReader, key: str) -> str | None:
    value = reader.get(key)
    return None if value is None else str(value)


def _no_counterweight(reader: FileReader) -> str | None:
    """Why there is none: `counterweight: {none: every death is reviewed, whatever this says}`."""
    given = reader.get("counterweight")
    if given is None and reader.get("polarity") in ("higher_is_better", "lower_is_better"):
        reader.fault(NO_COUNTERWEIGHT, "polarity")
    if given is None or isinstance(given, str):
        return None
    reason = given.get("none") if isinstance(given, dict) else None
    if not isinstance(reason, str) or not reason.strip() or len(given) != 1:
        reader.fault("counterweight: the id of an indicator, or {none: the reason why there is none}", "counterweight")
        return None
    return " ".join(reason.split())


def _row_sets(reader: FileReader, parameters: Mapping[str, int | str]) -> Mapping[str, Query]:
    wanted = [name for name in ROW_SETS if reader.get(name) is not None]
    read = {name: reader.query(name, Level.INDICATOR, parameters) for name in wanted}
    made = {name: query for name, query in read.items() if query is not None}
    return made if len(made) == len(wanted) and wanted in TOGETHER else {}


def _words(
    reader: FileReader, rules: Mapping[str, Rule], limits: Mapping[str, Value], workspace: Workspace | None
) -> Mapping[str, str]:
    """Its words, in which `:cp_visit_days` reads '10 working days', or whatever the rule is."""
    values = values_in_force(rules, workspace)
    written = {name: rule.written(values[name]) for name, rule in rules.items()}
    written |= {name: str(value) for name, value in in_force(reader.file.stem, limits, workspace).items()}
    made = {}
    for key, said in reader.words(WORDS).items():
        for name in NAMED.findall(said):
            if name not in written:
                reader.fault(f"{key}: there is no rule or limit :{name}; {did_you_mean(name, written)}", key)
        made[key] = NAMED.sub(lambda found: written.get(found[1], found[0]), said)
    return made


def _version(reader: FileReader) -> int:
    return reader.whole(reader.lined.values.get("definition_version", 1), "definition_version", "definition_version")


def _seasonal(reader: FileReader) -> bool:
    given = reader.get("seasonal")
    if given not in (None, True, False):
        reader.fault(f"seasonal: true or false, not {given!r}", "seasonal")
    return given is True


def _matures(reader: FileReader, parameters: Mapping[str, Value]) -> Span | None:
    given = reader.mapping("matures")
    if not given:
        return None
    unit, count = next(iter(given.items()))
    if len(given) != 1 or unit not in ("months", "days", "working_days"):
        reader.fault("matures: one of {months: 6}, {days: 60}, {working_days: 20}", "matures")
    if isinstance(count, str):
        if not isinstance(parameters.get(count), int):
            near = did_you_mean(count, [name for name, value in parameters.items() if isinstance(value, int)])
            reader.fault(f"matures: {unit}: there is no number, rule or limit {count!r}; {near}", "matures", unit)
        return Span(str(unit), count)
    return Span(str(unit), reader.whole(count, f"matures: {unit}", "matures", unit))


def _scale(reader: FileReader) -> tuple[int, int]:
    given = reader.mapping("scale")
    for name in given:
        if name not in PARTS:
            reader.fault(f"scale: {did_you_mean(str(name), PARTS)}", "scale", name)
    made = [reader.whole(given.get(name, 1), f"scale: {name}", "scale", name) for name in PARTS]
    if min(made) < 1:
        reader.fault("scale: how many of the integers make one unit, so 1 or more", "scale")
    return made[0], made[1]


def _pounds(reader: FileReader) -> tuple[str, ...]:
    """The parts named; what counts money has it in its numerator."""
    named = reader.names("pounds", PARTS)
    return tuple(dict.fromkeys((*(["numerator"] if reader.get("value") == "money" else []), *named)))


def _needs(reader: FileReader) -> tuple[Need, ...]:
    made = []
    for name, span in reader.mapping("needs").items():
        first, *others = [_need(reader, str(name), each, str(span)) for each in str(name).split(" or ")]
        made.append(replace(first, instead=tuple(others)))
    return tuple(made)


def _need(reader: FileReader, key: str, name: str, span: str) -> Need:
    """One table, or column of one, and when it is needed."""
    table, _, column = name.partition(".")
    if table not in TABLES:
        reader.fault(f"needs: there is no table {table}; {did_you_mean(table, TABLES)}", "needs", key)
    elif column and column not in (known := TABLES[table].column_names):
        reader.fault(f"needs: {table} has no column {column}; {did_you_mean(column, known)}", "needs", key)
    before = re.fullmatch(r"(\d+) months? before", span)
    within = re.fullmatch(r"(once|latest|told) in (\d+) months?", span)
    if not before and not within and span not in ("month", "month_end"):
        reader.fault(f"needs: {name} is {SPANS}, not {span!r}", "needs", key)
    if within:
        return Need(table, within[1], int(within[2]), column or None)
    if span == "month_end":
        return Need(table, "month_end", 0, column or None)
    return Need(table, "period", int(before[1]) if before else 0, column or None)


def _comparator(reader: FileReader) -> Comparator | None:
    given = reader.mapping("comparator")
    if not given:
        return None
    for name in ("measure", "basis"):
        if name not in given:
            reader.fault(f"comparator: {name} is missing", "comparator")
    if given.get("basis") not in (None, *COMPARABLE):
        reader.fault(f"comparator: basis is one of {', '.join(COMPARABLE)}", "comparator", "basis")
    return Comparator(str(given.get("measure")), str(given.get("basis")))


def _check_bases(reader: FileReader, indicator: Indicator) -> None:
    if indicator.is_snapshot and indicator.periods:
        reader.fault("periods: a snapshot (rows with month_end) has none", "periods")
    if indicator.restates and not indicator.is_snapshot:
        reader.fault("restates: months that restate one another are not added up: return month_end", "restates")
    if indicator.comparator and indicator.comparator.basis not in indicator.bases:
        reader.fault(f"comparator: the indicator is not given {BASES.get(indicator.comparator.basis, '')}",
                     "comparator")  # fmt: skip
    for at, example in enumerate(indicator.examples):
        if example.basis and example.basis not in indicator.bases:
            reader.fault(f"basis: {example.basis} is not one of {', '.join(indicator.bases)}", "examples", at, "basis")
    for at, name in enumerate(indicator.by):
        own = any(f"by_{name}" in query.columns for query in indicator.row_sets.values())
        if name not in LOOKED_UP and not own:
            reader.fault(f"by: {name} is none of {', '.join(LOOKED_UP)}, and no column by_{name} is returned",
                         "by", at)  # fmt: skip


def _examples(reader: FileReader) -> tuple[Example, ...]:
    return tuple(_example(reader, at) for at in reader.example_list())


def _example(reader: FileReader, at: int) -> Example:
    for key in reader.mapping("examples", at):
        if key not in EXAMPLE_KEYS:
            reader.fault(f"an example has no `{key}`; {did_you_mean(str(key), EXAMPLE_KEYS)}", "examples", at, key)
    for key in ("says", "given", "month", "expect"):
        if reader.get("examples", at, key) is None:
            reader.fault(f"the example has no `{key}`", "examples", at)
    for key in reader.mapping("examples", at, "expect"):
        if key not in EXPECTED:
            reader.fault(f"expect: no `{key}`; {did_you_mean(str(key), EXPECTED)}", "examples", at, "expect", key)
    month = _month(reader, at)
    return Example(
        says=" ".join(str(reader.get("examples", at, "says")).split()),
        given={table: _drawn(reader, at, table) for table in reader.mapping("examples", at, "given")},
        rules=reader.mapping("examples", at, "rules"),
        month=month,
        basis=str(reader.get("examples", at, "basis") or ""),
        as_at=_day(reader, at) or month,
        expect=reader.mapping("examples", at, "expect"),
        line=reader.lined.line("examples", at),
    )


def _drawn(reader: FileReader, at: int, table: str) -> tuple[Mapping[str, str | None], ...]:
    path = ("examples", at, "given", table)
    if table not in TABLES:
        reader.fault(f"given: there is no table {table}; {did_you_mean(str(table), TABLES)}", *path)
        return ()
    rows, wrong = read_drawn(str(reader.get(*path)))
    if wrong:
        reader.fault(f"given: {table}: {wrong}", *path)
    for name in rows[0] if rows else ():
        known = TABLES[table].column_names
        if name not in known:
            reader.fault(f"given: {table} has no column {name}; {did_you_mean(name, known)}", *path)
    return rows


def _month(reader: FileReader, at: int) -> date:
    given = reader.get("examples", at, "month")
    if given is None:  # said already
        return date.min
    try:
        return parse_month(str(given))
    except CalendarError as fault:
        reader.fault(f"month: {fault.what}; write {fault.expected}", "examples", at, "month")
        return date.min


def _day(reader: FileReader, at: int) -> date | None:
    value = reader.get("examples", at, "as_at")
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        reader.fault(f"as_at: {value!r} is not a day; write 2017-02-03", "examples", at, "as_at")
        return None
