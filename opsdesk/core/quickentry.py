"""Quick entry: "Call back with the workaround @sue #globex fri !" -> a Draft."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec


class Chip(msgspec.Struct, frozen=True):
    """One recognised word: its role, what it resolved to for a person to read, and its place in the text."""

    role: Literal["owner", "customer", "due", "promise", "unknown"]
    text: str
    start: int
    end: int


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, understood. owner, customer, by: handles; by: who promised (the owner, for a plain "!").

    `unknown`: names not known, with their sigil ("@bob", "#initech"). `past`: the date lies before today, to be asked.
    """

    text: str
    title: str
    owner: str = ""
    customer: str = ""
    due: date | None = None
    promise: bool = False
    by: str = ""
    unknown: tuple[str, ...] = ()
    past: bool = False
    chips: tuple[Chip, ...] = ()
