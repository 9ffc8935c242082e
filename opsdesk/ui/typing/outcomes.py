"""What a verb did to an action, said from the record as it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opsdesk.core.actions import Action
from opsdesk.ui.dates import day

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen

UNDO = "z undoes"


def waits(screen: DeskScreen, action: Action) -> str:
    """A-173 waits on Kofi Mensah until Fri 27 Nov."""
    on = screen.person(action.waiting_on)
    until = f" until {day(action.wait_until, screen.desk.today())}" if action.wait_until else ""
    return f"{action.id} waits on {on}{until} · {UNDO}"


def goes(screen: DeskScreen, action: Action) -> str:
    """A-173 goes to Sue Park."""
    return f"{action.id} goes to {screen.person(action.owner)} · {UNDO}"


def is_due(screen: DeskScreen, action: Action) -> str:
    """A-173 is due Fri 27 Nov."""
    when = f"is due {day(action.due, screen.desk.today())}" if action.due else "has no date"
    return f"{action.id} {when} · {UNDO}"
