"""The line under the headline while a major incident is open; else it takes no room."""

from __future__ import annotations

from textual.widgets import Static

from opsdesk.core.register import Look
from opsdesk.ui.ink import Ink, content
from opsdesk.ui.outage.alarm import KEY, Alarm, pieces
from opsdesk.ui.theme import Palette
from opsdesk.ui.widgets.bars import MARGIN


class Banner(Static):
    """`key`: which one leads to the incident here."""

    key = KEY
    _drawn: object = None

    def show(self, alarm: Alarm | None, look: Look, palette: Palette) -> None:
        shown = alarm if alarm is not None and alarm.incident.major else None
        room = max(0, self.app.size.width - 2 * MARGIN)
        wanted = (pieces(shown, look, room, self.key) if shown else None, palette)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        self.display = shown is not None
        self.update(content([Ink(" " * MARGIN), *(wanted[0] or [])], palette), layout=False)
