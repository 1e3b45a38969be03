"""Signals: whether a difference is more than chance. Pure arithmetic on whole numbers; nothing is drawn here."""
