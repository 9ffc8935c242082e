"""The helper itself: a screen as plain text."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from tests import screen


class Small(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("first [b]as typed", markup=False)
        yield Static("second")


class Box(ModalScreen[None]):
    CSS = "Box { align: center middle; } Box Static { width: 12; height: 1; }"

    def compose(self) -> ComposeResult:
        yield Static("in front")


async def test_rows_come_without_trailing_blanks() -> None:
    app = Small()
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.pause()
        assert screen.lines(app)[:3] == ["first [b]as typed", "second", ""]
        assert screen.line(app, "sec") == "second"
        assert screen.row(app, "sec") == 1


async def test_a_modal_is_drawn_over_what_lies_under_it() -> None:
    app = Small()
    async with app.run_test(size=(40, 8)) as pilot:
        await app.push_screen(Box())
        await pilot.pause()
        assert "first [b]as typed" in screen.text(app)
        assert "in front" in screen.text(app)
