"""Everybody's desk on one store, and what the demo remembers between two days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from opsdesk.core.actions import Action
from opsdesk.demo.company import CLIENTS, USER
from opsdesk.demo.moment import Moment, Timeline, working_day
from opsdesk.demo.work import Task
from opsdesk.desk import Desk

T = TypeVar("T")
Enter = Callable[[str], Desk]


class Office:
    """`dice` decides everything, so a seed and a day give one history, which ends before the day `ends`.
    `staged`: ids of actions and items, and cells of the score sheet, that chance leaves alone. `gone`: who is away, and
    on which day.
    """

    def __init__(self, enter: Enter, moment: Moment, seed: int) -> None:
        self._enter = enter
        self._desks: dict[str, Desk] = {}
        self._decks: dict[tuple[object, ...], list[int]] = {}
        self.moment = moment
        self.timeline = Timeline(moment)
        self.dice = Random(seed)
        self.ends = self.today()
        self.staged: set[str | tuple[str, str]] = set()
        self.gone: set[tuple[str, date]] = set()

    def desk(self, handle: str = USER) -> Desk:
        if handle not in self._desks:
            self._desks[handle] = self._enter(handle)
        return self._desks[handle]

    def at(self, day: date, clock: str, minutes: float = 0) -> datetime:
        """That time of day where the company is, some minutes later."""
        local = datetime.combine(day, time.fromisoformat(clock), self.desk().settings.zone)
        return local + timedelta(minutes=int(minutes))

    def today(self) -> date:
        return self.desk().today()

    def is_away(self, handle: str) -> bool:
        return (handle, self.today()) in self.gone

    def desk_for(self, handle: str) -> Desk:
        """Theirs, or of whoever types for them while they are away."""
        return self.desk(USER if self.is_away(handle) else handle)

    def later(self, days: int, day: date | None = None) -> date:
        return working_day(day or self.today(), days, self.desk().settings)

    def draw(self, deck: tuple[T, ...]) -> T:
        """One of the deck, none twice before all were drawn."""
        rest = self._decks.setdefault(deck, [])
        if not rest:
            rest.extend(range(len(deck)))
            self.dice.shuffle(rest)
        return deck[rest.pop()]

    def fresh(self, deck: tuple[Task, ...], customer: str = "") -> Task | None:
        """A task that is not on anybody's list already; None where those drawn all are."""
        listed = {(action.title, action.customer) for action in self.desk().read.live(Action)}
        drawn = (self.draw(deck) for _ in range(3))
        return next((t for t in drawn if (t.title, customer if t.customer else "") not in listed), None)

    def client(self) -> str:
        """A customer's handle; those who pay more are heard more often."""
        weights = [client.revenue**0.6 for client in CLIENTS]
        return self.dice.choices([client.handle for client in CLIENTS], weights)[0]

    def name(self, handle: str) -> str:
        return next(client.name for client in CLIENTS if client.handle == handle)

    def sentence(self, task: Task, whose: str) -> str:
        """The task as somebody types it; `whose`: the customer it would be for."""
        due = self.later(task.days)
        parts = [task.title, f"@{task.owner}", f"#{whose}" if task.customer else "", due.isoformat()]
        return " ".join(part for part in (*parts, "!" if task.told else "") if part)

    def open_actions(self, owner: str = "") -> list[Action]:
        """Those of one person, or of all, that chance decides about; the most urgent first."""
        found = [a for a in self.desk().read.live(Action) if a.id not in self.staged and owner in ("", a.owner)]
        return sorted(found, key=lambda a: (a.due or date.max, not a.promise, number(a.id)))


def number(id: str) -> int:
    return int(id.partition("-")[2])
