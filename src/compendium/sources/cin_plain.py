"""Children of the census in the plain form: a fast lane beside `cin_child.py`, which reads any form.

Nearly every child of a return is plain: its elements have no attributes, stand in the blocks they
belong to, none twice, and are read without a doubt. Such a child is never made into a tree: its text is
parted at each '<' and its pieces looked up. A child that is not plain in any respect leaves no trace
here and goes, with all that surrounds the children, to the XML parser and `cin_child.py`; so what is
told in the ledger is told there alone. Both read a plain child alike.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from typing import Any, BinaryIO

from compendium.record.intake import NOTHING, UNIT, Intake, Part
from compendium.sources.cells import Memo
from compendium.sources.cin_pieces import (
    EMPTY,
    ENDS,
    FIRST,
    ID,
    IS_DISABLED,
    IS_LIST,
    ITEM,
    LINE,
    MAKES_ROW,
    Block,
    Lines,
    NotPlain,
    plain_child,
)

STUB = "_"  # the element that the XML parser sees where plain children stood
BLOCK = 1 << 18  # bytes read at a time
LONGEST = 1 << 22  # bytes of a child, or of what stands before the first: no return comes near it
CHILD, END = "<Child>", "</Child>"
ANY_CHILD = re.compile(r"<(?:[^\s<>/]+:)?Child[\s/>]")
# What may stand before the first child: a declaration of an encoding that has ASCII in it, comments, elements.
DECLARATION = re.compile(r"\s*<\?xml\s[^>]*?\?>")
HAVE_ASCII = r"utf-?8|us-ascii|ascii|iso-8859-\d+|windows-125\d"
ENCODING = re.compile(
    r"""encoding\s*=\s*["'](?!(?:utf-?8|us-ascii|ascii|iso-8859-\d+|windows-125\d)["'])""", re.IGNORECASE
)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

NONE = ("", NOTHING)
Row = list[str]  # empty where no element has been, NOTHING where it had no value


