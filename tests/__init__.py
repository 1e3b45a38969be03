"""The tests, one folder per room; they go through the public surface of each."""
