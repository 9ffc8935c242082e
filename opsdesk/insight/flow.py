"""Flow: who carries how much, where work waits, and the constraint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.people import Person


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What one person carries now, in numbers of actions.

    `started`: started and not finished (WIP). `ready`: their own that have not begun. `waiting_for`: those of others
    that wait on them. `oldest`: age in whole days of their oldest started action (work item age), 0 without one.
    """

    handle: str
    name: str
    limit: int
    started: int = 0
    ready: int = 0
    waiting_for: int = 0
    oldest: int = 0

    @property
    def queue(self) -> int:
        """What cannot go on before this person gets to it."""
        return self.ready + self.waiting_for

    @property
    def over(self) -> int:
        """How many past the WIP limit; 0 within it."""
        return max(0, self.started - self.limit)

    @property
    def idle(self) -> bool:
        """Room under the limit and nothing ready to fill it with."""
        return self.ready == 0 and self.started < self.limit


def loads(people: Iterable[Person], actions: Sequence[Action], now: datetime) -> tuple[Load, ...]:
    """One Load a person, in the order of the people; actions that are not live are left out."""
    open_ = [action for action in actions if action.live]
    waits = Counter(action.waiting_on.lstrip("@").casefold() for action in open_ if action.waiting_on)
    owned: dict[str, list[Action]] = {}
    for action in open_:
        owned.setdefault(action.owner, []).append(action)
    return tuple(_load(person, owned.get(person.handle, []), waits, now) for person in people)


def _load(person: Person, owned: Sequence[Action], waits: Counter[str], now: datetime) -> Load:
    begun = [action.started for action in owned if action.started is not None]
    return Load(
        handle=person.handle,
        name=person.name,
        limit=person.limit,
        started=len(begun),
        ready=sum(action.state == "ready" and action.started is None for action in owned),
        waiting_for=sum(waits[name] for name in {person.handle.casefold(), person.name.casefold()}),
        oldest=max(0, (now - min(begun)).days) if begun else 0,
    )


def constraint(carried: Iterable[Load]) -> Load | None:
    """The person the most work stands at: started and queue together; the older work, then the name, breaks a tie.

    None while nobody is over their limit and nothing waits on anybody: then no person holds the others up.
    Source: theory of constraints, the longest queue.
    """
    held = [load for load in carried if load.over or load.waiting_for or load.queue > load.limit]
    return min(held, key=lambda load: (-load.started - load.queue, -load.oldest, load.name), default=None)


def warning(load: Load) -> str:
    """What is said to somebody past their WIP limit, which warns and forbids nothing; nothing within it."""
    return f"{load.name} has {load.started} started of {load.limit}" if load.over else ""


def over_limit(carried: Iterable[Load]) -> tuple[Load, ...]:
    """Those past their WIP limit, the furthest first."""
    return tuple(sorted((load for load in carried if load.over), key=lambda load: (-load.over, load.name)))


def nothing_ready(carried: Iterable[Load]) -> tuple[Load, ...]:
    """Those who could take more and have nothing to take, by name."""
    return tuple(sorted((load for load in carried if load.idle), key=lambda load: load.name))
