"""An SVG drawing: shapes and text in their own units, with a title and a description for those who listen.

A drawing is made 680 units wide for desks and paper and 290 for phones, and is only ever scaled up, so
that its text (16 units) never falls below 16 px.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from compendium.publish.charts import palette

WIDE, NARROW = 680, 290
TEXT = 16
Spot = tuple[float, float]


def text_width(words: str, bold: bool = False) -> float:
    """How wide the words are at 16 units in the widest of the usual sans serifs, DejaVu Sans and Verdana."""
    return sum(_letter(each) for each in words) * (1.1 if bold else 1)


def _letter(letter: str) -> float:
    if letter in "%MWm@":
        return 15.5
    if letter in " .,:;'’|ijltfI":
        return 5.5
    return 11.5 if letter.isupper() else 10.2


class Drawing:
    """One picture. slug must be its own on the page: the title's and description's ids come from it."""

    def __init__(self, width: int, height: float, slug: str, title: str, description: str) -> None:
        self.width, self.height, self.slug = width, height, slug
        self.title, self.description = title, description
        self.shapes: list[str] = []

    def line(self, start: Spot, end: Spot, colour: str, thick: float = 1, dash: str = "") -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.shapes.append(
            f'<path d="M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}" stroke="{colour}"'
            f' stroke-width="{thick}" fill="none"{dashes}/>'
        )

    def polyline(self, spots: Sequence[Spot], colour: str, thick: float = 2.5) -> None:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        self.shapes.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{thick}"'
            ' stroke-linejoin="round"/>'
        )

    def area(self, edge: Sequence[Spot], fill: str) -> None:
        """The ground between two lines: along the one and back along the other."""
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in edge)
        self.shapes.append(f'<polygon points="{points}" fill="{fill}"/>')

    def bar(self, corner: Spot, width: float, height: float, fill: str, edge: str = "none") -> None:
        self.shapes.append(
            f'<rect x="{corner[0]:.1f}" y="{corner[1]:.1f}" width="{width:.1f}" height="{height:.1f}"'
            f' fill="{fill}" stroke="{edge}"/>'
        )

    def dot(self, spot: Spot, radius: float, colour: str = palette.INK) -> None:
        self.shapes.append(f'<circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{radius}" fill="{colour}"/>')

    def ring(self, spot: Spot, radius: float, colour: str = palette.INK) -> None:
        """As first published: it may still change."""
        self.shapes.append(
            f'<circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{radius}" fill="{palette.WHITE}"'
            f' stroke="{colour}" stroke-width="2.5"/>'
        )

    def diamond(self, spot: Spot, radius: float, filled: bool, colour: str = palette.INK) -> None:
        """Filled is the stronger."""
        (x, y), fill = spot, colour if filled else palette.WHITE
        points = f"{x:.1f},{y - radius:.1f} {x + radius:.1f},{y:.1f} {x:.1f},{y + radius:.1f} {x - radius:.1f},{y:.1f}"
        self.shapes.append(f'<polygon points="{points}" fill="{fill}" stroke="{colour}" stroke-width="2.5"/>')

    def square(self, spot: Spot, side: float, colour: str = palette.WORSE) -> None:
        """A target missed: set by people, not by chance."""
        x, y = spot[0] - side / 2, spot[1] - side / 2
        self.shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{side}" height="{side}" fill="{colour}"'
            f' stroke="{palette.WHITE}" stroke-width="1.5"/>'
        )

    def text(
        self, spot: Spot, words: str, *, colour: str = palette.INK, anchor: str = "start", bold: bool = False,
        halo: bool = False,
    ) -> None:  # fmt: skip
        """Words with their baseline at the spot; a halo keeps them readable over a line."""
        more = f' text-anchor="{anchor}"' if anchor != "start" else ""
        more += ' font-weight="700"' if bold else ""
        if halo:
            more += f' stroke="{palette.WHITE}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
        self.shapes.append(f'<text x="{spot[0]:.1f}" y="{spot[1]:.1f}" fill="{colour}"{more}>{escape(words)}</text>')

    def svg(self, css_class: str) -> str:
        title, description = f"{self.slug}-t", f"{self.slug}-d"
        return (
            f'<svg class="{css_class}" viewBox="0 0 {self.width} {self.height:.0f}" width="{self.width}"'
            f' height="{self.height:.0f}" role="img" aria-labelledby="{title} {description}" font-size="{TEXT}">'
            f'<title id="{title}">{escape(self.title)}</title>'
            f'<desc id="{description}">{escape(self.description)}</desc>{"".join(self.shapes)}</svg>'
        )
