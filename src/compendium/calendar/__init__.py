"""Months, working days, bank holidays, ages and financial years: pure, no files and no "today"."""
