"""How a record's fields are declared: their titles, and what kind of value each holds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec.structs import fields

from opsdesk.core.record import TEXT_LIMIT, Record

if TYPE_CHECKING:
    from msgspec import inspect


@cache
def declared(shape: type[Record]) -> dict[str, inspect.Type]:
    """Field → its declared type, with its title around it where it carries one."""
    from msgspec.inspect import StructType, type_info

    info = type_info(shape)
    return {field.name: field.type for field in info.fields} if isinstance(info, StructType) else {}


@cache
def initial(shape: type[Record]) -> Mapping[str, Any]:
    """Field → what it is where nobody says anything; msgspec.NODEFAULT where it has to be said."""
    return {field.name: field.default for field in fields(shape)}


def titles(shape: type[Record]) -> dict[str, str]:
    """Field → title, of the fields that carry one."""
    from msgspec.inspect import Metadata

    found = {name: kind.extra_json_schema for name, kind in declared(shape).items() if isinstance(kind, Metadata)}
    return {name: extra["title"] for name, extra in found.items() if extra and "title" in extra}


def title_of(shape: type[Record], name: str) -> str:
    """The field as people read it, also where it carries no title."""
    return titles(shape).get(name) or name.replace("_", " ").capitalize()


def bare(kind: inspect.Type) -> inspect.Type:
    """Without its title, and without None where that is only for "not yet"."""
    from msgspec.inspect import Metadata, NoneType, UnionType

    if isinstance(kind, Metadata):
        return bare(kind.type)
    if isinstance(kind, UnionType):
        kinds = [each for each in kind.types if not isinstance(each, NoneType)]
        return bare(kinds[0]) if len(kinds) == 1 else kind
    return kind


@cache
def naming(shape: type[Record]) -> dict[str, str]:
    """Field → the kind of record that its value names, or each of its values; "" for a record of any kind."""
    found = {name: _named(kind) for name, kind in declared(shape).items()}
    inner = {f"{name}.{field}": each for name, kind in declared(shape).items() for field, each in _inside(kind)}
    return {**{name: each for name, each in found.items() if each is not None}, **inner}


def _named(kind: inspect.Type) -> str | None:
    from msgspec.inspect import Metadata, UnionType, VarTupleType

    match kind:
        case Metadata() if kind.extra and "names" in kind.extra:
            return str(kind.extra["names"])
        case Metadata():
            return _named(kind.type)
        case VarTupleType():
            return _named(kind.item_type)
        case UnionType():
            return next((each for each in map(_named, kind.types) if each is not None), None)
    return None


def _inside(kind: inspect.Type) -> list[tuple[str, str]]:
    """Field → kind in a value with fields of its own, or in each of several."""
    from msgspec.inspect import StructType, VarTupleType

    kind = bare(kind)
    if isinstance(kind, VarTupleType):
        return _inside(kind.item_type)
    if not isinstance(kind, StructType):
        return []
    return [(field.name, named) for field in kind.fields if (named := _named(field.type)) is not None]


def is_text(kind: inspect.Type) -> bool:
    """Words that people write, such as a title or a reason; no handle, id or state."""
    from msgspec.inspect import StrType

    kind = bare(kind)
    return isinstance(kind, StrType) and kind.max_length == TEXT_LIMIT and kind.pattern is None


def is_handle(kind: inspect.Type) -> bool:
    """A person or a customer."""
    from msgspec.inspect import StrType

    kind = bare(kind)
    return isinstance(kind, StrType) and kind.pattern is not None


def is_list(kind: inspect.Type) -> bool:
    from msgspec.inspect import VarTupleType

    return isinstance(bare(kind), VarTupleType)
