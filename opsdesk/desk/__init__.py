"""Every use case: the table of contents of what one can do. Rooms are opened when first entered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from opsdesk.desk.context import Context

if TYPE_CHECKING:
    from opsdesk.boards.opening import Opening
    from opsdesk.boards.table import Scene
    from opsdesk.core.agenda import Agenda
    from opsdesk.core.errors import Conflict
    from opsdesk.core.journal import Transaction
    from opsdesk.core.meeting import Meeting
    from opsdesk.core.ports import Clock, Reader, Store
    from opsdesk.core.record import R, Record
    from opsdesk.core.settings import Settings
    from opsdesk.desk.actions import Actions
    from opsdesk.desk.bringing import Bringing
    from opsdesk.desk.cadence import Cadence
    from opsdesk.desk.conflicts import Choice, Conflicts, Disagreement
    from opsdesk.desk.flagwalk import FlagWalk
    from opsdesk.desk.incidents import Incidents
    from opsdesk.desk.intake import Intake
    from opsdesk.desk.items import Items
    from opsdesk.desk.meetings import Meetings
    from opsdesk.desk.minutes import MinutesBook
    from opsdesk.desk.people import People
    from opsdesk.desk.registers import Registers
    from opsdesk.desk.scores import Scores
    from opsdesk.desk.triage import Triage
    from opsdesk.desk.turning import Into, Made
    from opsdesk.desk.undo import Undo


class Desk:
    """One person at one company's desk."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        by: str,
        settings: Settings,
        agendas: Callable[[], Mapping[str, Agenda]],
    ) -> None:
        self._context = Context(store, clock, by, settings, agendas)
        self._store = store
        self.read: Reader = store

    @property
    def by(self) -> str:
        return self._context.by

    @property
    def settings(self) -> Settings:
        return self._context.settings

    @property
    def agendas(self) -> Mapping[str, Agenda]:
        return self._context.agendas

    def now(self) -> datetime:
        return self._context.clock()

    def today(self) -> date:
        return self._context.today()

    def scene(self, meeting: Meeting | None = None, section: str = "") -> Scene:
        return self._context.scene(meeting, section)

    def news(self) -> Sequence[Transaction]:
        """What other desks have committed since the last call."""
        return self._store.news()

    def history(self, since: int = 0, *, by: str = "", limit: int = 0, until: int = 0) -> Sequence[Transaction]:
        return self._store.history(since, by=by, limit=limit, until=until)

    @property
    def damaged(self) -> Sequence[str]:
        """Ids of records that were damaged where they are kept, and so were read from the journal instead."""
        return self._store.damaged

    def trail(self, id: str) -> Sequence[Transaction]:
        """Those that changed the record of this id, oldest first."""
        return self._store.trail(id)

    def told(self, conflict: Conflict) -> Disagreement:
        """A conflict for people: who, when in the company's time, what differs, and what can be chosen."""
        return self._conflicts.told(conflict)

    def resolve(self, conflict: Conflict, choice: Choice) -> Record:
        """Settles a conflict; where the same field has changed again meanwhile, a new Conflict is raised."""
        return self._conflicts.resolve(conflict, choice)

    def again(self, conflict: Conflict) -> Conflict:
        """A conflict that was not settled yet, with theirs as it is now. Raises NotFound."""
        return self._conflicts.again(conflict)

    def reading(self, shape: type[R], id: str, rev: int) -> R:
        """The record as it was at this `rev`, for verbs that take what was `seen`. Raises NotFound, Invalid."""
        return self._conflicts.reading(shape, id, rev)

    def opening(self, meeting: Meeting) -> Opening:
        """What has changed since this meeting's last run: a summary, and the lines of each section."""
        from opsdesk.desk.opening import opening_of

        return opening_of(self._context, meeting)

    def turn(self, id: str, into: Into, *, meeting: str = "", section: str = "", why: str = "") -> Made:
        """A line turned into an action, an incident or an escalation: what came of it, each naming the other."""
        from opsdesk.desk.turning import Turning

        return Turning(self._context).turn(id, into, meeting=meeting, section=section, why=why)

    def close(self) -> None:
        self._store.close()

    @cached_property
    def _conflicts(self) -> Conflicts:
        from opsdesk.desk.conflicts import Conflicts

        return Conflicts(self._context)

    @cached_property
    def actions(self) -> Actions:
        from opsdesk.desk.actions import Actions

        return Actions(self._context)

    @cached_property
    def items(self) -> Items:
        from opsdesk.desk.items import Items

        return Items(self._context)

    @cached_property
    def meetings(self) -> Meetings:
        from opsdesk.desk.meetings import Meetings

        return Meetings(self._context)

    @cached_property
    def scores(self) -> Scores:
        from opsdesk.desk.scores import Scores

        return Scores(self._context)

    @cached_property
    def walk(self) -> FlagWalk:
        from opsdesk.desk.flagwalk import FlagWalk

        return FlagWalk(self._context)

    @cached_property
    def registers(self) -> Registers:
        from opsdesk.desk.registers import Registers

        return Registers(self._context)

    @cached_property
    def incidents(self) -> Incidents:
        from opsdesk.desk.incidents import Incidents

        return Incidents(self._context)

    @cached_property
    def people(self) -> People:
        from opsdesk.desk.people import People

        return People(self._context)

    @cached_property
    def intake(self) -> Intake:
        from opsdesk.desk.intake import Intake

        return Intake(self._context)

    @cached_property
    def bringing(self) -> Bringing:
        from opsdesk.desk.bringing import Bringing

        return Bringing(self._context)

    @cached_property
    def cadence(self) -> Cadence:
        from opsdesk.desk.cadence import Cadence

        return Cadence(self._context)

    @cached_property
    def minutes(self) -> MinutesBook:
        from opsdesk.desk.minutes import MinutesBook

        return MinutesBook(self._context)

    @cached_property
    def triage(self) -> Triage:
        from opsdesk.desk.triage import Triage

        return Triage(self._context)

    @cached_property
    def undo(self) -> Undo:
        from opsdesk.desk.undo import Undo

        return Undo(self._context)
