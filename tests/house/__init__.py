"""Promises about the house as a whole: imports, sizes, documentation."""
