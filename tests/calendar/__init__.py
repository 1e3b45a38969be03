"""The calendar: every dated example of the counting rules, and properties against a naive count."""
