"""The core and standard indicators counted the slow way: plain loops over plain rows, from the counting rules.

Nothing here reads an indicator file or a model view. Each twin says which rows count, with their dates; what they
come to in a period and a place is counted once for all of them, in `twins`. The tests compare both ways of counting
on random histories.
"""
