"""A room imports only rooms above it, and a library is imported only where its business is done."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "compendium"

# In the order in which data flows: each may import the ones before it, and itself.
ROOMS = (
    "errors", "words", "workspace", "calendar", "engine", "record", "sources", "indicators", "signals",
    "pooling", "conversation", "edition", "disclosure", "publish", "web", "county", "commands", "cli",
)  # fmt: skip

# Library, or part of one -> the modules or rooms that may import it. Only the store encrypts.
LIBRARIES = {
    "python_calamine": {"sources"},
    "lxml": {"sources", "county"},
    "cryptography": {"record.keys", "record.custody", "record.wrapped", "record.store"},
    "cryptography.hazmat.primitives.ciphers": {"record.store"},
    "keyring": {"record.custody"},
    "getpass": {"record.passphrase"},  # who is asking is told by the account, not by the environment
    "duckdb": {"engine", "record"},
    "fsspec": {"engine", "record"},
    "sqlglot": {"engine"},
    "yaml": {"engine"},
    "jinja2": {"publish"},
    "psycopg": {"sources.database", "engine.postgres_engine"},
    "pyspark": {"engine.spark_engine"},
    "py4j": {"engine.spark_engine"},
    "pyodbc": {"sources.database"},
    "xlsxwriter": {"publish", "county"},
    "scipy": {"signals"},
    "numpy": {"signals"},
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the package by its name within it: 'record.store'."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name:
            yield name, ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every import, wherever it stands, as (line, dotted name)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{'.' * node.level}{node.module or ''}.{alias.name}") for alias in node.names)


def faults(name: str, tree: ast.Module) -> Iterator[str]:
    room = name.split(".")[0]
    for line, imported in imports(tree):
        top, _, rest = imported.partition(".")
        where = f"{name}, line {line}"
        if not top:
            yield f"{where}: a relative import; name the module in full"
        elif top == "compendium":
            other = rest.split(".")[0]
            if other not in ROOMS:
                yield f"{where}: there is no room called {other!r}"
            elif ROOMS.index(other) > ROOMS.index(room):
                yield f"{where}: {room} may not know of {other}, which stands below it"
        for library, places in LIBRARIES.items():
            if f"{imported}.".startswith(f"{library}.") and not any(f"{name}.".startswith(f"{at}.") for at in places):
                yield f"{where}: {library} belongs to {', '.join(sorted(places))}"


def test_every_room_imports_only_rooms_above_it() -> None:
    found = dict(modules())
    assert {name.split(".")[0] for name in found} <= set(ROOMS), "a room that has no place in the order"
    assert [fault for name, tree in found.items() for fault in faults(name, tree)] == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("edition.build", "from compendium.publish.html.write import write"),
        ("calendar.months", "def f():\n    import compendium.record.store"),
        ("record.keys", "from cryptography.hazmat.primitives.ciphers.aead import AESGCM"),
        ("record.intake", "import cryptography.fernet"),
        ("county.write", "from compendium import cli"),
        ("indicators.loading", "import lxml.etree"),
        ("record.codes", "from . import tables"),
        ("words", "import compendium.utils"),
    ],
)
def test_an_import_the_wrong_way_is_found(name: str, line: str) -> None:
    assert len(list(faults(name, ast.parse(line)))) == 1
