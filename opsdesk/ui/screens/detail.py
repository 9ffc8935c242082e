"""One record with all its fields and its trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from opsdesk.core.errors import NotFound
from opsdesk.core.kinds import KINDS
from opsdesk.core.record import Record
from opsdesk.insight.fields import described
from opsdesk.insight.trail import told, trail
from opsdesk.ui.ink import Ink, content
from opsdesk.ui.screens.overlay import Overlay
from opsdesk.ui.widgets.columns import Row
from opsdesk.ui.widgets.record_list import RecordList

ALL, MOST = 1_000, 40  # parts of a field, and characters of a value that was changed


class Detail(Overlay[None]):
    """Scrolls with the arrows; Esc, v or q go back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,V,q,Q,enter", "dismiss_none", show=False, priority=True),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, record: str) -> None:
        super().__init__()
        self._record = record

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(id="sheet-title", markup=False)
            yield RecordList(id="sheet-list")

    def on_mount(self) -> None:
        self.query_one(RecordList).focus()
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        record = self._read()
        title = f"{self._record}   ·   Esc goes back"
        self.query_one("#sheet-title", Static).update(content([Ink(title, "bright!")], self.palette))
        if record is None:
            self.query_one(RecordList).show([Row(across=(Ink(f" There is no {self._record} any more.", "dim"),))])
            return
        self.query_one(RecordList).show([*self._fields(record), Row(), *self._trail(record)])

    def _read(self) -> Record | None:
        shape = next((k for k in KINDS if k.prefix == self._record.split("-")[0]), None)
        try:
            return self.desk.read.get(shape, self._record) if shape else None
        except NotFound:
            return None

    def _fields(self, record: Record) -> Iterable[Row]:
        room = max(20, self.query_one(RecordList).size.width - 22)
        for title, text in described(record, self.desk.settings.zone, few=ALL):
            for at, part in enumerate(_wrapped(text, room)):
                yield Row(across=(Ink(f" {title if not at else '':<18}  "[:21], "dim"), Ink(part)))

    def _trail(self, record: Record) -> Iterable[Row]:
        yield Row(across=(Ink(" TRAIL", "dim"),))
        for step in trail(self.desk.trail(record.id), record.kind, record.id):
            at = step.tx.at.astimezone(self.desk.settings.zone).strftime("%Y-%m-%d %H:%M")
            first, *others = told(step.change, MOST) or ("made" if step.change.before is None else "removed",)
            yield Row(
                across=(
                    Ink(f" {at}  ", "dim"),
                    Ink(f"{step.tx.by}  ", "accent"),
                    Ink(f"{step.tx.command}  "),
                    Ink(first, "dim"),
                )
            )
            for more in others:
                yield Row(across=(Ink(" " * 20), Ink(more, "dim")))

    def action_page(self, by: int) -> None:
        listed = self.query_one(RecordList)
        listed.scroll_relative(y=by * max(1, listed.size.height - 1), animate=False)


def _wrapped(text: str, room: int) -> list[str]:
    return [text[at : at + room] for at in range(0, max(1, len(text)), room)]
