"""Verbs that take actions and agenda items alike, by id."""

from __future__ import annotations

from opsdesk.core import progress
from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.ports import Work
from opsdesk.desk.context import Context
from opsdesk.desk.items import settled

NAMED_AT_MOST = 3


class Triage:
    def __init__(self, context: Context) -> None:
        self._context = context

    def done(self, *ids: str) -> tuple[Action | Item, ...]:
        """Finished actions and settled items in one transaction, in the order of their ids: all of them or none.

        Raises NotFound for an unknown id, Invalid for one that is done or dropped already.
        """
        unique = tuple(dict.fromkeys(ids))
        with self._context.work(f"Done {_several(unique)}") as work:
            return tuple(self._done(work, id) for id in unique)

    def _done(self, work: Work, id: str) -> Action | Item:
        now = self._context.clock()
        if id.startswith(f"{Item.prefix}-"):
            return work.put(settled(work.get(Item, id), "done", now))
        return work.put(progress.done(work.get(Action, id), now))


def _several(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) if len(ids) <= NAMED_AT_MOST else f"{len(ids)} actions and items"
