"""Spending, budgets, fees."""

from compendium.record.tables import draw

TABLES = (
    draw(
        "service_spend",
        "What a service spent in a month (not cumulative)",
        key="month_end area_id service kind partner",
        event="month_end",
        columns="""
        month_end     date!   last day of the month
        area_id       text!   an area or 'countywide'
        service       text!   early_help, mash, agency, staffing, residential, looked_after, ...
        kind          text!   actual, budget or forecast
        partner       text    who paid, where partners share
        amount_pence  pence!  pounds x 100
    """,
    ),
    draw(
        "budget_forecast",
        "A budget of the whole financial year, and what the ledger of a month says it will come to",
        key="month_end area_id service team_id",
        event="month_end",
        columns="""
        month_end       date!   last day of the month whose ledger says so
        area_id         text!   an area or 'countywide'
        service         text!   staffing, agency, placements, early_help, ...
        team_id         team    the team, where budgets are held by teams
        budget_pence    pence!  the year's budget, pounds x 100
        forecast_pence  pence!  what is expected to be spent by the end of the year, pounds x 100
    """,
    ),
    draw(
        "placement_spend",
        "What placements of one kind cost in a month (not cumulative)",
        key="month_end area_id placement",
        event="month_end",
        columns="""
        month_end     date!                last day of the month
        area_id       text!                an area or 'countywide'
        placement     code:care_setting!   the kind of placement
        amount_pence  pence!               pounds x 100
    """,
    ),
    draw(
        "placement_fee",
        "A weekly fee agreed with an outside provider for a child's placement",
        key="person_id start_date provider_id fee",
        event="start_date",
        columns="""
        person_id     text!               the child
        start_date    date!               first day it is due
        end_date      date                first day no longer due; empty while it is
        setting       code:care_setting!  the kind of placement
        provider_id   text                the council's own id of the provider
        fee           text                placement, education, therapy, ...: what it pays for
        weekly_pence  pence!              pounds a week x 100
    """,
    ),
)
