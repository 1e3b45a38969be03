"""Data-quality rules as files, one a rule, and what the record as at a date makes of each."""
