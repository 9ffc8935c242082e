"""Steps of an incident: each one transaction with what it leaves in the timeline, and what is typed for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from opsdesk.core.clocks import current_section
from opsdesk.core.errors import Invalid
from opsdesk.core.incidentlog import entries, informed_words
from opsdesk.core.incidentsteps import informed, not_informed, updated
from opsdesk.core.meeting import Meeting
from opsdesk.core.names import fold
from opsdesk.core.outageentry import Entered, Kind, due, past
from opsdesk.core.register import Look, Verb
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.timeline import TimelineEntry, What
from opsdesk.core.stepping import wrong
from opsdesk.core.timelineentry import Happened, understood, when
from opsdesk.desk import seen as earlier
from opsdesk.desk.registers import Registers

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from opsdesk.core.names import Directory
    from opsdesk.core.ports import Work
    from opsdesk.desk.context import Context

Change = Callable[[Incident], Incident]
HINTS: Mapping[Kind, str] = {
    "note": "A day in front says which: yesterday 22:00.",
    "update": "Say how it stands; next 17:00 at the end says when the next update is due.",
    "told": "Type a department or @who, how and when: Sales, @sue by phone 14:05.",
    "next": "Say when: in 45 min, 17:30, or none.",
}


class Steps:
    """`seen`, `meeting`, `section` as for Incidents."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._registers = Registers(context)

    # one transaction each

    def _noted(self, found: Incident, happened: Happened, meeting: str, section: str) -> TimelineEntry:
        with self._work(f"Note on {found.id}", meeting, section) as work:
            return self._write(work, found, "note", happened)

    def _updated(
        self,
        found: Incident,
        happened: Happened,
        due: datetime | None,
        said: bool,
        seen: Incident | None,
        meeting: str,
        section: str,
    ) -> Incident:
        if not happened.text:
            raise Invalid("An update needs words.", "Say how it stands, in one sentence.")
        change = partial(updated, at=happened.at, due=due, said=said, look=self._look())
        with self._work(f"Update on {found.id}", meeting, section) as work:
            kept = self._put(work, found.id, change, seen, happened)
            self._write(work, kept, "update", happened)
            return kept

    def _next(
        self, found: Incident, due: datetime | None, seen: Incident | None, meeting: str, section: str
    ) -> Incident:
        change = partial(updated, at=None, due=due, said=True, look=self._look())
        with self._work(f"Next update of {found.id}", meeting, section) as work:
            return self._put(work, found.id, change, seen)

    def _told(self, found: Incident, said: Entered, meeting: str, section: str) -> Incident:
        look, typist = self._look(), self._context.by
        change: Change = partial(not_informed, who=said.who)
        if not said.out:
            change = partial(informed, who=said.who, by=said.by, at=said.at, how=said.how, look=look, typist=typist)
        names = f"{'Not informed: ' if said.out else 'Inform '}{', '.join(said.who)}"
        with self._work(f"{names} of {found.id}", meeting, section) as work:
            before = work.get(Incident, found.id)
            kept = self._put(work, found.id, change, None)
            self._correct(work, before, kept)
            return kept

    def _correct(self, work: Work, before: Incident, after: Incident) -> None:
        """The lines of the timeline that tell of who was informed, where that is something else now."""
        now = {fold(each.who): each for each in after.informed}
        for was in before.informed:
            told = now.get(fold(was.who))
            if told == was:
                continue
            lines = work.where(TimelineEntry, about=after.id, what="informed", text=informed_words(was))
            for line in [each for each in lines if each.at == was.at][:1]:
                if told is None:
                    work.remove(TimelineEntry, line.id)
                else:
                    work.put(replace(line, text=informed_words(told), at=told.at))

    # within one transaction

    def _put(
        self, work: Work, id: str, change: Change, seen: Incident | None, happened: Happened | None = None
    ) -> Incident:
        """The change, and what it leaves in the timeline."""
        before = seen if seen is not None and seen.id == id else None
        found = earlier.now(work, Incident, id, before)
        kept = earlier.put(work, self._context.store, found, change, before)
        told = wrong(kept)
        if told:
            raise Invalid(f"{id} has changed since: {told}", "Look at it as it is now, then decide.")
        said, look, by = happened or Happened(), self._look(), self._context.by
        for each in entries(found, kept, Look(said.at or look.now, look.settings), by):
            work.add(replace(each, created=look.now, by=said.who or by))
        return kept

    def _write(self, work: Work, incident: Incident, what: What, happened: Happened) -> TimelineEntry:
        now, by = self._context.clock(), self._context.by
        entry = TimelineEntry(
            about=incident.id,
            what=what,
            text=happened.text,
            at=happened.at or now,
            by=happened.who or by,
            created=now,
            created_by=by,
        )
        return work.add(entry)

    def _work(self, command: str, meeting: str, section: str) -> AbstractContextManager[Work]:
        if meeting and not section:
            section = current_section(self._context.store.get(Meeting, meeting)).title
        return self._context.work(command, meeting=meeting, section=section)

    # understanding

    def _look(self) -> Look:
        return self._registers.look()

    def _names(self) -> Directory:
        return self._registers.directories()["people"]

    def _understood(self, words: str) -> Happened:
        return understood(words, self._names(), self._look())

    def _asked(self, verb: Verb, happened: Happened) -> Mapping[str, Any]:
        """What the verb asks for. Raises Invalid for what cannot be read."""
        if not verb.asks:
            return {}
        entry = self._registers.draft(Incident.kind, happened.rest, verb.id)
        if entry.problems:
            raise Invalid(entry.problems[0], " ".join(entry.problems[1:]))
        return entry.values

    def _due(self, words: str) -> datetime | None:
        """When the next update is due; None where none shall be."""
        named, at = due(words, self._look())
        if not named:
            raise Invalid(f'"{words}" is no time.', HINTS["next"])
        wrong_at = past(at, self._look())
        if wrong_at:
            raise Invalid(wrong_at, HINTS["next"])
        return at

    def _been(self, words: str) -> datetime:
        look = self._look()
        at = when(words, look) if words else look.now
        if at is None:
            raise Invalid(f'"{words}" is no time.', "Type one such as 14:05 or 10 min ago.")
        if at > look.now:
            raise Invalid("Nobody was told in the future.", "Type a time that has been, such as 14:05 or 10 min ago.")
        return at
