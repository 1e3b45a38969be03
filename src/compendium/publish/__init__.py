"""Editions as things to read: pages and their charts. It knows no users and no sessions."""
