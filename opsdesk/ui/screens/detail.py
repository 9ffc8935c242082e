"""One record with all its fields and its trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from textwrap import wrap
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from opsdesk.core.audience import Before
from opsdesk.core.errors import NotFound, OpsDeskError
from opsdesk.core.kinds import shape_of
from opsdesk.core.overtaken import Voice
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.insight.fields import called, described, with_names
from opsdesk.insight.foreseen import foreseen
from opsdesk.insight.others import Others
from opsdesk.insight.shown import may_show, plainly
from opsdesk.insight.trail import told, trail, turned
from opsdesk.ui.ink import Ink, content, fit
from opsdesk.ui.screens.overlay import Warned
from opsdesk.ui.widgets.columns import Row
from opsdesk.ui.widgets.record_list import RecordList

ALL = 1_000  # parts of a field

PEOPLE = ("owner", "by", "created_by", "chair", "deputy", "minute_taker")
TITLE = 18  # cells


class Detail(Warned[None]):
    """Scrolls with the arrows; Esc, v or q go back. Before a customer or the company only what they may read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,V,q,Q,enter", "dismiss_none", show=False, priority=True),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, record: str, why: str = "") -> None:
        super().__init__()
        self._record, self._why = record, why
        self._titled: list[Ink] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(id="sheet-title", markup=False)
            yield RecordList(id="sheet-list")

    def on_mount(self) -> None:
        self.set_focus(self.query_one(RecordList))
        self.home.changed.subscribe(self, lambda _: self._draw_anew())
        self.set_interval(1, self._draw_title)
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_anew)

    def _draw_anew(self) -> None:
        """As it is now, and where it was read to; not while the desk does not answer."""
        if self.home.busy or not self.is_attached:
            return
        listed = self.query_one(RecordList)
        place = listed.scroll_offset.y
        try:
            self._draw()
        except OpsDeskError as error:
            self.home.say(str(error))
        listed.scroll_to(y=place, animate=False)

    def _draw_title(self) -> None:
        shape = shape_of(self._record)
        what = f"   {called(shape)}" if shape is not None else ""
        local = self.desk.now().astimezone(self.desk.settings.zone)
        words = [Ink(self._record, "bright!"), Ink(f"{what}   ·   {local:%H:%M}   ·   Esc goes back", "dim")]
        if words != self._titled:
            self._titled = words
            self.query_one("#sheet-title", Static).update(content(words, self.palette))

    def _draw(self) -> None:
        record = self._read()
        self._draw_title()
        room = self.home.room()
        if record is None:
            self._draw_gone(room)
        elif room.audience == "team":
            self.query_one(RecordList).show([*self._fields(record), Row(), *self._trail(type(record))])
        else:
            self._draw_openly(record, room)

    def _draw_gone(self, room: Before) -> None:
        """What it was is still in the journal, for who may read it."""
        shape = shape_of(self._record)
        gone = Row(across=(Ink(f" There is no {self._record} any more.", "dim"),))
        happened = [Row(), *self._trail(shape)] if shape is not None and room.audience == "team" else []
        self.query_one(RecordList).show([gone, *happened])

    def _draw_openly(self, record: Record, room: Before) -> None:
        fields = plainly(record, self.desk.settings.zone) if may_show(record, room, self.desk.read) else []
        if room.audience == "customer":
            others = Others(self.desk.read, room.customer)
            fields = [(title, text) for title, text in fields if not others.named_in(text)]
        if fields:
            self.query_one(RecordList).show(list(self._told(fields)))
        else:
            self._refuse(f"{self._record} is not to be shown to those who are in this meeting.")

    def _refuse(self, words: str) -> None:
        self.query_one(RecordList).show([Row(across=(Ink(f" {words}", "dim"),))])

    def _read(self) -> Record | None:
        shape = shape_of(self._record)
        try:
            return self.desk.read.get(shape, self._record) if shape else None
        except NotFound:
            return None

    def _fields(self, record: Record) -> Iterable[Row]:
        calls = self.desk.people.person_name, self.desk.people.customer_name
        named = with_names(record, *calls) if isinstance(record, Registered) else replace_handles(record, *calls)
        fields = [*described(named, self.desk.settings.zone, few=ALL), *self._conflicts(record)]
        return self._told([("Why it is here", self._why), *fields] if self._why else fields)

    def _conflicts(self, record: Record) -> list[tuple[str, str]]:
        """What it runs into, for the team."""
        look = self.desk.registers.look()
        found = foreseen(record, self.desk.read, look) if isinstance(record, Registered) else ()
        return [("Runs into", "; ".join(found))] if found else []

    def _told(self, fields: Iterable[tuple[str, str]]) -> Iterable[Row]:
        for title, text in fields:
            for at, part in enumerate(self._wrapped(text)):
                yield Row(across=(Ink(f" {fit('' if at else title, self.titles)}  ", "dim"), Ink(part)))

    @property
    def _voice(self) -> Voice:
        people, zone = self.desk.people, self.desk.settings.zone
        return Voice(person=people.person_name, customer=people.customer_name, zone=zone)

    def _trail(self, shape: type[Record]) -> Iterable[Row]:
        yield Row(across=(Ink(" TRAIL", "dim"),))
        for step in trail(self.desk.trail(self._record), shape.kind, self._record):
            at = step.tx.at.astimezone(self.desk.settings.zone).strftime("%Y-%m-%d %H:%M")
            who, since = self.desk.people.person_name(step.tx.by), turned(step, self._voice)
            done = Ink(f"{step.tx.command}  ", "dim" if step.undone else "ink")
            mark = (Ink(f"  {since}", "dim"),) if since else ()
            yield Row(across=(Ink(f" {fit(at, self.titles)}  ", "dim"), done, Ink(who, "accent"), *mark))
            for changed in told(step.change, shape, self._voice):
                for line in wrap(changed, self._room, subsequent_indent="  "):
                    yield Row(across=(Ink(f" {fit('', self.titles)}  "), Ink(line, "dim")))

    def _wrapped(self, text: str) -> list[str]:
        """One part a line, each broken between words."""
        return [line for part in text.split("; ") for line in wrap(part, self._room)] or [""]

    @property
    def titles(self) -> int:
        """Cells of the titles."""
        return TITLE

    @property
    def _room(self) -> int:
        """Characters beside a title."""
        return max(20, self.query_one(RecordList).size.width - self.titles - 5)

    def action_page(self, by: int) -> None:
        listed = self.query_one(RecordList)
        listed.scroll_relative(y=by * max(1, listed.size.height - 1), animate=False)


def replace_handles(record: Record, person: Callable[[str], str], customer: Callable[[str], str]) -> Record:
    """The record as a person reads it: names where handles stand."""
    names = dict.fromkeys(PEOPLE, person) | {"customer": customer}
    return replace(record, **{name: names[name](record[name]) for name in record if name in names and record[name]})