class PlainReader:
    """Reads plain children into the parts of an intake. parts: table -> its part. who: the child it read last."""

    def __init__(self, intake: Intake, readings: Mapping[str, Memo], parts: Mapping[str, Part]) -> None:
        self._intake, self._rows = intake, {table: part.rows for table, part in parts.items()}
        self._child = plain_child(readings)
        self._before, self._opened = Lines(""), Lines("Child>")
        self._line = self._begun = 0  # where the reader is, and where the child began
        self.who = ""
        self._conferences: list[Row] = []
        self._plan_starts: set[str] = set()

    def beside(self, stream: BinaryIO) -> Iterator[bytes]:
        """Reads what is plain of a return, and gives the XML parser all the rest in order, on the lines it stood on.

        The parser must be done with each part before it asks for the next, for rows keep the return's order.
        """
        text = _opening(stream)
        at = text.find(CHILD)
        if at >= 0 and _is_plain_opening(text[:at]):
            yield _bytes(text[:at])
            text = yield from self._children(text[at:], 1 + text.count("\n", 0, at), stream)
        yield _bytes(text)
        yield from iter(lambda: stream.read(BLOCK), b"")

    def _children(self, text: str, line: int, stream: BinaryIO) -> Generator[bytes, None, str]:
        """Child after child, as long as there is nothing else between them. Returns what it did not read."""
        while True:
            *children, text = text.split(END)
            seen, last = line, 0  # the line that the parser is on, and that on which the last plain child began
            for at, child in enumerate(children):
                self._line = line
                if self._child_read(child):
                    last, line = self._begun, self._line
                elif _is_alone(child):
                    yield _blank_lines(seen, last, line) + _bytes(child + END)
                    line += child.count("\n")
                    seen, last = line, 0
                else:
                    yield _blank_lines(seen, last, line)
                    return END.join([*children[at:], text])
                self._intake.breathe()
            yield _blank_lines(seen, last, line)
            more = stream.read(BLOCK) if len(text) < LONGEST else b""
            if not more:
                return text
            text += more.decode("latin-1")

    def _child_read(self, text: str) -> bool:
        """A child without its end tag; whether it was plain. If not, nothing of it is kept."""
        mark = self._intake.mark()
        row = self._child.blank.copy()
        pieces = text.split("<")
        self._conferences, self._plan_starts = [], set()
        try:
            self._begun = self._line + self._before[pieces[0]]
            row[LINE] = str(self._begun)
            line = self._begun + self._opened[pieces[1]]
            pieces.append(f"/{self._child.name}>")
            self._line = self._read(self._child, row, iter(pieces[2:]), line)
            if row[ID] in NONE:
                raise NotPlain
        except (NotPlain, StopIteration, IndexError):
            self._intake.undo(mark)
            return False
        self.who = row[ID]
        self._rows["person"].append(UNIT.join(row[: self._child.width]))
        for conference in self._conferences:
            conference.append("1" if conference[FIRST] in self._plan_starts else "0")
            self._rows["icpc"].append(UNIT.join(conference))
        return True

    def _read(self, block: Block, row: Row, pieces: Iterator[str], line: int) -> int:
        """The values of a block into its row, and the blocks within it. Returns the line that it ends on."""
        known = block.known
        for piece in pieces:
            what, value, lines = known.get(piece) or block.learn(piece)
            if what >= 0:
                if row[what]:
                    raise NotPlain
                row[what] = value
                line += lines[next(pieces)]
            elif what == MAKES_ROW:
                line = self._row(value, row, pieces, line, lines)
            elif what == ENDS:
                end: int = line + lines
                return end
            else:
                line = self._rest(what, value, row, pieces, line + lines)
        raise NotPlain

    def _rest(self, what: int, value: Any, row: Row, pieces: Iterator[str], line: int) -> int:
        """What may stand once: an element that is empty, a list, a block whose values belong to the row around it."""
        place = value if what == EMPTY else value.place
        if row[place]:
            raise NotPlain
        row[place] = NOTHING
        if what == EMPTY:
            return line
        return self._list(value, row, pieces, line) if what == IS_LIST else self._read(value, row, pieces, line)

    def _row(self, block: Block, around: Row, pieces: Iterator[str], line: int, lines: int) -> int:
        """A block that makes a row. around: the row of the block it stands in, the child's or the referral's."""
        row = block.blank.copy()
        begins = row[LINE] = str(line)
        who = row[ID] = around[ID]
        referred = block.referred
        if referred:
            row[referred] = around[FIRST]
        line = self._read(block, row, pieces, line + lines)
        day = row[FIRST]
        if who in NONE or day in NONE or (referred and row[referred] in NONE):
            raise NotPlain
        if block.name == "Section47" and (held := row[block.width]):
            if held == NOTHING:
                raise NotPlain
            self._conferences.append([begins, who, held, day, row[referred]])
        elif block.name == "ChildProtectionPlans":
            self._plan_starts.add(day)
        del row[block.width :]
        self._rows[block.table].append(UNIT.join(row))
        return line

    def _list(self, block: Block, row: Row, pieces: Iterator[str], line: int) -> int:
        """A block of nothing but items. Dates may repeat in it, codes may not."""
        add, known = self._rows[block.table].append, block.known
        held: list[str] = []
        of_child = block.name == "Disabilities"
        who, day = row[ID], row[FIRST]
        if who in NONE or (day in NONE and not of_child):
            raise NotPlain
        before = f"{UNIT}{who}{UNIT}" if of_child else f"{UNIT}{who}{UNIT}{day}{UNIT}"
        for piece in pieces:
            what, value, lines = known.get(piece) or block.learn(piece)
            if what == ENDS:
                break
            if what != ITEM or (value in held and block.name != "Reviews"):
                raise NotPlain
            held.append(value)
            add(f"{line}{before}{value}")
            line += lines[next(pieces)]
        if of_child and held:
            row[IS_DISABLED] = "0" if held == ["NONE"] else "1"
        end: int = line + lines
        return end


def _opening(stream: BinaryIO) -> str:
    """What stands before the first child, and some more; as latin-1, which has a letter for every byte."""
    text = ""
    while CHILD not in text and len(text) < LONGEST and (more := stream.read(BLOCK)):
        text += more.decode("latin-1")
    return text


def _is_plain_opening(text: str) -> bool:
    """Whether children can only begin behind it: the element Children has been opened, and nothing else."""
    text = text.removeprefix("\xef\xbb\xbf")
    if declared := DECLARATION.match(text):
        text = text[declared.end() :]
    text = COMMENT.sub("", text)
    odd = "\0" in text or "<!" in text or "<?" in text or ANY_CHILD.search(text)
    plainly = declared is None or not ENCODING.search(declared[0])
    return plainly and not odd and text.rstrip().endswith("<Children>")


def _is_alone(child: str) -> bool:
    """Whether it is sure that the text is one child and nothing that stands in another."""
    return "<!" not in child and "<?" not in child and len(ANY_CHILD.findall(child)) == 1


def _blank_lines(seen: int, last: int, line: int) -> bytes:
    """From the line `seen` to `line`, with a stub on the line of the last plain child, if there was one."""
    if not last:
        return b"\n" * (line - seen)
    return b"\n" * (last - seen) + f"<{STUB}/>".encode() + b"\n" * (line - last)


def _bytes(text: str) -> bytes:
    return text.encode("latin-1")
