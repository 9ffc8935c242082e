"""A trivial Textual app: the floor that a screen is held against. A key changes its one line."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("Marker")

    def on_key(self, event: events.Key) -> None:
        self.query_one(Static).update(f"{event.time}")


if __name__ == "__main__":
    Bare().run()
