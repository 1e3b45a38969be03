"""The children of a payload, one at a time, however it is wrapped: an array, a line each, or under `Children`.

The file is read in pieces, so that memory holds one child and not an authority. Python's own decoder takes each
child in one go; what it leaves open is settled here: a number stays as it is written (an id may have leading
noughts to no number's limit), NaN is nothing, and a key that stands twice keeps both values.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from compendium import words
from compendium.errors import DeliveryError
from compendium.sources.delivered import DeliveredFile
from compendium.sources.dfe_api_nodes import AGAIN

PIECE = 1 << 20  # bytes read at a time
LARGEST = 64 << 20  # letters of one child: more is no child
TOKEN = 16  # letters: a word or number that is cut off at the end of a piece is shorter
SPACE = re.compile(r"[ \t\r\n\ufeff]*")
CHILD = re.compile(
    r'\{[ \t\r\n]*"(la_child_id|mis_child_id|purge|child_details|health_and_wellbeing|social_care_episodes'
    r'|education_health_care_plans)"'
)
HEAD = frozenset({"la_code", "complete_from", "complete_to"})


@dataclass(frozen=True)
class Stray:
    """What stands beside the children of a wrapper, and is neither its head nor a child."""

    content: dict[str, Any]


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. A key that stands there already is marked, so that nothing below it is lost unseen."""
    made = dict(pairs)
    if len(made) != len(pairs):
        made = {}
        for key, value in pairs:
            while key in made:
                key += AGAIN
            made[key] = value
    return made


def decoder() -> json.JSONDecoder:
    """How every child is read, in a file of them or in a field of a table."""
    return json.JSONDecoder(object_pairs_hook=_pairs, parse_int=str, parse_float=str, parse_constant=str)


