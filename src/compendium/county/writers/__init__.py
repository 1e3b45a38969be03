"""One module for each format of delivery; each writes what was known on its own day."""
