"""The input of the capture bar."""

from __future__ import annotations

from collections.abc import Callable

from textual.events import Paste
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from opsdesk.core.text import clean


class OneLine(Input):
    """Several pasted lines become one, so that none is lost and none runs a command.

    `edited` is called with each change that is typed, so that it is answered in the frame that shows it.
    """

    virtual_size = Reactive(Size(0, 0))  # as wide as the bar has room, whatever is typed: nothing else is laid out anew

    def __init__(self, edited: Callable[[], None], *, id: str) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self._edited = edited

    def replace(self, text: str, start: int, end: int) -> None:
        super().replace(text, start, end)
        self._edited()

    def on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(clean(event.text), *sorted(self.selection))
