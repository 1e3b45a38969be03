"""The blocks of the census in the plain form, and what each piece of one says.

A piece is what stands between one '<' and the next: 'Sex>F', '/Sex>', 'CINdetails>' with the line end
after it. A return has few different pieces but for ids, so a block reads each once and knows it then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from compendium.record.intake import NOTHING
from compendium.sources.cells import Memo, Odd
from compendium.sources.cin_elements import ABOUT, ROW_BLOCKS, SEXES, UNKEPT

LETTERS = re.compile(r"[ -%'-;=?-~]*")  # of ASCII, that need no escape in XML and are no line end
BLANK = " \t\r\n"
# What a piece is where it is no value: the end of its block, an empty element, an item of a list, or the beginning of
# a block that makes a row, of a list, or of one whose values belong to the row around it. A value's place is greater.
ENDS, EMPTY, ITEM, MAKES_ROW, IS_LIST, IS_PART = -1, -2, -3, -4, -5, -6

Piece = tuple[int, Any, Any]  # what it is, or its place; its value or block; how many lines end in it, or in its end


class NotPlain(Exception):
    """This child is to be read by `cin_child.py`."""


class Lines(dict[str, int]):
    """A piece that is one text and blanks after it -> how many lines end in it. NotPlain for any other."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __missing__(self, piece: str) -> int:
        if piece.rstrip(BLANK) != self._text:
            raise NotPlain
        lines = self[piece] = piece.count("\n")
        return lines


class Block:
    """One kind of block.

    places: element -> place of its value in a row. width: of the row as it is kept; what is only looked at
    stands beyond it. listed: the element of which it is a list. place: in the row of the block around it,
    where it is noted that it has been; 0 of a block that may repeat. referred: the place of the referral's
    day in its row, if it has one.
    """

    def __init__(
        self,
        name: str,
        table: str,
        readings: Mapping[str, Memo],
        *,
        places: Mapping[str, int] | None = None,
        width: int = 0,
        referred: int = 0,
        within: Sequence[Block] = (),
        listed: str | None = None,
    ) -> None:
        self.name, self.table, self.width, self.referred, self.listed = name, table, width, referred, listed
        self.place = 0
        self.known: dict[str, Piece] = {}
        self.blank = [""] * max(width, 1 + max((places or {}).values(), default=0))
        self._readings, self._places = readings, dict(places or {})
        self._within = {each.name: each for each in within}
        self._ends: dict[str, Lines] = {}
        for each in within:
            if each.name not in ROW_BLOCKS:
                each.place = len(self.blank)
                self.blank.append("")

    def learn(self, piece: str) -> Piece:
        """What a piece says that has not been met in this block. NotPlain where it is not what it should be."""
        name, _, rest = piece.partition(">")
        if name in self._places or name == self.listed:
            return self._value(piece, name, rest)
        if rest.strip(BLANK):
            raise NotPlain
        lines = rest.count("\n")
        if name == f"/{self.name}":
            learnt: Piece = (ENDS, None, lines)
        elif name in self._within:
            inner = self._within[name]
            learnt = (MAKES_ROW if name in ROW_BLOCKS else IS_LIST if inner.listed else IS_PART, inner, lines)
        elif name.endswith("/") and (place := self._place_of(name[:-1])):
            learnt = (EMPTY, place, lines)
        else:
            raise NotPlain
        self.known[piece] = learnt
        return learnt

    def _place_of(self, name: str) -> int:
        """Of what may be empty: an element with a value, or a block that makes no row."""
        return self._within[name].place if name in self._within else self._places.get(name, 0)

    def _value(self, piece: str, name: str, text: str) -> Piece:
        if not ((text.isascii() and text.isalnum()) or LETTERS.fullmatch(text)):
            raise NotPlain
        if (ends := self._ends.get(name)) is None:
            ends = self._ends[name] = Lines(f"/{name}>")
        if name in UNKEPT:
            return self._places[name], NOTHING, ends
        value = self._readings[name].read(text or None)
        if isinstance(value, Odd) or (value is None and name == self.listed):
            raise NotPlain
        learnt = ITEM if name == self.listed else self._places[name], NOTHING if value is None else str(value), ends
        if name != "LAchildID":  # of which no two are the same
            self.known[piece] = learnt
        return learnt


# Places in every row: the line, the child, and then the columns as `ROWS` has them.
LINE, ID, FIRST = 0, 1, 2
WIDTH_OF_PERSON = FIRST + 1 + len(ABOUT) + 1
IS_DISABLED = WIDTH_OF_PERSON - 1


def plain_child(readings: Mapping[str, Memo]) -> Block:
    """A Child, with all blocks that may stand in it."""
    places = {"LAchildID": ID, **dict.fromkeys(SEXES, FIRST)}
    places |= {element: FIRST + 1 + at for at, element in enumerate(ABOUT)}
    places |= {element: WIDTH_OF_PERSON + at for at, element in enumerate(UNKEPT)}
    disabilities = Block("Disabilities", "person_disability", readings, listed="Disability")
    within = [
        Block("ChildIdentifiers", "person", readings, places=places),
        Block("ChildCharacteristics", "person", readings, places=places, within=[disabilities]),
        _case(readings),
    ]
    disabilities.place = IS_DISABLED
    return Block("Child", "person", readings, places=places, width=WIDTH_OF_PERSON, within=within)


def _case(readings: Mapping[str, Memo]) -> Block:
    factors = Block("FactorsIdentifiedAtAssessment", "assessment_factor", readings, listed="AssessmentFactors")
    reviews = Block("Reviews", "cp_review", readings, listed="CPPreviewDate")
    lists = {"Assessments": [factors], "ChildProtectionPlans": [reviews]}
    followed = [_row_block(name, readings, lists.get(name, [])) for name in ROW_BLOCKS if name != "CINdetails"]
    return _row_block("CINdetails", readings, followed)


def _row_block(name: str, readings: Mapping[str, Memo], within: Sequence[Block]) -> Block:
    drawn = ROW_BLOCKS[name]
    elements = list(drawn.values.values())
    places = {element: FIRST + at for at, element in enumerate(elements) if element}
    width = FIRST + len(elements)
    if name == "Section47":
        places["DateOfInitialCPC"] = width
    referred = FIRST + elements.index(None) if None in elements else 0
    return Block(name, drawn.table, readings, places=places, width=width, referred=referred, within=within)
