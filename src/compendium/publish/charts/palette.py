"""The colours of pages and charts. Orange is worse, never red, and blue better, never green; what is usual has none."""

INK = "#14191f"
GREY = "#4a5560"  # text of axes
MID = "#6f7b87"  # edges and marks, never text
RULE = "#d5dadf"
RANGE = "#e4e9ed"  # where chance alone leaves nearly all
INNER_RANGE = "#cbd3da"  # where it leaves most
WORSE = "#b34700"
BETTER = "#1660b0"
NEUTRAL = "#4a1f73"  # moved, and neither good nor bad
TEAL = "#0f4c4f"  # dated events
WHITE = "#ffffff"
