"""Registers looked at on a Monday afternoon in Berlin, by a company of two."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import NODEFAULT
from msgspec.structs import fields

from opsdesk.core.names import Directory
from opsdesk.core.register import Look, Register, Registered
from opsdesk.core.registers import registers
from opsdesk.core.settings import Settings
from tests.clock import START

BERLIN = Settings(time_zone="Europe/Berlin")
KNOWN = {
    "people": Directory([("sue", "Sue Park"), ("tom", "Tom Reyes")]),
    "customers": Directory([("acme", "Acme"), ("globex", "Globex")]),
    "components": Directory([("login", "Login"), ("api", "API")]),
}
NEEDED = {
    "person": "tom",
    "handle": "login",
    "about": "I-1",
    "customer": "acme",
    "level": "green",
    "until": date(2026, 12, 4),
}


def look(at: datetime = START) -> Look:
    return Look(at, BERLIN)


def fresh(register: Register, at: datetime = START, **more: Any) -> Registered:
    """A new record with nothing but what it cannot be without."""
    needed = [field.name for field in fields(register.shape) if field.default is NODEFAULT]
    values = {name: NEEDED.get(name, "Words") for name in needed}
    id = f"{register.shape.prefix}-1"
    made: Registered = register.made(register.shape(**{"id": id, "created": at, **values, **more}), look(at))
    return made


def register(kind: str) -> Register:
    return registers()[kind]
