"""The one place that opens a delivered file or folder, and says what kind of thing it is.

A small file is read once, as its bytes; a return of hundreds of megabytes is read as a stream, so that
memory stays flat, and is refused when it changes meanwhile. A folder of files is one delivery too, where
its files are parts of one return.

What no reader could make sense of is refused here, by name: an empty file, a password, an XML with
a document type (whose entities can be made to grow without end).
"""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from compendium import words
from compendium.errors import DeliveryError, Place
from compendium.record.delivery import PRECEDENCE
from compendium.sources.strangers import stranger, stranger_in_compound, stranger_in_zip

Kind = Literal["xml", "workbook", "parquet", "json", "text", "folder"]

ZIP, OLE, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream of a password-protected .xlsx
UNPACKED = 2 * 1024**3  # bytes: a workbook that unpacks to more was not made by a council
FORMATS = f"a file of a format that is read: {words.listing(list(PRECEDENCE), 'or')}"
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})
NAMED_DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}


@dataclass(frozen=True)
class DeliveredFile:
    """A delivered file, or a folder with its files as `members`. Made by `open_delivery`.

    state: size and time of change as it was opened, by which a change meanwhile is noticed. label: which
    return of several in a folder this is.
    """

    path: Path
    kind: Kind
    state: tuple[int, int] = (0, 0)
    members: tuple[DeliveredFile, ...] = ()
    label: str = ""

    @property
    def name(self) -> str:
        return f"{self.path.name} {self.label}".strip()

    @cached_property
    def sha256(self) -> str:
        """Of the content; of a folder, of its files' names and contents."""
        if self.kind == "folder":
            listed = "".join(f"{each.sha256} {each.name}\n" for each in self.members)
            return hashlib.sha256(listed.encode()).hexdigest()
        with self.opened() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def opened(self) -> io.BufferedReader:
        """The content as a stream, to be closed by whoever asked."""
        return open(self.path, "rb")

    def check_unchanged(self) -> None:
        """DeliveryError when it has changed since it was opened: what was read may be of two files."""
        for each in (self, *self.members):
            if each.kind != "folder" and _state(each.path) != each.state:
                raise each.refused(
                    "the file changed while it was read", remedy="load it again once it is complete; nothing was loaded"
                )

    @cached_property
    def data(self) -> bytes:
        """All of it. For what is small, or can only be read whole."""
        return self.path.read_bytes()

    @cached_property
    def closing(self) -> bytes:
        """The last bytes: whether a file was cut off shows there."""
        with self.opened() as stream:
            stream.seek(max(0, self.state[0] - 512))
            return stream.read()

    @cached_property
    def footer(self) -> bytes:
        """Of a Parquet file: what describes it, with its columns' names in the clear; empty when cut off."""
        length = int.from_bytes(self.closing[-8:-4], "little")
        if not self.closing.endswith(PARQUET) or not 0 < length <= self.state[0] - 12:
            return b""
        with self.opened() as stream:
            stream.seek(self.state[0] - 8 - length)
            return stream.read(length)

    @cached_property
    def encoding(self) -> str:
        """Of a text file: by its byte order mark, else UTF-8 where it is valid, else Windows' cp1252."""
        if marked := self._marked_encoding:
            return marked
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            with self.opened() as stream:
                while piece := stream.read(1 << 20):
                    decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
        return "utf-8"

    @property
    def _marked_encoding(self) -> str | None:
        for mark, name in BYTE_ORDER_MARKS.items():
            if self._head.startswith(mark):
                return name
        if b"\0" in self._head[:200]:
            return "utf-16-le" if self._head[1:2] == b"\0" else "utf-16-be"
        return None

    def lines(self) -> io.TextIOWrapper:
        """Of a text file, each with its end, as a stream to be closed by whoever asked. Only line ends part lines,
        not every letter that Unicode calls one. cp1252's five unused bytes become the replacement character."""
        return io.TextIOWrapper(self.opened(), self.encoding, errors="replace", newline="")

    @cached_property
    def text(self) -> str:
        """All of a text file that is small."""
        with self.lines() as lines:
            return lines.read()

    @cached_property
    def opening(self) -> str:
        """The first few thousand letters, for recognising the content. Of a folder: none."""
        return self._head.decode(self._marked_encoding or "utf-8", errors="replace")

    @cached_property
    def _head(self) -> bytes:
        if self.kind == "folder":
            return b""
        with self.opened() as stream:
            return stream.read(16_384)

    @cached_property
    def workbook(self) -> CalamineWorkbook:
        """Of a workbook, .xlsx, .xls or .ods. DeliveryError when it is locked or damaged."""
        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self.data))
        except PasswordError:
            raise self._locked() from None
        except (CalamineError, ValueError, OSError):
            raise self._damaged() from None

    def sheet(self, name: str) -> list[list[Any]]:
        """The rows of a sheet of a workbook, from its top left corner. DeliveryError when it is damaged."""
        try:
            rows: list[list[Any]] = self.workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except (CalamineError, ValueError, OSError):
            raise self._damaged(name) from None
        return rows

    @property
    def named_day(self) -> date | None:
        """The first ISO date in the file's name."""
        return day_in(self.name)

    def refused(self, what: str, *, expected: str = "", remedy: str = "", sheet: str | None = None) -> DeliveryError:
        """The error that refuses this file, to be raised."""
        return DeliveryError(what, where=Place(file=self.name, sheet=sheet), expected=expected, remedy=remedy)

    def _strange(self, what: str) -> DeliveryError:
        return self.refused(
            f"it is {what}, which is no delivery", expected=FORMATS,
            remedy="load what it was made from, as the system that holds the records exports it; an archive, unpacked",
        )  # fmt: skip

    def _damaged(self, sheet: str | None = None) -> DeliveryError:
        return self.refused(
            "the workbook is damaged or incomplete", remedy="send or export it again; nothing was loaded", sheet=sheet
        )

    def _locked(self) -> DeliveryError:
        return self.refused(
            "the workbook is protected by a password",
            expected="a workbook that opens without one",
            remedy="open it in Excel, take the password off (File, Info, Protect Workbook), save and load it again",
        )


