"""What a command says: answers on standard output, progress and complaints on standard error."""

from __future__ import annotations

import csv
import io
import sys
import time
from collections.abc import Iterable, Sequence
from types import TracebackType


def say(text: str = "") -> None:
    print(text)


def complain(text: str) -> None:
    print(text, file=sys.stderr)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Columns of text under headings; the columns numbered in `right` are aligned to the right."""
    widths = [max(len(row[column]) for row in (headings, *rows)) for column in range(len(headings))]
    lines = []
    for row in (headings, tuple("-" * width for width in widths), *rows):
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def comma_separated(headings: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """CSV as a spreadsheet reads it; nothing at all without headings."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([headings, *rows] if headings else [])
    return out.getvalue().rstrip("\n")


class Progress:
    """A line that says what is being done; on a terminal it rewrites itself, elsewhere it prints steps."""

    def __init__(self, what: str, steps: int | None = None) -> None:
        self.what, self.steps, self.done = what, steps, 0
        self.live = sys.stderr.isatty()
        self.began = time.monotonic()

    def __enter__(self) -> Progress:
        if not self.live:
            complain(f"{self.what} ...")
        return self

    def step(self, text: str) -> None:
        """One more step begins; its words never name a child."""
        self.done += 1
        if self.live:
            counter = f"{self.done} of {self.steps}" if self.steps else f"{self.done}"
            print(f"\r\033[K{self.what}: {counter}  {text}", end="", file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live:
            print("\r\033[K", end="", file=sys.stderr)
        if kind is None:
            complain(f"{self.what}: done in {time.monotonic() - self.began:.1f} s")
