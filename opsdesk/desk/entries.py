"""What is said in a meeting: captured, or put off to the next one."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.clocks import current_section
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.kinds import shape_of
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader
from opsdesk.core.record import Record
from opsdesk.core.runner import refuse_late
from opsdesk.core.said import Said, said_in, said_text
from opsdesk.core.scores import Score
from opsdesk.desk.running import Running
from opsdesk.desk.scores import Flag, Scores
from opsdesk.insight.carryover import goes_to

CHOICE = "Do it, drop it with a reason, or escalate it."


class Entries(Running):
    """Captures leave the meeting's own record alone; they are taken while it runs and while it is a draft."""

    def said(self, id: str) -> tuple[Said, ...]:
        """Every entry of the meeting by time; core.said reads them alike. Raises NotFound."""
        return said_in(self._context.store, self._meeting(id).id)

    def note(self, id: str, text: str) -> Note:
        """Raises NotFound, Invalid for an empty text or a meeting that is over."""
        meeting, section = self._here(id)
        with self._context.work("Note", meeting=id, section=section) as work:
            self._open(id, work)
            return work.add(Note(text=text, meeting=id, section=section, at=self._at(meeting), by=self._context.by))

    def decide(self, id: str, text: str, supersedes: str = "") -> Decision:
        """`supersedes`: the id of the decision it replaces. Raises NotFound, Invalid."""
        meeting, section = self._here(id)
        with self._context.work("Decision", meeting=id, section=section) as work:
            self._open(id, work)
            if supersedes:
                work.get(Decision, supersedes)
            return work.add(
                Decision(
                    text=text,
                    meeting=id,
                    section=section,
                    at=self._at(meeting),
                    by=self._context.by,
                    supersedes=supersedes,
                )
            )

    def act(self, id: str, text: str, past_ok: bool = False) -> Action:
        """From quick entry; without a customer of its own, that of the meeting. Raises NotFound, Invalid."""
        from opsdesk.desk.actions import Actions

        meeting, section = self._here(id)
        return Actions(self._context).capture(text, meeting=id, section=section, agenda=meeting.agenda, past_ok=past_ok)

    def flag(self, id: str, text: str) -> Score:
        """From one line: customer, measure, level, why; before one customer only theirs. Raises NotFound, Invalid."""
        meeting, section = self._here(id)
        scores = Scores(self._context)
        draft = scores.parse(text, meeting.before)
        if meeting.before and not draft.customer:
            raise _another(self._context.book.names().customers.name(meeting.before))
        lacking = [part for part in draft.missing if part != "comment"]
        if lacking:
            raise Invalid(f"The flag lacks its {' and its '.join(lacking)}.", "Say customer, measure, level and why.")
        flag = Flag(customer=draft.customer, measure=draft.measure, level=draft.level, comment=draft.comment)
        with self._context.work(scores.step(flag), meeting=id, section=section) as work:
            self._open(id, work)
            return scores.put(work, flag, at=self._at(meeting), meeting=id, section=section)

    def park(self, id: str, text: str = "", ref: str = "") -> Item:
        """Puts a line off: it comes back in this section of this agenda until it is settled.

        `ref`: the id of the record it is about, or of an item already on the agenda; there is one item for each.
        Raises NotFound, Invalid without anything to park, for a decision or note, in the last five minutes of a hard
        cap, or for what has been put off three times, unless this is the meeting such things are escalated to.
        """
        meeting, section = self._here(id)
        refuse_late(meeting, self._at(meeting))
        with self._context.work("Park", meeting=id, section=section) as work:
            self._open(id, work)
            about = _unsaid(_named(work, ref))
            before = about if isinstance(about, Item) else _item_about(work, meeting, ref)
            for record in (about, before):
                self._refuse_third(meeting, record)
            if before:
                return work.put(_put_off(_live(before), meeting, section, text))
            return work.add(self._parked(meeting, section, text or _words_of(about), about, ref))

    def bring(self, id: str, text: str) -> Item:
        """Puts an item on the table of this section; what is open at the end comes back. Raises NotFound, Invalid."""
        meeting, section = self._here(id)
        item = item_of(meeting, section, text, self._at(meeting))
        with self._context.work("agenda item", meeting=id, section=section) as work:
            self._open(id, work)
            return work.add(replace(item, by=self._context.by, customer=meeting.customer))

    def _refuse_third(self, meeting: Meeting, record: Record | None) -> None:
        if not isinstance(record, Action | Item) or not record.must_choose:
            return
        if goes_to(record, self._context.agendas) != meeting.agenda:
            raise Invalid(f"{record.id} has been put off {len(record.relisted)} times.", CHOICE)

    def _here(self, id: str) -> tuple[Meeting, str]:
        meeting = self._open(id)
        return meeting, current_section(meeting).title

    def _at(self, meeting: Meeting) -> datetime:
        return max(self._now(), meeting.last)

    def _parked(self, meeting: Meeting, section: str, text: str, about: Record | None, ref: str) -> Item:
        if not text.strip():
            raise Invalid("There is nothing to park.", "Say what comes back, or choose a line.")
        customer = getattr(about, "customer", "") or meeting.customer
        item = item_of(meeting, section, text, self._at(meeting))
        return replace(item, by=self._context.by, ref=ref, customer=customer, parked_in=meeting.id)


def item_of(meeting: Meeting, section: str, text: str, at: datetime) -> Item:
    return Item(text=text, agenda=meeting.agenda, section=section, opened=at, meeting=meeting.id)


def _another(customer: str) -> Invalid:
    whose = f"{customer}'" if customer.endswith("s") else f"{customer}'s"
    return Invalid(f"Only {whose} flags can be set in this call.", f"Begin with {customer}.")


def _named(read: Reader, ref: str) -> Record | None:
    """The record of this id; None for an empty one. Raises NotFound."""
    if not ref:
        return None
    shape = shape_of(ref)
    if shape is None:
        raise NotFound(f'There is no "{ref}".', "Choose a line that is on the table.")
    return read.get(shape, ref)


def _unsaid(record: Record | None) -> Record | None:
    """What was noted or decided cannot be put off any more. Raises Invalid for it."""
    if isinstance(record, Note | Decision):
        raise Invalid(f"{record.id} is said already.", "Turn it into a parked item with ctrl+p.")
    return record


def _words_of(record: Record | None) -> str:
    if isinstance(record, Note | Decision | Action | Score | Item):
        return said_text(record)
    return str(getattr(record, "name", "") or getattr(record, "title", ""))


def _item_about(read: Reader, meeting: Meeting, ref: str) -> Item | None:
    found = read.where(Item, agenda=meeting.agenda, ref=ref, state="open") if ref else ()
    return next((each for each in found if meeting.customer in ("", each.customer)), None)


def _live(item: Item) -> Item:
    if not item.live:
        raise Invalid(f"{item.id} is settled already.", "Park it as a new line.")
    return item


def _put_off(item: Item, meeting: Meeting, section: str, text: str) -> Item:
    """An item of another agenda, which is here because it was escalated, keeps its own place there."""
    place = section if item.agenda == meeting.agenda else item.section
    return replace(item, section=place, parked_in=meeting.id, text=text or item.text)
