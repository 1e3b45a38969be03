"""The templates of the pages, with what every one of them may say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from compendium import words


@cache
def environment() -> Environment:
    """Escapes by default; a name that a page does not know is an error, never an empty word."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    made.filters.update(day=words.day, month=words.month)
    return made
