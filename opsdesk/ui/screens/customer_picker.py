"""Whose page: found by any part of the name or handle as one types; the customer of the line stands first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import ClassVar

from opsdesk.core.audience import Before
from opsdesk.core.customers import Customer
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.scores import Level
from opsdesk.insight.customer_names import CustomerNames
from opsdesk.insight.customer_page import customer_page, may_page
from opsdesk.ui.ink import FLAGS, Ink, flag
from opsdesk.ui.screens.picker import Picker
from opsdesk.ui.widgets.columns import Column, Row


class CustomerPicker(Picker):
    """Answers with a handle; `first`: that of the customer whom the line under the cursor is about."""

    TITLE_TEXT = "Customer   ·   Enter opens the page, Esc goes back"
    HINT = "any part of the name"
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(most=3),
        Column(flex=True, least=24),
        Column(most=20, drop=1),
        Column(most=28, drop=2),
    )

    def __init__(self, first: str = "") -> None:
        super().__init__()
        self._first = first
        self._names = CustomerNames(())
        self._levels: Mapping[str, Level] = {}

    def on_mount(self) -> None:
        """Read once: no key waits for a disk."""
        room = self.home.room()
        self._names = CustomerNames(each for each in self.desk.read.all(Customer) if may_page(each.handle, room))
        sheet = self.home.sheet_ahead
        if sheet is not None and room.audience == "team":
            self._levels = {handle: row.rolled.level for handle, row in sheet.by_handle.items()}
        super().on_mount()
        self.home.run_worker(self._read_ahead(), group="ahead", exclusive=True)

    async def _read_ahead(self) -> None:
        """What any page needs is read while they type: nobody waits for it after Enter."""
        look, anybody = self.desk.registers.look(), next(iter(self._names.find(self._first)), None)
        if anybody is not None:
            with suppress(OpsDeskError):  # whoever opens the page is told
                await self.home.reading(lambda: customer_page(self.desk.read, anybody, look, Before()))

    def rows(self, words: str) -> Sequence[Row]:
        found = self._names.find(words)
        if not words:
            found = sorted(found, key=lambda each: each.handle != self._first)
        return [self._row(each) for each in found]

    def _row(self, customer: Customer) -> Row:
        level = self._levels.get(customer.handle)
        mark = Ink(" ".join(FLAGS[level]).rstrip(), flag(level).role) if level else Ink("")
        team = self.home.glance.before.audience == "team"
        owner = self.home.glance.names.people.name(customer.owner) if customer.owner and team else ""
        left = f"customer until {customer.left}" if customer.left else "no customer any more"
        return Row(
            key=customer.handle,
            cells=(
                mark,
                Ink(customer.name, "ink" if customer.active else "dim"),
                Ink(f"#{customer.handle}", "dim"),
                Ink(owner if customer.active else left, "dim"),
            ),
        )
