"""Spending, population and published comparators."""

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
        "population",
        "Children living in an area",
        key="mid_year geography_code age_from age_to",
        event=None,
        columns="""
        mid_year        integer!  the ONS mid-year estimate's year
        geography_code  text!     an area of the authority, the authority's DfE code, or a national code
        age_from        integer!  first age
        age_to          integer!  last age, included
        persons         integer!  how many
        vintage         text      the release it was taken from
    """,
    ),
    draw(
        "benchmark",
        "A published figure for England, a region or another authority",
        key="measure period_end geography_code",
        event=None,
        columns="""
        measure         text!    the published measure, by Compendium's name for it
        period_end      date!    last day of the period; a snapshot's day
        basis           text!    year or snapshot
        geography_type  text!    national, regional or authority
        geography_code  text!    E92000001, a region's code or an authority's three digits
        geography_name  text     as published
        numerator       integer  where published
        denominator     integer  where published
        value           text     the published value as written, empty when suppressed
        symbol          text     c, z, x, k, low, u or : when there is no value
        known_from      date!    the first day on which it counts as published
        source          text     release and file
    """,
    ),
)
