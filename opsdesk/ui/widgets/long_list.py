"""A list of rows that are made when they come into sight: nothing walks through all of them."""

from __future__ import annotations

from typing import ClassVar, Protocol, runtime_checkable

from textual.binding import Binding, BindingType

from opsdesk.ui.widgets.record_list import RecordList

MEASURED = 50


@runtime_checkable
class Placed(Protocol):
    """Rows that know where a key stands."""

    def place(self, key: str) -> int | None: ...


@runtime_checkable
class Follower(Protocol):
    """A screen that shows more of the line under the cursor."""

    def follow(self) -> None: ...


class LongList(RecordList):
    """Its columns are as wide as the first rows need; every row can be chosen, or none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def place_of(self, key: str) -> int | None:
        return self._rows.place(key) if isinstance(self._rows, Placed) else super().place_of(key)

    def measured(self) -> int:
        return MEASURED

    def tell(self) -> None:
        """At once: what stands beside the list is drawn in the same frame, not in the one after it."""
        if isinstance(self.screen, Follower):
            self.screen.follow()
        else:
            super().tell()

    def action_page(self, by: int) -> None:
        if self._rows and self._rows[0].selectable:
            at = self._cursor + by * max(1, self.size.height - 1)
            self._go(max(0, min(len(self._rows) - 1, at)))
