"""The sentences about how far records can be trusted."""

from __future__ import annotations

from datetime import date

from compendium import words

RULE, TEAM = "What was found", "Team"
FLAGGED_RULES = "Data-quality rules that are flagged"
BY_TEAM = "Rows that data-quality rules flag, by team"
NOTES = (
    "A flagged row is an error to mend, or a question to answer; it is counted until one or the other is done.",
    "The team is that of the record or, where it names none, of the worker who held the case that day.",
)


def at_fault(title: str, rows: int, in_month: int, month: date) -> str:
    """'Open case that no worker holds: 77 rows, 5 of January 2017.'"""
    told = f"{title}: {words.plural(rows, 'row')}"
    return f"{told}, {words.number(in_month)} of {words.month(month)}." if in_month else f"{told}."


def rows_of(month: date) -> tuple[str, str]:
    return "Rows in all", f"Of {words.month(month)}"


def other_teams(teams: int) -> str:
    return words.plural(teams, "other team")


def others(passed: int, could_not_run: int, has_flagged: bool) -> tuple[str, ...]:
    """The rules on a figure that are not flagged."""
    other = "other " if has_flagged else ""
    told = []
    if passed:
        told.append(f"{words.plural(passed, f'{other}data-quality rule')} on them passed.")
    if could_not_run:
        told.append(f"{words.plural(could_not_run, f'{other}rule')} could not run, for want of a source.")
    return tuple(told)


def summary(rules: int, passed: int, flagged: int, could_not_run: int) -> str:
    """'Of 158 data-quality rules, 100 passed, 8 are flagged and 50 could not run.'"""
    told = f"{words.number(passed)} passed, {words.number(flagged)} {'is' if flagged == 1 else 'are'} flagged"
    return f"Of {words.plural(rules, 'data-quality rule')}, {told} and {words.number(could_not_run)} could not run."
