"""The record: what is held as true."""
