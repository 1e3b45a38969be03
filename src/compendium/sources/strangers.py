"""What a file is that holds no records: a letter, a picture, an archive. Told by its first bytes and its parts, so
that nobody is sent back for a better copy of it."""

from __future__ import annotations

from collections.abc import Collection

OPENINGS = {
    b"%PDF-": "a PDF document",
    b"\x89PNG\r\n": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"{\\rtf": "a document (RTF)",
    b"7z\xbc\xaf\x27\x1c": "an archive (7z)",
    b"Rar!\x1a\x07": "an archive (RAR)",
    b"\x1f\x8b": "an archive (gzip)",
}
PARTS = {"word/": "a Word document", "ppt/": "a PowerPoint presentation"}
WORKBOOKS = ("xl/", "content.xml", "mimetype")  # what an .xlsx or .ods has, and no archive of deliveries
STREAMS = {
    "WordDocument": "a Word document",
    "PowerPoint Document": "a PowerPoint presentation",
    "__properties_version1.0": "an Outlook message",
}
SHEETS = ("Workbook", "Book")  # a workbook may hold a document, and is a workbook still


def stranger(head: bytes) -> str | None:
    """By how the file begins."""
    return next((what for opening, what in OPENINGS.items() if head.startswith(opening)), None)


def stranger_in_zip(names: Collection[str], kind: bytes) -> str | None:
    """By the names of its parts; kind: what an OpenDocument says that it is."""
    for part, what in PARTS.items():
        if any(name.startswith(part) for name in names) and not any(name.startswith("xl/") for name in names):
            return what
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "a text document (OpenDocument)"
    if names and not any(name.startswith(WORKBOOKS) for name in names):
        return "an archive (zip)"
    return None


def stranger_in_compound(data: bytes) -> str | None:
    """By the streams that an older Office file's directory names."""
    if any(_named(sheet) in data for sheet in SHEETS):
        return None
    return next((what for stream, what in STREAMS.items() if _named(stream) in data), None)


def _named(stream: str) -> bytes:
    return stream.encode("utf-16-le") + b"\0\0"
