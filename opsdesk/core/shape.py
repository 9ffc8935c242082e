"""Values against a declared type: every place that does not fit, where msgspec stops at the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, TypeGuard

import msgspec
from msgspec import inspect

from opsdesk.core.text import cleaned

Path = tuple[str | int, ...]


class Misfit(msgspec.Struct, frozen=True):
    """One place where something else was found than is allowed."""

    path: Path
    found: str
    allowed: str


def place_of(path: Path) -> str:
    """The path as it is written: "sections[2].minutes", counted from 0."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{cleaned(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def misfits(value: Any, kind: inspect.Type, path: Path = ()) -> Iterator[Misfit]:
    """Everything in the value that its type does not allow; the types TOML files are declared with are known."""
    match kind:
        case inspect.Metadata():
            words = (kind.extra_json_schema or {}).get("description", describe(kind.type))
            yield from (Misfit(each.path, each.found, words) for each in misfits(value, kind.type, path))
        case inspect.StructType():
            yield from _table(value, kind, path)
        case inspect.VarTupleType():
            yield from _list(value, kind, path)
        case _ if not _fits(value, kind):
            yield Misfit(path, shown(value), _suggested(value, kind))


def describe(kind: inspect.Type) -> str:
    """What a type allows, in words."""
    match kind:
        case inspect.Metadata():
            return str((kind.extra_json_schema or {}).get("description", describe(kind.type)))
        case inspect.StructType():
            return f"a table with {', '.join(field.name for field in kind.fields)}"
        case inspect.VarTupleType(item_type=item):
            return f"a list{' of at least one' if kind.min_length else ''}, each {describe(item)}"
        case inspect.IntType():
            return f"a whole number from {kind.ge} to {kind.le}"
        case inspect.FloatType():
            return f"a number from {kind.ge} to {kind.le}"
        case inspect.DateType():
            return "a date such as 2026-12-25"
        case inspect.BoolType():
            return "true or false"
        case inspect.LiteralType(values=values):
            return f"one of {', '.join(shown(value) for value in values)}"
        case inspect.StrType(min_length=least, max_length=most):
            return (
                f"a text of {least or 0} to {most} letters" if most else "a text" + " that is not empty" * bool(least)
            )
    return "a text"


def shown(value: Any) -> str:
    """A value as a line of a message can hold it."""
    match value:
        case str():
            return f'"{value[:60]}…"' if len(value) > 60 else f'"{value}"'
        case bool():
            return str(value).lower()
        case list():
            return "a list" if value else "an empty list"
        case dict():
            return "a table"
        case int() if abs(value) > 10**20:
            return "a very large number"
    return str(value)


def nearest(name: str, known: Mapping[str, Any] | tuple[str, ...]) -> str:
    """The known name that was probably meant; empty if none is near."""
    return next(iter(get_close_matches(name, list(known), n=1)), "")


def _table(value: Any, kind: inspect.StructType, path: Path) -> Iterator[Misfit]:
    if not isinstance(value, dict):
        yield Misfit(path, shown(value), describe(kind))
        return
    fields = {field.encode_name: field for field in kind.fields}
    for name in value.keys() - fields.keys():
        yield Misfit((*path, name), "an unknown key", _key(name, fields))
    for name, field in fields.items():
        if name in value:
            yield from misfits(value[name], field.type, (*path, name))
        elif field.required:
            yield Misfit((*path, name), "nothing", describe(field.type))


def _key(name: str, fields: Mapping[str, Any]) -> str:
    meant = nearest(name, fields)
    return f"{meant!r} was probably meant" if meant else f"one of {', '.join(fields)}"


def _list(value: Any, kind: inspect.VarTupleType, path: Path) -> Iterator[Misfit]:
    if not isinstance(value, list) or len(value) < (kind.min_length or 0):
        yield Misfit(path, shown(value), describe(kind))
        return
    for place, item in enumerate(value):
        yield from misfits(item, kind.item_type, (*path, place))


def _suggested(value: Any, kind: inspect.Type) -> str:
    if isinstance(kind, inspect.LiteralType) and isinstance(value, str):
        meant = nearest(value, tuple(str(each) for each in kind.values))
        return f"{describe(kind)}; {shown(meant)} was probably meant" if meant else describe(kind)
    return describe(kind)


def _fits(value: Any, kind: inspect.Type) -> bool:
    match kind:
        case inspect.IntType():
            return _is_int(value) and (kind.ge is None or value >= kind.ge) and (kind.le is None or value <= kind.le)
        case inspect.FloatType():
            return _is_number(value) and (kind.ge is None or value >= kind.ge) and (kind.le is None or value <= kind.le)
        case inspect.BoolType():
            return isinstance(value, bool)
        case inspect.DateType():
            return isinstance(value, date) and not isinstance(value, datetime)
        case inspect.LiteralType(values=values):
            return isinstance(value, str) and value in values
        case inspect.StrType():
            return isinstance(value, str) and _fits_text(value, kind)
    raise TypeError(f"{kind} is not known here")


def _is_int(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _fits_text(text: str, kind: inspect.StrType) -> bool:
    long_enough = (kind.min_length or 0) <= len(text) <= (kind.max_length or len(text))
    return long_enough and (kind.pattern is None or re.search(kind.pattern, text) is not None)
