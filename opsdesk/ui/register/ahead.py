"""What a record would run into, said while it is only being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opsdesk.core import filling, stepping
from opsdesk.core.entrywords import Slots
from opsdesk.core.errors import Invalid
from opsdesk.core.register import Registered, Verb, no_reason
from opsdesk.core.registerentry import parse
from opsdesk.insight.foreseen import CONFLICTING, foreseen
from opsdesk.ui.ink import Ink
from opsdesk.ui.register.says import Says

if TYPE_CHECKING:
    from opsdesk.desk import Desk


def of_new(desk: Desk, says: Says, slots: Slots, text: str) -> list[Ink]:
    return _told(desk, says, slots, text, None, None)


def of_verb(desk: Desk, says: Says, slots: Slots, text: str, verb: Verb, record: Registered) -> list[Ink]:
    return _told(desk, says, slots, text, verb, record)


def _told(desk: Desk, says: Says, slots: Slots, text: str, verb: Verb | None, record: Registered | None) -> list[Ink]:
    """What is unusual, the first conflict and how many more there are; to the team alone."""
    if not says.team or not (issubclass(slots.shape, CONFLICTING) or says.register.remark is not no_reason):
        return []
    typed = _typed(desk, says, slots, text, verb, record)
    if typed is None:
        return []
    found = foreseen(typed, desk.read, desk.registers.look()) if isinstance(typed, CONFLICTING) else ()
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    remark = says.register.remark(typed, desk.registers.look()).rstrip(".")
    told = [remark, f"{found[0]}{more}" if found else ""]
    return [piece for words in told if words for piece in (Ink(words, "orange"), Ink(" · ", "dim"))]


def _typed(
    desk: Desk, says: Says, slots: Slots, text: str, verb: Verb | None, record: Registered | None
) -> Registered | None:
    """The record as it would be kept; None while it could not be."""
    look, entry = desk.registers.look(), parse(text, slots, says.directories, says.look)
    try:
        if verb is None or record is None:
            return filling.made(says.register, entry.values, look)
        return stepping.step(record, verb, look, desk.by, entry.values)
    except Invalid:
        return None
