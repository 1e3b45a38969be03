"""The formats a council has, one module each. Only this room opens a delivered file.

Each reader offers NAME (its format's name), `recognises(delivered)`, `dated(delivered)` (the day the
content says it was made, if it says so) and `read(delivered, intake)`.
"""
