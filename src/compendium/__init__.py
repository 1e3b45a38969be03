"""Compendium: the monthly children's services performance compendium."""
