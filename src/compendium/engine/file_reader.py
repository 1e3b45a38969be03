"""A file of keys and values while it is read: each value as what it should be, each fault with its line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compendium.engine.dialect import Query, read
from compendium.engine.dialect_reading import Columns, Level, did_you_mean
from compendium.engine.lined import Lined, read_lined

SHORT = 8  # names that can all be told in a message


@dataclass
class FileReader:
    """relations: what the file's SQL may read. faults: as (line, what), in the order found."""

    file: Path
    lined: Lined
    relations: Mapping[str, Columns]
    faults: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def opened(cls, file: Path, text: str, relations: Mapping[str, Columns]) -> FileReader:
        """With any fault there is nothing to read yet."""
        lined = read_lined(text)
        reader = cls(file, lined, relations, list(lined.faults))
        if not reader.faults and not isinstance(lined.values, dict):
            reader.faults.append((1, "the file is a list of keys and values, such as `title: Referrals`"))
        return reader

    def fault(self, what: str, *path: str | int) -> None:
        self.faults.append((self.lined.line(*path), what))

    def get(self, *path: str | int) -> Any:
        value = self.lined.values
        for part in path:
            value = value.get(part) if isinstance(value, dict) else value[part] if isinstance(part, int) else None
            if value is None:
                return None
        return value

    def check_keys(self, known: Sequence[str], required: Collection[str]) -> None:
        """Of the file itself: no key that is not known, none of the required missing or empty."""
        for key in self.lined.values:
            if key not in known:
                self.fault(f"there is no key `{key}`; {did_you_mean(str(key), known)}", key)
        for key in required:
            if self.get(key) in (None, "", []):
                self.fault(f"`{key}` is missing")

    def one_of(self, key: str, known: Collection[str], default: str = "") -> str:
        value = self.get(key)
        if value is None:
            return default
        if value not in known:
            # A near name could mean the opposite (higher_is_worse), so all of a short list are told.
            told = f"one of {', '.join(known)}" if len(known) <= SHORT else did_you_mean(str(value), known)
            self.fault(f"{key}: {value!r} is not known; {told}", key)
            return default
        return str(value)

    def names(self, key: str, known: Collection[str] | None = None) -> tuple[str, ...]:
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(f"{key}: a list in square brackets is wanted", key)
            return ()
        for at, each in enumerate(value):
            if known is not None and each not in known:
                self.fault(f"{key}: {each!r} is not known; {did_you_mean(str(each), known)}", key, at)
        return tuple(str(each) for each in value)

    def mapping(self, *path: str | int) -> Mapping[str, Any]:
        value = self.get(*path)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(f"{path[-1]}: names and values are wanted, as in {{days: 10}}", *path)
            return {}
        return value

    def whole(self, value: Any, what: str, *path: str | int) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault(f"{what}: a whole number is wanted, not {value!r}", *path)
        return 0

    def words(self, keys: Collection[str]) -> Mapping[str, str]:
        """The texts of those keys that are given, on one line each."""
        made = {}
        for key in keys:
            value = self.get(key)
            if value is not None and not isinstance(value, str):
                self.fault(f"{key}: words are wanted", key)
            elif value:
                made[key] = " ".join(value.split())
        return made

    def limits(self) -> Mapping[str, int | str]:
        """The settings that a council may override."""
        made: dict[str, int | str] = {}
        for name, value in self.mapping("limits").items():
            if isinstance(value, int | str) and not isinstance(value, bool):
                made[name] = value
            else:
                self.fault(f"limits: {name} is a whole number or a word, not {value!r}", "limits", name)
        return made

    def query(self, key: str, level: Level, parameters: Mapping[str, int | str], *within: str | int) -> Query | None:
        """The SELECT of a key; None, and its faults, when it cannot be used. parameters: its :names, by default.

        within: where in the file the key stands; nothing: in the file itself.
        """
        path = (*within, key)
        sql = self.get(*path)
        if not isinstance(sql, str):
            self.fault(f"{key}: one SELECT is wanted", *path)
            return None
        kinds = {name: "text" if isinstance(value, str) else "integer" for name, value in parameters.items()}
        query = read(sql, self.relations, level, kinds)
        first = self.lined.text_lines.get(path, self.lined.line(*path))
        self.faults += [(first + fault.line - 1, str(fault)) for fault in query.faults]
        return None if query.faults else query

    def example_list(self) -> range:
        """The places of the examples, none when they are no list."""
        given = self.get("examples")
        if isinstance(given, list):
            return range(len(given))
        if given is not None:
            self.fault("examples: a list is wanted, each beginning with `- says:`", "examples")
        return range(0)
