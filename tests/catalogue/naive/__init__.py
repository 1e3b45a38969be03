"""The core indicators counted the slow way: plain loops over plain rows, written from the counting rules.

Nothing here reads an indicator file or a model view. A flow returns all its rows with their dates; a
snapshot returns the rows of one month end. The tests compare both ways of counting on random histories.
"""
