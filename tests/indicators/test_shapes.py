"""One drawn example of each shape an indicator can have: a file and a few rows in, the figures out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.indicators.drawn import JANUARY, catalogue_of, figures_of, said

FEBRUARY = date(2017, 2, 28)

REFERRALS = """
value: count
place: recorded
by: [source, age_band, sex, ethnicity, disability]
rate: per_10000_children
needs: {referral: month}
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator, r.source_code AS by_source
  FROM referral AS r
"""


def test_a_flow_counts_events_by_their_day(tmp_path: Path) -> None:
    figures = figures_of(catalogue_of(tmp_path, referrals=REFERRALS), {
        "referral": """
            person_id  referral_date  team_id  source_code
            A          2016-03-31     NE1      6
            A          2016-04-01     NE1      6
            B          2016-12-31     SW1      6
            C          2017-01-01     SW1      2A
            D          2017-01-31     -        -
            E          2017-02-01     NE1      6
        """,
        "person": """
            person_id  sex  ethnicity  dob         expected_dob  is_disabled
            C          F    WBRI       2016-01-02  -             1
            D          M    -          -           2017-03-01    0
        """,
        "population": """
            mid_year  geography_code  age_from  age_to  persons
            2015      999             0         17      20000
            2016      999             0         17      25000
            2016      SW              0         9       1000
            2016      SW              10        17      1000
        """,
    })  # fmt: skip
    month = figures.one("referrals", JANUARY)
    assert (*said(month), month.status) == (2, None, 2, "ok")
    assert month.rate == Decimal("0.8")  # 2 of 25,000 children, in tens of thousands
    assert figures.one("referrals", JANUARY, area="SW").rate == 5
    assert figures.one("referrals", JANUARY, area="NE").rate is None  # its children were never counted
    assert figures.one("referrals", JANUARY, "year_to_date").numerator == 4
    assert figures.one("referrals", JANUARY, "rolling_12_months").numerator == 5
    assert {figure.area: figure.numerator for figure in figures.by("referrals", JANUARY, "area")} == {
        "NE": 0, "SW": 1, "countywide": 1,
    }  # fmt: skip
    parts = {
        dimension: {figure.breakdown[1]: figure.numerator for figure in figures.by("referrals", JANUARY, dimension)
                    if figure.breakdown and figure.numerator}
        for dimension in ("source", "age_band", "sex", "ethnicity", "disability")
    }  # fmt: skip
    assert parts == {
        "source": {"10": 1, "2A": 1},
        "age_band": {"Under 1": 1, "Unborn": 1},
        "sex": {"Female": 1, "Male": 1},
        "ethnicity": {"White": 1, "Not recorded": 1},
        "disability": {"Disability recorded": 1, "No disability recorded": 1},
    }


def test_a_snapshot_is_of_the_last_night_of_the_month(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, plans_open="""
value: count
place: holder
needs: {cp_plan: month_end}
rows: |
  SELECT p.person_id AS child_id, m.month_end, 1 AS numerator
  FROM month_end AS m JOIN cp_plan AS p ON OPEN_AT(p.start_date, p.end_date, m.month_end)
""")  # fmt: skip
    figures = figures_of(catalogue, {
        "cp_plan": """
            person_id  start_date  end_date
            A          2016-11-01  -
            B          2017-01-31  -
            C          2016-11-01  2017-01-31
            D          2017-02-01  -
        """,
        "involvement": """
            person_id  worker_id  team_id  start_date  end_date
            A          w1         NE1      2016-11-01  2017-01-31
            A          w2         SW1      2017-01-31  -
        """,
    }, months=[date(2016, 12, 31), JANUARY], as_at=FEBRUARY)  # fmt: skip
    assert [figure.numerator for figure in figures.series("plans_open")] == [2, 2]
    assert [figure.numerator for figure in figures.series("plans_open", area="NE")] == [1, 0]
    assert [figure.numerator for figure in figures.series("plans_open", team="SW1")] == [0, 1]
    assert [figure.numerator for figure in figures.series("plans_open", area="countywide")] == [1, 1]
    assert figures.catalogue["plans_open"].bases == ("snapshot",)


def test_a_clock_counts_working_days_and_what_is_pending_is_aside_until_late(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, decided="""
value: percent
place: recorded
limits: {days: 1}
needs: {contact: month}
rows: |
  SELECT c.person_id AS child_id, c.team_id, c.contact_date AS on_date,
         CASE WHEN WORKING_DAYS(c.contact_date, c.decision_date) <= :days THEN 1 ELSE 0 END AS numerator,
         1 AS denominator,
         CASE WHEN c.decision_date IS NULL AND WORKING_DAYS(c.contact_date, AS_AT) <= :days
              THEN 'pending' END AS excluded
  FROM contact AS c
