"""The end of a meeting: what is owed, closing, settling a draft, adjourning, reopening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from opsdesk.core import progress
from opsdesk.core.actions import Action
from opsdesk.core.audience import Before
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Item
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.events import Adjourn, Close, Overrun, Rate, Reopen, Settle, Waive
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader, Work
from opsdesk.core.runner import step
from opsdesk.core.said import said_at, said_in
from opsdesk.core.scores import Score
from opsdesk.desk.journals import journal_of
from opsdesk.desk.minutes import MinutesBook, moved_in
from opsdesk.desk.running import Running
from opsdesk.desk.walked import end_walk, last_walked, walked_in
from opsdesk.insight.carryover import carried_actions, carried_items, next_working_day, released
from opsdesk.insight.changed_lines import sections_touched
from opsdesk.insight.closing import Owed, Table, owed
from opsdesk.insight.happened import sections_moved
from opsdesk.insight.withheld import tells_of


class Closing(Running):
    """Closing never holds the room: with something owed the minutes are a draft, and an action settles them."""

    def gate(self, id: str) -> tuple[Owed, ...]:
        """What is still owed, in the order it is asked for. Raises NotFound."""
        return self._owed(self._context.store, self._meeting(id))

    def waive(self, id: str, key: str, why: str) -> Meeting:
        """Lets one thing owed go. Raises NotFound, Invalid without a reason or for a key that nothing is owed under."""
        found = next((each for each in self.gate(id) if each.key == key), None)
        if found is None:
            raise Invalid("That is not owed any more.", "Look at what is still owed.")
        event = Waive(at=self._heard(id), owed=key, what=found.text, why=why, by=self._context.by)
        return self._step(id, "letting go", event)

    def rate(self, id: str, who: str, score: int, *, seen: Meeting | None = None) -> Meeting:
        """One person's rating from 1 to 10. Raises NotFound, Invalid, Conflict.

        `seen`, here and below: the meeting as it was when this was typed, where others may have given it since.
        """
        event = Rate(at=self._heard(id), who=who, score=score)
        return self._step(id, "rating", event, seen=seen, part=lambda now: _rated(now, who))

    def overrun(self, id: str, why: str, *, seen: Meeting | None = None) -> Meeting:
        """The reason for going past the hard cap. Raises NotFound, Invalid, Conflict."""
        event = Overrun(at=self._heard(id), why=why)
        return self._step(id, "reason for the cap", event, seen=seen, part=lambda now: now.overrun)

    def close(self, id: str, at: datetime | None = None) -> Meeting:
        """Ends it, now or at the earlier time `at` (never before its last event or entry).

        With something owed it is a draft, and an action for the minute-taker is due the next working day. What is
        open rolls on and the minutes are frozen, all in one transaction. Raises NotFound, Invalid.
        """
        with self._context.work(self._of("closing", id), meeting=id) as work:
            meeting = work.get(Meeting, id)
            missing = self._owed(work, meeting)
            closed = step(meeting, Close(at=self._end(work, id, at), draft=bool(missing)))
            if missing:
                closed = replace(closed, settling=self._to_settle(work, closed, len(missing)).id)
            return self._finish(work, closed, missing)

    def settle(self, id: str) -> Meeting:
        """Makes a draft final, and its action done. Raises NotFound, Invalid while something is owed."""
        with self._context.work(self._of("settling", id), meeting=id) as work:
            settled = step(work.get(Meeting, id), Settle(at=self._now()))
            missing = self._owed(work, settled)
            if missing:
                more = f" And {len(missing) - 1} more." if len(missing) > 1 else ""
                raise Invalid(f"{missing[0].text}{more}", "Mend each of them, or waive it with a reason.")
            self._end_settling(work, settled)
            kept = work.put(settled)
            MinutesBook(self._context).freeze(work, kept)
            return kept

    def adjourn(self, id: str, why: str) -> Meeting:
        """Breaks it off; everything open rolls on. Raises NotFound, Invalid without a reason."""
        with self._context.work(self._of("adjourning", id), meeting=id) as work:
            return self._finish(work, step(work.get(Meeting, id), Adjourn(at=self._now(), why=why)), ())

    def reopen(self, id: str) -> Meeting:
        """Running again where it ended; what it had rolled on is on its table again. Raises NotFound, Invalid."""
        with self._context.work(self._of("reopening", id), meeting=id) as work:
            meeting = work.get(Meeting, id)
            opened = step(meeting, Reopen(at=self._now()))
            for item in released(id, work.live(Item)):
                work.put(item)
            for action in released(id, work.live(Action)):
                work.put(action)
            self._end_settling(work, meeting, dropped="The meeting was reopened.")
            return work.put(replace(opened, settling=""))

    def _of(self, what: str, id: str) -> str:
        """As it is read after "undo": closing of Daily Operations Sync #41."""
        meeting = self._meeting(id)
        return f"{what} of {meeting.title} #{meeting.number}"

    def _owed(self, read: Reader, meeting: Meeting) -> tuple[Owed, ...]:
        journal = journal_of(self._context.store, meeting)
        table = Table(
            said=said_in(read, meeting.id),
            items=read.where(Item, agenda=meeting.agenda),
            actions=read.where(Action, agenda=meeting.agenda),
            scores=read.live(Score),
            customers={each.handle: each.name for each in read.all(Customer)},
            touched=sections_touched(journal)
            | sections_moved(journal, moved_in(read, meeting, journal))
            | walked_in(read, meeting, self._now()),
            tells=tells_of(read, Before(audience=meeting.audience, customer=meeting.customer)),
        )
        return owed(meeting, table, self._now())

    def _end(self, read: Reader, id: str, at: datetime | None) -> datetime:
        now = self._now()
        if at is None or at >= now:
            return now
        return max([at, *(said_at(each) for each in said_in(read, id)), *last_walked(read, id)])

    def _finish(self, work: Work, meeting: Meeting, missing: Sequence[Owed]) -> Meeting:
        """Kept, with what is open rolled on and the minutes frozen."""
        kept = work.put(meeting) if meeting.id else work.add(meeting)
        end_walk(work, kept)
        day = self._context.today(kept.started or kept.scheduled)
        for item in carried_items(kept, work.live(Item)):
            work.put(item)
        for action in carried_actions(kept, work.live(Action), day):
            work.put(action)
        MinutesBook(self._context).freeze(work, kept, [each.text for each in missing])
        return kept

    def _to_settle(self, work: Work, meeting: Meeting, count: int) -> Action:
        now = self._now()
        points = "1 open point" if count == 1 else f"{count} open points"
        return work.add(
            Action(
                title=f"Settle the minutes of {meeting.title} #{meeting.number}: {points}",
                owner=meeting.minute_taker,
                due=next_working_day(self._context.today(now), self._context.settings),
                created=now,
                created_by=self._context.by,
            )
        )

    def _end_settling(self, work: Work, meeting: Meeting, dropped: str = "") -> None:
        """The action that asks to settle this draft has nothing left to ask: it is done, or dropped with a reason."""
        try:
            action = work.get(Action, meeting.settling)
        except NotFound:
            return
        if action.live:
            work.put(progress.drop(action, dropped) if dropped else progress.done(action, self._now()))


def _rated(meeting: Meeting, who: str) -> int | None:
    return next((each.score for each in meeting.ratings if each.who == who), None)
