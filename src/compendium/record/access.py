"""The access record: who read which children's rows, when, how many and why. Written before the rows are given.

Entries are only ever added. Each is sealed, and holds the digest of all before it: an entry changed,
taken out or put in breaks the chain. How long the chain was stands in a second sealed file and in
every delivery loaded since, so that entries cut off at the end are noticed too, unless all of these
are put back together from one older copy. Against that, and against somebody who has the key, helps
only an anchor kept by somebody else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from compendium import words
from compendium.errors import Place, StoreError
from compendium.record.folder import RecordFolder
from compendium.record.pseudonym import child_pseudonym
from compendium.record.store import Store
from compendium.workspace import PERSON, Workspace

FILE, ANCHOR = "access", "access.anchor"
START = "0" * 64


@dataclass(frozen=True)
class Access:
    """One reading. `when` is in UTC; `what` names the list, never a child; `children` are pseudonyms, in order."""

    who: str
    when: datetime
    what: str
    how_many: int
    why: str
    children: tuple[str, ...] = ()


@dataclass(frozen=True)
class Anchor:
    """How many entries there were, and the digest of all of them. It tells nothing of what they say."""

    entries: int
    digest: str

    def __str__(self) -> str:
        return f"{self.entries}:{self.digest}"

    @classmethod
    def parse(cls, text: str) -> Anchor:
        """ValueError for what is no anchor."""
        entries, _, digest = text.strip().partition(":")
        if not entries.isdigit() or len(digest) != len(START) or set(digest) - set("0123456789abcdef"):
            raise ValueError("not an anchor")
        return cls(int(entries), digest)


class ChildRows(list[Mapping[str, Any]]):
    """Rows about single children that may be shown, for their reading is on record: see `AccessRecord.hand_out`."""


class AccessRecord:
    """Open it with `AccessRecord.open`. case_link: a child's address in the case system, with {person_id} in it."""

    def __init__(self, folder: RecordFolder, case_link: str | None = None) -> None:
        self._folder, self._case_link = folder, case_link
        self._path = folder.path / FILE

    @classmethod
    def open(cls, workspace: Workspace) -> AccessRecord:
        """StoreError when the key is missing or damaged."""
        return cls(RecordFolder(workspace.record_folder, Store.of(workspace)), workspace.case_link)

    def write(
        self,
        *,
        who: str,
        what: str,
        how_many: int,
        why: str,
        children: Iterable[str | None] = (),
        when: datetime | None = None,
    ) -> Access:
        """Adds an entry and returns when it is on the disk. ValueError when it does not say who or why.

        children: the ids of those whose rows are read, in any order and as often as they come; they are
        held as pseudonyms.
        """
        if not who.strip() or not why.strip():
            raise ValueError("a child list is read by someone and for a reason")
        known = sorted({self._pseudonym(child) for child in children if child and child.strip()})
        entry = Access(who, when or datetime.now(UTC), what, how_many, why, tuple(known))
        content = {**asdict(entry), "when": entry.when.isoformat()}
        with self._folder.locked():
            digests = self._read()[1]
            blob = self._folder.store.seal(FILE, json.dumps({**content, "before": digests[-1]}).encode())
            self._folder.append(FILE, base64.b64encode(blob))
            self._folder.put(ANCHOR, str(Anchor(len(digests), _digest(digests[-1], content))).encode())
        return entry

    def hand_out(
        self,
        rows: Sequence[Mapping[str, Any]],
        *,
        children: Iterable[str | None],
        who: str,
        what: str,
        why: str,
    ) -> ChildRows:
        """The rows, once it is on record that they are read: the only way by which rows of children reach a surface.

        Where the settings say how, a row with a `child_id` has the child's address in the case system, too, as `link`.
        """
        self.write(who=who, what=what, how_many=len(rows), why=why, children=children)
        return ChildRows(rows if self._case_link is None else [self._linked(row) for row in rows])

    def _linked(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        if "child_id" not in row:
            return row
        child = row["child_id"]
        link = (self._case_link or "").replace(PERSON, quote(child, safe="")) if child else None
        return {**row, "link": link}

    def entries(self) -> list[Access]:
        """All entries, oldest first. StoreError when the chain is broken or its end is gone."""
        return [_entry(content) for content in self._read()[0]]

    def about(self, child: str) -> list[Access]:
        """The readings of this child's rows, oldest first; of those before children were noted nothing is known."""
        wanted = self._pseudonym(child)
        return [entry for entry in self.entries() if wanted in entry.children]

    def anchor(self) -> Anchor:
        """What to keep elsewhere, so that a later look can tell whether these entries are still the same."""
        digests = self._read()[1]
        return Anchor(len(digests) - 1, digests[-1])

    def holds(self, anchor: Anchor) -> bool:
        """Whether the entries up to the anchor are those it was taken of."""
        digests = self._read()[1]
        return anchor.entries < len(digests) and digests[anchor.entries] == anchor.digest

    def reseal(self) -> None:
        """Seals every entry with the key in force. What they say, and so every digest, stays.

        The caller holds the lock. StoreError, and nothing done, when the chain is broken.
        """
        contents, digests = self._read()
        lines = []
        for content, before in zip(contents, digests[:-1], strict=True):
            blob = self._folder.store.seal(FILE, json.dumps({**content, "before": before}).encode())
            lines.append(b"\n" + base64.b64encode(blob) + b"\n")
        if lines:
            self._folder.replace(self._path, b"".join(lines))
            self._folder.put(ANCHOR, str(Anchor(len(lines), digests[-1])).encode())

    def _pseudonym(self, child: str) -> str:
        return child_pseudonym(self._folder.store.child_key, child)

    def _read(self) -> tuple[list[dict[str, Any]], list[str]]:
        """What the entries say, and the digests of none of them, of the first, of the first two …

        A line cut short by a crash led to no reading and is passed over; a whole line that does not
        open is passed over too, but then the next entry's chain does not fit, or nothing follows it.
        """
        witnesses = self._witnesses()  # read first: an entry added meanwhile is then no contradiction
        contents: list[dict[str, Any]] = []
        digests, last, whole = [START], START, True
        lines = self._path.read_bytes().split(b"\n") if self._path.exists() else []
        for line in filter(None, lines):
            content = self._opened(line)
            if content is None:
                whole = False
                continue
            # The first version held the hash of the line before, sealed as it was.
            if content.pop("before") not in (digests[-1], last):
                raise self._broken(len(contents))
            contents.append(content)
            digests.append(_digest(digests[-1], content))
            last, whole = hashlib.sha256(line).hexdigest(), True
        if not whole and not lines[-1]:
            raise self._broken(len(contents))
        for witness in witnesses:
            if witness.entries > len(contents):
                raise self._cut_short(len(contents), witness.entries)
            if digests[witness.entries] != witness.digest:
                raise self._broken(0)
        return contents, digests

    def _opened(self, line: bytes) -> dict[str, Any] | None:
        """None for a line that is damaged or cut short. StoreError for one that was sealed with another key."""
        try:
            blob = base64.b64decode(line, validate=True)
        except ValueError:
            return None
        if not self._folder.store.is_whole(FILE, blob):
            return None
        content: dict[str, Any] = json.loads(self._folder.store.open(FILE, blob))
        return content

    def _witnesses(self) -> list[Anchor]:
        """What was noted of the chain's length: by its last writer, and by every delivery loaded since."""
        found = [self._folder.get(ANCHOR)] if self._folder.holds(ANCHOR) else []
        found += [
            self._folder.read(each, ANCHOR) for each in self._folder.delivery_ids() if self._folder.holds(ANCHOR, each)
        ]
        return [Anchor.parse(blob.decode()) for blob in found]

    def _broken(self, number: int) -> StoreError:
        return StoreError(
            f"the access record has been changed after entry {number}",
            where=Place(file=str(self._path)),
            remedy="keep the file as it is, and compare it with a copy",
        )

    def _cut_short(self, left: int, were: int) -> StoreError:
        return StoreError(
            f"the access record has lost its end: it holds {words.plural(left, 'entry', 'entries')} and held {were}",
            where=Place(file=str(self._path)),
            remedy="keep the file as it is, and compare it with a copy",
        )


def _entry(content: Mapping[str, Any]) -> Access:
    when, children = datetime.fromisoformat(content["when"]), tuple(content.get("children", ()))
    return Access(**{**content, "when": when, "children": children})


def _digest(before: str, content: Mapping[str, Any]) -> str:
    """Of what the entries say, not of how they are sealed: it stays when the key changes."""
    return hashlib.sha256(f"{before}\n{json.dumps(content, sort_keys=True)}".encode()).hexdigest()
