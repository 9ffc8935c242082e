"""How the worst open incident stands: its clocks, who knows of it, what may be said, its timeline."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from opsdesk.core.record import Record
from opsdesk.core.register import Look
from opsdesk.core.registers.incidents import REGISTER, Incident
from opsdesk.insight.standing import Standing
from opsdesk.insight.standing_lines import Called, clock_time, facts
from opsdesk.insight.talking import talking_points
from opsdesk.ui.ink import Ink, content, fit, flag
from opsdesk.ui.outage.typing import MODES
from opsdesk.ui.screens.detail import Detail
from opsdesk.ui.widgets.columns import Row

TITLES, NARROW = 21, 12  # cells
EVERY = 30  # seconds between two looks at its clocks
KEYS = (("u", "update"), ("n", "note"), ("i", "inform"))


class Outage(Detail):
    """Its own letters open the capture bar of the screen below. Others than the team see what `Detail` shows them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(f"{key},{key.upper()}", f"type('{word}')", show=False, priority=True) for key, word in KEYS),
        Binding("o,O,f10", "dismiss_none", show=False, priority=True),
    ]

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident.id)
        self._standing: Standing | None = None

    def on_mount(self) -> None:
        self.set_interval(EVERY, self._draw_anew)

    @property
    def titles(self) -> int:
        return TITLES if self.app.size.width >= 70 else NARROW

    def action_type(self, word: str) -> None:
        front, found = self.home.front, self._standing
        if front is None or found is None:
            return
        self.dismiss(None)
        front.type(MODES[word](front, found.incident))

    @property
    def _look(self) -> Look:
        return Look(self.desk.now(), self.desk.settings)

    def _draw_title(self) -> None:
        keys = [piece for key, word in KEYS for piece in (Ink(f"   {key}", "bright!"), Ink(f" {word}", "dim"))]
        words = [Ink(self._record, "bright!"), *keys, Ink("   Esc goes back", "dim")]
        if words != self._titled:
            self._titled = words
            self.query_one("#sheet-title", Static).update(content(words, self.palette))

    def _fields(self, record: Record) -> Iterable[Row]:
        self._standing = found = self.desk.incidents.standing(record.id)
        parts = self.desk.registers.directories().get("components")
        people = self.desk.people
        called = Called(
            person=people.person_name, customer=people.customer_name, component=parts.name if parts else str
        )
        told = facts(found, called, self._look)
        return [*self._heading(found.incident), *self._told(told), Row(), *self._points(found.incident)]

    def _heading(self, incident: Incident) -> Iterable[Row]:
        mark = flag(REGISTER.weight(incident, self._look))
        for at, line in enumerate(wrap(incident.title, self._room) or [""]):
            yield Row(across=(Ink(f" {mark.text if not at else ' '} ", f"{mark.role}!"), Ink(line, "bright!")))
        yield Row(across=(Ink(f"   {REGISTER.reason(incident, self._look)}", "dim"),))
        yield Row()

    def _points(self, incident: Incident) -> Iterable[Row]:
        points, talk = talking_points(incident, "team", self._look), incident.talk
        if not points or talk is None:
            yield Row(across=(Ink(" TALKING POINTS  ", "dim"), Ink("not approved yet", "orange")))
            yield Row(across=(Ink(f" opsdesk incident talk {incident.id} shows and approves them", "dim"),))
            return
        by = f"approved by {self.desk.people.person_name(talk.approved_by)} {clock_time(talk.approved, self._look)}"
        yield Row(across=(Ink(" TALKING POINTS  ", "dim"), Ink(by, "green")))
        yield from self._told((each.title, each.text) for each in points)

    def _trail(self, shape: type[Record]) -> Iterable[Row]:
        yield Row(across=(Ink(" TIMELINE", "dim"),))
        for each in self._standing.moments if self._standing else ():
            for at, line in enumerate(wrap(each.text, self._room) or [""]):
                when = "" if at else clock_time(each.at, self._look)
                by = self.desk.people.person_name(each.by) if each.by and not at else ""
                yield Row(across=(Ink(f" {fit(when, self.titles)}  ", "dim"), Ink(line), Ink(f"  {by}", "accent")))
