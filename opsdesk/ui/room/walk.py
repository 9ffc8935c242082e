"""The keys of the Room that move its clock: sections, minutes, the cap, the closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from opsdesk.core.agenda import Late
from opsdesk.core.clocks import current, current_section
from opsdesk.core.meeting import Meeting, Section
from opsdesk.core.moves import last_ahead
from opsdesk.ui.dates import clock
from opsdesk.ui.room.rail import minutes
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.verbs import LineVerbs


class Walk(LineVerbs):
    """Needs `meeting_id`, `meeting` as last read, and `quiet`: when it was last heard of, where that is long ago."""

    meeting_id: str
    meeting: Meeting
    quiet: datetime | None
    _sure = 0  # the stay, counted from 1, in which it was asked whether there is nothing to report

    @property
    def here(self) -> Section:
        return current_section(self.meeting)

    def event(
        self,
        call: Callable[[], Meeting],
        said: Callable[[Meeting], str],
        then: Callable[[Meeting], None] = lambda _: None,
    ) -> None:
        """What came of it counts from here on, also where the screen has not been drawn again yet."""

        def kept(meeting: Meeting) -> None:
            self.meeting = meeting
            then(meeting)

        self.intend(call, said, then=kept)

    def do_next(self) -> None:
        at = current(self.meeting)
        self.event(lambda: self.desk.meetings.next(self.meeting_id, of=at), self._arrived, then=self._gate_when_closing)

    def do_back(self) -> None:
        self.event(lambda: self.desk.meetings.back(self.meeting_id), self._arrived)

    def go_to(self, section: int) -> None:
        self.event(lambda: self.desk.meetings.go_to(self.meeting_id, section), self._arrived)

    def _arrived(self, meeting: Meeting) -> str:
        return "closing · PgUp goes back" if meeting.closing else f"{current_section(meeting).title} · z undoes"

    def _gate_when_closing(self, meeting: Meeting) -> None:
        if meeting.closing is not None:
            self.open_gate(meeting)

    def do_more(self) -> None:
        before = self.meeting
        self.event(
            lambda: self.desk.meetings.more(self.meeting_id), lambda after: f"{gained(before, after)} · z undoes"
        )

    def do_park_section(self) -> None:
        self._park(current(self.meeting))

    def do_park_last(self) -> None:
        at = last_ahead(self.meeting)
        if at is None:
            self.say("Every section was reached or is parked: ctrl+p parks this one.", "orange")
        else:
            self._park(at)

    def _park(self, at: int) -> None:
        title = self.meeting.sections[at].title
        self.event(
            lambda: self.desk.meetings.park_section(self.meeting_id, at), lambda m: f"{title} is parked · z undoes"
        )

    @property
    def reds(self) -> int:
        """How many red lines stand on the table."""
        return 0

    def do_nothing(self) -> None:
        """Where something red stands on the table it is asked for a second time, in the same stay in the section."""
        seen, title, at = self.meeting, self.here.title, current(self.meeting)
        stay, before = len(seen.spans), self._sure
        if self.reds and before != stay:
            self._sure = stay
            stand = "1 red line stands" if self.reds == 1 else f"{self.reds} red lines stand"
            self.say(f"{stand} here: 0 again says there is nothing to report", "orange")
            self.draw_footer()
            return
        self.event(
            lambda: self.desk.meetings.outcome(self.meeting_id, of=at, seen=seen),
            lambda m: f"{title}: nothing to report · z undoes",
        )

    def do_keep_length(self) -> None:
        self._keep("length")

    def do_keep_end(self) -> None:
        self._keep("end")

    def _keep(self, what: Late) -> None:
        def said(_: Meeting) -> str:
            end = self.desk.meetings.view(self.meeting_id).planned_end
            return f"the {what} is kept, planned to end {clock(end, self.desk.settings.zone)} · z undoes"

        seen = self.meeting
        self.event(lambda: self.desk.meetings.keep(self.meeting_id, what, seen=seen), said)

    # the end

    def do_overrun(self) -> None:
        seen = self.meeting
        use = self.desk.meetings.overrun
        self._reason("overrun", "past the cap because", lambda id, why: use(id, why, seen=seen), lambda _: None)

    def do_adjourn(self) -> None:
        self._reason("adjourn", "adjourned because", self.desk.meetings.adjourn, lambda _: self.read_minutes())

    def _reason(self, id: str, label: str, use: Callable[[str, str], Meeting], then: Callable[[Meeting], None]) -> None:
        mode = words_mode(
            self,
            id=id,
            label=label,
            hint="the reason",
            call=lambda why: use(self.meeting_id, why),
            said=lambda _: "recorded · z undoes",
            then=then,
        )
        self.type(mode)

    def do_close(self) -> None:
        """A quiet meeting is not woken by opening its gate: it can still close when it was last heard of."""
        if self.quiet is not None or self.meeting.closing is not None:
            self.open_gate(self.meeting)
            return
        self.event(lambda: self.desk.meetings.open_closing(self.meeting_id), self._arrived, then=self.open_gate)

    def open_gate(self, meeting: Meeting) -> None:
        from opsdesk.ui.screens.gate import Gate

        self.app.push_screen(Gate(meeting), lambda closed: self.read_minutes() if closed else None)

    def read_minutes(self) -> None:
        from opsdesk.ui.screens.minutes import MinutesPage

        self.home.go(MinutesPage(self.meeting_id))


def gained(before: Meeting, after: Meeting) -> str:
    """What this section was given, and by whom: "2 minutes from Staffing"."""
    here = current(after)
    seconds = after.sections[here].seconds - before.sections[here].seconds
    pairs = zip(before.sections, after.sections, strict=True)
    lenders = " and ".join(now.title for was, now in pairs if now.seconds < was.seconds)
    count = minutes(seconds)
    words = f"{count} minute" if count == "1" else f"{count} minutes"
    return f"{words} from {lenders}" if lenders else f"{words} more, the end moves"
