"""Today: what meets when, what burns, what is promised, what came back, what happened since the last meeting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from opsdesk.boards.meets import Meet
from opsdesk.boards.table import Scene
from opsdesk.boards.today import PastView, last_run, past_view, today_view, transactions_since
from opsdesk.core.audience import Before
from opsdesk.core.cadence import Occurrence
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.meeting import Meeting
from opsdesk.ui.commands import Situation
from opsdesk.ui.dates import clock
from opsdesk.ui.ink import Ink
from opsdesk.ui.screens.base import bindings
from opsdesk.ui.today import page, starting
from opsdesk.ui.today.verbs import MeetVerbs
from opsdesk.ui.widgets.spread import Spread

WEEKS = 14  # ahead, so that what meets once a quarter is among it
RECORDS = ("burns", "promised", "carried", "since")


class Today(MeetVerbs):
    """Live records are drawn at once; what needs the past is read beside it and drawn when it is there."""

    CSS_PATH = "today.tcss"
    NAME = "today"
    BINDINGS: ClassVar[list[BindingType]] = bindings("today")

    def __init__(self) -> None:
        super().__init__()
        self._before = Before()
        self._past: tuple[Before, PastView] | None = None
        self._ahead: Sequence[Occurrence] | None = None
        self._opened: frozenset[str] = frozenset()
        self._minute = -1
        self._moved = self._placed = False

    def body(self) -> ComposeResult:
        yield Spread(id="list")

    # what is drawn

    def catch_up(self) -> None:
        """Before it is in front again: what it drew last was for others."""
        if self._before != self.home.glance.before and self.heed(lambda: self.read()()):
            self.draw_all()

    def read(self) -> Callable[[], None]:
        take = self._read()

        def anew() -> None:
            take()
            self.call_after_refresh(self._read_past)

        return anew

    def _read(self) -> Callable[[], None]:
        minute = self.desk.now().minute
        room = self.home.room()
        view = today_view(self.desk.read, self._scene(room), self._ahead, self._quiet())
        on = frozenset(each.id for each in view.running if not each.draft)
        over = self.on_now - on
        ended = self.desk.read.where(Meeting, lambda each: each.id in over) if over else ()
        known = self.recognised(line.id for line in (*view.burns, *view.promised, *view.carried))

        def take() -> None:
            self.known = known
            self._before, self.view, self._minute = room, view, minute
            self._say_what_ended(on, ended)

        return take

    def redraw(self) -> None:
        self.draw()

    def _scene(self, whom: Before) -> Scene:
        return replace(self.desk.scene(), audience=whom.audience, customer=whom.customer)

    def _quiet(self) -> dict[str, datetime]:
        """By its id, the last moment of each meeting that is on and that nobody closed."""
        found = (
            (each.id, self.desk.meetings.idle(each.id))
            for each in self.desk.read.live(Meeting)
            if each.state == "running"
        )
        return {id: last for id, last in found if last}

    def _say_what_ended(self, on: frozenset[str], ended: Sequence[Meeting]) -> None:
        """Where what is on has changed, the message line says what became of it, and nothing older.

        Of a start that was undone the undoing has said so.
        """
        was, self.on_now = self.on_now, on
        if was != on and was and (ended or on - was):
            self.say("" if self._before.audience == "customer" else starting.ended(ended))

    @work(group="past", exclusive=True)
    async def _read_past(self) -> None:
        """What meets next and what happened: computed beside the screen, and drawn when it is there."""
        try:
            self._ahead, self._past = await asyncio.to_thread(self._look_around, self._before)
            take = await self.home.reading(self._read)
        except OpsDeskError as error:
            self.refused(error)
            return
        if not self.there:
            return
        take()
        self.draw()
        if not self._placed and not self._moved:
            self.list.action_edge(-1)
        self._placed = True
        self.draw_footer()

    def _look_around(self, whom: Before) -> tuple[Sequence[Occurrence], tuple[Before, PastView]]:
        ahead, scene = self.desk.cadence.upcoming(weeks=WEEKS), self._scene(whom)
        run = last_run(self.desk.read, scene)
        history = transactions_since(run, lambda limit: self.desk.history(limit=limit)) if run else ()
        return ahead, (whom, past_view(self.desk.read, scene, run, history))

    def draw(self) -> None:
        spread = self.query_one(Spread)
        size = spread.size or self.app.size  # before the first layout
        past = self._past[1] if self._past and self._past[0] == self._before else None  # never another audience's
        laid = page.laid(self.view, past, size.width, size.height, self._opened)
        spread.spread(laid.columns, laid.widths, page.GAP, page.told(self.view, past))

    def tick(self) -> None:
        super().tick()
        if self.desk.now().minute != self._minute:
            self._minute = self.desk.now().minute
            self.refresh_all()

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        local = self.desk.now().astimezone(self.desk.settings.zone)
        left = [
            Ink(self.desk.settings.company or "OpsDesk", "bright!"),
            Ink(f"  {local:%A} {local.day} {local:%B}", "dim"),
        ]
        on = next((each for each in self.view.running if not each.draft), None)
        running = [Ink(f"{on.title} {on.reason}   ", "accent")] if on else []
        return left, [*running, Ink(clock(local, self.desk.settings.zone), "bright")]

    @property
    def on(self) -> str:
        block, _, id = self.list.key.partition("/")
        return id if block in RECORDS else ""

    def situation(self) -> Situation:
        now = super().situation()
        running = now.running or any(not each.draft for each in self.view.running)
        return replace(now, running=running, draft_minutes=any(each.draft for each in self.view.running))

    # the cursor

    def on_record_list_moved(self) -> None:
        self._moved = True
        self.draw_footer()

    def open_row(self, key: str) -> None:
        block, _, id = key.partition("/")
        if block == "more":
            self._opened |= {id}
            self.draw()
        elif self.answers():
            self._go_into(block, id)

    def _go_into(self, block: str, id: str) -> None:
        match block:
            case "meet":
                self.start_meeting()
            case "running":
                self._return_to(id)
            case _:
                self.home.open_record(id)

    def _return_to(self, id: str) -> None:
        if any(each.draft for each in self.view.running if each.id == id):
            self._open_minutes(id)
        else:
            self.home.open_room(id)

    @property
    def meet(self) -> Meet | None:
        """The meeting under the cursor, else the next one."""
        block, _, place = self.list.key.partition("/")
        at = int(place) if block == "meet" else 0
        if self.view.next is None:  # asked for before it was read beside the screen
            self._ahead = self._ahead or self.desk.cadence.upcoming(weeks=WEEKS)
            self._read()()
        meets = self.view.next or ()
        return meets[at] if at < len(meets) else None

    # the commands of Today that start no meeting

    def do_open(self) -> None:
        self.list.action_open()

    def do_read_minutes(self) -> None:
        self._open_minutes("")

    def _open_minutes(self, meeting: str) -> None:
        from opsdesk.ui.screens.minutes import MinutesPage

        self.home.go(MinutesPage(meeting))
