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
from compendium.record.checks.rule import COULD_NOT_RUN

MOST_TEAMS = 10  # named in a table of a point; those with fewer rows are added up


def trust(judgement: Judgement, known: Mapping[str, Team], month: date) -> Trust:
    """known: the teams, by which those of rows are named. month: the edition's, by its last day."""
    teams: defaultdict[str | None, list[int]] = defaultdict(lambda: [0, 0])
    for each in judgement.tallies():
        teams[each.team][0] += each.count
        teams[each.team][1] += each.count if each.month == month else 0
    named = [
        FaultyRows(said.NO_TEAM if team is None else known[team].name if team in known else team, *counts)
        for team, counts in teams.items()
    ]
    results = Counter(each.result for each in judgement.outcomes.values())
    reasons = Counter(each.why for each in judgement.outcomes.values() if each.result == COULD_NOT_RUN)
    return Trust(
        month,
        results[PASSED],
        tuple(_flagged(judgement, month)),
        tuple(Unjudged(why, rules) for why, rules in reasons.most_common()),
        tuple(sorted(named, key=lambda each: (-each.rows, each.team))),
    )


def with_trust(pages: Sequence[IndicatorPage], judgement: Judgement, month: date) -> tuple[IndicatorPage, ...]:
    """Each page with its sentences on the rules that endanger it."""
    bearing = _bearing_on(judgement, month)
    return tuple(replace(page, trust=bearing.get(page.id, ())) for page in pages)


def _bearing_on(judgement: Judgement, month: date) -> Mapping[str, tuple[str, ...]]:
    """By an indicator's id: each rule that is flagged, and how the others did."""
    flagged: defaultdict[str, list[str]] = defaultdict(list)
    for rule in _flagged(judgement, month):
        for name in rule.endangers:
            flagged[name].append(said.at_fault(rule.title, rule.rows, rule.in_month, month))
    results: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in judgement.outcomes.values():
        for name in each.rule.endangers:
            results[name][each.result] += 1
    return {
        name: (*flagged[name], *said.others(found[PASSED], found[COULD_NOT_RUN], found[FLAGGED] > 0))
        for name, found in results.items()
    }


def _flagged(judgement: Judgement, month: date) -> list[FlaggedRule]:
    in_month: Counter[str] = Counter()
    for each in judgement.tallies():
        in_month[each.rule] += each.count if each.month == month else 0
    found = [
        FlaggedRule(each.rule.title, each.rule.severity, each.count, in_month[each.rule.id], tuple(each.rule.endangers))
        for each in judgement.outcomes.values()
        if each.result == FLAGGED
    ]
    return sorted(found, key=lambda each: (-each.rows, each.title))


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
