"""What can be done with a meeting on Today: start it, go back to it, skip it, reopen the last one."""

from __future__ import annotations

from collections.abc import Callable

from opsdesk.boards.meets import Meet
from opsdesk.boards.today import TodayView
from opsdesk.core.errors import NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.ui.today import starting
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.verbs import LineVerbs


class MeetVerbs(LineVerbs):
    """`on_now`: the ids of the meetings that were on when this screen last looked."""

    def __init__(self) -> None:
        super().__init__()
        self.view = TodayView()
        self.on_now: frozenset[str] = frozenset()

    @property
    def meet(self) -> Meet | None:
        """The meeting under the cursor, else the next one."""
        raise NotImplementedError

    @property
    def running_name(self) -> str:
        """The meeting that is on; unnamed where those in the room may not know of it."""
        shown = [each.name for each in self.view.running if not each.draft]
        return shown[-1] if shown else "Another meeting" if self.home.running else ""

    def do_start_meeting(self) -> None:
        """With a meeting on, back to it: the one under the cursor, else the last one begun."""
        _, _, id = self.list.key.partition("/")
        on = [each.id for each in self.view.running if not each.draft]
        on = on or [each.id for each in self.desk.meetings.running()]
        if on:
            self.home.open_room(id if id in on else on[-1])
        else:
            self.start_meeting()

    def do_start_beside(self) -> None:
        self.start_meeting(beside=True)

    def do_start_now(self) -> None:
        self.start_meeting(early=True)

    def start_meeting(self, *, beside: bool = False, early: bool = False) -> None:
        meet = self.meet
        reason = starting.refusal(meet, self.running_name, beside=beside, early=early)
        if meet is None or reason:
            self.say(reason, "orange")
            return
        self._open(lambda: self.desk.meetings.start(meet.agenda, customer=meet.customer, scheduled=meet.start))

    def _open(self, call: Callable[[], Meeting]) -> None:
        def enter(meeting: Meeting) -> None:
            self.on_now |= {meeting.id}
            self.home.open_room(meeting.id)

        self.intend(call, lambda _: "", then=enter)

    def do_skip_meeting(self) -> None:
        meet = self.meet
        if meet is None:
            self.say("No meeting is ahead.", "orange")
            return
        mode = words_mode(
            self,
            id=f"skip {meet.title} {meet.when}",
            label=f"skip {meet.title} {meet.when}",
            hint="the reason",
            call=lambda why: self.desk.meetings.skip(meet.agenda, meet.planned, why, meet.customer),
            said=lambda _: f"{meet.title} is skipped, its items roll on · z undoes",
        )
        self.type(mode)

    def do_meetings(self) -> None:
        from opsdesk.ui.screens.agenda_list import AgendaList

        self.app.push_screen(AgendaList())

    def do_settle(self) -> None:
        _, _, id = self.list.key.partition("/")
        drafts = [each.id for each in self.view.running if each.draft]
        self.home.settle_draft(id if id in drafts else drafts[0])

    def do_reopen(self) -> None:
        if self.running_name:
            self.say(starting.busy(self.running_name), "orange")
            return

        def call() -> Meeting:
            ended = [m for m in self.desk.read.all(Meeting) if m.ended and m.state != "running"]
            if not ended:
                raise NotFound("No meeting has been closed yet.", "m starts one.")
            return self.desk.meetings.reopen(max(ended, key=lambda m: m.ended or m.last).id)

        self._open(call)
