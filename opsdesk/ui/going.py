"""Going from screen to screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.signal import Signal

from opsdesk.core.errors import NotFound, OpsDeskError
from opsdesk.core.meeting import Meeting
from opsdesk.core.registers.incidents import Incident
from opsdesk.ui.drafts import Drafts
from opsdesk.ui.hands import Hands
from opsdesk.ui.screens.base import DeskScreen
from opsdesk.ui.standing import Standing

if TYPE_CHECKING:
    from opsdesk.ui.scores.book import Book


LEAVE_FIRST = "The call is over: 1 leaves it first."


class Going(Standing):
    """Which screen is in front, and what leads to another; `look` reads again what that depends on.

    `sheet_ahead`: the score sheet as it was read last.
    """

    hands: Hands
    changed: Signal[None]
    drafts: Drafts
    parting = ""
    sheet_ahead: Book | None = None

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
        front = self.front
        if front is None:
            return
        words = self.hands.addressed(text)
        if front.is_mounted:
            front.say(words, role)
        else:  # its bar is still being made
            front.call_later(front.say, words, role)

    # screens

    def go(self, screen: DeskScreen) -> None:
        """Shows a screen instead of the one in front; the first screen stays below it."""
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def open_room(self, meeting: str) -> None:
        from opsdesk.ui.screens.room import Room

        def show(found: Meeting) -> None:
            self.enter(found)
            self.go(Room(found))

        self._open(meeting, show)

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
        self._to_today()

    def take_leave(self) -> None:
        """What is to be said on the screen that came instead of one that could not stay."""
        if self.parting and getattr(self.front, "NAME", "") == "today":
            words, self.parting = self.parting, ""
            self.say(words)

    def do_today(self) -> None:
        """Whoever goes there leaves what is over."""
        if self.part():
            self._to_today()
            self.changed.publish(None)
        else:
            self._to_today()

    def _to_today(self) -> None:
        from opsdesk.ui.screens.today import Today

        self.look()
        first = self.screen_stack[0]
        if len(self.screen_stack) > 1 and isinstance(first, Today):
            first.catch_up()
            self.pop_screen()
        elif not isinstance(self.front, Today):
            self.go(Today())

    def do_room(self) -> None:
        """The one that was open here; what another desk has started since is not for those who are in this room."""
        if self.glance.over:
            self.say(LEAVE_FIRST)
            return
        here = (each for each in self.glance.on if each.id == self.entered)
        running = next(here, self.running) or next(iter(self.desk.meetings.running()), None)
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

        front = self.front
        if getattr(front, "kind", "") != kind:
            here = getattr(front, "meeting_id", "") if getattr(front, "NAME", "") == "room" else ""
            self.go(RegisterPage(kind, here or getattr(front, "back", "")))

    def do_scores(self) -> None:
        """Over whatever is there, with the cursor on its line; what is said is said in the meeting of that room."""
        from opsdesk.ui.screens.scores import Scores

        front = self.front
        if front is not None:
            self.push_screen(Scores(front.situation().line, front.place.scope, getattr(front, "section_title", "")))

    def do_outage(self) -> None:
        """The incident under the cursor, else the worst that is open; where none is, a new one is typed."""
        from opsdesk.ui.screens.outage import Outage

        front, alarm = self.front, self.glance.alarm
        if front is None:
            return
        line = front.situation().line
        id = line if line.startswith("I-") else alarm.incident.id if alarm else ""
        if id:
            self.push_screen(Outage(id, front.place.scope, getattr(front, "section_title", "")))
        else:
            self.do_open_incident()

    def show_outage(self) -> None:
        """From what lies over a screen; where the screen shows one already that is all."""
        front = self.front
        if front is not None and front.NAME != "outage":
            front.run_command("outage_typing")

    def do_open_incident(self) -> None:
        """What was opened is shown at once, unless somebody has gone on to something else meanwhile."""
        from opsdesk.ui.outage.opening import open_mode
        from opsdesk.ui.screens.outage import Outage

        front = self.front
        if front is None:
            return

        def show(made: Incident) -> None:
            if self.screen is front and not front.bar.typing:
                said = front.bar.said
                self.push_screen(Outage(made.id, front.place.scope, getattr(front, "section_title", "")))
                self.say(said, "dim")

        front.type(open_mode(front, show))

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
