"""Claims that something saves, with all that they take for granted."""

from compendium.record.tables import draw

TABLES = (
    draw(
        "savings_claim",
        "A claim that a change of service saves money, as it was made and dated",
        key="claim_id",
        event=None,
        columns="""
        claim_id       text!   the claim's id
        title          text!   what is said to save
        service        text!   the service of `service_spend` that runs since the change
        replaces       text    the service of `service_spend` that ran before it; empty when it is the same
        claimed_on     date!   the day the claim was made
        claimed_by     text    who made it, as a role
        period_from    date!   first day for which a saving is claimed: the change itself
        period_to      date!   last day for which it is claimed
        monthly_pence  pence!  what is said to be saved in each month: pounds x 100
    """,
    ),
    draw(
        "savings_assumption",
        "Something that a claim of a saving takes for granted, in the order of its calculation",
        key="claim_id step",
        event=None,
        columns="""
        claim_id          text!           the claim
        step              integer!        its place in the calculation
        says              text!           what is assumed, in words
        value_hundredths  hundredths!     the number assumed, x 100
        unit              text!           pounds a month, contacts a month, per cent, ...
        operation         code:operation  how it enters the calculation: plus, minus or times; empty when it does not
        source            text!           where the number comes from
        indicator         text            the indicator of the catalogue by which it can be checked
        service           text            the service of `service_spend` by whose monthly cost it can be checked
    """,
    ),
)
