"""What is kept beside a record of a register when it moves, as the timeline of an incident, and what it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opsdesk.core.register import nothing_ended
from opsdesk.core.registers import register_of

if TYPE_CHECKING:
    from opsdesk.core.ports import Work
    from opsdesk.core.record import Record
    from opsdesk.core.register import Look


def write_beside(work: Work, before: Record | None, after: Record, look: Look, by: str) -> None:
    """In the same transaction as the step; nothing for a kind whose register makes nothing beside it."""
    register = register_of(type(after))
    if register is not None and register.beside is not None:
        for each in register.beside(before, after, look, by):
            work.add(each)
    if register is not None and register.ends is not nothing_ended:
        others = [each for each in work.all(register.shape) if each.id != after.id]
        for each in register.ends(before, after, others, look):
            work.put(each)
