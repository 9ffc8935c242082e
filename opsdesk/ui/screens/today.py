"""Today: what meets when, what burns, what is promised, what came back, what happened since the last meeting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from opsdesk.boards.today import Meet, PastView, TodayView, last_run, past_view, today_view, transactions_since
from opsdesk.core.cadence import Occurrence
from opsdesk.core.errors import NotFound, OpsDeskError
from opsdesk.core.meeting import Meeting
from opsdesk.ui.commands import Situation
from opsdesk.ui.dates import clock
from opsdesk.ui.ink import Ink
from opsdesk.ui.screens.base import bindings
from opsdesk.ui.today import page
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.verbs import LineVerbs
from opsdesk.ui.widgets.record_list import RecordList
from opsdesk.ui.widgets.spread import Spread

WEEKS = 14  # ahead, so that what meets once a quarter is among it
OTHERS = (2, 4)  # columns and rows that headline, bar, footer and the edges take
RECORDS = ("burns", "promised", "carried", "since")


class Today(LineVerbs):
    """Live records are drawn at once; what needs the past is read beside it and drawn when it is there."""

    CSS_PATH = "today.tcss"
    NAME = "today"
    BINDINGS: ClassVar[list[BindingType]] = bindings("today")

    def __init__(self) -> None:
        super().__init__()
        self._view = TodayView()
        self._past: PastView | None = None
        self._ahead: Sequence[Occurrence] | None = None
        self._opened: frozenset[str] = frozenset()
        self._minute = -1
        self._moved = False

    def body(self) -> ComposeResult:
        yield Spread(id="list")

    # what is drawn

    def redraw(self) -> None:
        self._read()
        self.draw()
        self.call_after_refresh(self._read_past)

    def _read(self) -> None:
        self._view = today_view(self.desk.read, self.desk.scene(), self._ahead)
        self._minute = self.desk.now().minute

    @work(group="past", exclusive=True)
    async def _read_past(self) -> None:
        """What meets next and what happened: computed beside the screen, and drawn when it is there."""
        first = self._ahead is None
        try:
            self._ahead, self._past = await asyncio.to_thread(self._look_around)
            self._read()
        except OpsDeskError as error:
            self.say(str(error), "orange")
            return
        self.draw()
        if first and not self._moved:
            self.list.action_edge(-1)
        self.draw_footer()

    def _look_around(self) -> tuple[Sequence[Occurrence], PastView]:
        ahead = self.desk.cadence.upcoming(weeks=WEEKS)
        run = last_run(self.desk.read)
        history = transactions_since(run, lambda limit: self.desk.history(limit=limit)) if run else ()
        return ahead, past_view(self.desk.read, self.desk.scene(), run, history)

    def draw(self) -> None:
        spread = self.query_one(Spread)
        size = spread.size or self.app.size  # before the first layout
        laid = page.laid(self._view, self._past, size.width, size.height, self._opened)
        spread.spread(laid.columns, laid.widths, page.GAP, page.told(self._view, self._past))

    def tick(self) -> None:
        super().tick()
        if self.desk.now().minute != self._minute:
            self._read()
            self.draw()
            self._read_past()

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        local = self.desk.now().astimezone(self.desk.settings.zone)
        left = [
            Ink(self.desk.settings.company or "OpsDesk", "bright!"),
            Ink(f"  {local:%A} {local.day} {local:%B}", "dim"),
        ]
        on = next((each for each in self._view.running if not each.draft), None)
        running = [Ink(f"{on.title} {on.reason}   ", "accent")] if on else []
        return left, [*running, Ink(clock(local, self.desk.settings.zone), "bright")]

    def situation(self) -> Situation:
        block, _, id = self.list.key.partition("/")
        drafts = any(each.draft for each in self._view.running)
        return replace(super().situation(), line=id if block in RECORDS else "", draft_minutes=drafts)

    # the cursor

    def on_record_list_moved(self) -> None:
        self._moved = True
        self.draw_footer()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        block, _, id = event.key.partition("/")
        match block:
            case "more":
                self._opened |= {id}
                self.draw()
            case "meet":
                self.do_start_meeting()
            case "running":
                self._return_to(id)
            case _:
                self.home.open_record(id)

    def _return_to(self, id: str) -> None:
        if any(each.draft for each in self._view.running if each.id == id):
            self._open_minutes(id)
        else:
            self.home.open_room(id)

    @property
    def _meet(self) -> Meet | None:
        """The meeting under the cursor, else the next one."""
        block, _, place = self.list.key.partition("/")
        at = int(place) if block == "meet" else 0
        if self._ahead is None:  # asked for before it was computed
            self._ahead = self.desk.cadence.upcoming(weeks=WEEKS)
            self._read()
        meets = self._view.next or ()
        return meets[at] if at < len(meets) else None

    # the commands of Today

    def do_open(self) -> None:
        self.list.action_open()

    def do_start_meeting(self) -> None:
        _, _, id = self.list.key.partition("/")
        on = next((each.id for each in self._view.running if not each.draft and each.id == id), "")
        meet = self._meet
        if on:
            self.home.open_room(on)
        elif meet is None:
            self.say("No meeting is switched on. ctrl+p, which meetings we hold: switches one on.", "orange")
        else:
            self._open(lambda: self.home.start_or_resume(meet.agenda, meet.customer))

    def _open(self, call: Callable[[], Meeting]) -> None:
        self.intend(call, lambda _: "", then=lambda m: self.home.open_room(m.id))

    def do_skip_meeting(self) -> None:
        meet = self._meet
        if meet is None:
            self.say("No meeting is ahead.", "orange")
            return
        mode = words_mode(
            self,
            id="skip",
            label=f"skip {meet.title} {meet.when}",
            hint="the reason",
            call=lambda why: self.desk.meetings.skip(meet.agenda, meet.planned, why, meet.customer),
            said=lambda _: f"{meet.title} is skipped, its items roll on · z undoes",
        )
        self.type(mode)

    def do_meetings(self) -> None:
        from opsdesk.ui.screens.agenda_list import AgendaList

        self.app.push_screen(AgendaList())

    def do_read_minutes(self) -> None:
        self._open_minutes("")

    def _open_minutes(self, meeting: str) -> None:
        from opsdesk.ui.screens.minutes import MinutesPage

        self.home.go(MinutesPage(meeting))

    def do_settle(self) -> None:
        draft = next((each.id for each in self._view.running if each.draft), "")
        self.intend(
            lambda: self.desk.meetings.settle(draft), lambda m: f"the minutes of {m.title} are final · z undoes"
        )

    def do_reopen(self) -> None:
        def call() -> Meeting:
            ended = [m for m in self.desk.read.all(Meeting) if m.ended and m.state != "running"]
            if not ended:
                raise NotFound("No meeting has been closed yet.", "m starts one.")
            return self.desk.meetings.reopen(max(ended, key=lambda m: m.ended or m.last).id)

        self._open(call)
