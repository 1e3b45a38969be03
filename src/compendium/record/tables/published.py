"""What is published of every authority: populations, comparators, neighbours, inspections, spending, and who is who."""

from compendium.record.tables import draw

TABLES = (
    draw(
        "population",
        "People living in an area, as one release estimates them",
        key="mid_year geography_code age_from age_to sex ethnicity released_on",
        event=None,
        columns="""
        mid_year        integer!   the ONS mid-year estimate's year; of a census, its year
        geography_code  text!      an area of the authority, an authority's DfE code, or a national or regional code
        age_from        integer!   first age
        age_to          integer!   last age, included; 120 where the band is open at the top
        sex             code:sex   empty for both together
        ethnicity       text       the ethnic group as published, empty for all together
        persons         integer!   how many
        vintage         text       the release it was taken from
        released_on     date       the day from which that release counts as published; empty for a figure of the council's own
    """,
    ),
    draw(
        "benchmark",
        "A published figure for England, a region or an authority, as one release gives it",
        key="measure period_end geography_code breakdown release",
        event=None,
        columns="""
        measure         text!    the published measure, by Compendium's name for it
        period_end      date!    last day of the period; a snapshot's day
        basis           text!    year, snapshot or month
        geography_type  text!    national, regional or authority
        geography_code  text!    E92000001, a region's code or an authority's three digits
        geography_name  text     as published
        breakdown       text     the part of the whole it is about, such as police or aged_1_to_4; empty for the whole
        numerator       integer  where published
        denominator     integer  where published
        value           text     the published value as written, empty when suppressed
        symbol          text     c, z, x, k, low, u, :, -, ~ or .. when there is no value
        known_from      date!    the first day on which a figure for this period counts as published
        release         text     the release that gives it, by its name and newest year: two releases of one figure are two rows
        released_on     date     the day from which that release counts as published
        compiled        flag     1 where the release repeats the figures of others: the Local Authority Interactive Tool, England's own tables
        source          text     table and file
    """,
    ),
    draw(
        "statistical_neighbour",
        "One of the ten authorities most like an authority, in one version of the department's model",
        key="set_version authority_code rank",
        event=None,
        columns="""
        set_version     text!     the year of the model: 2021, 2025
        authority_code  text!     three digits
        rank            integer!  1 is the nearest
        neighbour_code  text!     three digits
        closeness       text      extremely close, very close, close, somewhat close or not close
        source          text      the file
    """,
    ),
    draw(
        "inspection_outcome",
        "An Ofsted inspection of an authority's services for children",
        key="authority_code inspected_on kind",
        event=None,
        columns="""
        authority_code   text!             three digits
        inspected_on     date!             the day it began
        kind             text!             standard, short, focused_visit or monitoring_visit
        published_on     date              the day its report was published: as at an earlier day there is none
        overall          code:audit_grade  overall effectiveness; empty for a visit, which gives no grade
        leadership       code:audit_grade  the impact of leaders on practice
        help_protection  code:audit_grade  children who need help and protection
        in_care          code:audit_grade  children in care; before 2023 with care leavers
        care_leavers     code:audit_grade  care leavers; no grade of its own before 2023
        theme            text              what a visit looked at
        source           text              release and file
    """,
    ),
    draw(
        "outturn",
        "What an authority spent on a line of children's social care in a year, as it reported to the ministry",
        key="year geography_code line kind",
        event=None,
        columns="""
        year            integer!  the financial year, by the year in which it ends
        geography_code  text!     three digits, or E92000001
        line            text!     residential, fostering, looked_after, safeguarding, ..., total
        kind            text!     employees, running, gross, charges, other_income, income, net or agency
        amount_pence    pence     pounds x 100, empty when there is a symbol
        symbol          text      x not received, n no estimate, z not collected, as published without its brackets
        known_from      date!     the day from which the release counts as published
        source          text      release and file
    """,
    ),
    draw(
        "authority",
        "An authority with children's services, or one that had them",
        key="authority_code",
        event=None,
        columns="""
        authority_code  text!    DfE's three digits
        authority_name  text!    as the department lists it
        ons_code        text     E06..., E08..., E09... or E10...
        region_code     text     E12..., or E13... in London
        region          text     the region's name
        kind            text     UA, MD, ILB, OLB or SC: unitary, metropolitan, inner or outer London, county
        last_year       integer  of an authority that is no more: its last year ending March
        succeeded_by    text     of an authority that is no more: the codes of those that took its place
    """,
    ),
    draw(
        "district",
        "A lower-tier district and the authority that has its children's services",
        key="as_of district_code",
        event=None,
        columns="""
        as_of           integer!  the year of the lookup: boundaries change
        district_code   text!     ONS code
        district_name   text      as published
        authority_code  text!     three digits
    """,
    ),
)
