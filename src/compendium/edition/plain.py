"""Frozen dataclasses as plain JSON values and back, by their own type hints.

Decimal and date are written as text; a tuple becomes a list. What comes back is equal to what went in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")


def as_plain(value: Any) -> Any:
    """Dicts, lists, text, whole numbers, booleans and None. Raises TypeError for anything it does not know."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [as_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): as_plain(each) for key, each in value.items()}
    if is_dataclass(value):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"an edition holds no {type(value).__name__}")


def from_plain(kind: type[Kind], plain: Any) -> Kind:
    """The value of that type which `as_plain` wrote."""
    return cast(Kind, _read(kind, plain))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, plain: Any) -> Any:
    if get_origin(kind) is UnionType:
        if plain is None:
            return None
        kind = next(each for each in get_args(kind) if each is not type(None))
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_read(arguments[0], each) for each in plain)
    if origin is Mapping:
        return {key: _read(arguments[1], each) for key, each in plain.items()}
    if is_dataclass(kind):
        return cast(Any, kind)(**{name: _read(hint, plain[name]) for name, hint in _hints(cast(type, kind)).items()})
    if kind is Decimal:
        return Decimal(plain)
    if kind is date:
        return date.fromisoformat(plain)
    return plain
