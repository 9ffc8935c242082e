"""What the line under the cursor is to lead to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from opsdesk.core.kinds import shape_of
from opsdesk.ui.ink import Ink
from opsdesk.ui.screens.picker import Picker
from opsdesk.ui.widgets.columns import Column, Row

OFFERED = {
    "action": "somebody does something about it: its owner and customer are taken over",
    "incident": "it is down or impaired: customers and components are taken over",
    "escalation": "it is put before the Escalation Review",
}


class TurnInto(Picker):
    """Answers with one of OFFERED; what the line is already is not offered."""

    HINT = "action, incident or escalation"
    NONE = "Choose what it becomes; owner and date come after."
    COLUMNS: ClassVar[tuple[Column, ...]] = (Column(most=12), Column(flex=True, least=20))

    def __init__(self, line: str) -> None:
        super().__init__()
        self._line = line

    def heading(self) -> str:
        return f"Turn {self._line} into …   ·   Enter does it, Esc goes back"

    def rows(self, words: str) -> Sequence[Row]:
        shape = shape_of(self._line)
        already = shape.kind.removesuffix("s") if shape else ""
        return [
            Row(key=into, cells=(Ink(f"{into}"), Ink(about, "dim")))
            for into, about in OFFERED.items()
            if into != already and words in f"{into} {about}"
        ]
