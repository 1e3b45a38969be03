"""What the data-quality rules say of the records behind an edition, from a judgement of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from compendium import words
from compendium.edition import trust_words as said
from compendium.edition.edition import IndicatorPage
from compendium.edition.point_table import PointTable
from compendium.edition.trust import FaultyRows, FlaggedRule, Trust, Unjudged
from compendium.indicators.figures import Team
from compendium.record.checks.judging import FLAGGED, PASSED, Judgement
from compendium.record.checks.report import NO_TEAM
from compendium.record.checks.rule import COULD_NOT_RUN

MOST_TEAMS = 10  # named in a table of a point; those with fewer rows are added up


def trust(judgement: Judgement, known: Mapping[str, Team], month: date) -> Trust:
    """known: the teams, by which those of rows are named. month: the edition's, by its last day."""
    teams: defaultdict[str | None, list[int]] = defaultdict(lambda: [0, 0])
    in_month: Counter[str] = Counter()
    for each in judgement.tallies():
        now = each.count if each.month == month else 0
        in_month[each.rule] += now
        teams[each.team][0] += each.count
        teams[each.team][1] += now
    named = [
        FaultyRows(NO_TEAM if team is None else known[team].name if team in known else team, *counts)
        for team, counts in teams.items()
    ]
    outcomes = judgement.outcomes.values()
    at_fault = [
        FlaggedRule(each.rule.title, each.rule.severity, each.count, in_month[each.rule.id], tuple(each.rule.endangers))
        for each in outcomes
        if each.result == FLAGGED
    ]
    reasons = Counter(each.why for each in outcomes if each.result == COULD_NOT_RUN)
    return Trust(
        month,
        sum(each.result == PASSED for each in outcomes),
        tuple(sorted(at_fault, key=lambda each: (-each.rows, each.title))),
        tuple(Unjudged(why, rules) for why, rules in reasons.most_common()),
        tuple(sorted(named, key=lambda each: (-each.rows, each.team))),
    )


def with_trust(pages: Sequence[IndicatorPage], judgement: Judgement, found: Trust) -> tuple[IndicatorPage, ...]:
    """Each page with its sentences on the rules that endanger it: each that is flagged, and how the others did."""
    flagged: defaultdict[str, list[str]] = defaultdict(list)
    for rule in found.at_fault:
        for name in rule.endangers:
            flagged[name].append(said.at_fault(rule.title, rule.rows, rule.in_month, found.month))
    results: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in judgement.outcomes.values():
        for name in each.rule.endangers:
            results[name][each.result] += 1

    def bearing_on(name: str) -> tuple[str, ...]:
        by = results[name]
        return (*flagged[name], *said.others(by[PASSED], by[COULD_NOT_RUN], by[FLAGGED] > 0))

    return tuple(replace(page, trust=bearing_on(page.id)) for page in pages)


def trust_tables(found: Trust) -> tuple[PointTable, ...]:
    """The rules that are flagged, and whose rows they are."""
    headings = (said.RULE, *said.rows_of(found.month))
    rules = tuple((each.title, words.number(each.rows), words.number(each.in_month)) for each in found.at_fault)
    teams = [(each.team, words.number(each.rows), words.number(each.in_month)) for each in found.teams[:MOST_TEAMS]]
    if rest := found.teams[MOST_TEAMS:]:
        rows, in_month = sum(each.rows for each in rest), sum(each.in_month for each in rest)
        teams.append((said.other_teams(len(rest)), words.number(rows), words.number(in_month)))
    made = (
        PointTable(said.FLAGGED_RULES, headings, rules, said.NOTES),
        PointTable(said.BY_TEAM, (said.TEAM, *headings[1:]), tuple(teams), ()),
    )
    return tuple(each for each in made if each.rows)
