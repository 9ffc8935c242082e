"""Correcting what was said: any earlier entry amended, turned into another kind, or taken out."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from opsdesk.core.actions import Action, Told
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.plainly import plain, understood
from opsdesk.core.ports import Reader, Work
from opsdesk.core.runner import REFUSED
from opsdesk.core.said import Said, said_at, said_text
from opsdesk.core.scores import Score
from opsdesk.desk import seen as earlier
from opsdesk.desk.entries import item_of
from opsdesk.desk.running import Running
from opsdesk.desk.scores import Scores, comment_for

EntryKind = Literal["note", "decision", "action", "parked"]
KINDS_OF: dict[EntryKind, type[Said]] = {"note": Note, "decision": Decision, "action": Action, "parked": Item}
SHAPES: tuple[type[Said], ...] = (*KINDS_OF.values(), Score)


class Corrections(Running):
    """Of a meeting that runs or is a draft. The minutes of others are final: actions, flags and items live on."""

    def amend(self, entry_id: str, text: str, *, seen: Said | None = None) -> Said:
        """Corrects any earlier entry; an action's text is quick entry again, a flag's is its comment.

        `seen`: the entry as it was when its text was taken up, where others may have changed it since. Raises
        NotFound, Conflict, and Invalid for a note or decision of a meeting whose minutes are final.
        """
        before = seen or self._entry(self._context.store, entry_id)
        if isinstance(before, Action):
            from opsdesk.desk.actions import Actions

            return Actions(self._context).edit(entry_id, text, seen=before if seen else None)
        with self._context.work("Correct an entry", meeting=before.meeting, section=before.section) as work:
            entry = earlier.now(work, type(before), entry_id, seen)
            if isinstance(entry, Note | Decision):
                self._still_open(work, entry)
            return earlier.put(work, self._context.store, entry, lambda each: _with_text(each, text), seen)

    def remove(self, entry_id: str) -> Said:
        """Takes any earlier entry out; undo brings it back. Raises NotFound, Invalid as amend."""
        before = self._entry(self._context.store, entry_id)
        with self._context.work("Remove an entry", meeting=before.meeting, section=before.section) as work:
            entry = self._entry(work, entry_id)
            self._take_out(work, entry)
            return entry

    def convert(self, entry_id: str, to: EntryKind) -> Said:
        """Turns an entry into another kind, at the same time and in the same section.

        Raises NotFound, Invalid as amend, or where it is of that kind already.
        """
        before = self._entry(self._context.store, entry_id)
        with self._context.work(f"Turn into {to}", meeting=before.meeting, section=before.section) as work:
            entry = self._entry(work, entry_id)
            made = self._turned(work, entry, to)
            self._take_out(work, entry)
            return work.add(made)

    def _entry(self, read: Reader, id: str) -> Said:
        shape = next((each for each in SHAPES if id.startswith(f"{each.prefix}-")), None)
        if shape is None:
            kinds = "Entries are notes, decisions, actions, flags, items."
            raise NotFound(f'"{id}" is not an entry of a meeting.', kinds)
        return read.get(shape, id)

    def _still_open(self, read: Reader, entry: Said) -> None:
        meeting = read.get(Meeting, entry.meeting) if entry.meeting else None
        if meeting and not meeting.live:
            raise Invalid(*REFUSED[meeting.state])

    def _take_out(self, work: Work, entry: Said) -> None:
        self._still_open(work, entry)
        if isinstance(entry, Score):
            Scores(self._context).take_back(work, entry)
        else:
            work.remove(type(entry), entry.id)

    def _turned(self, work: Work, entry: Said, to: EntryKind) -> Said:
        if not entry.meeting:
            raise Invalid(f"{entry.id} was not said in a meeting.", "Only what was said in one can be turned.")
        if KINDS_OF[to] is type(entry):
            raise Invalid(f"{entry.id} is that already.", "Choose another kind.")
        text, at, by = self._words(work, entry), said_at(entry), _by(entry)
        meeting, section = entry.meeting, entry.section
        match to:
            case "note":
                return Note(text=text, meeting=meeting, section=section, at=at, by=by)
            case "decision":
                return Decision(text=text, meeting=meeting, section=section, at=at, by=by)
            case "parked":
                return self._as_item(work.get(Meeting, meeting), entry, text)
            case "action":
                return self._as_action(work.get(Meeting, meeting), entry, text)

    def _words(self, read: Reader, entry: Said) -> str:
        """An action's say whose it is and by when, so that nothing of it is lost on the way to a note and back."""
        if not isinstance(entry, Action):
            return said_text(entry)
        return plain(entry, self._context.book.names(), known=read.get(Meeting, entry.meeting).customer)

    def _as_action(self, meeting: Meeting, entry: Said, text: str) -> Action:
        from opsdesk.desk.actions import Actions

        names = self._context.book.names()
        draft = understood(text, names) or Actions(self._context).draft(text)
        if draft.promise and draft.due is None:
            raise Invalid("A promise needs a date.", "Correct the entry first, and say by when.")
        customer = draft.customer or getattr(entry, "customer", "") or meeting.customer
        told = Told(
            words=text,
            by=draft.by or _by(entry),
            to=names.customers.name(customer),
            on=said_at(entry),
            typed_by=_by(entry),
            meeting=meeting.id,
            due=draft.due,
        )
        return Action(
            title=draft.title or text,
            owner=draft.owner,
            due=draft.due,
            customer=customer,
            promise=draft.promise,
            told=told if draft.promise else None,
            created=said_at(entry),
            created_by=_by(entry),
            agenda=meeting.agenda,
            meeting=meeting.id,
            section=entry.section,
        )

    def _as_item(self, meeting: Meeting, entry: Said, text: str) -> Item:
        customer = getattr(entry, "customer", "") or meeting.customer
        return replace(
            item_of(meeting, entry.section, text, said_at(entry)),
            by=_by(entry),
            customer=customer,
            parked_in=meeting.id,
        )


def _by(entry: Said) -> str:
    return entry.created_by if isinstance(entry, Action) else entry.by


def _with_text(entry: Said, text: str) -> Said:
    if isinstance(entry, Score):
        return replace(entry, comment=comment_for(entry.level, text, entry))
    return replace(entry, text=text)