def day_in(name: str) -> date | None:
    """The first ISO date in a name."""
    for found in NAMED_DAY.finditer(name):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            continue
    return None


def is_delivered(path: Path) -> bool:
    """Not what a system, or a program that has a file open, leaves in a folder."""
    return not path.name.startswith((".", "~")) and path.name.casefold() not in LEFT_BY_SYSTEMS


def open_delivery(path: Path) -> DeliveredFile:
    """The file or folder. DeliveryError when it is missing, empty, locked or dangerous."""
    try:
        if path.is_dir():
            return _open_folder(path)
        with open(path, "rb") as stream:
            head = stream.read(4096)
        state = _state(path)
    except OSError as fault:
        raise DeliveryError(
            f"it cannot be opened: {fault.strerror}",
            where=Place(file=str(path)),
            remedy="check the path and who may read it",
        ) from fault
    if len(head) < 4096 and not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise DeliveryError(
            "the file is empty", where=Place(file=path.name), remedy="export it again; nothing was loaded"
        )
    delivered = DeliveredFile(path, _kind(head), state)
    if strange := stranger(head):
        raise delivered._strange(strange)
    if delivered.kind == "workbook":
        _refuse_locked(delivered)
    elif delivered.kind == "xml":
        _refuse_document_type(delivered)
    return delivered


def _open_folder(path: Path) -> DeliveredFile:
    """Its files, by name; what a system leaves there, and folders within it, are no part of it."""
    files = sorted(each for each in path.iterdir() if each.is_file() and is_delivered(each))
    if not files:
        raise DeliveryError(
            "the folder holds no file", where=Place(file=path.name), remedy="name the folder that holds the return"
        )
    return DeliveredFile(path, "folder", members=tuple(open_delivery(each) for each in files))


def _state(path: Path) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns


def _kind(head: bytes) -> Kind:
    if head.startswith((ZIP, OLE)):
        return "workbook"  # .xlsx and .ods are zip files, .xls is a compound document
    if head.startswith(PARQUET):
        return "parquet"
    opening = head[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if opening.startswith(b"<"):
        return "xml"
    return "json" if opening.startswith((b"{", b"[")) else "text"


def _refuse_locked(delivered: DeliveredFile) -> None:
    """And what is packed as a workbook is, but is none."""
    if delivered.data.startswith(OLE):
        if ENCRYPTED in delivered.data:
            raise delivered._locked()
        if strange := stranger_in_compound(delivered.data):
            raise delivered._strange(strange)
        return
    try:
        with delivered.opened() as stream, zipfile.ZipFile(stream) as package:
            size = sum(member.file_size for member in package.infolist())
            strange = stranger_in_zip(package.namelist(), _said_kind(package))
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError) as fault:
        raise delivered._damaged() from fault
    if strange:
        raise delivered._strange(strange)
    if size > UNPACKED:
        raise delivered.refused("the workbook unpacks to an absurd size", remedy="ask who sent it what it is")


def _said_kind(package: zipfile.ZipFile) -> bytes:
    """What an OpenDocument says in its first part that it is, which is never packed."""
    names = package.namelist()
    if "mimetype" not in names or package.getinfo("mimetype").compress_type != zipfile.ZIP_STORED:
        return b""
    with package.open("mimetype") as stream:
        return stream.read(100)


def _refuse_document_type(delivered: DeliveredFile) -> None:
    """Reads as far as the first element only."""
    with delivered.opened() as stream:
        events = etree.iterparse(stream, events=("start",), **PARSER)
        try:
            _, root = next(iter(events))
            declared = root.getroottree().docinfo.internalDTD is not None
        except etree.XMLSyntaxError:
            declared = "<!DOCTYPE" in delivered.opening
        except StopIteration:
            return
    if declared:
        raise delivered.refused(
            "the XML declares a document type, which a return never does and an attack may",
            expected="XML without <!DOCTYPE ...> and without entities",
            remedy="ask who sent it; export the return again from the case system",
        )
