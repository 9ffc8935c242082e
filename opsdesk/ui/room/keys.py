"""The keys of the Room for what is said: each one intent to the desk."""

from __future__ import annotations

from collections.abc import Callable

from opsdesk.core.actions import Action
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.errors import NotFound
from opsdesk.core.flagentry import answer_flag
from opsdesk.core.said import Said
from opsdesk.core.scores import Score
from opsdesk.desk.corrections import EntryKind
from opsdesk.ui.ink import Ink
from opsdesk.ui.room.asked import Asked
from opsdesk.ui.room.walk import Walk
from opsdesk.ui.room.who import Who
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

ENTRY_KINDS: dict[str, type[Said]] = {"A": Action, "D": Decision, "N": Note, "T": Item, "S": Score}


class MeetingKeys(Walk, Who, Asked):
    """Every key of the Room."""

    def was_said(self, id: str) -> bool:
        """Whether it is an entry of this meeting."""
        raise NotImplementedError

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
                answer=lambda t: [Ink(answer_flag(self.desk.scores.parse(t, names=self.home.glance.shown)), "dim")],
                stays=True,
            )
        )

    def do_item(self) -> None:
        hint = "what is to be talked about in this section"
        self.type(self._words("agenda item", hint, lambda t: self.desk.meetings.bring(self.meeting_id, t)))

    def _words(self, label: str, hint: str, call: Callable[[str], object]) -> Mode:
        return words_mode(self, id=label, label=label, hint=hint, call=call, stays=True)

    def do_park(self) -> None:
        """The line under the cursor; with none, words for a new parked item."""
        id = self.on
        if not id:
            hint = "what is to come back next time in this section"
            self.type(self._words("park", hint, lambda t: self.desk.meetings.park(self.meeting_id, t)))
            return
        self.intend(
            lambda: self.desk.meetings.park(self.meeting_id, ref=id),
            lambda item: f"{id} is parked · z undoes" if item.id == id else f"{id} parked as {item.id} · z undoes",
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
                rev=found.rev,
                call=lambda typed: self.desk.meetings.amend(id, typed, seen=found),
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
        if self.was_said(self.on):
            self._convert("action")
        else:
            super().do_to_action()

    def do_to_decision(self) -> None:
        self._convert("decision")

    def do_to_note(self) -> None:
        self._convert("note")

    def do_to_parked(self) -> None:
        self._convert("parked")
