"""The application: themes, screens, one desk, one writing thread. No logic of meetings here."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.signal import Signal

from opsdesk.core.attendance import in_room
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.ui.drafts import Drafts
from opsdesk.ui.glance import Glance, glance
from opsdesk.ui.hands import Hands
from opsdesk.ui.noticing import Noticing
from opsdesk.ui.screens.base import DeskScreen
from opsdesk.ui.theme import DEFAULT, PALETTES, PALETTES_VARIABLES, themes
from opsdesk.ui.threads import Thread
from opsdesk.ui.undone import Offers

T = TypeVar("T")


class OpsDesk(Noticing):
    """`start`: the id of the meeting to open; empty opens one that is running, else Today."""

    CSS_PATH = "desk.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q,ctrl+c", "leave_desk", show=False, priority=True)]

    def __init__(self, desk: Desk, hands: Hands, start: str = "") -> None:
        super().__init__()
        self.desk, self.hands = desk, hands
        self._start = start
        self.changed: Signal[None] = Signal(self, "changed")
        self._writer, self._reader = Thread("writer"), Thread("reader")
        self._stale = self._renewing = self._warned = False
        self.drafts = Drafts(hands.drafts, self._drafts_changed)
        self.offers = Offers()
        self.glance = Glance()
        for theme in themes():
            self.register_theme(theme)
        wanted = hands.preferences.get("theme", DEFAULT)
        self.theme = wanted if wanted in PALETTES else DEFAULT
        self._first = self._first_screen()
        self.css_path += self._first.css_path  # Textual reads those of every screen but the first

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

            self.enter(meeting)
            return Room(meeting)
        from opsdesk.ui.screens.today import Today

        return Today()

    def _meeting_to_open(self) -> Meeting | None:
        """The one asked for, else the one that is running: a call with a customer only for those who are in it."""
        if self._start:
            return self.desk.read.get(Meeting, self._start)
        if self.running and self.running.before and self.desk.by not in in_room(self.running):
            return None
        left_open = self.running is not None and self.desk.meetings.idle(self.running.id) is not None
        return None if left_open else self.running

    def on_mount(self) -> None:
        self._heed_endings()
        self.call_after_refresh(self._collect)
        self.call_after_refresh(self.begin_noticing)

    def _heed_endings(self) -> None:
        """A closed window or a stopped machine leaves the terminal clean, where the system can tell of it."""
        if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
            return
        for ended in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(ended, self._ended)

    def _ended(self) -> None:
        self.keep_typed()
        self.exit()

    def _collect(self) -> None:
        """Garbage is collected from the first frame on: before it there is none, and looking for it takes time."""
        gc.freeze()
        gc.enable()

    def on_unmount(self) -> None:
        for each in (self._writer, self._reader):
            each.end()
        self.end_noticing()
        with suppress(OpsDeskError):  # it was said when the desk was left
            self.hands.keep_drafts(self.drafts.text)

    # what was typed and not kept

    def _drafts_changed(self) -> None:
        """Kept beside the screen, so that it is there also after the machine has stopped."""
        text = self.drafts.text

        def keep() -> tuple[str, ...]:
            self.hands.keep_drafts(text)
            return ()

        self._keep(keep)

    def action_leave_desk(self) -> None:
        """Drafts are there again next time; where they cannot be kept, that is said before they are lost."""
        self.keep_typed()
        try:
            self.hands.keep_drafts(self.drafts.text)
        except OpsDeskError as error:
            if not self._warned:
                self._warned = True
                last = self.drafts.lines[-1]
                self.say(f"{last.quoted} cannot be kept for next time · ctrl+q again leaves without it · {error}")
                return
        super().action_leave_desk()

    # values every screen draws

    def look(self) -> None:
        """Reads what the footer and the availability of commands depend on. Raises OpsDeskError."""
        self.take_glance(glance(self.desk, self.rooms, self.calls))

    def publish(self) -> None:
        """Something was committed: every screen reads again; once more for all that is committed meanwhile."""
        self._stale = True
        if not self._renewing:
            self.run_worker(self._renew_all(), group="renewing")

    async def _renew_all(self) -> None:
        if self._renewing:
            return
        self._renewing = True
        try:
            while self._stale:
                self._stale = False
                await self._renew_or_say()
        finally:
            self._renewing = False

    async def _renew_or_say(self) -> None:
        try:
            await self.renew()
        except OpsDeskError as error:
            self.say(str(error))

    async def renew(self) -> None:
        """As `publish`, and through when every screen has been told. Raises OpsDeskError."""
        rooms, calls = self.rooms, self.calls
        try:
            found = await self.reading(lambda: glance(self.desk, rooms, calls))
            if (rooms, calls) == (self.rooms, self.calls):
                self.take_glance(found)
            else:  # somebody has entered or left meanwhile
                self.look()
        finally:
            self.changed.publish(None)

    async def write(self, call: Callable[[], T]) -> T:
        """Runs a change on the one writing thread. Raises OpsDeskError."""
        return await self._writer.start(call)

    async def reading(self, call: Callable[[], T]) -> T:
        """Reads on the one reading thread. Raises OpsDeskError."""
        return await self._reader.start(call)

    def settle(self, settings: Settings) -> None:
        """Keeps the company's settings; the desk is opened again with them."""
        self.desk = self.hands.settle(settings)
        self.publish()

    def open_demo(self) -> None:
        self.desk = self.hands.make_demo()
        self.publish()
        self.do_today()
