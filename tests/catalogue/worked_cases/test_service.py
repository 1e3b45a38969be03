"""E13 to E15: the workforce as the department counts it, figures known late, audits of a sample."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from compendium.words import rounded
from tests.catalogue.county import figures
from tests.catalogue.naive.history import Row

JANUARY = date(2017, 1, 31)


def to_one_decimal(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value, 1)


def test_e13_130_cases_held_by_8_and_a_half_posts_are_15_3_whatever_the_newcomer() -> None:
    hours = {f"W{number}": 100 for number in range(8)} | {"AGENCY": 50, "NEW": 100}
    workers = [
        {"worker_id": worker, "role": "case_holder", "fte_hundredths": fte, "is_agency": int(worker == "AGENCY"),
         "start_date": "2016-01-04"}
        for worker, fte in hours.items()
    ]  # fmt: skip
    holders = [worker for worker in hours if worker != "NEW"]
    cases = [
        {"person_id": f"C{number}", "worker_id": holders[number % 9], "role": "case_holder", "start_date": "2016-06-01"}
        for number in range(130)
    ]
    found = figures({"worker": workers, "involvement": cases}, "2017-01", "sw_caseload_avg")
    figure = found.one("sw_caseload_avg", JANUARY)
    assert (figure.numerator, figure.denominator) == (130, 850)
    assert to_one_decimal(figure.value) == Decimal("15.3")


def test_e13_agency_vacancy_and_turnover_are_counted_as_the_department_counts_them() -> None:
    posts = """
        month_end   role           in_post_hundredths  agency_hundredths  vacancy_hundredths  leavers_hundredths
        2016-02-29  social_worker  7200                2000               1300                300
        2017-01-31  social_worker  6000                2000               2500                600
    """
    names = ("sw_agency_rate", "sw_vacancy_rate", "sw_turnover")
    found = figures({"establishment": posts}, "2017-01", *names)
    agency, vacancy, turnover = (to_one_decimal(found.one(name, JANUARY).value) for name in names)
    assert (agency, vacancy, turnover) == (Decimal("25.0"), Decimal("29.4"), Decimal("15.0"))


def test_e15_18_of_22_audits_are_82_percent_and_a_targeted_sample_stays_apart() -> None:
    grades = ["requires_improvement"] * 18 + ["good"] * 4
    audits = [
        {"audit_id": str(number), "audit_date": "2017-01-16", "grade": grade,
         "sampling": "random" if number % 2 else "targeted"}
        for number, grade in enumerate(grades)
    ]  # fmt: skip
    found = figures({"audit": audits}, "2017-01", "audit_grade_mix", "audit_good_or_better")
    poor = found.one("audit_grade_mix", JANUARY, breakdown=("category", "requires_improvement"))
    assert (poor.numerator, poor.denominator) == (18, 22)
    assert rounded(poor.value or Decimal(0), 0) == Decimal(82)
    samples = found.by("audit_good_or_better", JANUARY, "sampling")
    assert [(each.breakdown, each.numerator, each.denominator) for each in samples] == [
        (("sampling", "random"), 2, 11),
        (("sampling", "targeted"), 2, 11),
    ]


def test_e13_cover_is_of_agency_workers_and_of_vacancies_and_hours_of_absence_of_253_days() -> None:
    posts: list[Row] = [
        {"month_end": "2016-09-30", "role": "social_worker", "in_post_hundredths": 6000, "agency_hundredths": 2000,
         "cover_hundredths": 1463, "vacancy_hundredths": 2500, "sickness_days_hundredths": 22770}
    ]  # fmt: skip
    names = ("sw_agency_cover", "sw_agency_cover_vacancies", "sw_fte_inpost")
    found = figures({"establishment": posts}, "2016-09", *names, "sw_sickness")
    september = date(2016, 9, 30)
    of_agency, of_vacancies, in_post = (to_one_decimal(found.one(name, september).value) for name in names)
    assert (of_agency, of_vacancies, in_post) == (Decimal("73.2"), Decimal("58.5"), Decimal("60.0"))
    # The twelve months hold 29 February 2016, so each post has 254 days: 227.7 of 15,240.
    absence = found.one("sw_sickness", september)
    assert (absence.numerator, absence.denominator) == (22770, 6000 * 254)


def test_e15_a_targeted_sample_is_never_quoted_for_the_service() -> None:
    grades = ["requires_improvement"] * 18 + ["good"] * 4
    audits = [
        {"audit_id": str(number), "audit_date": "2017-01-16", "grade": grade, "sampling": "targeted"}
        for number, grade in enumerate(grades)
    ]
    dimensions = [
        {"audit_id": str(number), "audit_date": "2017-01-16", "dimension": "planning", "grade": "inadequate"}
        for number in range(22)
    ]
    names = ("audit_good_or_better_random", "audit_practice_below_good")
    found = figures({"audit": audits, "audit_dimension": dimensions}, "2017-01", *names)
    for name in names:
        figure = found.one(name, JANUARY)
        assert (figure.denominator, figure.value, dict(figure.excluded)) == (0, None, {"not a random sample": 22})
