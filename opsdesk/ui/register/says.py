"""What is said of a register's records to those in the room: to the team by name, to others what they may read."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cached_property
from typing import Any

import msgspec
from msgspec.structs import replace

from opsdesk.boards.clauses import clauses
from opsdesk.boards.conflicting import Conflicts
from opsdesk.boards.registered import beside, worst
from opsdesk.core import dates
from opsdesk.core.audience import Before
from opsdesk.core.declared import title_of
from opsdesk.core.fieldvalues import Directories, names_in, said_of
from opsdesk.core.names import Directory, fold
from opsdesk.core.register import ORIGIN, Look, Register, Registered, Weight
from opsdesk.insight.fields import words
from opsdesk.insight.others import Others
from opsdesk.insight.shown import plainly, reduced

ISO = re.compile(r"\d{4}-\d\d-\d\d")
JOINT = " · "
SILENT = ("id", "rev", "led_to", *ORIGIN)


class Says:
    """`directories` name only whom those in the room may read of; `others`: whom a customer must not; `conflicts`: what
    records, by id, run into, as boards name it. `whose`: the customer a new record is for, where nobody says.
    """

    def __init__(
        self,
        register: Register,
        room: Before,
        directories: Directories,
        look: Look,
        others: Others | None = None,
        conflicts: Conflicts | None = None,
        whose: str = "",
    ) -> None:
        self.register, self.room, self.look, self.conflicts = register, room, look, conflicts or {}
        self.directories, self._others, self.whose = directories, others, whose
        named = names_in(register.shape).items()
        self._named = {name: kind for name, kind in named if kind in directories and "." not in name}

    @property
    def team(self) -> bool:
        return self.room.audience == "team"

    def text(self, record: Registered) -> str:
        """What it is called."""
        said = self.register.text_of(self.named(record) if self.team else record)
        if self.register.line is not None:
            said = ISO.sub(self._day, said)
        return self.register.one if self._foreign(said) else said

    def _day(self, found: re.Match[str]) -> str:
        return dates.readable(date.fromisoformat(found[0]), self.look.today)

    def reason(self, record: Registered) -> str:
        """Why it is here, with what it runs into; to others than the team its state."""
        if not self.team:
            return self.register.state(record, self.look)
        reason = self.register.reason(self.named(record), self.look)
        if record.id not in self.conflicts:
            return reason
        parts = clauses(*reason.split(JOINT))
        said, _ = beside(parts, self.register.weight(record, self.look), self.conflicts[record.id])
        return JOINT.join(each.words for each in said)

    def weight(self, record: Registered) -> Weight:
        """As on its board."""
        own = self.register.weight(record, self.look)
        return worst(own, *(weight for _, weight in self.conflicts.get(record.id, ()))) if self.conflicts else own

    def owner(self, record: Registered) -> str:
        return self.field(record, self.register.owner) if self.team and self.register.owner else ""

    def customer(self, record: Registered) -> str:
        return self.field(record, self.register.customer) if self.register.customer else ""

    def day(self, record: Registered) -> str:
        value = record[self.register.day] if self.register.day else None
        if isinstance(value, datetime):
            value = value.astimezone(self.look.settings.zone).date()
        return dates.readable(value, self.look.today) if isinstance(value, date) else ""

    def field(self, record: Registered, name: str) -> str:
        """One field as a person reads it, empty where there is nothing to say."""
        value = reduced(record, self.room)[name]
        if value in (None, "", ()):
            return ""
        if _has_parts(value):
            return words(value, self.look.settings.zone)
        return said_of(type(record), name, value, self.directories, self.look)

    def fields(self, record: Registered) -> list[tuple[str, str]]:
        """(title, words) of whatever says something."""
        if not self.team:
            told = plainly(record, self.look.settings.zone)
            return [(title, text) for title, text in told if not self._foreign(text)]
        named = [(title_of(type(record), name), self.field(record, name)) for name in self._told]
        return [(title, text) for title, text in named if text]

    @cached_property
    def _told(self) -> tuple[str, ...]:
        """The reason of the last change of state comes last; what it is called stands above."""
        names = [name for name in self.register.shape.__struct_fields__ if name not in (*SILENT, self._heading)]
        return tuple(sorted(names, key=lambda name: name == "why"))

    @property
    def _heading(self) -> str:
        return "" if self.register.line else self.register.text

    def named(self, record: Registered) -> Registered:
        """The record with names where it has handles."""
        return replace(record, **{name: self._names(kind, record[name]) for name, kind in self._named.items()})

    def _names(self, kind: str, value: Any) -> Any:
        directory = self.directories[kind]
        return tuple(map(directory.name, value)) if isinstance(value, tuple) else directory.name(value)

    def _foreign(self, said: str) -> bool:
        return self._others is not None and self._others.named_in(said)

    # what is looked for

    def searched(self, record: Registered) -> str:
        """The words that a record is found by, folded: never one that those in the room may not read."""
        if not self.team:
            told = [self.text(record), self.customer(record), *(text for _, text in self.fields(record))]
            return fold(" ".join([record.id, *told]))
        return fold(" ".join([record.id, *(self._words(name, record[name]) for name in self._fields)]))

    @cached_property
    def _fields(self) -> tuple[str, ...]:
        register = self.register
        found = (register.text, register.owner, register.customer, *register.columns, "why")
        return tuple(dict.fromkeys(name for name in found if name in register.shape.__struct_fields__))

    def _words(self, name: str, value: Any) -> str:
        """Handles and names of whom it names, other values as they are."""
        if not value:
            return ""
        if name in self._named:
            directory = self.directories[self._named[name]]
            return _both(directory, value if isinstance(value, tuple) else (value,))
        return value if isinstance(value, str) else words(value, self.look.settings.zone)


def _both(directory: Directory, handles: tuple[str, ...]) -> str:
    return " ".join(f"{handle} {directory.name(handle)}" for handle in handles)


def _has_parts(value: Any) -> bool:
    first = value[0] if isinstance(value, tuple) else value
    return isinstance(first, msgspec.Struct)
