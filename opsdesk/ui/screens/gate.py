"""The closing gate: what is still owed, what was agreed, and one key that closes. It never holds the room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import BindingType

from opsdesk.core.actions import Action
from opsdesk.core.attendance import in_room
from opsdesk.core.clocks import idle_since, view
from opsdesk.core.errors import Invalid
from opsdesk.core.meeting import Meeting
from opsdesk.insight.closing import Owed
from opsdesk.ui.commands import Situation
from opsdesk.ui.dates import clock
from opsdesk.ui.ink import Ink
from opsdesk.ui.room import gate_rows
from opsdesk.ui.room.owed import CHOICES, settle_mode
from opsdesk.ui.screens.base import bindings
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.verbs import LineVerbs
from opsdesk.ui.widgets.columns import Column, Row
from opsdesk.ui.widgets.record_list import RecordList


class Gate(LineVerbs):
    """Of a running meeting or of a draft. Answers True when the meeting was closed, or its minutes became final."""

    CSS_PATH = "page.tcss"
    NAME = "gate"
    COLUMNS = (Column(most=3), Column(flex=True, least=20), Column(most=14))
    BINDINGS: ClassVar[list[BindingType]] = bindings("gate")

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting_id = meeting.id
        self.meeting = meeting
        self.quiet: datetime | None = None
        self._heard = meeting.last
        self._owed: Sequence[Owed] = ()
        self._rows: Sequence[Row] = ()

    def body(self) -> ComposeResult:
        yield RecordList(columns=self.COLUMNS, id="list")

    def read(self) -> Callable[[], None]:
        meeting = self.desk.read.get(Meeting, self.meeting_id)
        heard = self.desk.meetings.heard(self.meeting_id)
        quiet = idle_since(meeting, heard, self.desk.now())
        owed = self.desk.meetings.gate(self.meeting_id)
        rows = gate_rows.rows(self.desk, meeting, owed, quiet)

        def take() -> None:
            self.meeting, self._heard, self.quiet, self._owed, self._rows = meeting, heard, quiet, owed, rows

        return take

    def redraw(self) -> None:
        self.list.show(self._rows)

    def tick(self) -> None:
        if self.quiet == idle_since(self.meeting, self._heard, self.desk.now()):
            super().tick()
        else:
            self.refresh_all()

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        now, zone = view(self.meeting, self.desk.now()), self.desk.settings.zone
        left = [Ink("Settling" if self._draft else "Closing", "bright!")]
        left.append(Ink(f"  {self.meeting.title} #{self.meeting.number}", "dim"))
        if not now.running:
            return left, [Ink("ended ", "dim"), Ink(clock(now.projected_end, zone))]
        if self.quiet is not None:
            return left, [Ink("closes at ", "dim"), Ink(clock(self.quiet, zone))]
        over = round(now.overrun.total_seconds() / 60)
        late = [Ink(f" +{over}", "orange")] if over > 0 else []
        return left, [Ink("ends ", "dim"), Ink(clock(now.projected_end, zone)), *late]

    @property
    def _draft(self) -> bool:
        return self.meeting.state == "draft"

    @property
    def on(self) -> str:
        owed = self._under()
        return owed.ref if owed else ""

    def situation(self) -> Situation:
        now = view(self.meeting, self.desk.now())
        return replace(
            super().situation(),
            running=now.running,
            closing=True,
            draft=self._draft,
            over=now.running and now.remaining < timedelta(),
            quiet=clock(self.quiet, self.desk.settings.zone) if self.quiet else "",
            rating="rating" in self.meeting.steps,
        )

    def _under(self) -> Owed | None:
        return next((o for o in self._owed if o.key == self.list.key), None)

    def capture(self, text: str, *, past_ok: bool) -> Action:
        return self.desk.meetings.act(self.meeting_id, text, past_ok=past_ok)

    # the end

    def open_row(self, key: str) -> None:
        self.do_close_now()

    def do_close_now(self) -> None:
        """A quiet meeting ends when it was last heard of; a draft with nothing owed becomes final."""
        if self._draft:
            self.do_settle_draft()
        else:
            self._close(self.quiet)

    def do_close_late(self) -> None:
        self._close(None)

    def do_settle_draft(self) -> None:
        self.intend(
            lambda: self.desk.meetings.settle(self.meeting_id),
            lambda m: f"the minutes of {m.title} are final · z undoes",
            then=self._done,
        )

    def _close(self, at: datetime | None) -> None:
        self.intend(lambda: self.desk.meetings.close(self.meeting_id, at), lambda m: m.state, then=self._done)

    def _done(self, meeting: Meeting) -> None:
        self.dismiss(True)

    # back

    def do_leave(self) -> None:
        """Back into the section the gate was opened from; a quiet meeting and one that has ended stay as they are."""
        if self.meeting.state == "running" and self.meeting.closing and self.quiet is None:
            self.intend(
                lambda: self.desk.meetings.back(self.meeting_id),
                lambda _: "",
                lost=self._back,
                then=lambda _: self._back(),
            )
        else:
            self._back()

    def _back(self) -> None:
        self.dismiss(False)

    def action_escape(self) -> None:
        if self.bar.typing:
            self.stop_typing()
            self.hush()
        else:
            self.heed(self.do_leave)

    # what is owed

    def do_settle_owed(self) -> None:
        """Types what is missing: an exit criterion, an outcome, the reason for going past the cap."""
        owed = self._under()
        if owed is None:
            self.say("There is nothing under the cursor to settle.", "orange")
            return
        mode = settle_mode(self, self.meeting_id, owed)
        if mode is None:
            self.say(f"{owed.ref}: {CHOICES}", "orange")
        else:
            self.type(mode)

    def do_waive(self) -> None:
        owed = self._under()
        if owed is None:
            self.say("There is nothing under the cursor to let go.", "orange")
            return
        self.type(
            words_mode(
                self,
                id=f"waive {owed.key}",
                label="not needed because",
                hint="the reason",
                call=lambda why: self.desk.meetings.waive(self.meeting_id, owed.key, why),
                said=lambda _: "let go · z undoes",
            )
        )

    def do_rate(self) -> None:
        meeting = self.meeting
        rated = {r.who for r in meeting.ratings}
        who = next((w for w in in_room(meeting) if w not in rated), "")
        if not who:
            self.say("Everybody who is here has rated." if rated else "Nobody is here to rate.")
            return

        def call(text: str) -> Meeting:
            if not text.strip().isdigit():
                raise Invalid(f"{text} is no rating.", "Type a number from 1 to 10.")
            return self.desk.meetings.rate(self.meeting_id, who, int(text), seen=meeting)

        def rated_by_one(after: Meeting) -> None:
            self.meeting = after
            self.do_rate()

        name = self.person(who)
        self.type(
            words_mode(
                self,
                id=f"rate {who}",
                label=f"{name} rates",
                hint="1 to 10",
                call=call,
                said=lambda _: f"{name} rated · z undoes",
                then=rated_by_one,
            )
        )
