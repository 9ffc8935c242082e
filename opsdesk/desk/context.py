"""What every use case is given: the store, the time, who asks, and what the company has decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from opsdesk.core.errors import Conflict

if TYPE_CHECKING:
    from types import TracebackType

    from opsdesk.boards.table import Scene
    from opsdesk.core.agenda import Agenda
    from opsdesk.core.meeting import Meeting
    from opsdesk.core.names import Names
    from opsdesk.core.ports import Clock, Store, Work
    from opsdesk.core.quickentry import Draft
    from opsdesk.core.settings import Settings
    from opsdesk.desk.directory import NameBook


class Agendas(Mapping[str, "Agenda"]):
    """By slug; the files are read when the first is looked at."""

    def __init__(self, read: Callable[[], Mapping[str, Agenda]]) -> None:
        self._read = read
        self._found: Mapping[str, Agenda] | None = None

    def _all(self) -> Mapping[str, Agenda]:
        if self._found is None:
            self._found = self._read()
        return self._found

    def __getitem__(self, slug: str) -> Agenda:
        return self._all()[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


class Context:
    """`by` is the handle of the person at the keyboard; `agendas` is read when first asked for."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        by: str,
        settings: Settings,
        agendas: Callable[[], Mapping[str, Agenda]],
    ) -> None:
        self.store = store
        self.clock = clock
        self.by = by
        self.settings = settings
        self.agendas: Mapping[str, Agenda] = Agendas(agendas)
        self.last_read: tuple[str, Names, date, Draft] | None = None

    @cached_property
    def book(self) -> NameBook:
        """One index of names for everything that is typed."""
        from opsdesk.desk.directory import NameBook

        return NameBook(self.store, self.by)

    def today(self, now: datetime | None = None) -> date:
        """The company's calendar day."""
        return (now or self.clock()).astimezone(self.settings.zone).date()

    def work(
        self, command: str, *, meeting: str = "", section: str = "", left: str = ""
    ) -> AbstractContextManager[Work]:
        """One transaction by this person, now; who was first is told by name and in the company's time."""
        return Worded(
            self, self.store.work(command, by=self.by, at=self.clock(), meeting=meeting, section=section, left=left)
        )

    def section(self, meeting: str) -> str:
        """The title of the section that is on in that meeting; empty outside of one."""
        from opsdesk.core.clocks import current_section
        from opsdesk.core.meeting import Meeting

        return current_section(self.store.get(Meeting, meeting)).title if meeting else ""

    def scene(self, meeting: Meeting | None = None, section: str = "") -> Scene:
        """Now, as boards want to know it; of a meeting with its audience."""
        from opsdesk.boards.table import Scene

        place = Scene(now=self.clock(), settings=self.settings, agendas=self.agendas)
        if meeting is None:
            return place
        return Scene(
            now=place.now,
            settings=self.settings,
            agendas=self.agendas,
            agenda=meeting.agenda,
            section=section,
            meeting=meeting.id,
            audience=meeting.audience,
            customer=meeting.customer,
        )


class Worded(AbstractContextManager["Work"]):
    """A transaction whose conflicts are put in words for the people of this desk."""

    def __init__(self, context: Context, work: AbstractContextManager[Work]) -> None:
        self._context, self._work = context, work

    def __enter__(self) -> Work:
        return self._work.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> bool | None:
        ended = self._work.__exit__(kind, error, at)
        if isinstance(error, Conflict):
            from opsdesk.desk.conflicts import Conflicts

            Conflicts(self._context).reword(error)
        return ended
