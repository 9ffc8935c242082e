"""The curtain: only the clock and the title of the section, at any moment."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.widgets import Static

from opsdesk.core.clocks import view
from opsdesk.ui.dates import clock
from opsdesk.ui.ink import Ink, content
from opsdesk.ui.screens.overlay import Overlay
from opsdesk.ui.widgets.clock import Clock


class Curtain(Overlay[None]):
    """Any of the curtain's keys, Esc or a click lifts it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("full_stop,f9,enter,q,Q", "dismiss_none", show=False, priority=True)
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="curtain"):
            yield Static(id="curtain-title", markup=False)
            with Center():
                yield Clock(id="curtain-clock", markup=False)

    def on_mount(self) -> None:
        self.set_interval(1, self.draw)
        self.home.changed.subscribe(self, lambda _: self.draw())
        self.call_after_refresh(self.draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw)

    def on_click(self) -> None:
        self.dismiss(None)

    def draw(self) -> None:
        meeting, zone = self.home.running, self.desk.settings.zone
        title = self.query_one("#curtain-title", Static)
        if meeting is None:
            words = f"{self.desk.settings.company or 'OpsDesk'}   {clock(self.desk.now(), zone)}"
            title.update(content([Ink(words, "bright!")], self.palette))
            return
        now = view(meeting, self.desk.now())
        title.update(content([Ink(now.title, "bright!")], self.palette))
        scale = max(1, min(3, self.size.width // 44, self.size.height // 9))
        self.query_one(Clock).show(now.left, now.share, now.tone, self.palette, scale=scale)
