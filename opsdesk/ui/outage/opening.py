"""A new incident, typed in one line from any screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from opsdesk.core.entrywords import slots_of
from opsdesk.core.registers.incidents import REGISTER, Incident
from opsdesk.ui.outage.typing import time_of
from opsdesk.ui.register.says import Says
from opsdesk.ui.register.typing import hint, understandable, understood
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen


def open_mode(screen: DeskScreen, then: Callable[[Incident], None] = lambda _: None) -> Mode:
    """A new incident; before a customer its words are understood as if there were no other."""
    glance, use = screen.home.glance, screen.desk.registers
    says, slots = Says(REGISTER, glance.before, use.directories(glance.customer), use.look()), slots_of(REGISTER)

    def call(text: str) -> Incident:
        understandable(says, slots, text)
        return screen.desk.incidents.open(text, meeting=_meeting(screen))

    def anyway(text: str) -> Incident:
        understandable(says, slots, text, meant=True)
        return screen.desk.incidents.open(text, meeting=_meeting(screen), meant=True)

    def said(made: Incident) -> str:
        due = f", next update due {time_of(screen, made.next_update)}" if made.next_update else ""
        return f"{made.id} is open at SEV-{made.sev}{due} · z undoes"

    return words_mode(
        screen,
        id="open incident",
        label="open an incident",
        hint=f"{hint(REGISTER)}, such as sev:2",
        call=call,
        said=said,
        answer=lambda text: understood(says, slots, text),
        then=then,
        anyway=anyway,
    )


def _meeting(screen: DeskScreen) -> str:
    """Of the room; what is typed anywhere else is no meeting's."""
    return screen.place.scope if screen.NAME in ("room", "outage") else ""
