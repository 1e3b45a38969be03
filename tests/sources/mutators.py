"""What may happen to a good file on its way: each mutator takes its bytes and gives spoilt ones, by the draws of `rng`.

TEXT, TABLE, XML, JSON and WORKBOOK are the mutators that fit a kind of file. A mutator that finds
nothing to spoil (an XML that another has broken already) gives the bytes back as they are.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import Any
from xml.etree import ElementTree

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

Mutator = Callable[[Random, bytes], bytes]

HUGE = 200_000  # letters of a huge field: more than csv's and the XML parser's first limits
ODDITIES = (
    "", " ", "\u00a0", "-", "0", "-1", "1e400", "NaN", "inf", "1,200", "3.0", "٣", "½", "TRUE", "null", "#N/A", "#REF!",
    "31/02/2017", "2017-02-29", "0000-00-00", "9999-12-31", "0001-01-01", "1899-12-31", "42744", "42744.5", "-42744",
    "99999999999999999999", "16-01-05", "5/4/16", "2016-05-04T25:61:61", "2016-05-04T10:00:00+01:00", "4 Sept 2016",
    "=1+1", "'", '"', "\\", "%", "\x00", "\x1f", "\r", "\n", "\u2028", "\ufeff", "\ufffd", "\U0001f600", "é", "ß", "İ",
    "None", "N/A", "a) Yes", "99Z", "<", "&", "]]>", "${x}", "../../etc", "{}", "[]",
)  # fmt: skip
BYTES = (
    b"\0",
    b"\xff",
    b"\xc3\x28",
    b"\x1a",
    b"\r",
    b"\n",
    b"\r\n",
    b'"',
    b",",
    b";",
    b"<",
    b">",
    b"&",
    b"\xef\xbb\xbf",
)
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp037", "utf-7")
WORD = re.compile(rb"[^\s,;\t|<>\"']+")


def flipped(rng: Random, content: bytes) -> bytes:
    """A few bytes are others."""
    spoilt = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        if spoilt:
            spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
    return bytes(spoilt)


def cut(rng: Random, content: bytes) -> bytes:
    """A piece is gone, or all after it."""
    begins, ends = _span(rng, content)
    return content[:begins] + (content[ends:] if rng.random() < 0.7 else b"")


def repeated(rng: Random, content: bytes) -> bytes:
    """A piece stands somewhere else too."""
    (begins, ends), at = _span(rng, content), rng.randint(0, len(content))
    return content[:at] + content[begins:ends] + content[at:]


def inserted(rng: Random, content: bytes) -> bytes:
    """Something stands where nothing should."""
    at = rng.randint(0, len(content))
    thing = rng.choice([*BYTES, rng.choice(ODDITIES).encode(), rng.randbytes(rng.randint(1, 9)), b"\0" * 5000])
    return content[:at] + thing + content[at:]


def lines_moved(rng: Random, content: bytes) -> bytes:
    """Lines twice, gone, elsewhere or ended otherwise."""
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            lines.insert(to, lines[at])
        case 1:
            del lines[at]
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case 3:
            rng.shuffle(lines)
        case _:
            end = rng.choice([b"\r\n", b"\r", b"\n\n", b"", b"\x0b"])
            lines = [line.rstrip(b"\r\n") + end for line in lines]
    return b"".join(lines)


def word_replaced(rng: Random, content: bytes) -> bytes:
    """A value is an oddity, a huge one, or another value of the file."""
    words = list(WORD.finditer(content))
    if not words:
        return content
    found, other = rng.choice(words), rng.choice(words)
    huge = rng.choice([b"x", b"9", "é".encode()]) * HUGE
    put = rng.choices([rng.choice(ODDITIES).encode(), other[0], huge], [8, 4, 1])[0]
    return content[: found.start()] + put + content[found.end() :]


def recoded(rng: Random, content: bytes) -> bytes:
    """The whole file, or the rest of it, is in another encoding."""
    text, encoding = content.decode("utf-8", "replace"), rng.choice(ENCODINGS)
    at = 0 if rng.random() < 0.8 else rng.randint(0, len(text))
    return text[:at].encode() + text[at:].encode(encoding, "replace")


def columns_moved(rng: Random, content: bytes) -> bytes:
    """Of a CSV: columns elsewhere, gone, twice or of another name; rows too long or too short; other delimiters."""
    text = content.decode("utf-8", "replace")
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return content
    if not rows or not rows[0]:
        return content
    at, to = rng.randrange(len(rows[0])), rng.randrange(len(rows[0]))
    what = rng.randrange(6)
    for row in [rng.choice(rows)] if what == 5 else rows:
        if max(at, to) < len(row):
            if what == 0:
                row[at], row[to] = row[to], row[at]
            elif what in (1, 5):
                del row[at]
            elif what == 2:
                row.insert(to, row[at])
    if what == 3:
        rows[0][at] = rng.choice([*ODDITIES, rows[0][at].lower(), rows[0][at] + " "])
    out = io.StringIO(newline="")
    delimiter = rng.choice(";\t|") if what == 4 else ","
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL if rng.random() < 0.5 else csv.QUOTE_MINIMAL)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def elements_moved(rng: Random, content: bytes) -> bytes:
    """Of an XML: elements elsewhere, gone, twice, within one another, of another name or with another text."""
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError):
        return content
    for _ in range(rng.randint(1, 4)):
        parents = [(parent, element) for parent in root.iter() for element in parent]
        if not parents:
            break
        parent, element = rng.choice(parents)
        target = rng.choice([each for _, each in parents])
        match rng.randrange(7):
            case 0:
                parent.remove(element)
            case 1:
                target.append(copy.deepcopy(element))
            case 2:
                parent.insert(0, copy.deepcopy(element))
            case 3:
                element.text = rng.choice([rng.choice(ODDITIES), target.text])
            case 4:
                element.tag = rng.choice([str(target.tag), "{urn:x}" + str(element.tag), str(element.tag).upper()])
            case 5:
                element.tail = rng.choice([*ODDITIES, "loose words"])
            case _:
                element.attrib[rng.choice(["a", "id", "nil"])] = rng.choice(ODDITIES)
    written: bytes = ElementTree.tostring(root, encoding=rng.choice(["utf-8", "us-ascii"]))
    return written


def nodes_moved(rng: Random, content: bytes) -> bytes:
    """Of a JSON: values elsewhere, gone, twice, of another type or under another key."""
    try:
        root = json.loads(content)
    except (ValueError, RecursionError):
        return content
    for _ in range(rng.randint(1, 4)):
        places = list(_places(root))
        if not places:
            break
        (holder, key), (other, at) = rng.choice(places), rng.choice(places)
        value, taken = holder[key], copy.deepcopy(other[at])
        odd = [None, True, 0, -1, 1.5, 10**30, [], {}, rng.choice(ODDITIES), [value], {"value": value}, str(value)]
        match rng.randrange(5):
            case 0:
                del holder[key]
            case 1:
                holder[key] = rng.choice(odd)
            case 2:
                holder[key] = taken
            case 3 if isinstance(holder, list):
                holder.insert(key, taken)
            case _ if isinstance(holder, dict):
                holder[rng.choice([str(at), f"{key} ", key.upper(), "zz"])] = holder.pop(key)
    text: str = json.dumps(root, ensure_ascii=rng.random() < 0.5)
    return text.encode("utf-8", "surrogatepass")


def cells_moved(rng: Random, content: bytes) -> bytes:
    """Of a workbook: cells of another value or type; rows, columns and sheets elsewhere, twice, gone or renamed."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, ValueError, OSError):
        return content
    for _ in range(rng.randint(1, 4) if sheets else 0):
        at = rng.randrange(len(sheets))
        name, rows = sheets[at]
        if rows and rows[0]:
            _spoil_rows(rng, rows)
        if rng.random() < 0.1:
            sheets[at] = (rng.choice([name.lower(), name[:-1], "List 3", "List 12", "Notes"]) or "x", rows)
    return _workbook({name[:31]: rows for name, rows in sheets})


