"""What only incidents have: steps with their time, updates, who was informed, talking points, and the review."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.incidentsteps import stepped
from opsdesk.core.outageentry import Entered, Kind, entered
from opsdesk.core.people import Person
from opsdesk.core.registers.incidents import REGISTER, Incident
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.core.timelineentry import Happened, parse
from opsdesk.desk.incidentsteps import HINTS, Steps
from opsdesk.desk.naming import check_links, verb_called
from opsdesk.desk.outage import (
    audience_named,
    departments_of,
    review_of,
    standing_of,
    the_incident,
    the_last_incident,
)
from opsdesk.insight import talking

if TYPE_CHECKING:
    from opsdesk.core.review import Review
    from opsdesk.insight.standing import Standing


class Incidents(Steps):
    """Every verb is one transaction, and so is what it leaves in the timeline. An `id` of "" is the one open incident.

    `words`: what happened, as core.timelineentry reads it: a time in front, words, @who. `seen`: the incident as it was
    when somebody began to type. `meeting`: the id of the one it is done in. Each raises NotFound for an unknown id, and
    Invalid where the rules forbid it.
    """

    def the(self, id: str = "") -> Incident:
        """Raises Invalid where none is named and not exactly one is open."""
        return the_incident(self._context.store, id)

    def lately(self, id: str = "") -> Incident:
        """As `the`; where none is open the one that was resolved last, for what is said of it afterwards."""
        return the_last_incident(self._context.store, id, self._look())

    def draft(self, words: str) -> Happened:
        """What the words are understood as; nothing is kept."""
        return parse(words, self._names(), self._look())

    def open(self, text: str, *, meeting: str = "", section: str = "", meant: bool = False, **fields: Any) -> Incident:
        """From one line as a register reads it; `fields` such as sev, customers, components count before it.

        `meant`: what would be asked about the line is.
        """
        use = self._registers.anyway if meant else self._registers
        made = use.add("incidents", text, meeting=meeting, section=section, **fields)
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
        due = self._due(next) if next else None
        return self._updated(self.the(id), self._understood(words), due, bool(next), seen, meeting, section)

    def note(self, id: str, words: str, *, meeting: str = "", section: str = "") -> TimelineEntry:
        """One line of the timeline, also after it is resolved."""
        return self._noted(self.lately(id), self._understood(words), meeting, section)

    def next_update(
        self, id: str, words: str, *, seen: Incident | None = None, meeting: str = "", section: str = ""
    ) -> Incident:
        """The next update is due then: "16:30", "in 45 min", "none"."""
        return self._next(self.the(id), self._due(words), seen, meeting, section)

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
        """Departments or people (with commas between them) were told, now or `at` a time that has been; "not" in front
        says that they were not. `who` may say when and how too: "13:30 Sales, @sue phone".

        Whoever was told before stays, whatever somebody has seen of it; a time or a channel that is said corrects it.
        """
        said = self._named(who)
        told = replace(said, how=how or said.how, at=self._been(at) if at else said.at)
        return self._told(self.lately(id), told, meeting, section)

    def _named(self, words: str) -> Entered:
        """Raises NotFound for nobody that is known, and Invalid for what is asked about."""
        try:
            people, settings = self._context.store.live(Person), self._context.settings
            return Entered(kind="told", who=audience_named(words, people, settings, self._names()))
        except NotFound:
            said = self.understood(words, "told")
            if not said.who:
                raise
        if said.asked:
            raise Invalid(said.asked, HINTS["told"])
        return said

    # one typed line, whatever it says

    def understood(self, words: str, kind: Kind = "note") -> Entered:
        """What the line is understood as; nothing is kept."""
        departments = departments_of(self._context.store.live(Person), self._context.settings)
        return entered(words, kind, self._names(), departments, self._look())

    def enter(
        self,
        id: str,
        words: str,
        kind: Kind = "note",
        *,
        seen: Incident | None = None,
        meeting: str = "",
        section: str = "",
    ) -> Entered:
        """One line of an outage, as core.outageentry reads it, kept as what it is: a note, an update, who was told, or
        when the next update is due. `kind`: what it is where it does not say so itself. Raises Invalid for what is
        asked.
        """
        said = self.understood(words, kind)
        found = self.lately(id) if said.kind in ("note", "told") else self.the(id)
        if said.asked:
            raise Invalid(said.asked, HINTS[said.kind])
        match said.kind:
            case "told":
                self._told(found, said, meeting, section)
            case "next":
                self._next(found, said.due, seen, meeting, section)
            case "update":
                self._updated(found, said.happened, said.due, said.said, seen, meeting, section)
            case _:
                self._noted(found, said.happened, meeting, section)
        return said

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
        return standing_of(self._context.store, self.lately(id), self._look())

    def review(self, id: str = "") -> Review:
        """The draft of a review."""
        return review_of(self._context.store, self.lately(id), self._look())
