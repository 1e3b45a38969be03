"""The fifteen worked cases of the counting rules, E1 to E15, each with its very dates, as figures."""
