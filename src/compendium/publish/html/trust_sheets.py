"""The tables about how far records can be trusted."""

from __future__ import annotations

from typing import Any

from compendium import words
from compendium.edition import trust_words
from compendium.edition.edition import Edition
from compendium.publish.html.sheets import Sheet, row


def of(edition: Edition) -> dict[str, Any]:
    """For the page of data and definitions; nothing where the rules were not asked."""
    found = edition.trust
    if found is None:
        return {}
    titles = {page.id: page.title for page in edition.pages}
    flagged = tuple(
        row(
            each.title,
            words.number(each.rows),
            words.number(each.in_month),
            each.severity,
            "; ".join(titles[name] for name in each.endangers if name in titles) or "none",
        )
        for each in found.at_fault
    )
    headings = (trust_words.RULE, *trust_words.rows_of(found.month), "Severity", "Figures that stand on these records")
    unjudged = tuple(row(each.why[:1].upper() + each.why[1:], words.number(each.rules)) for each in found.unjudged)
    return {
        "trusted": trust_words.summary(found.rules, found.passed, len(found.at_fault), found.could_not_run),
        "flagged": Sheet(trust_words.FLAGGED_RULES, headings, flagged, (1, 2)),
        "unjudged": Sheet("Rules that could not run", ("Why", "Rules"), unjudged, (1,)),
    }
