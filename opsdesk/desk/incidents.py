"""What only incidents have: steps with their time, updates, who was informed, talking points, and the review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from opsdesk.core.clocks import current_section
from opsdesk.core.errors import Invalid
from opsdesk.core.fieldvalues import value_of
from opsdesk.core.incidentlog import entries
from opsdesk.core.incidentsteps import stepped, updated
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.register import Look, Verb
from opsdesk.core.registers.incidents import REGISTER, Incident, Informed
from opsdesk.core.registers.timeline import TimelineEntry, What
from opsdesk.core.stepping import wrong
from opsdesk.core.timelineentry import Happened, parse, understood, when
from opsdesk.desk import seen as earlier
from opsdesk.desk.naming import check_links
from opsdesk.desk.outage import audience_named, review_of, standing_of, the_incident
from opsdesk.desk.registers import Registers, verb_called
from opsdesk.insight import talking

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from opsdesk.core.names import Directory
    from opsdesk.core.ports import Work
    from opsdesk.core.review import Review
    from opsdesk.desk.context import Context
    from opsdesk.insight.standing import Standing

Change = Callable[[Incident], Incident]


class Incidents:
    """Every verb is one transaction, and so is what it leaves in the timeline. An `id` of "" is the one open incident.

    `words`: what happened, as core.timelineentry reads it: a time in front, words, @who. `seen`: the incident as it was
    when somebody began to type. `meeting`: the id of the one it is done in. Each raises NotFound for an unknown id, and
    Invalid where the rules forbid it.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._registers = Registers(context)

    def the(self, id: str = "") -> Incident:
        """Raises Invalid where none is named and not exactly one is open."""
        return the_incident(self._context.store, id)

    def draft(self, words: str) -> Happened:
        """What the words are understood as; nothing is kept."""
        return parse(words, self._names(), self._look())

    def open(self, text: str, *, meeting: str = "", section: str = "", **fields: Any) -> Incident:
        """From one line as a register reads it; `fields` such as sev, customers, components count before it."""
        made = self._registers.add("incidents", text, meeting=meeting, section=section, **fields)
        assert isinstance(made, Incident)
        return made

    def step(
        self, id: str, verb: str, words: str = "", *, seen: Incident | None = None, meeting: str = "", section: str = ""
    ) -> Incident:
        """acknowledge, identify, mitigate, resolve or reopen, when the words say so; the rest of them is its reason."""
        chosen, found = verb_called(REGISTER, verb), self.the(id)
        happened = self._understood(words)
        values = self._asked(chosen, happened)
        change = partial(stepped, verb=chosen, at=happened.at, look=self._look(), by=self._context.by, values=values)
        with self._work(f"{chosen.label}: {found.id}", meeting, section) as work:
            check_links(work, Incident, values)
            kept = self._put(work, found.id, change, seen, happened)
            if happened.text and not chosen.asks:
                self._write(work, kept, "note", happened)
            return kept

    def update(
        self,
        id: str,
        words: str,
        *,
        next: str = "",
        seen: Incident | None = None,
        meeting: str = "",
        section: str = "",
    ) -> Incident:
        """Those who speak with customers are told these words; the next update is due as `next` says, else in half an
        hour while it is major, else at no time.
        """
        found, happened = self.the(id), self._understood(words)
        due = self._due(next)
        if not happened.text:
            raise Invalid("An update needs words.", "Say how it stands, in one sentence.")
        change = partial(updated, at=happened.at, due=due, said=bool(next), look=self._look())
        with self._work(f"Update on {found.id}", meeting, section) as work:
            kept = self._put(work, found.id, change, seen, happened)
            self._write(work, kept, "update", happened)
            return kept

    def note(self, id: str, words: str, *, meeting: str = "", section: str = "") -> TimelineEntry:
        """One line of the timeline, also after it is resolved."""
        found, happened = self.the(id), self._understood(words)
        with self._work(f"Note on {found.id}", meeting, section) as work:
            return self._write(work, found, "note", happened)

    def inform(
        self,
        id: str,
        who: str,
        *,
        how: str = "",
        at: str = "",
        meeting: str = "",
        section: str = "",
    ) -> Incident:
        """Departments or people (with commas between them) were told, now or `at` a time that has been.

        Whoever was told before stays, whatever somebody has seen of it.
        """
        found = self.the(id)
        named = audience_named(who, self._context.store.live(Person), self._context.settings, self._names())
        told = tuple(Informed(who=each, at=self._been(at), by=self._context.by, how=how.strip()) for each in named)
        with self._work(f"Inform {', '.join(named)} of {found.id}", meeting, section) as work:
            return self._put(work, found.id, lambda each: replace(each, informed=(*each.informed, *told)), None)

    def talk(
        self,
        id: str,
        points: Mapping[str, str],
        *,
        seen: Incident | None = None,
        meeting: str = "",
        section: str = "",
    ) -> Incident:
        """These talking points; whatever is changed takes an approval back."""
        found = self.the(id)
        named = {name.strip().lower().replace("-", "_"): text for name, text in points.items()}
        with self._work(f"Talking points of {found.id}", meeting, section) as work:
            return self._put(work, found.id, lambda each: talking.with_points(each, named), seen)

    def approve(self, id: str, *, seen: Incident | None = None, meeting: str = "", section: str = "") -> Incident:
        """The talking points may be shown from now on."""
        found, look, by = self.the(id), self._look(), self._context.by
        with self._work(f"Approve talking points of {found.id}", meeting, section) as work:
            return self._put(work, found.id, lambda each: talking.approved(each, look, by), seen)

    # reading

    def standing(self, id: str = "") -> Standing:
        """How it stands now: clocks, timeline, who knows."""
        return standing_of(self._context.store, self.the(id), self._look())

    def review(self, id: str = "") -> Review:
        """The draft of a review."""
        return review_of(self._context.store, self.the(id), self._look())

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
        """When the next update is due; None where nothing is said, or none shall be."""
        if not words:
            return None
        look = self._look()
        at: datetime | None = value_of(Incident, "next_update", words, {}, look)
        if at is not None and at <= look.now:
            raise Invalid("The next update lies ahead of now.", "Say when: in 45 min, 17:30.")
        return at

    def _been(self, words: str) -> datetime:
        look = self._look()
        at = when(words, look) if words else look.now
        if at is None:
            raise Invalid(f'"{words}" is no time.', "Type one such as 14:05 or 10 min ago.")
        if at > look.now:
            raise Invalid("Nobody was told in the future.", "Type a time that has been, such as 14:05 or 10 min ago.")
        return at