""")  # fmt: skip
    contacts = {"contact": """
        person_id  contact_date  decision_date
        A          2017-01-27    2017-01-30
        B          2017-01-27    2017-01-31
        C          2017-01-30    -
        D          2017-01-27    -
    """}  # fmt: skip
    at_the_end = figures_of(catalogue, contacts).one("decided", JANUARY)
    assert (at_the_end.numerator, at_the_end.denominator, dict(at_the_end.excluded)) == (1, 3, {"pending": 1})
    a_day_later = figures_of(catalogue, contacts, as_at=date(2017, 2, 1)).one("decided", JANUARY)
    assert (a_day_later.numerator, a_day_later.denominator, dict(a_day_later.excluded)) == (1, 4, {})
    assert a_day_later.value == 25
    own_rule = figures_of(catalogue, contacts, limits={"decided": {"days": 2}}).one("decided", JANUARY)
    assert (own_rule.numerator, own_rule.denominator, dict(own_rule.excluded)) == (2, 2, {"pending": 2})


def test_a_cohort_is_provisional_until_its_time_is_up(tmp_path: Path) -> None:
    cohort = """
value: percent
place: recorded
{matures}
needs: {{s47: month, icpc: month}}
rows: |
  SELECT e.person_id AS child_id, e.team_id, e.start_date AS on_date,
         MAX(CASE WHEN c.icpc_date <= DAYS_AFTER(e.start_date, 60) THEN 1 ELSE 0 END) AS numerator, 1 AS denominator
  FROM s47 AS e LEFT JOIN icpc AS c ON c.person_id = e.person_id AND c.icpc_date >= e.start_date
  GROUP BY e.person_id, e.team_id, e.start_date
"""
    catalogue = catalogue_of(
        tmp_path,
        in_days=cohort.format(matures="matures: {days: 60}"),
        in_months=cohort.format(matures="matures: {months: 2}"),
        in_working_days=cohort.format(matures="matures: {working_days: 20}"),
    )
    tables = {
        "s47": "person_id  start_date\nA  2017-01-10\nB  2017-01-10",
        "icpc": "person_id  icpc_date\nA  2017-01-20\nA  2017-01-30",
    }
    for indicator, day_before in (
        ("in_days", date(2017, 3, 31)),
        ("in_months", date(2017, 3, 30)),
        ("in_working_days", date(2017, 2, 27)),
    ):
        before = figures_of(catalogue, tables, as_at=day_before).one(indicator, JANUARY)
        ready = date.fromordinal(day_before.toordinal() + 1)
        after = figures_of(catalogue, tables, as_at=ready).one(indicator, JANUARY)
        assert (before.status, before.numerator, before.denominator) == ("provisional", 1, 2)
        assert (after.status, *said(after)) == ("ok", 1, 2, 50)


def test_a_median_is_of_all_amounts_of_its_period(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, days_taken="""
value: median
place: recorded
show: {with: [p25, p75], at_least: 3}
needs: {assessment: month}
rows: |
  SELECT a.person_id AS child_id, a.team_id, a.auth_date AS on_date, WORKING_DAYS(a.start_date, a.auth_date) AS amount
  FROM assessment AS a WHERE a.auth_date IS NOT NULL
""")  # fmt: skip
    figures = figures_of(catalogue, {"assessment": """
        person_id  start_date  auth_date   team_id
        A          2017-01-03  2017-01-03  NE1
        B          2017-01-06  2017-01-09  NE1
        C          2016-12-01  2017-01-31  SW1
        D          2016-12-01  -           SW1
        E          2016-12-01  2016-12-08  SW1
    """})  # fmt: skip
    month = figures.one("days_taken", JANUARY)
    assert said(month) == (None, 3, 1)
    assert month.spread == {"p25": Decimal("0.5"), "p75": Decimal("20.5")}
    assert figures.amounts("days_taken", JANUARY) == {0: 1, 1: 1, 40: 1}
    assert figures.one("days_taken", JANUARY, "year_to_date").value == 3  # between 1 and 5
    few = figures.one("days_taken", JANUARY, area="NE")
    assert (few.status, *said(few)) == ("too_few", None, 2, None)


def test_a_mean_leaves_out_what_was_not_recorded_and_says_so(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, days_to_adoption="""
value: mean
place: recorded
periods: [rolling_36_months]
scale: {numerator: 10}
needs: {adoption: month}
rows: |
  SELECT a.person_id AS child_id, 'NE1' AS team_id, a.order_date AS on_date,
         DAYS_BETWEEN(a.entered_care, a.placed_date) AS amount
  FROM adoption AS a
