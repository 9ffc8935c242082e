"""The keys that only a stage of a screen has."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from opsdesk.ui.commands import COMMANDS, for_screen
from opsdesk.ui.commands.walk import STAGES


def stage_bindings(screen: str) -> list[BindingType]:
    """Textual's bindings of them, beside those of the screen."""
    taken = {key for c in for_screen(screen) for key in c.keys}
    own = [c for c in COMMANDS if {stage for stage, of in STAGES.items() if of == screen} & set(c.where)]
    return [
        Binding(",".join(c.keys), f"command('{c.id}')", c.label, show=False)
        for c in own
        if c.keys and not set(c.keys) & taken
    ]
