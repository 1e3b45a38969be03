"""One month, frozen: figures, comparisons, findings and their words. It knows no HTML."""
