"""The data-quality report as pages: what is to be mended, and a page for each rule that is flagged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from compendium import words
from compendium.publish.html import quality_pictures as pictures
from compendium.publish.html import quality_sheets as sheets
from compendium.publish.html.environment import environment
from compendium.record.checks.judging import FLAGGED, PASSED
from compendium.record.checks.report import Line, Report
from compendium.record.checks.rule import COULD_NOT_RUN

INDEX = "index.html"
TITLE = "Data quality"


def quality_pages(report: Report, indicators: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """File names and their HTML, the first page first. indicators: the titles of those that rules endanger."""
    yield INDEX, _index(report)
    for line in report.of(FLAGGED):
        yield sheets.page_of(line), _rule(report, line, indicators)


def _page(template: str, report: Report, title: str, crumbs: list[tuple[str, str]], **more: Any) -> str:
    return (
        environment()
        .get_template(template)
        .render(
            edition=report,
            navigation=((INDEX, TITLE),),
            here="" if crumbs else INDEX,
            title=title,
            crumbs=crumbs,
            team=report.team_name(report.team) if report.team else "",
            **more,
        )
    )


def _index(report: Report) -> str:
    flagged, passed, unjudged = (report.of(result) for result in (FLAGGED, PASSED, COULD_NOT_RUN))
    rows = sum(line.count for line in flagged)
    errors = sum(line.rule.severity == "error" for line in flagged)
    return _page(
        "quality.html",
        report,
        TITLE,
        [],
        lede=f"{words.plural(len(report.lines), 'rule')} looked at: {len(flagged)} flagged, {len(passed)} passed, "
        f"{len(unjudged)} could not run.",
        counts=[
            words.counted(rows, "row", "to mend or to look at"),
            words.counted(errors, "rule", "flagged for what cannot be so"),
            words.counted(len(flagged) - errors, "rule", "flagged for what should be looked at"),
            words.counted(len(unjudged), "rule", "that could not run, which is not the same as passing"),
        ],
        flagged=sheets.rules_flagged(report),
        changed=None if report.team else pictures.changed(report),
        reasons=sheets.reasons(report),
        unjudged=sheets.rules_unjudged(report),
        unjudged_words=words.plural(len(unjudged), "rule that could not run", "rules that could not run"),
        passed=sheets.rules_passed(report),
        passed_words=words.plural(len(passed), "rule that passed", "rules that passed"),
        places=[("Whose records are they?", sheets.teams(report)), ("When were they?", sheets.months(report))],
    )


def _rule(report: Report, line: Line, indicators: Mapping[str, str]) -> str:
    rule = line.rule
    facts = [("Severity", rule.severity), ("To mend", f"the {rule.record}"), ("Source", rule.words["source"])]
    if "code" in rule.words:
        facts.insert(0, ("Code", rule.words["code"]))
    facts.append(("Looks at", words.listing(list(rule.formats)) if rule.formats else "the whole record"))
    facts += [(f"Limit {name}", str(value)) for name, value in rule.limits.items()]
    places = [("Whose records are they?", sheets.teams_of(report, line)), ("When were they?", sheets.months_of(line))]
    if report.rows is not None:
        places.append(("Which records?", sheets.records(report, line)))
    return _page(
        "quality-rule.html",
        report,
        rule.title,
        [(INDEX, TITLE)],
        line=line,
        count=words.number(line.count),
        told=sheets.told(line),
        facts=facts,
        endangered=[indicators[name] for name in rule.endangers],
        trend=pictures.trend(line) if line.trend else None,
        places=places,
    )
