"""What the keys of the Room do: each one intent to the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from opsdesk.core.actions import Action
from opsdesk.core.clocks import current_section
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.errors import NotFound
from opsdesk.core.flagentry import answer_flag
from opsdesk.core.meeting import Meeting, Section
from opsdesk.core.record import Record
from opsdesk.core.scores import Score
from opsdesk.desk.corrections import EntryKind
from opsdesk.ui.ink import Ink
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.verbs import LineVerbs
from opsdesk.ui.widgets.capture_bar import Mode

ENTRY_KINDS: dict[str, type[Record]] = {"A": Action, "D": Decision, "N": Note, "T": Item, "S": Score}


class MeetingKeys(LineVerbs):
    """Needs `meeting_id` and `meeting`, the value last read."""

    meeting_id: str
    meeting: Meeting

    @property
    def here(self) -> Section:
        return current_section(self.meeting)

    def _event(
        self,
        call: Callable[[], Meeting],
        said: Callable[[Meeting], str],
        then: Callable[[Meeting], None] = lambda _: None,
    ) -> None:
        self.intend(call, said, then=then)

    # the clock

    def do_next(self) -> None:
        at = self.desk.meetings.view(self.meeting_id).section
        self._event(
            lambda: self.desk.meetings.next(self.meeting_id, of=at), self._arrived, then=self._gate_when_closing
        )

    def do_back(self) -> None:
        self._event(lambda: self.desk.meetings.back(self.meeting_id), self._arrived)

    def go_to(self, section: int) -> None:
        self._event(lambda: self.desk.meetings.go_to(self.meeting_id, section), self._arrived)

    def _arrived(self, meeting: Meeting) -> str:
        return "closing · PgUp goes back" if meeting.closing else f"{current_section(meeting).title} · z undoes"

    def _gate_when_closing(self, meeting: Meeting) -> None:
        if meeting.closing is not None:
            self.open_gate(meeting)

    def do_more(self) -> None:
        self._event(lambda: self.desk.meetings.more(self.meeting_id), lambda m: "2 minutes more · z undoes")

    def do_park_section(self) -> None:
        self._event(lambda: self.desk.meetings.park_section(self.meeting_id), self._arrived)

    def do_park_last(self) -> None:
        unfit = self.desk.meetings.view(self.meeting_id).will_not_fit
        at = unfit[-1] if unfit else len(self.meeting.sections) - 1
        title = self.meeting.sections[at].title
        self._event(
            lambda: self.desk.meetings.park_section(self.meeting_id, at), lambda m: f"{title} parked · z undoes"
        )

    def do_nothing(self) -> None:
        title = self.here.title
        self._event(
            lambda: self.desk.meetings.outcome(self.meeting_id), lambda m: f"{title}: nothing to report · z undoes"
        )

    # what is said

    def do_note(self) -> None:
        self.type(
            self._words("note", "what is to be in the minutes", lambda t: self.desk.meetings.note(self.meeting_id, t))
        )

    def do_decision(self) -> None:
        hint = "what was decided; supersedes D-3 at the end replaces an earlier one"
        self.type(self._words("decision", hint, lambda t: self.desk.meetings.decide(self.meeting_id, t)))

    def do_flag(self) -> None:
        self.type(
            words_mode(
                self,
                id="flag",
                label="flag",
                hint="customer  measure  red, orange or green  why",
                call=lambda t: self.desk.meetings.flag(self.meeting_id, t),
                answer=lambda t: [Ink(answer_flag(self.desk.scores.parse(t, self.meeting.before)), "dim")],
                stays=True,
            )
        )

    def do_item(self) -> None:
        self.type(
            self._words("item", "what is to be talked about", lambda t: self.desk.meetings.park(self.meeting_id, t))
        )

    def _words(self, label: str, hint: str, call: Callable[[str], object]) -> Mode:
        return words_mode(self, id=label, label=label, hint=hint, call=call, stays=True)

    def do_park(self) -> None:
        """The line under the cursor; with none, words for a new parked item."""
        id = self.on
        if not id:
            self.do_item()
            return
        self.intend(
            lambda: self.desk.meetings.park(self.meeting_id, ref=id),
            lambda item: f"{id} parked as {item.id} · z undoes",
        )

    # an entry that was made before

    def correct(self, id: str) -> bool:
        """Opens an entry of this meeting for correction; tells whether it can be."""
        kind = ENTRY_KINDS.get(id.split("-")[0])
        if kind is None:
            return False
        if self.edit(id):
            return True
        try:
            found = self.desk.read.get(kind, id)
        except NotFound:
            return False
        text = found.comment if isinstance(found, Score) else getattr(found, "text", "")
        self.type(
            words_mode(
                self,
                id=f"edit {id}",
                label=id,
                hint="the words as they should be",
                text=text,
                call=lambda typed: self.desk.meetings.amend(id, typed),
                said=lambda _: f"{id} corrected · z undoes",
            )
        )
        return True

    def do_amend(self) -> None:
        self.correct(self.on)

    def do_remove(self) -> None:
        id = self.on
        self.intend(lambda: self.desk.meetings.remove(id), lambda _: f"{id} removed · z undoes")

    def _convert(self, to: EntryKind) -> None:
        id = self.on
        self.intend(lambda: self.desk.meetings.convert(id, to), lambda made: f"{id} is {made.id} now · z undoes")

    def do_to_action(self) -> None:
        self._convert("action")

    def do_to_decision(self) -> None:
        self._convert("decision")

    def do_to_note(self) -> None:
        self._convert("note")

    def do_to_parked(self) -> None:
        self._convert("parked")

    # people and the end

    def do_attendance(self) -> None:
        from opsdesk.ui.screens.attendance import AttendanceList

        self.app.push_screen(AttendanceList(self.meeting_id))

    def do_hand_over(self) -> None:
        self._hand_over("chair", "the chair goes to")

    def do_minute_taker(self) -> None:
        self._hand_over("minute_taker", "the minutes go to")

    def _hand_over(self, role: Literal["chair", "minute_taker"], label: str) -> None:
        def call(text: str) -> Meeting:
            who = self.desk.actions.draft(text if text.startswith("@") else f"@{text}").owner or text
            return self.desk.meetings.hand_over(self.meeting_id, role, who)

        self.type(
            words_mode(
                self, id=role, label=label, hint="@who", text="@", call=call, said=lambda _: "handed over · z undoes"
            )
        )

    def do_overrun(self) -> None:
        self._reason("overrun", "past the cap because", self.desk.meetings.overrun, lambda _: None)

    def do_adjourn(self) -> None:
        self._reason("adjourn", "adjourned because", self.desk.meetings.adjourn, lambda _: self.read_minutes())

    def _reason(self, id: str, label: str, use: Callable[[str, str], Meeting], then: Callable[[Meeting], None]) -> None:
        mode = words_mode(
            self,
            id=id,
            label=label,
            hint="the reason",
            call=lambda why: use(self.meeting_id, why),
            said=lambda _: "recorded",
            then=then,
        )
        self.type(mode)

    def do_close(self) -> None:
        if self.meeting.closing is not None:
            self.open_gate(self.meeting)
            return
        self._event(lambda: self.desk.meetings.open_closing(self.meeting_id), self._arrived, then=self.open_gate)

    def open_gate(self, meeting: Meeting) -> None:
        from opsdesk.ui.screens.gate import Gate

        self.app.push_screen(Gate(meeting), lambda closed: self.read_minutes() if closed else None)

    def read_minutes(self) -> None:
        from opsdesk.ui.screens.minutes import MinutesPage

        self.home.go(MinutesPage(self.meeting_id))
