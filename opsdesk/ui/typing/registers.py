"""What a verb of a register asks for, typed in one line and answered as one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from opsdesk.core.entrywords import slots_of
from opsdesk.core.register import Register, Registered, Verb
from opsdesk.core.registercompletion import complete
from opsdesk.ui.ink import Ink
from opsdesk.ui.register import ahead
from opsdesk.ui.register.says import Says
from opsdesk.ui.register.typing import asked, understandable, understood
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

    def checked(text: str) -> Registered:
        understandable(says, slots, text)
        return call(text)

    def meant(text: str) -> Registered:
        understandable(says, slots, text, meant=True)
        return anyway(text)

    def answer(text: str) -> Sequence[Ink]:
        if not text.strip():
            return ()
        return [*ahead.of_verb(screen.desk, says, slots, text, verb, record), *understood(says, slots, text)]

    return words_mode(
        screen,
        id=f"{verb.id} {record.id}",
        rev=record.rev,
        label=f"{record.id}: {verb.label.lower()}",
        hint=f"Enter, or  {asked(register, verb)}" if bare else asked(register, verb),
        call=checked,
        said=said,
        answer=answer,
        complete=lambda text, cursor: complete(text, cursor, slots, says.directories),
        anyway=meant,
        bare=bare,
        text=text or ("@" if verb.needs == (register.owner,) else ""),
    )
