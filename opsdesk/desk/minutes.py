"""The book of minutes: freezing them at closing, finding them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.audience import Before
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.errors import NotFound
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.flagwalk import section_of
from opsdesk.core.journal import Transaction
from opsdesk.core.meeting import Meeting
from opsdesk.core.minutes import Copy, Minutes, MinutesRecord
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader, Store, Work
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.core.registers import registers
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.scores import Score
from opsdesk.core.series import Series
from opsdesk.core.text import clean
from opsdesk.desk.context import Context
from opsdesk.desk.journals import journal_of, read_from
from opsdesk.desk.walked import measures_of, walkable
from opsdesk.insight.record_of import OUTAGES, Material, minutes_of
from opsdesk.insight.shown import may_show, reduced
from opsdesk.insight.under_way import open_before
from opsdesk.insight.walked_lines import open_at_end
from opsdesk.insight.withheld import tells_of

R = TypeVar("R", bound=Record)
G = TypeVar("G", bound=Registered)


class MinutesBook:
    """All minutes of the company."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def freeze(self, work: Work, meeting: Meeting, owed: Sequence[str] = ()) -> MinutesRecord:
        """Keeps what was said as it is known in this open transaction; `meeting` already in its final state.

        Replaces the meeting's draft; a meeting that was closed before gets a next version. `owed`: one sentence each.
        """
        earlier = max(work.where(MinutesRecord, meeting=meeting.id), key=_version, default=None)
        version = earlier.version + (not earlier.minutes.draft) if earlier else 1
        record = MinutesRecord(
            meeting=meeting.id,
            agenda=meeting.agenda,
            customer=meeting.customer,
            version=version,
            frozen=self._context.clock(),
            minutes=replace(self._build(work, meeting, owed), version=version),
        )
        if earlier and earlier.version == version:
            return work.put(replace(record, id=earlier.id, rev=earlier.rev, copies=earlier.copies))
        return work.add(record)

    def left(self, id: str, how: str, to: str = "") -> MinutesRecord:
        """Keeps that the minutes of this id have left the desk: "printed", or "saved" to a file. Undo passes over it.

        The same copy, of the same text by the same person, is kept once. Raises NotFound, Unavailable.
        """
        copy = Copy(how=clean(how), to=clean(to), at=self._context.clock(), by=self._context.by)
        record = self._context.store.get(MinutesRecord, id)
        if any(_same(copy, each) and each.at > record.frozen for each in record.copies):
            return record
        command = f"Minutes of {record.meeting} {copy.words}"
        with self._context.work(command, meeting=record.meeting, left=copy.words) as work:
            record = work.get(MinutesRecord, id)
            return work.put(replace(record, copies=(*record.copies, copy)))

    def preview(self, meeting: Meeting, owed: Sequence[str] = ()) -> Minutes:
        """What would be frozen now."""
        return self._build(self._context.store, meeting, owed)

    def all(self) -> tuple[MinutesRecord, ...]:
        """Every version of all minutes, by the time their meeting was held."""
        return tuple(sorted(self._context.store.all(MinutesRecord), key=_place))

    def of(self, meeting_id: str) -> MinutesRecord:
        """The latest version of the minutes of this meeting. Raises NotFound."""
        return self._last(self._context.store.where(MinutesRecord, meeting=meeting_id), f"Meeting {meeting_id}")

    def find(self, what: str = "last") -> MinutesRecord:
        """By "last", the id of a meeting or of minutes, an agenda's slug, or a customer. Raises NotFound."""
        store = self._context.store
        if what == "last":
            return self._last(store.all(MinutesRecord), "This desk")
        if what.upper().startswith("M-"):
            return self.of(what.upper())
        if what.upper().startswith(f"{MinutesRecord.prefix}-"):
            return store.get(MinutesRecord, what.upper())
        name = what.lower().lstrip("#")
        found = store.where(MinutesRecord, lambda each: name in (each.agenda, each.customer))
        if not found and name not in self._context.agendas and not store.where(Customer, handle=name):
            raise NotFound(
                f'There is no agenda, customer, meeting or minutes "{what}".', "See `opsdesk minutes --list`."
            )
        return self._last(found, f'"{what}"')

    def _last(self, records: Sequence[MinutesRecord], what: str) -> MinutesRecord:
        if not records:
            raise NotFound(f"{what} has no minutes yet.", "Minutes are made when a meeting is closed.")
        return max(records, key=_place)

    def _build(self, read: Reader, meeting: Meeting, owed: Sequence[str]) -> Minutes:
        return minutes_of(
            meeting,
            _material(self._context.store, read, meeting, measures_of(self._context.settings)),
            company=self._context.settings.company,
            zone=self._zone(read, meeting),
            next_start=self._next(meeting),
            owed=tuple(owed),
        )

    def _zone(self, read: Reader, meeting: Meeting) -> ZoneInfo:
        """The meeting's own, where its series or its agenda names one; else the company's."""
        agenda = self._context.agendas.get(meeting.agenda)
        decided = read.where(Series, lambda each: each.customer in ("", meeting.customer), agenda=meeting.agenda)
        named = [each.zone for each in decided if each.zone] or [agenda.recurrence.zone if agenda else ""]
        return ZoneInfo(named[-1]) if named[-1] else self._context.settings.zone

    def _next(self, meeting: Meeting) -> datetime | None:
        """The next start of the series; None while it is switched off or its agenda is gone."""
        from opsdesk.desk.cadence import Cadence

        if meeting.agenda not in self._context.agendas:
            return None
        after = max(meeting.ended or meeting.scheduled, meeting.scheduled)
        found = Cadence(self._context).next(meeting.agenda, after, meeting.customer)
        return found.start if found else None


