"""A line of a register as words, and which of its fields they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import msgspec
from msgspec import inspect

from opsdesk.core import dates, instants
from opsdesk.core.declared import bare, declared, is_text
from opsdesk.core.fieldvalues import has_happened, names_in
from opsdesk.core.register import Look, Register, Registered, Verb

Role = Literal["owner", "customer", "field", "unknown"]
_TOKEN = re.compile(
    r'(?P<name>[^\W\d_][\w-]*):"(?P<value>(?:[^"]++|"")*+)"(?!\S)|"(?P<quoted>(?:[^"]++|"")++)"(?!\S)|\S+'
)
_FIELD = re.compile(r"([^\W\d_][\w-]*):(.*)")


class Chip(msgspec.Struct, frozen=True):
    """Recognised words: what they mean for a person to read, the field they are for, their place in the text."""

    role: Role
    field: str
    text: str
    start: int
    end: int


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, understood. `values`: field → value. `unknown`: names not known, with their sigil; `ambiguous`:
    those of them that could be several. `problems`: fields whose value cannot be read, `asked`: what is kept only once
    somebody says that it is meant; a sentence each.
    """

    text: str
    values: Mapping[str, Any] = {}
    chips: tuple[Chip, ...] = ()
    unknown: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


class Slots(msgspec.Struct, frozen=True, kw_only=True):
    """Which field free words, @who, #customer, dates, bare values and hours are for; `only`: the fields that may be
    named, all of them where none is. `leading`: the date may also stand at the beginning.
    """

    shape: type[Registered]
    text: str = ""
    owner: str = ""
    customer: str = ""
    day: str = ""
    until: str = ""
    word: str = ""
    hours: str = ""
    only: tuple[str, ...] = ()
    leading: bool = False


class Token(msgspec.Struct, frozen=True):
    """A word, or what stands in quotes. `name` and `value` of name:value, of name:"a value" with `quoted`."""

    text: str
    start: int
    end: int
    quoted: bool = False
    name: str = ""
    value: str = ""


def slots_of(register: Register, verb: Verb | None = None) -> Slots:
    """Of a new record; with a verb of what it asks for: words for its first text, a date for its first date."""
    shape = register.shape
    if verb is None:
        return Slots(
            shape=shape,
            text=register.text,
            owner=register.owner,
            customer=register.customer,
            day=register.day,
            until=register.until,
            word=register.word,
            hours=register.hours,
            leading=bool(register.day) and is_instant(shape, register.day),
        )
    texts = [name for name in verb.asks if is_text(declared(shape)[name])]
    days = [name for name in verb.asks if is_dated(shape, name) and name not in verb.named]
    people = [name for name in verb.asks if names_in(shape).get(name) == "people"]
    customers = [name for name in verb.asks if names_in(shape).get(name) == "customers"]
    return Slots(
        shape=shape,
        text=next(iter(texts), ""),
        owner=next(iter(people), ""),
        customer=next(iter(customers), ""),
        day=next(iter(days), ""),
        until=next(iter(days[1:]), ""),
        only=verb.asks or ("",),
        leading=True,
    )


def tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match["name"]:
            yield Token(match[0], start, end, True, match["name"], match["value"].replace('""', '"'))
        elif match["quoted"]:
            yield Token(match["quoted"].replace('""', '"'), start, end, True)
        else:
            field = _FIELD.fullmatch(match[0])
            yield Token(match[0], start, end, False, *(field.groups() if field else ()))


def is_dated(shape: type[Registered], name: str) -> bool:
    return isinstance(bare(declared(shape)[name]), inspect.DateType | inspect.DateTimeType)


def is_instant(shape: type[Registered], name: str) -> bool:
    return isinstance(bare(declared(shape)[name]), inspect.DateTimeType)


def moment(
    shape: type[Registered], name: str, run: Sequence[Token], look: Look, base: date | None = None
) -> date | None:
    """The date or moment that these words name for a field, counted from `base`, else from now; None for none."""
    if any(token.quoted for token in run):
        return None
    said = " ".join(token.text for token in run)
    if not is_instant(shape, name):
        return dates.resolve(said, base or look.today, look.settings)
    if isinstance(base, datetime):
        return instants.following(said, base, look.settings)
    past = has_happened(shape, name)
    found = instants.resolve(said, look.now, look.settings, past)
    return None if past and found is not None and found > look.now else found
