"""What a command is: its key, its word, what it does, when it can run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What is under the hands now: the screen, the line under the cursor (its record id), the meeting, the undo.

    `marked`: how many lines are. `refused`: command id → why the record at hand does not take it, `labels`: → what it
    is called there. `busy`: the desk's disk does not answer. `both`: of two changes of the same, both can be true.
    `outage`: the worst open incident that the room may see; `team`: nobody else is in it; `bare`: nothing is on the
    table of the section.

    Of the meeting: `draft`, it has ended and is being settled; `over`, past its planned end; `onward`, space leads
    somewhere; `quiet`, the hour it was last heard of, long ago; `late`, what its late start keeps ("end", "length");
    `deputy`, who can stand in for a chair that is missing.
    """

    screen: str
    typing: bool = False
    line: str = ""
    running: bool = False
    busy: bool = False
    closing: bool = False
    draft: bool = False
    hard_cap: bool = False
    last_five: bool = False
    past_cap: bool = False
    over: bool = False
    onward: bool = True
    quiet: str = ""
    late: str = ""
    deputy: str = ""
    rating: bool = False
    minutes: bool = False
    draft_minutes: bool = False
    older: bool = False
    newer: bool = False
    undo: str = ""
    redo: str = ""
    offer: str = ""
    outage: str = ""
    bare: bool = False
    team: bool = True
    both: bool = False
    marked: int = 0
    refused: Mapping[str, str] = {}
    labels: Mapping[str, str] = {}

    def said(self, command: Command) -> str:
        """What the command is called for the record at hand."""
        return self.labels.get(command.id, command.label)

    @property
    def action(self) -> bool:
        return self.line.startswith("A-")


class Need(msgspec.Struct, frozen=True):
    """A condition of a command, and what to say when it is not met."""

    holds: Callable[[Situation], bool]
    else_: str


def never(now: Situation) -> bool:
    return False


MEETING = Need(lambda s: s.running, "no meeting is running")
LINE = Need(lambda s: bool(s.line), "no line under the cursor")
ACTION = Need(lambda s: s.action, "the line under the cursor is not an action")
ENTRY = Need(lambda s: s.line[:2] in ("A-", "D-", "N-", "T-", "S-"), "the line under the cursor is no entry")
AGENDA_ITEM = Need(lambda s: s.line[:2] in ("A-", "T-"), "the line under the cursor is no action or agenda item")
OPEN = Need(lambda s: not s.closing, "this is the closing: c closes, PgUp goes back")
CAP = Need(lambda s: not s.past_cap, "past the hard cap: c closes, = says why it goes on")
CLOCK = Need(lambda s: not s.last_five, "last 5 minutes: capture, decide, close")
PAST_CAP = Need(lambda s: s.onward or not s.past_cap, CAP.else_)
ONWARD = Need(lambda s: s.onward, CLOCK.else_)
UNDO = Need(lambda s: bool(s.undo), "nothing to undo")
REDO = Need(lambda s: bool(s.redo), "nothing to redo")
OFFER = Need(lambda s: bool(s.offer), "nothing is offered")


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """`keys`: Textual's names; `shown`: as printed. `where`: screens, or "everywhere"; `typing`: also while typing.

    `footer`: its rank on the footer, 0 for none; while it is `apt` it stands there too, while it is `urgent` first.
    `verb`: a held key does not repeat it.
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
    apt: Callable[[Situation], bool] = never
    urgent: Callable[[Situation], bool] = never
    needs: tuple[Need, ...] = ()


def also_typing(command: Command, *, key: str, shown: str, help: str) -> tuple[Command, Command]:
    """The command, and its twin on a key that is no letter: the way while text is typed."""
    twin = replace(
        command, id=f"{command.id}_typing", keys=(key,), shown=shown, typing=True, footer=0, apt=never, help=help
    )
    return command, twin


def letter(key: str) -> tuple[str, ...]:
    """A capital equals its small letter."""
    return (key, key.upper())


APT = 2  # the rank on the footer of what is apt just now
ROOM = ("room",)
LISTS = ("room", "gate", "today", "outage", "customer")
ANY = ("everywhere",)
