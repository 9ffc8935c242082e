"""The commands of everywhere: going from screen to screen, undo, find, themes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual.app import App
from textual.signal import Signal

from opsdesk.core.errors import NotFound, OpsDeskError
from opsdesk.core.journal import Transaction
from opsdesk.core.meeting import Meeting
from opsdesk.desk import Desk
from opsdesk.ui.drafts import Drafts
from opsdesk.ui.glance import Glance
from opsdesk.ui.hands import Hands
from opsdesk.ui.screens.base import DeskScreen
from opsdesk.ui.undone import UNDONE, Offers, turned, undo_word


class Everywhere(App[None]):
    """What the application does whichever screen is in front; `look` reads again what these commands depend on."""

    desk: Desk
    hands: Hands
    glance: Glance
    changed: Signal[None]
    key_at: float
    key_before: float
    drafts: Drafts
    offers: Offers
    parting = ""

    def look(self) -> None:
        """Reads what the footer and the availability of commands depend on."""

    def quiet(self) -> float:
        """Seconds since the last key."""
        return 0.0

    def seen_through(self, screen: DeskScreen) -> bool:
        """Whether what lies over the screen leaves its clock in sight."""
        return screen is self.front and bool(getattr(self.screen, "SEEN_THROUGH", False))

    @property
    def running(self) -> Meeting | None:
        return self.glance.running

    @property
    def front(self) -> DeskScreen | None:
        """The desk screen in front, also under a dialog."""
        return next((s for s in reversed(self.screen_stack) if isinstance(s, DeskScreen)), None)

    def say(self, text: str, role: str = "orange") -> None:
        if self.front is not None:
            self.front.say(self.hands.addressed(text), role)

    # screens

    def go(self, screen: DeskScreen) -> None:
        """Shows a screen instead of the one in front; the first screen stays below it."""
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def open_room(self, meeting: str) -> None:
        from opsdesk.ui.screens.room import Room

        self._open(meeting, lambda found: self.go(Room(found)))

    def settle_draft(self, meeting: str) -> None:
        """The gate of a meeting that was closed as a draft: what it owes can be given there."""
        from opsdesk.ui.screens.gate import Gate

        self._open(meeting, lambda found: self.push_screen(Gate(found)))

    def _open(self, id: str, show: Callable[[Meeting], object]) -> None:
        """A meeting that another desk has taken back since it was drawn is not opened."""
        try:
            self.look()
            found = self.desk.read.get(Meeting, id)
        except OpsDeskError as error:
            self.say(str(error))
            return
        show(found)

    def has(self, meeting: str) -> bool:
        try:
            self.desk.read.get(Meeting, meeting)
        except NotFound:
            return False
        except OpsDeskError:  # then nobody knows
            return True
        return True

    def leave_gone(self, meeting: str) -> None:
        """To Today, which says why: the meeting that was shown does not exist any more."""
        undone = self.desk.undo.peek_redo()
        ours = undone is not None and any(change.id == meeting for change in undone.changes)
        words = f"{meeting} is not there any more (its start was undone)"
        self.parting = f"{words} · y brings it back" if ours else words
        self.do_today()

    def take_leave(self) -> None:
        """What is to be said on the screen that came instead of one that could not stay."""
        if self.parting and getattr(self.front, "NAME", "") == "today":
            words, self.parting = self.parting, ""
            self.say(words)

    def do_today(self) -> None:
        from opsdesk.ui.screens.today import Today

        self.look()
        if len(self.screen_stack) > 1 and isinstance(self.screen_stack[0], Today):
            self.pop_screen()
        elif not isinstance(self.front, Today):
            self.go(Today())

    def do_room(self) -> None:
        running = self.running or next(iter(self.desk.meetings.running()), None)
        if running is not None and getattr(self.front, "NAME", "") != "room":
            self.open_room(running.id)

    def do_read_minutes(self) -> None:
        from opsdesk.ui.screens.minutes import MinutesPage

        if not isinstance(self.front, MinutesPage):
            self.go(MinutesPage())

    def do_registers(self) -> None:
        from opsdesk.ui.screens.register_list import RegisterList

        self.push_screen(RegisterList(), lambda kind: self.do_open_register(kind) if kind else None)

    def do_open_register(self, kind: str) -> None:
        from opsdesk.ui.screens.register import RegisterPage

        if getattr(self.front, "kind", "") != kind:
            self.go(RegisterPage(kind))

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

    def keep_typed(self) -> None:
        """What stands in the bars is a draft from now on."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen) and screen.there:
                screen.bar.keep()

    # commands of everywhere

    @property
    def undo_words(self) -> tuple[str, str]:
        """What undo and redo would take back now, for the footer."""
        offered = self.offers.at(self.key_at)
        undo, redo = self.glance.undo_words
        return undo_word(offered) if offered else undo, redo

    def do_undo(self) -> None:
        """Where that is refused the next older step is offered, to a second z and to no other key."""
        offered = self.offers.at(self.key_before) or self.offers.at(self.key_at)
        last = self.desk.undo.last if offered is None else lambda: self.desk.undo.older(offered)
        self._turn(self.offers.after(last, self.key_at), UNDONE, "y brings it back")

    def do_redo(self) -> None:
        self._turn(self.desk.undo.redo, "done again", "z takes it back")

    def _turn(self, call: Callable[[], Transaction], done: str, back: str) -> None:
        """What has left the desk with it stays as it is, and is said."""
        front = self.front
        if front is not None:
            front.intend(call, lambda tx: turned(tx, done, back, self.desk.undo.left(tx)), lost=front.draw_footer)

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
            self.run_worker(self._read_ahead(), group="ahead", exclusive=True)

    async def _read_ahead(self) -> None:
        """Whoever looks for a command may open a register: what is open is read while they type."""
        front = self.front
        if front is not None:
            with suppress(OpsDeskError):  # whoever opens it is told
                await front.home.reading(self._live_of_registers)

    def _live_of_registers(self) -> None:
        for register in self.desk.registers.all.values():
            self.desk.read.live(register.shape)

    def do_find(self) -> None:
        from opsdesk.ui.screens.find import Find

        self.push_screen(Find(), lambda id: self.open_record(id) if id else None)

    def do_trail(self) -> None:
        if self.front is not None:
            self.open_record(self.front.situation().line, self.front.list.reason)

    def open_record(self, id: str, why: str = "") -> None:
        from opsdesk.ui.screens.detail import Detail

        if id:
            self.push_screen(Detail(id, why))

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
