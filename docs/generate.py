"""Writes docs/reference from the code, so that what is documented is what is there.

python docs/generate.py            writes the pages
python docs/generate.py --check    names the pages that are not up to date, with exit status 1
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from compendium import errors
from compendium.cli import parser
from compendium.commands.crash import DEBUG
from compendium.commands.new import SETTINGS
from compendium.indicators.compute import rules_in_force
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.indicators.views import BUILT_IN
from compendium.record import codes
from compendium.record.checks.loading import SHIPPED as SHIPPED_RULES
from compendium.record.checks.loading import load_rules
from compendium.record.codes import code_set, code_sets
from compendium.record.passphrase import GIVEN, GIVEN_BY, NEW
from compendium.record.tables import TABLES, Table
from compendium.sources.published.editions import EDITIONS, MEASURES
from compendium.sources.published.interactive import RELEASE
from compendium.sources.published.interactive_measures import TAKEN
from compendium.words import listing
from compendium.workspace import FILE, KEY_VARIABLE

BUILT_IN_WORDS = {
    "month_end": "The months reported, one row each, with the first days of the windows that end with each.",
    "working_day": "The working days, each with its running number: 20 more is 20 working days later.",
}
REFERENCE = Path(__file__).resolve().parent / "reference"
NOTICE = "<!-- Written by docs/generate.py from the code: change the code, then `make docs`. -->"

VARIABLES = {
    KEY_VARIABLE: "the key file, from the current folder; it comes before `[store] key_file` and every other custody",
    GIVEN: "the passphrase, where the key is kept by one; asked on the terminal when it is not set",
    GIVEN_BY: "the number of a file descriptor whose first line is the passphrase; comes before the one above",
    NEW: "the passphrase to be, for `key custody --to passphrase` and `new --custody passphrase`",
    DEBUG: "set to 1, a fault of the program is shown with its traceback, which may quote a child's row",
}


def pages() -> dict[str, str]:
    """Each page of the reference by its file name."""
    found = {
        "tables.md": tables(),
        "codes.md": code_pages(),
        "indicators.md": indicators(),
        "checks.md": checks(),
        "measures.md": measures(),
        "commands.md": commands(),
        "model.md": model(),
        "rules.md": rules(),
        "settings.md": settings(),
        "errors.md": error_tree(),
    }
    return {name: f"{NOTICE}\n\n{text.rstrip()}\n" for name, text in found.items()}


def grid(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """A Markdown table."""
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    return lines + ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]


def tables() -> str:
    module = sys.modules[Table.__module__]
    lines = ["# Tables", "", inspect.cleandoc(module.__doc__ or ""), ""]
    lines += grid(
        ("Table", "A row is", "Columns"),
        [(f"[`{table.name}`](#{table.name})", table.says, str(len(table.columns))) for table in TABLES.values()],
    )
    for table in TABLES.values():
        dated = f"dated by `{table.event}`" if table.event else "not dated"
        lines += ["", f"## {table.name}", "", f"{table.says}.", ""]
        lines += [f"One row per {', '.join(f'`{name}`' for name in table.key)}; {dated}.", ""]
        lines += grid(
            ("Column", "Type", "Required", "What it says"),
            [
                (f"`{each.name}`", type_in_words(each.type), "yes" if each.required else "", each.says)
                for each in table.columns
            ],
        )
    return "\n".join(lines)


def type_in_words(kind: str) -> str:
    return f"[code: {kind[5:]}](codes.md#{kind[5:]})" if kind.startswith("code:") else kind


def code_pages() -> str:
    lines = ["# Code sets", "", inspect.cleandoc(codes.__doc__ or ""), ""]
    lines += [
        "The codes that columns of a `code:` type hold. A code outside its set is set aside and named in the ledger."
    ]
    for name in code_sets():
        rows = [
            (f"`{each.code}`", each.label, each.group or "", str(each.first_year or ""), str(each.last_year or ""))
            for each in code_set(name).values()
        ]
        lines += ["", f"## {name}", "", *grid(("Code", "Means", "Published group", "First year", "Last year"), rows)]
    return "\n".join(lines)


def indicators() -> str:
    catalogue = load_catalogue([SHIPPED])
    lines = [
        "# Indicators",
        "",
        f"The {len(catalogue)} indicators that come with Compendium. Each is one file; `compendium indicator show ID`",
        "prints the same text.",
    ]
    for indicator in sorted(catalogue.values(), key=lambda each: each.id):
        text = indicator.in_words(rules_in_force(indicator, catalogue))
        lines += ["", f"## {indicator.id}", "", "```text", text.rstrip(), "```"]
    return "\n".join(lines)


def checks() -> str:
    rules = load_rules([SHIPPED_RULES])
    lines = [
        "# Data-quality rules",
        "",
        f"The {len(rules)} rules that come with Compendium. Each is one file; `compendium quality show --rule ID`",
        "prints the same text. [Add a rule](../how-to/add-a-rule.md) says what the lines mean.",
        "",
        *grid(
            ("Rule", "What it finds", "Severity"),
            [(f"[`{each.id}`](#{each.id})", each.title, each.severity) for each in rules.values()],
        ),
    ]
    for rule in rules.values():
        lines += ["", f"## {rule.id}", "", "```text", rule.in_words().rstrip(), "```"]
    return "\n".join(lines)


def measures() -> str:
    tables: dict[str, list[str]] = {}
    for edition in EDITIONS:
        for measure in dict.fromkeys(figure.measure for figure in edition.figures):
            tables.setdefault(measure, []).append(edition.name)
    for measure in dict.fromkeys(taken.measure for taken in TAKEN.values()):
        tables.setdefault(measure, []).append(RELEASE)
    lines = [
        "# Published measures",
        "",
        "What is taken from [published statistics](../how-to/load-published-statistics.md) into `benchmark`, by the",
        "name that an indicator's `comparator:` gives. Those in parts have a row for each part, named in `breakdown`.",
        "",
    ]
    return "\n".join(
        lines
        + grid(
            ("Measure", "What it is", "Published in"),
            [(f"`{name}`", words, "; ".join(tables[name])) for name, words in MEASURES.items()],
        )
    )


def commands() -> str:
    lines = ["# Commands", "", parser().description or ""]
    for words, command in leaves(parser(), ("compendium",)):
        lines += ["", f"## {' '.join(words)}", "", command.description or "", ""]
        rows = [
            (argument(action), (action.help or "").replace("%%", "%"), "yes" if needed(action) else "")
            for action in command._actions
            if not isinstance(action, argparse._HelpAction)
        ]
        lines += grid(("Argument", "What it does", "Required"), rows) if rows else ["It takes no arguments."]
    lines += ["", "## Exit status", "", "0: done. 1: the answer is bad news. 2: the command could not be carried out."]
    return "\n".join(lines)


def leaves(
    command: argparse.ArgumentParser, words: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command that does something, with its words; what a group's list says of it is its description."""
    groups = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield words, command
    for group in groups:
        says = {choice.dest: choice.help for choice in group._choices_actions}
        for name, below in group.choices.items():
            below.description = below.description or sentence(says.get(name) or "")
            yield from leaves(below, (*words, name))


def sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def argument(action: argparse.Action) -> str:
    value = action.metavar or (f"{{{','.join(map(str, action.choices))}}}" if action.choices else action.dest.upper())
    if not action.option_strings:
        return f"`{value}`"
    return f"`{action.option_strings[-1]}`" if action.nargs == 0 else f"`{action.option_strings[-1]} {value}`"


def needed(action: argparse.Action) -> bool:
    return action.required


def model() -> str:
    """The views, with the words that stand at the head of each file."""
    catalogue = load_catalogue([SHIPPED])
    lines = [
        "# The model",
        "",
        "What the SQL of an indicator may read: these views, and every [table](tables.md) without a view of its name.",
        "Beside each date column stands one with `_wd` after its name, its running number of working days.",
    ]
    described = {name: (view.file.read_text(encoding="utf-8"), view.query.columns)
                 for name, view in catalogue.views.views.items()}  # fmt: skip
    described |= {name: (f"-- {says}", BUILT_IN[name]) for name, says in BUILT_IN_WORDS.items()}
    for name, (text, columns) in sorted(described.items()):
        head = [line.removeprefix("--").strip() for line in takewhile(lambda line: line.startswith("--"),
                                                                      text.splitlines())]  # fmt: skip
        says = " ".join(line for line in head).removeprefix(f"{name}: ")
        lines += ["", f"## {name}", "", f"{says[:1].upper()}{says[1:]}", ""]
        lines += grid(("Column", "Type"), [(f"`{column}`", kind) for column, kind in columns.items()])
    return "\n".join(lines)