""")  # fmt: skip
    figures = figures_of(catalogue, {"adoption": """
        person_id  entered_care  placed_date  order_date
        A          2014-01-01    2014-01-11   2014-02-01
        B          2014-01-01    2014-01-04   2017-01-31
        C          2014-01-01    -            2017-01-31
        D          2014-01-01    2014-01-11   2014-01-31
    """})  # fmt: skip
    figure = figures.one("days_to_adoption", JANUARY)
    assert (figure.basis, figure.numerator, figure.denominator) == ("rolling_36_months", 13, 2)
    assert figure.value == Decimal("0.65")
    assert dict(figure.excluded) == {"no amount recorded": 1}


MISSING = """
value: count
count: child_id
place: recorded
needs: {missing_episode: month}
rows: |
  SELECT e.person_id AS child_id, e.team_id, e.started_on AS on_date, 1 AS numerator
  FROM missing_episode AS e
"""


def test_distinct_children_are_counted_once_in_each_period_and_place(tmp_path: Path) -> None:
    figures = figures_of(catalogue_of(tmp_path, children_missing=MISSING), {"missing_episode": """
        person_id  started_on  team_id
        A          2016-12-10  NE1
        A          2017-01-10  NE1
        A          2017-01-20  SW1
        B          2017-01-20  SW1
    """}, months=[date(2016, 12, 31), JANUARY])  # fmt: skip
    assert [figure.numerator for figure in figures.series("children_missing")] == [1, 2]
    assert [figure.numerator for figure in figures.series("children_missing", "year_to_date")] == [1, 2]
    assert [figures.one("children_missing", JANUARY, area=area).numerator for area in ("NE", "SW")] == [1, 2]
    assert figures.one("children_missing", JANUARY, "rolling_12_months", team="NE1").numerator == 1


def test_rows_may_be_of_workers_audits_or_money(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, cases_per_worker="""
value: ratio
place: recorded
scale: {denominator: 100}
one_row_per: [worker_id, month_end]
needs: {worker: month, involvement: month}
rows: |
  SELECT c.worker_id, c.month_end, c.team_id, c.cases AS numerator, c.fte_hundredths AS denominator
  FROM caseload AS c WHERE c.cases > 0 AND c.fte_hundredths > 0
""", grades="""
value: mix
place: recorded
needs: {audit: month}
rows: |
  SELECT a.audit_id, a.team_id, a.audit_date AS on_date, a.grade AS category,
         CASE WHEN a.grade IS NULL AND a.theme IS NULL THEN 'no grade recorded' END AS excluded
  FROM audit AS a
""", spent="""
value: money
place: recorded
scale: {numerator: 100}
needs: {service_spend: month}
rows: |
  SELECT s.area_id, s.month_end AS on_date, s.amount_pence AS numerator
  FROM spend AS s WHERE s.kind = 'actual'
""")  # fmt: skip
    figures = figures_of(catalogue, {
        "worker": """
            worker_id  role         team_id  fte_hundredths  start_date
            w1         case_holder  NE1      100             2016-01-01
            w2         case_holder  NE1      50              2016-01-01
            w3         case_holder  SW1      100             2016-01-01
        """,
        "involvement": """
            person_id  worker_id  team_id  role         start_date  end_date
            A          w1         NE1      case_holder  2016-06-01  -
            B          w1         NE1      case_holder  2016-06-01  -
            C          w2         NE1      case_holder  2016-06-01  -
        """,
        "audit": """
            audit_id  audit_date  team_id  grade       theme
            1         2017-01-10  NE1      good        planning
            2         2017-01-11  SW1      inadequate  planning
            3         2017-01-12  SW1      good        planning
            4         2017-01-13  SW1      -           -
            5         2017-01-13  SW1      -           planning
        """,
        "service_spend": """
            month_end   area_id  service     kind    amount_pence
            2016-12-31  NE       early_help  actual  100000
            2017-01-31  NE       early_help  actual  50050
            2017-01-31  XX       early_help  actual  1
            2017-01-31  NE       early_help  budget  999
        """,
    })  # fmt: skip
    workers = figures.one("cases_per_worker", JANUARY)
    assert said(workers) == (3, 150, 2)
    grades = {figure.breakdown[1]: said(figure)
              for figure in figures.by("grades", JANUARY, "category") if figure.breakdown}  # fmt: skip
    assert grades == {"good": (2, 4, 50), "inadequate": (1, 4, 25), "Not recorded": (1, 4, 25)}
    assert figures.one("grades", JANUARY, area="SW", breakdown=("category", "good")).value == Decimal(100) / 3
    whole = figures.one("grades", JANUARY)
    assert (whole.numerator, whole.denominator, dict(whole.excluded)) == (None, 4, {"no grade recorded": 1})
    assert figures.one("spent", JANUARY).value == Decimal("500.51")
    assert figures.one("spent", JANUARY, "year_to_date", area="NE").value == Decimal("1500.50")
    assert figures.one("spent", JANUARY, area="countywide").numerator == 1  # an area no setting knows


def test_two_row_sets_may_differ_in_table_in_kind_and_in_what_they_count(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, cost_per_family="""
value: money
place: recorded
periods: [year_to_date]
scale: {numerator: 100}
needs: {service_spend: month, early_help_episode: month}
numerator_rows: |
  SELECT s.area_id, s.month_end AS on_date, s.amount_pence AS numerator
  FROM spend AS s WHERE s.service = 'early_help'
