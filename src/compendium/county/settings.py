"""The compendium.toml of the demo workspace."""

SETTINGS = """\
# Synthetic: describes no real council, child or worker.

[authority]
name = "Wealdmere County Council"
code = "999"
synthetic = true

[areas]
NE = "North East"
NW = "North West"
SE = "South East"
SW = "South West"
countywide = "Countywide teams"

[comparators]
region = "E12000008"

[targets.cp_visits_10wd]
value = 95
tolerance = 5
set_by = "the Cabinet of the county council"
set_on = 2015-04-01

[targets.assessments_45wd]
value = 85
tolerance = 5
set_by = "the Cabinet of the county council"
set_on = 2015-04-01

[targets.icpc_15wd]
value = 85
tolerance = 5
set_by = "the safeguarding children board"
set_on = 2015-04-01

[targets.contact_decision_1wd]
value = 90
tolerance = 5
set_by = "the safeguarding children board"
set_on = 2016-10-03

[targets.mash_timeliness]
value = 85
tolerance = 5
set_by = "the safeguarding children board"
set_on = 2016-10-03

[targets.rereferrals_12m]
value = 22
tolerance = 3
set_by = "the Cabinet of the county council"
set_on = 2015-04-01

[targets.rcpc_timely]
value = 95
tolerance = 3
set_by = "the safeguarding children board"
set_on = 2015-04-01

[targets.cla_visits_timely]
value = 95
tolerance = 5
set_by = "the corporate parenting board"
set_on = 2015-04-01

[targets.cla_reviews_timely]
value = 95
tolerance = 5
set_by = "the corporate parenting board"
set_on = 2015-04-01

[targets.sw_vacancy_rate]
value = 15
tolerance = 2
set_by = "the Cabinet of the county council"
set_on = 2016-04-01

[targets.sw_agency_rate]
value = 15
tolerance = 3
set_by = "the Cabinet of the county council"
set_on = 2016-04-01

[[rebased.rereferrals_12m]]
from = 2014-04-01
why = "All four quadrants count a re-referral alike since April 2014."
by = "the performance manager"
on = 2015-05-08

[[rebased.rereferrals_12m_children]]
from = 2014-04-01
why = "All four quadrants count a re-referral alike since April 2014."
by = "the performance manager"
on = 2015-05-08

[[rebased.assessments_45wd]]
from = 2014-09-01
why = "The single assessment began in April 2014, and its first months could hold no late ones."
by = "the performance manager"
on = 2015-10-02

[[rebased.assessments_45wd_from_referral]]
from = 2014-09-01
why = "The single assessment began in April 2014, and its first months could hold no late ones."
by = "the performance manager"
on = 2015-10-02

[[rebased.referral_nfa_pct]]
from = 2014-04-01
why = "Since April 2014 the hub decides before a contact becomes a referral, so few end without action."
by = "the performance manager"
on = 2015-05-08

[rules]
caseload_ceiling = 20
caseload_ceiling_newly_qualified = 14
cp_visit_days = 10
mash_red_hours = 4
mash_amber_hours = 24
mash_green_hours = 72
"""
