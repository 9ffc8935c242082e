"""A field's value from what people type for it, by the type that the field is declared with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import inspect

from opsdesk.core import dates, instants
from opsdesk.core.declared import bare, declared, initial, title_of, titles
from opsdesk.core.errors import Invalid
from opsdesk.core.names import Directory, fold
from opsdesk.core.record import Record
from opsdesk.core.references import fields_of
from opsdesk.core.register import ORIGIN, Look
from opsdesk.core.text import clean

NAMED_AT_MOST = 8
NONE = ("", "none", "nobody", "nodate")
YES, NO = ("yes", "y", "true", "on", "x"), ("no", "n", "false", "off")
ALIKE = {"sev": "severity", "severity": "sev"}
ONE_OF = {"people": "person", "customers": "customer", "components": "component"}

Directories = Mapping[str, Directory]
"""Kind → its handles and names, of the kinds that are named by handle."""

ANY = ""
"""Where a record of any kind may be named: ids and names of those that go by a name, as releases by their version."""


def value_of(shape: type[Record], name: str, typed: str, directories: Directories, look: Look) -> Any:
    """Raises Invalid in one sentence, naming what is allowed; what is required by its length is checked on keeping."""
    kind = bare(declared(shape)[name])
    said = clean(typed)
    if isinstance(kind, inspect.VarTupleType):
        return _several(shape, name, said, directories, look)
    if said.casefold() in NONE and not isinstance(kind, inspect.LiteralType):
        return _nothing(shape, name, said)
    named = names_in(shape).get(name)
    if named is not None:
        return _named(named, said, title_of(shape, name), directories)
    if isinstance(kind, inspect.LiteralType):
        return _choice(choices(shape, name), said, title_of(shape, name))
    if isinstance(kind, inspect.DateTimeType):
        lacking = timeless(shape, name, said, look)
        if lacking:
            raise Invalid(lacking)
        at = instants.resolve(said, look.now, look.settings, past=has_happened(shape, name))
        return _found(at, said, title_of(shape, name), "time", instants.EXAMPLES)
    return _plain(kind, said, title_of(shape, name), look)


def has_happened(shape: type[Record], name: str) -> bool:
    """Whether the field tells when something was, and so is never ahead."""
    return name in getattr(shape, "in_order", ())


def timeless(shape: type[Record], name: str, said: str, look: Look) -> str:
    """What is wrong with a day that is no time of day, for what is still to come; empty where nothing is."""
    day = dates.resolve(said, look.today, look.settings)
    if day is None or day < look.today or has_happened(shape, name):
        return ""
    if not isinstance(bare(declared(shape)[name]), inspect.DateTimeType):
        return ""
    return f'{title_of(shape, name)}: "{said}" says no time of day: "{said} 22:00" does.'


def said_of(shape: type[Record], name: str, value: Any, directories: Directories, look: Look) -> str:
    """A value as a person reads it in an answer."""
    if value in (None, "", ()):
        return "none"
    if isinstance(value, tuple):
        return ", ".join(said_of(shape, name, each, directories, look) for each in value)
    named = names_in(shape).get(name)
    if named and named in directories and isinstance(value, str):
        return directories[named].name(value)
    return _words(value, look)


@cache
def names_in(shape: type[Record]) -> Mapping[str, str]:
    """Field → the kind of record that it names, "" for one of any kind."""
    return fields_of(shape.kind)


@cache
def choices(shape: type[Record], name: str) -> tuple[str, ...]:
    """What an enumeration may be, in the order it is declared; () for any other field."""
    if not isinstance(bare(declared(shape)[name]), inspect.LiteralType):
        return ()
    kind = next(field.type for field in msgspec.structs.fields(shape) if field.name == name)
    while get_origin(kind) is not Literal:
        kind = get_args(kind)[0]
    return tuple(map(str, get_args(kind)))


@cache
def typeable(shape: type[Record]) -> Mapping[str, str]:
    """What a field may be called → the field: its name, its title, in singular and plural; SEV and severity alike."""
    names = [name for name in titles(shape) if name not in ("id", "rev", *ORIGIN)]
    several = [name for name in names if isinstance(bare(declared(shape)[name]), inspect.VarTupleType)]
    called = [(titles(shape)[name], name) for name in names] + [(name.removesuffix("s"), name) for name in several]
    many = [(f"{name}s", name) for name in names if names_in(shape).get(name) in ONE_OF and name not in several]
    alike = [(ALIKE[name], name) for name in names if name in ALIKE]
    found = {_plainly(word): name for word, name in [*called, *((name, name) for name in names)]}
    return found | {_plainly(word): name for word, name in (*many, *alike) if _plainly(word) not in found}


def field_called(shape: type[Record], word: str) -> str:
    """The field that a person means by this word; empty where there is none."""
    return typeable(shape).get(_plainly(word), "")


def _plainly(word: str) -> str:
    return "".join(each for each in fold(word) if each.isalnum() or each == "%").removesuffix("%")


def _nothing(shape: type[Record], name: str, said: str) -> Any:
    """What the field is where nobody says anything; "none" may be meant in words."""
    default = initial(shape)[name]
    words = isinstance(bare(declared(shape)[name]), inspect.StrType) and name not in names_in(shape)
    if words:
        return said
    if default is msgspec.NODEFAULT or default not in (None, "", ()):
        raise Invalid(f"{title_of(shape, name)} cannot be empty.")
    return default


def _several(shape: type[Record], name: str, said: str, directories: Directories, look: Look) -> tuple[Any, ...]:
    named = names_in(shape).get(name)
    if named is None or any(path.startswith(f"{name}.") for path in names_in(shape)):
        raise Invalid(f"{title_of(shape, name)} is not typed in one word: a verb keeps it.")
    words = [] if said.casefold() in NONE else [word for word in re.split(r"[,;\s]+", said) if word]
    return tuple(dict.fromkeys(_named(named, word, title_of(shape, name), directories) for word in words))


def _named(kind: str, said: str, title: str, directories: Directories) -> str:
    """A handle, or the id of a record; of one of any kind also its whole name, where it goes by one."""
    if kind == ANY:
        return _by_name(said, directories.get(ANY, Directory())) or _id(said, title)
    if kind not in directories:
        return _id(said, title)
    known = directories[kind]
    found = known.find(said.lstrip("@#"))
    if len(found) == 1:
        return found[0]
    allowed = ", ".join((found or known.starting(""))[:NAMED_AT_MOST]) or "none yet"
    what = "more than one" if found else "no known"
    raise Invalid(f'{title}: "{said}" names {what} {ONE_OF.get(kind, kind)} (known: {allowed}).')


def _by_name(said: str, known: Directory) -> str:
    """The id; empty where not exactly one goes by it."""
    found = [each for each in known.find(said) if fold(known.name(each)) == fold(said)]
    return found[0].upper() if len(found) == 1 else ""


def _id(said: str, title: str) -> str:
    from opsdesk.core.kinds import shape_of

    id = said.upper()
    head, _, number = id.partition("-")
    if shape_of(id) is None or not head or not number.isdecimal():
        raise Invalid(f'{title}: "{said}" is not the id of a record: A-12 is one.')
    return id


def _plain(kind: inspect.Type, said: str, title: str, look: Look) -> Any:
    match kind:
        case inspect.BoolType():
            return _yes(said, title)
        case inspect.IntType() | inspect.FloatType():
            return _number(kind, said, title)
        case inspect.DateType():
            day = dates.resolve(said, look.today, look.settings)
            return _found(day, said, title, "date", dates.EXAMPLES)
        case inspect.StrType():
            return said
    raise Invalid(f"{title} is not typed: a verb keeps it.")


def _found(value: Any, said: str, title: str, what: str, examples: str) -> Any:
    if value is None:
        raise Invalid(f'{title}: "{said}" is no {what}: {examples} are.')
    return value


def _choice(values: tuple[str, ...], said: str, title: str) -> str:
    """By any unambiguous start; a dash counts as a space."""
    wanted = fold(said).replace("-", " ")
    found = [each for each in values if fold(each) == wanted] or [
        each for each in values if wanted and fold(each).startswith(wanted)
    ]
    if len(found) == 1:
        return found[0]
    could = f"could be {' or '.join(found)}" if found else f"is none of {', '.join(filter(None, values))}"
    raise Invalid(f'{title}: "{said}" {could}.')


def _yes(said: str, title: str) -> bool:
    if fold(said) not in (*YES, *NO):
        raise Invalid(f'{title}: "{said}" is neither yes nor no.')
    return fold(said) in YES


def _number(kind: inspect.IntType | inspect.FloatType, said: str, title: str) -> float:
    """As "2", "SEV-2", "99,9 %"."""
    match = re.fullmatch(r"(?:[a-z]+[- ]?)?(\d{1,15}(?:[.,]\d{1,6})?) ?%?", said.lower(), re.ASCII)
    whole = isinstance(kind, inspect.IntType)
    value = float(match[1].replace(",", ".")) if match else None
    ends = (kind.ge, kind.le)
    outside = value is not None and (
        (ends[0] is not None and value < ends[0]) or (ends[1] is not None and value > ends[1])
    )
    if value is None or outside or (whole and value % 1):
        span = f" from {ends[0]} to {ends[1]}" if ends[1] is not None else ""
        raise Invalid(f'{title}: "{said}" is no {"whole " * whole}number{span}.')
    return int(value) if whole else value


def _words(value: Any, look: Look) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return instants.readable(value, look.now, look.settings)
        case date():
            return dates.readable(value, look.today)
    return f"{value:g}" if isinstance(value, float) else str(value)
