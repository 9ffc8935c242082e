"""The application: themes, screens, one desk, one writing thread. No logic of meetings here."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar, TypeVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Event, Key
from textual.screen import Screen
from textual.signal import Signal

from opsdesk.core.errors import OpsDeskError
from opsdesk.core.journal import Transaction
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.ui.hands import Hands
from opsdesk.ui.screens.base import DeskScreen
from opsdesk.ui.theme import DEFAULT, PALETTES, PALETTES_VARIABLES, themes

T = TypeVar("T")
POLL = 0.25  # seconds between two looks for what other desks have committed


def undo_word(tx: Transaction | None) -> str:
    """What undo or redo would take back, short enough for the footer: the record made, else the command."""
    if tx is None:
        return ""
    changes = [c for c in tx.changes if not c.id.startswith("V-")]
    made = next((c.id for c in changes if c.before is None or (tx.undoes and c.after is None)), "")
    return (made or tx.command)[:24]


class OpsDesk(App[None]):
    """`start`: the id of the meeting to open; empty opens one that is running, else Today."""

    CSS_PATH = "desk.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q,ctrl+c", "leave_desk", show=False, priority=True)]

    def __init__(self, desk: Desk, hands: Hands, start: str = "") -> None:
        super().__init__()
        self.desk, self.hands = desk, hands
        self._start = start
        self.key_at = 0.0  # when the last key was pressed, however late it is heard
        self.changed: Signal[None] = Signal(self, "changed")
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self.undo_words: tuple[str, str] = ("", "")
        self.running: Meeting | None = None
        for theme in themes():
            self.register_theme(theme)
        wanted = hands.preferences.get("theme", DEFAULT)
        self.theme = wanted if wanted in PALETTES else DEFAULT
        self._first = self._first_screen()
        self.css_path += self._first.css_path  # Textual reads those of every screen but the first

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key):
            self.key_at = event.time
        await super().on_event(event)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return PALETTES_VARIABLES

    def get_default_screen(self) -> Screen[Any]:
        return self._first

    def _first_screen(self) -> DeskScreen:
        self.look()
        if not self.desk.read.live(Person):
            from opsdesk.ui.screens.welcome import Welcome

            return Welcome()
        meeting = self._meeting_to_open()
        if meeting is not None:
            from opsdesk.ui.screens.room import Room

            return Room(meeting)
        from opsdesk.ui.screens.today import Today

        return Today()

    def _meeting_to_open(self) -> Meeting | None:
        if self._start:
            return self.desk.read.get(Meeting, self._start)
        left_open = self.running is not None and self.desk.meetings.idle(self.running.id) is not None
        return None if left_open else self.running

    def on_mount(self) -> None:
        self._heed_endings()
        self.set_interval(POLL, self.listen)
        self.call_after_refresh(self._collect)
        for problem in self.hands.problems[:1]:
            self.call_after_refresh(self.say, problem)

    def _heed_endings(self) -> None:
        """A closed window or a stopped machine leaves the terminal clean, where the system can tell of it."""
        if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
            return
        for ended in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(ended, self.exit)

    def _collect(self) -> None:
        """Garbage is collected from the first frame on: before it there is none, and looking for it takes time."""
        gc.freeze()
        gc.enable()

    def on_unmount(self) -> None:
        self._writer.shutdown(wait=True)

    # values every screen draws

    def look(self) -> None:
        """Reads what the footer and the availability of commands depend on."""
        self.undo_words = (undo_word(self.desk.undo.peek()), undo_word(self.desk.undo.peek_redo()))
        running = [meeting for meeting in self.desk.read.live(Meeting) if meeting.state == "running"]
        self.running = running[-1] if running else None

    def publish(self) -> None:
        """Something was committed: every screen reads again."""
        try:
            self.look()
        except OpsDeskError as error:
            self.say(str(error))
        self.changed.publish(None)

    def listen(self) -> None:
        try:
            news = self.desk.news()
        except OpsDeskError as error:
            self.say(str(error))
            return
        if news:
            self.publish()

    async def write(self, call: Callable[[], T]) -> T:
        """Runs a change on the one writing thread. Raises OpsDeskError."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, call)

    @property
    def front(self) -> DeskScreen | None:
        """The desk screen in front, also under a dialog."""
        return next((s for s in reversed(self.screen_stack) if isinstance(s, DeskScreen)), None)

    def say(self, text: str, role: str = "orange") -> None:
        if self.front is not None:
            self.front.say(text, role)

    def settle(self, settings: Settings) -> None:
        """Keeps the company's settings; the desk is opened again with them."""
        self.desk = self.hands.settle(settings)
        self.publish()

    def open_demo(self) -> None:
        self.desk = self.hands.make_demo()
        self.publish()
        self.do_today()

    # screens

    def go(self, screen: DeskScreen) -> None:
        """Shows a screen instead of the one in front; the first screen stays below it."""
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def start_or_resume(self, slug: str, customer: str = "") -> Meeting:
        """The running meeting of that agenda, else a new one. Raises OpsDeskError."""
        going = (m for m in self.desk.meetings.running() if m.agenda == slug and m.customer == customer)
        return next(going, None) or self.desk.meetings.start(slug, customer=customer)

    def open_room(self, meeting: str) -> None:
        from opsdesk.ui.screens.room import Room

        self.look()
        self.go(Room(self.desk.read.get(Meeting, meeting)))

    def settle_draft(self, meeting: str) -> None:
        """The gate of a meeting that was closed as a draft: what it owes can be given there."""
        from opsdesk.ui.screens.gate import Gate

        self.push_screen(Gate(self.desk.read.get(Meeting, meeting)))

    def do_today(self) -> None:
        from opsdesk.ui.screens.today import Today

        self.look()
        if len(self.screen_stack) > 1 and isinstance(self.screen_stack[0], Today):
            self.pop_screen()
        elif not isinstance(self.front, Today):
            self.go(Today())

    def do_room(self) -> None:
        if self.running is not None and getattr(self.front, "NAME", "") != "room":
            self.open_room(self.running.id)

    def do_read_minutes(self) -> None:
        from opsdesk.ui.screens.minutes import MinutesPage

        if not isinstance(self.front, MinutesPage):
            self.go(MinutesPage())

    def do_leave(self) -> None:
        from opsdesk.ui.screens.today import Today
        from opsdesk.ui.screens.welcome import Welcome

        if isinstance(self.front, Today | Welcome):
            self.action_leave_desk()
        else:
            self.do_today()

    def do_quit(self) -> None:
        self.action_leave_desk()

    def action_leave_desk(self) -> None:
        self.exit()

    def on_key(self, event: Key) -> None:
        """A key that bubbled up here is a command, but for those typed while the capture bar was being opened."""
        front = self.front
        if front is not None and front is self.screen and front.bar.typed_ahead(event):
            event.prevent_default()

    # commands of everywhere

    def do_undo(self) -> None:
        self._turn(self.desk.undo.last, "undone", "y brings it back")

    def do_redo(self) -> None:
        self._turn(self.desk.undo.redo, "done again", "z takes it back")

    def _turn(self, call: Callable[[], Transaction], done: str, back: str) -> None:
        if self.front is not None:
            self.front.intend(call, lambda tx: f"{done}: {undo_word(tx)} · {back}")

    def do_curtain(self) -> None:
        from opsdesk.ui.screens.curtain import Curtain

        self.push_screen(Curtain())

    def do_keys(self) -> None:
        self._commands("Keys")

    def do_palette(self) -> None:
        self._commands("Everything")

    def _commands(self, title: str) -> None:
        from opsdesk.ui.screens.command_list import CommandList

        front = self.front
        if front is not None:
            now = front.situation()
            self.push_screen(CommandList(title, now), lambda id: front.run_command(id) if id else None)

    def do_find(self) -> None:
        from opsdesk.ui.screens.find import Find

        self.push_screen(Find(self.audience_customer), lambda id: self.open_record(id) if id else None)

    def do_trail(self) -> None:
        if self.front is not None:
            self.open_record(self.front.situation().line)

    def open_record(self, id: str) -> None:
        from opsdesk.ui.screens.detail import Detail

        if id:
            self.push_screen(Detail(id))

    @property
    def audience_customer(self) -> str:
        """In the room of a customer's meeting, the only customer that may be seen; else empty."""
        meeting = self.running
        in_room = getattr(self.front, "NAME", "") == "room"
        return meeting.customer if in_room and meeting and meeting.audience == "customer" else ""

    # themes

    def do_theme_dark(self) -> None:
        self._take_theme("dark")

    def do_theme_light(self) -> None:
        self._take_theme("light")

    def do_theme_contrast_dark(self) -> None:
        self._take_theme("contrast-dark")

    def do_theme_contrast_light(self) -> None:
        self._take_theme("contrast-light")

    def _take_theme(self, name: str) -> None:
        self.theme = name
        try:
            self.hands.remember("theme", name)
        except OpsDeskError as error:
            self.say(str(error))
        self.changed.publish(None)