class PayloadFile:
    """head: la_code, complete_from and complete_to, where a wrapper says them: those that stand before its children
    once the first child was given, all of them once every child was."""

    def __init__(self, delivered: DeliveredFile, stream: BinaryIO) -> None:
        self.head: dict[str, Any] = {}
        self._delivered = delivered
        self._stream = stream
        start = stream.read(4)
        stream.seek(0)
        self._letters = codecs.getincrementaldecoder(_encoding(start))()
        self._decode = decoder().raw_decode
        self._buffer, self._at, self._ended = "", 0, False
        self._given = 0

    def children(self) -> Iterator[Any]:
        """Each child as Python values, in order. DeliveryError when the JSON ends too soon or is not well formed."""
        while sign := self._peek():
            if sign == "[":
                yield from self._listed()
            elif sign == "{" and not self._opens_wrapper():
                yield from self._unwrapped(self._value())
            elif sign == "{":
                yield from self._wrapped()
            else:
                raise self._malformed()

    def _opens_wrapper(self) -> bool:
        self._fill(200)
        return CHILD.match(self._buffer, self._at) is None

    def _listed(self) -> Iterator[Any]:
        """The elements of an array."""
        self._take("[")
        if self._peek() == "]":
            self._take("]")
            return
        while True:
            yield from self._unwrapped(self._value())
            if self._peek() == "]":
                self._take("]")
                return
            self._take(",")

    def _wrapped(self) -> Iterator[Any]:
        """An object around the children; or a child that begins with a key no child has."""
        self._take("{")
        child: dict[str, Any] = {}
        wrapper = False
        while self._peek() != "}":
            if child or wrapper:
                self._take(",")
            key = self._key()
            if key.lower() == "children":
                wrapper = True
                self._learn(child)
                if self._peek() == "[":
                    yield from self._listed()
                else:
                    yield from self._unwrapped(self._value())
            else:
                while key in child:
                    key += AGAIN
                child[key] = self._value()
        self._take("}")
        yield from self._around(child) if wrapper or set(child) <= HEAD else [self._counted(child)]

    def _unwrapped(self, value: Any) -> Iterator[Any]:
        """A child; or, where an element of an array is itself a wrapper, its children."""
        if isinstance(value, dict) and "la_child_id" not in value:
            for key in ("Children", "children"):
                if key in value:
                    inside = value.pop(key)
                    self._learn(value)
                    yield from map(self._counted, inside if isinstance(inside, list) else [inside])
                    yield from self._around(value)
                    return
        yield self._counted(value)

    def _around(self, found: dict[str, Any]) -> Iterator[Stray]:
        """What stands beside the children of a wrapper: its head is kept, the rest is told."""
        self._learn(found)
        if found:
            yield Stray(found)

    def _learn(self, found: dict[str, Any]) -> None:
        """Takes the head out of what stands beside the children, as far as it has been read."""
        for name in HEAD & set(found):
            if not isinstance(found[name], (list, dict)):
                self.head.setdefault(name, found.pop(name))

    def _counted(self, child: Any) -> Any:
        self._given += 1
        return child

    def _peek(self) -> str:
        """The next letter that is no space; nothing at the end of the file."""
        while True:
            found = SPACE.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more(PIECE):
                return ""

    def _take(self, sign: str) -> None:
        if self._peek() != sign:
            raise self._malformed()
        self._at += 1

    def _key(self) -> str:
        """The key of a member, with its colon."""
        key = self._value() if self._peek() == '"' else None
        if not isinstance(key, str):
            raise self._malformed()
        self._take(":")
        return key

    def _value(self) -> Any:
        """Decoded in one go: again, with more of the file, where it seems to be cut off."""
        wanted = PIECE
        self._peek()
        while True:
            try:
                value, end = self._decode(self._buffer, self._at)
            except json.JSONDecodeError as fault:
                cut = fault.msg.startswith("Unterminated string") or fault.pos >= len(self._buffer) - TOKEN
                if not cut or not self._more(wanted):
                    raise self._malformed() from None  # the decoder's own words would quote the child
                wanted *= 2  # so that a long child is not decoded over and over
                continue
            except RecursionError:
                raise self._delivered.refused(
                    f"its values are nested too deeply, {self._whereabouts()}",
                    expected="a child's file as the API has it, some six levels deep",
                    remedy="ask who sent it; export the payload again. Nothing of it was loaded",
                ) from None
            if end == len(self._buffer) and self._more(PIECE):
                continue  # a number may go on
            self._at = end
            return value

    def _fill(self, letters: int) -> None:
        if len(self._buffer) - self._at < letters:
            self._more(PIECE)

    def _more(self, size: int) -> bool:
        """Reads on, letting go of what has been read. Whether there was more."""
        if self._ended:
            return False
        if len(self._buffer) - self._at > LARGEST:
            raise self._delivered.refused(
                f"one value takes more than {words.number(LARGEST)} letters, {self._whereabouts()}",
                expected="a child's file as the API has it",
                remedy="ask who sent it; export the payload again. Nothing of it was loaded",
            )
        try:
            read = self._stream.read(size)
            piece = self._letters.decode(read, final=not read)
        except UnicodeDecodeError:
            raise self._delivered.refused(
                f"it is not written in UTF-8, {self._whereabouts()}",
                expected="JSON in UTF-8, which the API asks for",
                remedy="export the payload again, as UTF-8. Nothing of it was loaded",
            ) from None
        self._ended = not read
        self._buffer, self._at = self._buffer[self._at :] + piece, 0
        return not self._ended

    def _whereabouts(self) -> str:
        return f"after {words.plural(self._given, 'child', 'children')}"

    def _malformed(self) -> DeliveryError:
        closed = self._delivered.closing.replace(b"\0", b"").rstrip().endswith((b"]", b"}"))
        if not closed:
            return self._delivered.refused(
                f"the JSON stops in the middle, {self._whereabouts()}",
                expected="a file that ends with the bracket that closes its first one",
                remedy="the file was cut off on its way; ask for it again. Nothing of it was loaded",
            )
        return self._delivered.refused(
            f"the JSON is not well formed, {self._whereabouts()}",
            expected="an array of children, a child a line, or an object with Children",
            remedy="export the payload again. Nothing of it was loaded",
        )


def _encoding(start: bytes) -> str:
    """By its byte order mark, else by where the noughts of UTF-16 stand."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    return "utf-8-sig"
