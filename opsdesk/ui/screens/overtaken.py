"""Two people have changed the same: who, when, what it was, theirs, yours, and one key that settles it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static

from opsdesk.core.errors import Conflict
from opsdesk.desk.conflicts import Choice, Disagreement, Line
from opsdesk.ui.commands import BY_ID, Situation, for_screen, why_not
from opsdesk.ui.ink import Ink, content, fit, lines
from opsdesk.ui.screens.overlay import Overlay
from opsdesk.ui.widgets.columns import Row
from opsdesk.ui.widgets.record_list import RecordList

LABEL = 10  # cells
OPEN = ("title", "text", "due", "state", "level")  # fields that others than the team may read
MOMENT = 0.6  # seconds in which nobody has read it yet
ELSEWHERE = "not shown here"


class Overtaken(Overlay[Choice]):
    """The ten seconds in which somebody meets it, with the room watching:

    1. Enter was pressed on a correction, and instead of "kept" this stands there. The first line says that nothing is
       lost and who it was, so that the first word can be said aloud: "Ana has just moved that."
    2. Below it each field in the same order: what it was, theirs, yours. Two dates under each other are read faster
       than a sentence. Fields that do not contradict each other are not here: they are merged already.
    3. One key: `t` theirs, `m` mine, `b` both. Where both cannot be true `b` is grey and says why. Whoever does not
       want to decide before the room presses Esc: theirs stays, the words wait in the bar.
    4. The line below says what was kept and that `z` takes it back. A wrong key costs one more.

    The clock of the meeting runs on behind it. It never opens under the fingers of somebody who is typing already, and
    a key that was pressed before it could be read counts for nothing: until then the keys are grey. Before a customer
    or the whole company it names no person, and no value that is the team's own. Answers with the choice; None: Esc.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(command.keys), f"choose('{command.id}')", show=False, priority=True)
        for command in for_screen("conflict")
        if command.keys
    ]

    def __init__(self, conflict: Conflict, told: Disagreement) -> None:
        super().__init__()
        self._conflict, self._told = conflict, told
        self.waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(id="sheet-title", markup=False)
            yield RecordList(id="sheet-list")
            yield Static(id="sheet-said", markup=False)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(RecordList))
        self.call_after_refresh(self._draw)
        self.waiting = self.set_timer(MOMENT, self._can_be_read)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    # what is drawn

    def _draw(self) -> None:
        title = f"{self._conflict.id} was changed while you typed · nothing is lost"
        self.query_one("#sheet-title", Static).update(content([Ink(title, "bright!")], self.palette))
        self.query_one(RecordList).show(list(self._rows()))
        self._draw_keys()

    def _draw_keys(self) -> None:
        self.query_one("#sheet-said", Static).update(lines(self._keys(), self.palette))

    def _can_be_read(self) -> None:
        self.waiting = None
        self._draw_keys()

    @property
    def _openly(self) -> bool:
        """Whether others than the team look on."""
        return self.home.glance.before.audience != "team"

    def _rows(self) -> Iterator[Row]:
        shown = {each.title for each in self._conflict.differences if each.field in OPEN}
        for line in self._told.lines:
            yield Row(across=(Ink(line.title, "bright!"), *self._who(line)))
            hidden = self._openly and line.title not in shown
            for label, value, role in (
                ("was", line.was, "dim"),
                ("theirs", line.theirs, "ink"),
                ("mine", line.mine, "ink"),
            ):
                yield from self._value(label, ELSEWHERE if hidden else value, role)
            yield Row()

    def _who(self, line: Line) -> tuple[Ink, ...]:
        if self._openly:
            return (Ink(f"   changed {line.when}", "dim"),)
        return Ink("   changed by ", "dim"), Ink(line.by, "accent"), Ink(f" {line.when}", "dim")

    def _value(self, label: str, value: str, role: str) -> Iterator[Row]:
        room = max(20, self.query_one(RecordList).size.width - LABEL - 4)
        for at, part in enumerate(wrap(value, room) or [""]):
            yield Row(across=(Ink(f"  {fit('' if at else label, LABEL)}", "dim"), Ink(part, role)))

    def _keys(self) -> list[list[Ink]]:
        pieces: list[Ink] = []
        for command in for_screen("conflict"):
            able = not self.waiting and not why_not(command, self.situation)
            pieces += [Ink(command.shown, "bright!" if able else "dim"), Ink(f" {command.label}   ", "dim")]
        return [pieces, [Ink(f"b is not possible: {self._told.one}", "dim")] if self._told.one else []]

    @property
    def situation(self) -> Situation:
        return Situation(screen="conflict", both="both" in self._told.choices)

    # the keys

    def action_choose(self, choice: Choice) -> None:
        if not self.waiting and not why_not(BY_ID[choice], self.situation):
            self.dismiss(choice)