def _material(store: Store, read: Reader, meeting: Meeting, measures: frozenset[str]) -> Material:
    journal = journal_of(store, meeting)
    return Material(
        journal=journal,
        registered=_nameable(read, meeting, journal),
        moved=moved_in(read, meeting, journal),
        under_way=_under_way(store, read, meeting),
        reviews=read.where(FlagReview, meeting=meeting.id),
        open_flags=_open_flags(read, meeting, measures),
        notes=read.where(Note, meeting=meeting.id),
        decisions=read.where(Decision, meeting=meeting.id),
        scores=read.where(Score, meeting=meeting.id),
        actions=read.where(Action, lambda each: meeting.id == each.meeting or meeting.agenda == each.agenda),
        items=read.where(Item, agenda=meeting.agenda),
        meetings=read.where(Meeting, agenda=meeting.agenda, customer=meeting.customer),
        people=read.all(Person),
        customers=read.all(Customer),
        tells=tells_of(read, Before(audience=meeting.audience, customer=meeting.customer)),
    )


def _open_flags(read: Reader, meeting: Meeting, measures: frozenset[str]) -> tuple[Score, ...]:
    """What was red or orange when it ended, for a meeting that walks the flags; of cells that have changed since, what
    they said then.
    """
    if meeting.started is None or section_of(meeting) < 0:
        return ()
    said: list[Score] = []
    for score in walkable(read, measures):
        later = meeting.ended is not None and score.at > meeting.ended
        said += read.where(Score, customer=score.customer, measure=score.measure) if later else [score]
    return open_at_end(said, meeting)


def _nameable(read: Reader, meeting: Meeting, journal: Sequence[Transaction]) -> dict[str, Registered]:
    """Records of registers that were touched in it, by id; before a customer what concerns that one."""
    touched = {change.id: change.kind for tx in journal for change in tx.changes if change.kind in registers()}
    records = (_found(read, registers()[kind].shape, id) for id, kind in touched.items())
    return {each.id: each for each in _shown(read, meeting, (each for each in records if each is not None))}


def _under_way(store: Store, read: Reader, meeting: Meeting) -> list[Incident]:
    """The incidents that were open when it met, as they stood then, for a meeting that asks for outages."""
    if meeting.started is None or all(section.board != OUTAGES for section in meeting.sections):
        return []
    return _shown(read, meeting, open_before(read.all(Incident), read_from(store, meeting.started)))


def _shown(read: Reader, meeting: Meeting, records: Iterable[G]) -> list[G]:
    """Those that may be named in its minutes."""
    room = Before(audience=meeting.audience, customer=meeting.customer)
    return [reduced(record, room) for record in records if may_show(record, room, read)]


def moved_in(read: Reader, meeting: Meeting, journal: Sequence[Transaction]) -> dict[str, Action | Item]:
    """Actions and agenda items of earlier that were touched in it, by id; before a customer those of that one alone."""
    room = Before(audience=meeting.audience, customer=meeting.customer)
    shapes: tuple[type[Action | Item], ...] = (Action, Item)
    kinds = {shape.kind: shape for shape in shapes}
    touched = {change.id: kinds[change.kind] for tx in journal for change in tx.changes if change.kind in kinds}
    found = [each for each in (_found(read, shape, id) for id, shape in touched.items()) if each is not None]
    return {each.id: each for each in found if each.meeting != meeting.id and may_show(each, room, read)}


def _found(read: Reader, shape: type[R], id: str) -> R | None:
    """None for one that was removed."""
    try:
        return read.get(shape, id)
    except NotFound:
        return None


def _same(one: Copy, other: Copy) -> bool:
    return (one.how, one.to, one.by) == (other.how, other.to, other.by)


def _version(record: MinutesRecord) -> int:
    return record.version


def _place(record: MinutesRecord) -> tuple[datetime, str, int]:
    """When the meeting was held; one that was not, when it was planned."""
    return record.minutes.started or record.minutes.scheduled, record.meeting, record.version
