"""A screen with nothing but one list of N records, as the screens of OpsDesk use it."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult

from opsdesk.ui.ink import Ink
from opsdesk.ui.theme import DEFAULT, themes
from opsdesk.ui.widgets.columns import Row
from opsdesk.ui.widgets.record_list import RecordList


class LongList(App[None]):
    def __init__(self, length: int) -> None:
        super().__init__()
        self._length = length
        for theme in themes():
            self.register_theme(theme)
        self.theme = DEFAULT

    def compose(self) -> ComposeResult:
        yield RecordList()

    def on_mount(self) -> None:
        self.query_one(RecordList).focus()
        self.call_after_refresh(self.fill)

    def fill(self) -> None:
        self.query_one(RecordList).show([line(n) for n in range(1, self._length + 1)])


def line(n: int) -> Row:
    words = (
        "▲",
        f"A-{n}",
        f"Marker {n}: call back with the workaround",
        "Sue Ortega",
        "Globex",
        "promised for yesterday",
    )
    return Row(key=f"A-{n}", cells=tuple(Ink(word) for word in words))


if __name__ == "__main__":
    LongList(int(sys.argv[1])).run()
