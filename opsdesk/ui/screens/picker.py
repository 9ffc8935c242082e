"""A list one searches by typing: commands, records. Enter takes the line under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from opsdesk.ui.ink import Ink, content
from opsdesk.ui.screens.overlay import Warned
from opsdesk.ui.widgets.columns import Column, Row
from opsdesk.ui.widgets.record_list import RecordList

LOW = 18  # lines; with fewer there is only the list


class Picker(Warned[str]):
    """Answers with the key of the chosen row."""

    TITLE_TEXT: ClassVar[str] = ""
    HINT: ClassVar[str] = "type to search"
    NONE: ClassVar[str] = "Nothing by that name. Esc goes back."
    COLUMNS: ClassVar[tuple[Column, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
    ]

    _searched = False

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(id="sheet-title", markup=False)
            yield Input(id="sheet-search", placeholder=self.HINT, compact=True)
            yield RecordList(columns=self.COLUMNS, id="sheet-list")
            yield Static(id="sheet-said", markup=False)

    def on_mount(self) -> None:
        self.query_one("#sheet-title", Static).update(content([Ink(self.heading(), "bright!")], self.palette))
        self.query_one(RecordList).can_focus = False
        self.set_focus(self.query_one(Input))
        self.call_after_refresh(self.search)

    def on_resize(self) -> None:
        self.set_class(self.size.height < LOW, "-low")

    def heading(self) -> str:
        return self.TITLE_TEXT

    def rows(self, words: str) -> Sequence[Row]:
        """What is offered for these words; empty words: everything."""
        raise LookupError(words)

    def search(self) -> None:
        self._searched = True
        found = self.rows(self.query_one(Input).value.strip().lower())
        listed = self.query_one(RecordList)
        listed.show(found or [Row(across=(Ink(f" {self.NONE}", "dim"),))])
        listed.action_edge(-1)
        self._tell(listed.key)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.search()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not self._searched:  # Enter came before the first frame
            self.search()
        self.take(self.query_one(RecordList).key)

    def open_row(self, key: str) -> None:
        self.take(key)

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        self._tell(event.key)

    def _tell(self, key: str) -> None:
        self.query_one("#sheet-said", Static).update(content([Ink(self.about(key), "dim")], self.palette))

    def about(self, key: str) -> str:
        """The whole of what is to be said of the row under the cursor."""
        return ""

    def take(self, key: str) -> None:
        if key:
            self.dismiss(key)

    def action_move(self, by: int) -> None:
        self.query_one(RecordList).action_move(by)

    def action_page(self, by: int) -> None:
        self.query_one(RecordList).page(by)