denominator_count: family_id
denominator_rows: |
  SELECT e.family_id, e.team_id, e.end_date AS on_date, 1 AS denominator
  FROM early_help_episode AS e WHERE e.end_reason = 'needs_met'
""", turnover="""
value: percent
place: recorded
periods: [rolling_12_months]
needs: {establishment: month}
numerator_rows: |
  SELECT w.team_id, w.month_end AS on_date, w.leavers_hundredths AS numerator FROM workforce AS w
denominator_rows: |
  SELECT w.team_id, m.month_end, w.in_post_hundredths AS denominator
  FROM month_end AS m JOIN workforce AS w ON w.month_end = m.month_end
""", share="""
value: share_gap
place: recorded
needs: {service_spend: month}
numerator_rows: |
  SELECT s.area_id, m.month_end, s.amount_pence AS numerator
  FROM month_end AS m JOIN spend AS s ON s.month_end = m.month_end AND s.kind = 'actual'
denominator_rows: |
  SELECT s.area_id, m.month_end, s.amount_pence AS denominator
  FROM month_end AS m JOIN spend AS s ON s.month_end = m.month_end AND s.kind = 'budget'
""")  # fmt: skip
    figures = figures_of(catalogue, {
        "service_spend": """
            month_end   area_id  service     kind    amount_pence
            2016-04-30  NE       early_help  actual  100000
            2017-01-31  NE       early_help  actual  30000
            2017-01-31  SW       early_help  actual  10000
            2017-01-31  NE       other       budget  100
            2017-01-31  SW       other       budget  100
        """,
        "early_help_episode": """
            person_id  family_id  team_id  start_date  end_date    end_reason
            A          F          NE1      2016-01-01  2016-04-10  needs_met
            B          F          NE1      2016-01-01  2016-05-10  needs_met
            C          G          NE1      2016-01-01  2016-05-10  disengaged
            D          -          NE1      2016-01-01  2016-05-10  needs_met
        """,
        "establishment": """
            month_end   team_id  role           in_post_hundredths  leavers_hundredths
            2016-02-29  NE1      social_worker  900                 150
            2017-01-31  NE1      social_worker  600                 0
            2016-01-31  NE1      social_worker  600                 999
        """,
    })  # fmt: skip
    cost = figures.one("cost_per_family", JANUARY)
    assert said(cost) == (140000, 1, 1400)
    assert dict(cost.excluded) == {"no family_id recorded": 1}
    leavers = figures.one("turnover", JANUARY)  # a year of leavers over those in post on its last day
    assert said(leavers) == (150, 600, 25)
    gaps = {figure.area: figure.value for figure in figures.by("share", JANUARY, "area")}
    assert gaps == {"NE": 25, "SW": -25, "countywide": 0}
    assert figures.one("share", JANUARY).value == 0


def test_a_share_of_nothing_has_no_value(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, closed="""
value: percent
place: recorded
needs: {referral: month}
rows: |
  SELECT r.person_id AS child_id, r.team_id, r.referral_date AS on_date, 1 AS numerator, 1 AS denominator
  FROM referral AS r
""")  # fmt: skip
    figure = figures_of(catalogue, {}).one("closed", JANUARY)
    assert (figure.numerator, figure.denominator, figure.value, figure.status) == (0, 0, None, "ok")
    assert catalogue["closed"].written(figure) == "none"
