"""What a verb of a register asks for, typed in one line and answered as one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from opsdesk.core.entrywords import slots_of
from opsdesk.core.register import Register, Registered, Verb
from opsdesk.core.registercompletion import complete
from opsdesk.ui.register.says import Says
from opsdesk.ui.register.verbline import asked, verb_line
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen


def verb_mode(
    screen: DeskScreen,
    register: Register,
    verb: Verb,
    record: Registered,
    call: Callable[[str], Registered],
    said: Callable[[Registered], str],
    anyway: Callable[[str], Registered],
    text: str = "",
    bare: bool = False,
) -> Mode:
    """Before a customer the words are understood as if there were no other. `text`: what the line begins with; `bare`:
    it may stay empty.
    """
    glance, use = screen.home.glance, screen.desk.registers
    says = Says(register, glance.before, use.directories(glance.customer), use.look())
    slots = slots_of(register, verb)
    line = verb_line(screen.desk, says, slots, verb, record, call, anyway)
    return words_mode(
        screen,
        id=f"{verb.id} {record.id}",
        rev=record.rev,
        label=f"{record.id}: {verb.label.lower()}",
        hint=f"Enter, or  {asked(register, verb)}" if bare else asked(register, verb),
        call=line.call,
        said=said,
        answer=line.answer,
        complete=lambda text, cursor: complete(text, cursor, slots, says.directories),
        anyway=line.anyway,
        bare=bare,
        text=text or ("@" if verb.needs == (register.owner,) else ""),
    )
