"""The synthetic county of Wealdmere, written out in the formats that councils really deliver.

It describes no real council, child or worker. One world of true events is simulated (`world`); what
was known of it on a day is a question put to it (`knowledge`); the writers answer it for every
delivery, and `truth` counts the same world naively, so that the product can be held against it.
"""