def rules() -> str:
    catalogue = load_catalogue([SHIPPED])
    lines = [
        "# Local rules",
        "",
        "What a council may set for itself under `[rules]` in `compendium.toml`. Every figure that stands on a rule",
        "prints what is in force, and says so where that is not the default. A rule's name is written `:name` in the",
        "SQL of an indicator or a model view, and in an indicator's words.",
        "",
        *grid(
            ("Rule", "What it decides", "Default"),
            [(f"[`{each.name}`](#{each.name})", each.says, each.written(each.default))
             for each in catalogue.rules.values()],
        ),
    ]  # fmt: skip
    for rule in catalogue.rules.values():
        used = [each.id for each in catalogue.values() if rule in catalogue.rules_of(each)]
        default = f'"{rule.default}"' if isinstance(rule.default, str) else str(rule.default)
        lines += ["", f"## {rule.name}", "", f"{rule.title}. {rule.says}", ""]
        lines += [f"- It may be {rule.allowed}.", f"- When none is set: `{rule.name} = {default}`."]
        lines += [f"- Where the default comes from: {rule.source}"]
        users = listing([f"[`{each}`](indicators.md#{each})" for each in sorted(used)])
        lines += [f"- Used by {users}." if used else "- Free for indicators of your own: no shipped one stands on it."]
    return "\n".join(lines)


def settings() -> str:
    catalogue = load_catalogue([SHIPPED])
    limits = [
        (f"`[limits.{indicator.id}]`", f"`{name} = {value}`", indicator.title)
        for indicator in sorted(catalogue.values(), key=lambda each: each.id)
        for name, value in indicator.limits.items()
    ]
    limits += [
        (f"`[limits.{rule.id}]`", f"`{name} = {value}`", rule.title)
        for rule in load_rules([SHIPPED_RULES]).values()
        for name, value in rule.limits.items()
    ]
    lines = [
        "# Settings",
        "",
        f"A workspace is a folder with a `{FILE}`. `compendium new DIR` writes this one:",
        "",
        "```toml",
        SETTINGS.format(name='"Our council"', key='"../ourcouncil.key"').rstrip(),
        "```",
        "",
        "## Environment variables",
        "",
        *grid(("Variable", "What it says"), [(f"`{name}`", says) for name, says in VARIABLES.items()]),
        "",
        "## Limits",
        "",
        "What a single indicator or data-quality rule leaves to the council, with the value in force when none is set.",
        "What several share is a [local rule](rules.md).",
        "",
        *grid(("Setting", "Default", "Of"), limits),
    ]
    return "\n".join(lines)


def error_tree() -> str:
    lines = ["# Errors", "", "```text", inspect.cleandoc(errors.__doc__ or ""), "```", ""]
    kinds = [
        (name, kind)
        for name, kind in vars(errors).items()
        if inspect.isclass(kind) and issubclass(kind, errors.CompendiumError)
    ]
    return "\n".join(lines + grid(("Error", "When"), [(f"`{name}`", kind.__doc__ or "") for name, kind in kinds]))


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--check", action="store_true", help="write nothing; name what is not up to date")
    check = given.parse_args().check
    REFERENCE.mkdir(exist_ok=True)
    written = pages()
    here = {path.name: path.read_text(encoding="utf-8") for path in REFERENCE.glob("*.md")}
    stale = sorted(name for name in written.keys() | here.keys() if written.get(name) != here.get(name))
    for name in stale:
        if check:
            print(f"docs/reference/{name} is not up to date: run `make docs`")
        elif name in written:
            (REFERENCE / name).write_text(written[name], encoding="utf-8")
        else:
            (REFERENCE / name).unlink()
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
