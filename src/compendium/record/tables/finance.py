"""Spending."""

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
)
