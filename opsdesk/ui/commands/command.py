"""What a command is: its key, its word, what it does, when it can run."""

from __future__ import annotations

from collections.abc import Callable

import msgspec


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What is under the hands now: the screen, the line under the cursor (its record id), the meeting, the undo."""

    screen: str
    typing: bool = False
    line: str = ""
    running: bool = False
    closing: bool = False
    last_five: bool = False
    rating: bool = False
    minutes: bool = False
    draft_minutes: bool = False
    older: bool = False
    newer: bool = False
    undo: str = ""
    redo: str = ""
    offer: str = ""

    @property
    def action(self) -> bool:
        return self.line.startswith("A-")


class Need(msgspec.Struct, frozen=True):
    """A condition of a command, and what to say when it is not met."""

    holds: Callable[[Situation], bool]
    else_: str


MEETING = Need(lambda s: s.running, "no meeting is running")
LINE = Need(lambda s: bool(s.line), "no line under the cursor")
ACTION = Need(lambda s: s.action, "the line under the cursor is not an action")
ENTRY = Need(lambda s: s.line[:2] in ("A-", "D-", "N-", "T-", "S-"), "the line under the cursor is no entry")
AGENDA_ITEM = Need(lambda s: s.line[:2] in ("A-", "T-"), "the line under the cursor is no action or agenda item")
CLOCK = Need(lambda s: not s.last_five, "last 5 minutes: capture, decide, close")
UNDO = Need(lambda s: bool(s.undo), "nothing to undo")
REDO = Need(lambda s: bool(s.redo), "nothing to redo")
OFFER = Need(lambda s: bool(s.offer), "nothing is offered")


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """`keys`: Textual's names; `shown`: as printed. `where`: screens, or "everywhere"; `typing`: also while typing.

    `footer`: its rank on the footer, 0 for none. `verb`: a held key does not repeat it.
    """

    id: str
    keys: tuple[str, ...] = ()
    shown: str = ""
    label: str
    help: str
    where: tuple[str, ...]
    typing: bool = False
    verb: bool = False
    footer: int = 0
    needs: tuple[Need, ...] = ()


def letter(key: str) -> tuple[str, ...]:
    """A capital equals its small letter."""
    return (key, key.upper())


ROOM = ("room",)
LISTS = ("room", "gate", "today")
ANY = ("everywhere",)
