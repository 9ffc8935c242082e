"""Which meetings the company holds: every agenda, switched on or off with one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from opsdesk.core.agenda import Agenda
from opsdesk.core.cadence import meets
from opsdesk.core.errors import OpsDeskError
from opsdesk.ui.ink import Ink, content
from opsdesk.ui.screens.overlay import Warned
from opsdesk.ui.widgets.columns import Column, Row
from opsdesk.ui.widgets.record_list import RecordList


class AgendaList(Warned[None]):
    """Those that are on first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "turn", show=False, priority=True),
        Binding("q,Q", "dismiss_none", show=False),
    ]
    HINT = "space on or off   ·   Esc back"

    def compose(self) -> ComposeResult:
        columns = (Column(most=5), Column(flex=True, least=27), Column(most=7, drop=1), Column(most=46, shrink=36))
        with Vertical(id="sheet"):
            yield Static(id="sheet-title", markup=False)
            yield RecordList(columns=columns, id="sheet-list")
            yield Static(id="sheet-said", markup=False)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(RecordList))
        self._order = sorted(self.desk.agendas, key=lambda slug: (not self._on(slug), slug))
        self.home.changed.subscribe(self, lambda _: self.draw())
        self.call_after_refresh(self.draw)

    def _on(self, slug: str) -> bool:
        return self.desk.cadence.is_on(slug)

    def draw(self) -> None:
        title = [Ink("Meetings we hold", "bright!"), Ink(f"   {self.HINT}", "dim")]
        self.query_one("#sheet-title", Static).update(content(title, self.palette))
        rows = [self._row(slug, self.desk.agendas[slug]) for slug in self._order]
        self.query_one(RecordList).show(rows)

    def _row(self, slug: str, agenda: Agenda) -> Row:
        on = self._on(slug)
        role = "ink" if on else "dim"
        cells = (Ink("● on" if on else "· off", "green" if on else "dim"), Ink(agenda.title, role))
        return Row(key=slug, cells=(*cells, Ink(f"{agenda.timebox} min", "dim"), Ink(meets(agenda), "dim")))

    def action_turn(self) -> None:
        slug = self.query_one(RecordList).key
        wanted = not self._on(slug)
        self._write(lambda: self.desk.cadence.switch(slug, wanted))

    def _write(self, call: Callable[[], object]) -> None:
        self.run_worker(self._carry_out(call), group="writes", exclusive=False)

    async def _carry_out(self, call: Callable[[], object]) -> None:
        try:
            await self.home.write(call)
        except OpsDeskError as error:
            self.query_one("#sheet-said", Static).update(content([Ink(str(error), "orange")], self.palette))
            return
        self.home.publish()
