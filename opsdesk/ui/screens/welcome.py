"""The first start with an empty desk: the demo company, or the few things a desk needs, each of which can wait."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Input, Static, TextArea

from opsdesk.core.errors import OpsDeskError
from opsdesk.core.people import Person
from opsdesk.desk.intake import Preview, counted
from opsdesk.ui.ink import Ink, content, lines
from opsdesk.ui.screens.base import DeskScreen, bindings
from opsdesk.ui.welcome import steps
from opsdesk.ui.welcome.steps import STEPS, Step
from opsdesk.ui.widgets.bars import Footer
from opsdesk.ui.widgets.columns import Row
from opsdesk.ui.widgets.record_list import RecordList

Keys = list[tuple[str, str, str]]
CHOOSE: Keys = [("choose", "enter", "choose"), ("leave", "q", "leave")]
ASK: Keys = [("take", "ctrl+s", "take and go on; empty skips"), ("welcome_back", "esc", "back")]
WRONG: Keys = [*ASK, ("anyway", "ctrl+o", "leave those lines out")]
MAKING = "Making eight weeks of a company; this takes a few seconds …"


class Welcome(DeskScreen):
    """One step at a time. Nothing is kept of a step before it is taken as a whole."""

    CSS_PATH = "welcome.tcss"
    NAME = "welcome"
    BINDINGS: ClassVar[list[BindingType]] = bindings("welcome")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self._preview: Preview | None = None
        self._busy = False

    def body(self) -> ComposeResult:
        with Vertical(id="welcome"):
            yield Static(id="welcome-title", markup=False)
            yield Input(id="welcome-company", compact=True, placeholder="Northwind Systems")
            with Container(id="welcome-table"):
                yield TextArea(id="welcome-text", compact=True, tab_behavior="focus")
                yield RecordList(id="list")
            yield Static(id="welcome-said", markup=False)

    def say(self, text: str, role: str = "dim") -> None:
        self.query_one("#welcome-said", Static).update(content([Ink(text, role)], self.palette))

    @property
    def step(self) -> Step:
        return STEPS[self._at]

    @property
    def company(self) -> Input:
        return self.query_one("#welcome-company", Input)

    @property
    def text(self) -> TextArea:
        return self.query_one("#welcome-text", TextArea)

    # what is drawn

    def on_mount(self) -> None:
        super().on_mount()
        self._show_step()

    def redraw(self) -> None:
        title = [[Ink(self.step.title, "bright!")], [], *[[Ink(words, "dim")] for words in self.step.ask]]
        self.query_one("#welcome-title", Static).update(lines(title, self.palette))
        self.list.show(self._rows())

    def _rows(self) -> Sequence[Row]:
        match self.step:
            case steps.CHOICE:
                return steps.CHOICES
            case steps.ME:
                people = self.desk.read.live(Person)
                return [Row(key=p.handle, across=steps.told(p.name, [p.department], steps.WIDEST)) for p in people]
            case _ if self._preview is not None:
                return steps.rows(self._preview, self.desk.today(), self.list.size.width)
            case _:
                return [Row(across=(Ink("What is read will stand here.", "dim"),))]

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        left = [Ink(self.desk.settings.company or "OpsDesk", "bright!"), Ink("  the first steps", "dim")]
        return left, [Ink(f"{self._at} of {len(STEPS) - 1}", "dim")] if self._at else []

    def draw_footer(self) -> None:
        wrong = self._preview is not None and self._preview.problems
        keys = CHOOSE if self.step is steps.CHOICE else WRONG if wrong else ASK
        self.query_one(Footer).show(keys, self.palette)

    def _show_step(self) -> None:
        step = self.step
        for name, on in (("-company", step is steps.COMPANY), ("-table", bool(step.kind))):
            self.set_class(on, name)
        self._preview = None
        self.company.value = self.desk.settings.company if step is steps.COMPANY else ""
        self.text.text = ""
        self.set_focus(self.company if step is steps.COMPANY else self.text if step.kind else self.list)
        self.refresh_all()

    # what is typed

    def on_text_area_changed(self) -> None:
        self._read()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input is self.company:
            self.do_take()

    @work(group="preview", exclusive=True)
    async def _read(self) -> None:
        """Reads what is typed beside the typing; what a table cannot be read for is said."""
        text, step = self.text.text, self.step
        if not step.kind:
            return
        try:
            self._preview = await asyncio.to_thread(self._look, step, text) if text.strip() else None
            self.say("")
        except OpsDeskError as error:
            self._preview = None
            self.refused(error)
        self.redraw()
        self.draw_footer()

    def _look(self, step: Step, text: str) -> Preview:
        return self.desk.intake.preview(step.kind, steps.sheet(text, self.home.hands.read_table))

    # the keys

    def open_row(self, key: str) -> None:
        match key:
            case "demo":
                self.do_demo()
            case "begin":
                self.do_begin()
            case _ if self.step is steps.ME:
                self.do_take()

    def do_choose(self) -> None:
        self.list.action_open()

    def do_begin(self) -> None:
        if self.step is steps.CHOICE:
            self._go(1)

    def action_escape(self) -> None:
        if self.bar.typing:
            self.stop_typing()
        elif self._at:
            self._go(-1)

    def do_leave(self) -> None:
        """By its letter from the first step only: later ones are about names, which have that letter too."""
        if self.step is steps.CHOICE:
            self.home.do_leave()
        else:
            self.say("Esc goes back a step, ctrl+q leaves the desk.")

    def do_welcome_back(self) -> None:
        self.action_escape()

    def _go(self, by: int) -> None:
        self._at += by
        if self.step is steps.ME and not self.desk.read.live(Person):
            self._at += by
        self._show_step()

    def _on(self) -> None:
        if self._at == len(STEPS) - 1:
            self.home.do_today()
        else:
            self._go(1)

    def do_demo(self) -> None:
        if not self._busy:
            self._make_demo()

    @work(group="demo", exclusive=True)
    async def _make_demo(self) -> None:
        self._busy = True
        self.say(MAKING, "accent")
        try:
            self.home.desk = await self.home.write(self.home.hands.make_demo)
        except OpsDeskError as error:
            self.refused(error)
            return
        finally:
            self._busy = False
        self.home.publish()
        self.home.do_today()

    def do_take(self) -> None:
        match self.step:
            case steps.COMPANY:
                self._settle(self.company.value.strip())
            case steps.ME:
                self._sit_down(self.list.key)
            case step if step.kind:
                self._take(leave_out=False)

    def do_anyway(self) -> None:
        if self.bar.typing:
            super().do_anyway()
        elif self.step.kind:
            self._take(leave_out=True)

    def _settle(self, company: str) -> None:
        if company and company != self.desk.settings.company:
            try:
                self.home.settle(replace(self.desk.settings, company=company))
            except OpsDeskError as error:
                self.refused(error)
                return
        self._on()

    def _sit_down(self, handle: str) -> None:
        """From now on this person is at the keyboard."""
        try:
            self.home.hands.remember("me", handle)
            self.home.settle(self.desk.settings)
        except OpsDeskError as error:
            self.refused(error)
            return
        self._on()

    def _take(self, *, leave_out: bool) -> None:
        step, text = self.step, self.text.text
        if not text.strip():
            self._on()
            return
        self.intend(
            lambda: self.desk.intake.take(self._look(step, text), leave_out=leave_out),
            lambda count: f"{counted(step.kind, count)} taken · ctrl+z undoes",
            then=lambda _: self._on(),
        )