def packing_spoilt(rng: Random, content: bytes) -> bytes:
    """Of a zipped package: one of its parts is spoilt as a text, gone, or twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [(name, package.read(name)) for name in package.namelist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, LookupError, EOFError, OSError, NotImplementedError):
        return content
    if not parts:
        return content
    at = rng.randrange(len(parts))
    name, part = parts[at]
    what = rng.choice(["spoilt", "spoilt", "spoilt", "gone", "renamed"])
    if what == "gone":
        del parts[at]
    else:
        parts[at] = (f"x{name}", part) if what == "renamed" else (name, rng.choice([*TEXT, elements_moved])(rng, part))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for each, bytes_ in parts:
            package.writestr(each, bytes_)
    return packed.getvalue()


# Weighted so that about half of the copies can still be read: what is refused at once tries little.
BROKEN: tuple[Mutator, ...] = (flipped, cut, repeated, inserted)
TEXT: tuple[Mutator, ...] = (*BROKEN, recoded, *[lines_moved] * 2, *[word_replaced] * 6)
TABLE: tuple[Mutator, ...] = (*TEXT, *[columns_moved] * 4)
XML: tuple[Mutator, ...] = (*TEXT, *[elements_moved] * 12)
JSON: tuple[Mutator, ...] = (*TEXT, *[nodes_moved] * 12)
WORKBOOK: tuple[Mutator, ...] = (*BROKEN, *[cells_moved] * 12, *[packing_spoilt] * 4)


def _span(rng: Random, content: bytes) -> tuple[int, int]:
    begins = rng.randint(0, len(content))
    return begins, min(len(content), begins + rng.choice([1, 2, 8, 40, 400, len(content)]))


def _places(node: Any) -> list[tuple[Any, Any]]:
    """Every (list, place) and (dict, key) of a JSON."""
    keys = range(len(node)) if isinstance(node, list) else list(node) if isinstance(node, dict) else []
    return [place for key in keys for place in [(node, key), *_places(node[key])]]


def _spoil_rows(rng: Random, rows: list[list[Any]]) -> None:
    row, other = rng.choice(rows), rng.choice(rows)
    at, to = rng.randrange(len(row)), rng.randrange(len(row))
    what = rng.randrange(8)
    if what <= 2:
        row[at] = rng.choice([*ODDITIES, None, True, 0, -1, 2.5, 42744, 42744.75, 1e300, other[to], "x" * 32_000])
    elif what == 3:
        row[at], other[to] = other[to], row[at]
    elif what == 4:
        rows.insert(rng.randrange(len(rows)), list(row))
    elif what == 5 and len(rows) > 1:
        rows.remove(row)
    elif what == 6:
        for each in rows:
            each[at], each[to] = each[to], each[at]
    elif len(row) > 1:
        for each in rows:
            del each[at]


def _workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "nan_inf_to_errors": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, {**options, "default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell not in (None, ""):
                    sheet.write(number, place, cell)
    book.close()
    return out.getvalue()
