"""Social workers in post, agency cover, high caseloads, the academy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from compendium.calendar.months import add_months
from tests.catalogue.naive.history import History, Line, Row
from tests.catalogue.naive.service import held_by_worker, posts_held, posts_of, vacant_hours
from tests.catalogue.naive.twins import at_month_end, in_period


@at_month_end("count")
def sw_fte_inpost(history: History, month: date) -> Iterator[Line]:
    for row in posts_of(history, month):
        filled = row["in_post_hundredths"]
        yield Line(
            month, filled or 0, team=row["team_id"], excluded=None if filled is not None else "people in post not given"
        )


def _cover(history: History, month: date, of: Callable[[Row], int | None], lacking: str) -> Iterator[Line]:
    for row in posts_of(history, month):
        cover, whole = row["cover_hundredths"], of(row)
        excluded = lacking if whole is None else None if cover is not None else "cover not given"
        yield Line(month, cover or 0, whole or 0, team=row["team_id"], excluded=excluded)


@at_month_end("share")
def sw_agency_cover(history: History, month: date) -> Iterator[Line]:
    return _cover(history, month, lambda row: row["agency_hundredths"], "agency workers not given")


@at_month_end("share")
def sw_agency_cover_vacancies(history: History, month: date) -> Iterator[Line]:
    return _cover(history, month, vacant_hours, "vacancies not given")


@at_month_end("share")
def sw_high_caseload(history: History, month: date) -> Iterator[Line]:
    for worker, cases in held_by_worker(history, month).items():
        rows, hours, team = posts_held(history, worker, month)
        if any(row["role"] in ("personal_adviser", "early_help_worker") for row in rows):
            continue
        ceiling = 12 if any(row["is_asye"] for row in rows) else 18
        yield Line(
            month, int(100 * cases > ceiling * hours), team=team, excluded=None if hours > 0 else "no hours recorded"
        )


@in_period("share")
def sw_academy(history: History, as_at: date) -> Iterator[Line]:
    """Of those who began two years before, who had taken a post with cases by then."""
    for row in history["academy_trainee"]:
        two_years = add_months(row["start_date"], 24)
        converted = row["converted_on"]
        yield Line(two_years, int(converted is not None and converted <= two_years), team=row["team_id"])


@in_period("share")
def sw_academy_retained(history: History, as_at: date) -> Iterator[Line]:
    for row in history["academy_trainee"]:
        two_years = add_months(row["start_date"], 24)
        left = row["left_on"]
        yield Line(two_years, int(left is None or left > two_years), team=row["team_id"])
