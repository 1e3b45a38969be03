"""The actions.toml of the demo workspace: what the county did about its figures, and what was expected of them.

What truly changed is planted elsewhere: the hub answers more enquiries in time (`front_door`), the freeze lets few
agency workers begin (`workforce`). The twelve posts of August 2016 take no work off anybody by themselves. The audit
and the workshop come too late for January 2017 to show anything.
"""

ACTIONS = """\
# Synthetic: describes no real council, child or worker.
# What was done about figures, and what was expected of them. Signed by roles, never by a person's name.

[[action]]
id = "posts-2016"
title = "Twelve more social work posts"
kind = "other"
on = 2016-08-01
by = "the Cabinet"
indicators = ["sw_caseload_avg", "cp_visits_10wd"]

[[action]]
id = "hub-2016"
title = "Safeguarding hub opened"
kind = "opening"
on = 2016-10-03
by = "the safeguarding children board"
indicators = ["mash_timeliness", "contact_decision_1wd", "partner_mash_info_time"]

[[action]]
id = "freeze-2016"
title = "Freeze on agency recruitment"
kind = "freeze"
on = 2016-11-01
by = "the director of children's services"
indicators = ["sw_agency_bookings", "sw_agency_rate"]

[[action]]
id = "rereferrals-2017"
title = "Audit of 40 re-referrals"
kind = "audit"
on = 2017-01-10
by = "the head of assessment"
indicators = ["rereferrals_12m"]

[[action]]
id = "voice-2017"
title = "Workshop on the child's voice"
kind = "workshop"
on = 2017-03-22
by = "the principal social worker"
indicators = ["audit_practice_below_good"]

[[expectation]]
id = "hub-in-time"
action = "hub-2016"
indicator = "mash_timeliness"
direction = "higher"
by_month = "2017-01"
made_on = 2016-10-03
by = "the safeguarding children board"

[[expectation]]
id = "hub-85"
action = "hub-2016"
indicator = "mash_timeliness"
direction = "higher"
level = 85
by_month = "2017-01"
made_on = 2016-10-03
by = "the safeguarding children board"

[[expectation]]
id = "lighter-caseloads"
action = "posts-2016"
indicator = "sw_caseload_avg"
direction = "lower"
by_month = "2017-01"
made_on = 2016-08-01
by = "the Cabinet"

[[expectation]]
id = "fewer-agency"
action = "freeze-2016"
indicator = "sw_agency_rate"
direction = "lower"
level = 20
by_month = "2017-03"
made_on = 2016-11-01
by = "the Cabinet"

[[expectation]]
id = "sooner-conferences"
indicator = "icpc_15wd"
direction = "higher"
by_month = "2017-01"
made_on = 2016-07-20
by = "the scrutiny board"

[[expectation]]
id = "improvement-by-march"
indicator = "assessments_45wd"
direction = "higher"
by_month = "2017-03"
made_on = 2017-01-24
by = "the scrutiny board"

[[expectation]]
id = "fewer-again"
action = "rereferrals-2017"
indicator = "rereferrals_12m"
direction = "lower"
level = 22
by_month = "2017-03"
made_on = 2017-01-10
by = "the scrutiny board"
"""
