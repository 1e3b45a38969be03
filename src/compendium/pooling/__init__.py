"""Pooling: many authorities' month cells together. Whole numbers only; no record of a child comes here."""
