"""What made the difference, drawn: the waterfall of an indicator's page, with the sheet of its figures."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from compendium.edition import driver_words
from compendium.edition.edition import IndicatorPage
from compendium.edition.split import Split
from compendium.publish.charts.waterfall import Step, Waterfall
from compendium.publish.html.pictures import Picture
from compendium.publish.html.sheets import Sheet, row

COLOURS = {"better": "blue", "worse": "orange", "neither": "purple"}


@dataclass(frozen=True)
class Difference:
    """picture: None where no split is worth one."""

    sentences: tuple[str, ...]
    sure: tuple[str, ...]
    picture: Picture | None


def difference(page: IndicatorPage) -> Difference | None:
    """None where a page says nothing of what made the difference."""
    split = page.drivers
    if split is None:
        return None
    if not split.parts:
        return Difference(split.sentences, split.sure, None)
    return Difference((*split.sentences, driver_words.ADDS_UP), split.sure, _picture(page, split))


def _picture(page: IndicatorPage, split: Split) -> Picture:
    first = Step(driver_words.first_bar(page.now.period), split.expected, split.expected_written)
    last = Step(driver_words.last_bar(page.now.period, page.now.basis), split.received, split.received_written)
    steps = tuple(Step(part.name, part.difference, part.written, part.is_main) for part in split.parts)
    told = "; ".join(f"{step.name}: {step.written}" for step in (first, *steps, last))
    drawn = Waterfall(f"{page.id}-drivers", split.title, f"{told}.", first, steps, last, page.judged.sense)
    named = any(step.is_main for step in steps)
    note = f"Solid {COLOURS[page.judged.sense]}: the main driver" if named else "No part is the main driver"
    return Picture(split.title, note, Markup(drawn.wide()), Markup(drawn.narrow()), _sheet(page, split, last.name))


def _sheet(page: IndicatorPage, split: Split, now: str) -> Sheet:
    """Every figure drawn, and of shares how each part fared and how much there was of it."""
    has_of, is_divided = any(part.of for part in split.parts), any(part.mix for part in split.parts)
    headings = ["Part", "Expected", now, *(["Out of"] if has_of else []), "Difference"]
    headings += ["From how it fared", "From how much there was of it"] if is_divided else []
    rows = [
        row(
            part.name, part.expected, part.now, *([part.of or "none"] if has_of else []), part.written,
            *([part.rate, part.mix] if is_divided else []),
        )
        for part in split.parts
    ]  # fmt: skip
    texts = ["All together", split.expected_written, split.received_written, *([page.now.of] if has_of else [])]
    texts += [split.written, *([split.rate, split.mix] if is_divided else [])]
    rows.append(row(*texts, now=True))
    return Sheet(split.title, tuple(headings), tuple(rows), tuple(range(1, len(headings))))
