"""Verbs that take records of several kinds alike, by id: those of the key table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opsdesk.core import progress
from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.ports import Work
from opsdesk.core.register import Registered
from opsdesk.core.triage import Meaning, meaning, verb_for
from opsdesk.desk.context import Context
from opsdesk.desk.items import settled
from opsdesk.desk.naming import register_at
from opsdesk.desk.seen import now as there
from opsdesk.desk.seen import put

if TYPE_CHECKING:
    from opsdesk.desk.registers import Seen

NAMED_AT_MOST = 3


class Triage:
    def __init__(self, context: Context, past_ok: bool = False) -> None:
        self._context, self._past_ok = context, past_ok

    @property
    def anyway(self) -> Triage:
        """The same verbs, where whatever is asked about is meant."""
        return Triage(self._context, past_ok=True)

    def done(
        self, *ids: str, seen: Action | Item | None = None, meeting: str = "", section: str = ""
    ) -> tuple[Action | Item, ...]:
        """Finished actions and settled items in one transaction, in the order of their ids: all of them or none.

        `seen`: the record as it was when the verb was chosen, where it is one; `meeting`: the id of the one it is done
        in. Raises NotFound for an unknown id, Invalid for one that is done or dropped already, Conflict where others
        changed the same of what was seen.
        """
        unique = tuple(dict.fromkeys(ids))
        section = section or self._context.section(meeting)
        with self._context.work(f"Done {_several(unique)}", meeting=meeting, section=section) as work:
            return tuple(self._done(work, id, seen) for id in unique)

    def meaning(self, id: str, verb: str) -> Meaning:
        """What a verb of the key table ("done", "wait" …) is now for this record of a register, or why it is nothing.

        Raises NotFound, and Invalid for what is in no register.
        """
        register = register_at(id)
        return meaning(register, self._context.store.get(register.shape, id), verb)

    def act(
        self, ids: Sequence[str], verb: str, words: str = "", *, seen: Seen = None, meeting: str = "", section: str = ""
    ) -> tuple[Registered, ...]:
        """A verb of the key table for records of registers, of each what it means there; all in one transaction.

        `words`, `seen`, `meeting`: as for desk.registers.act. Raises Invalid with the reason where it means nothing.
        """
        from opsdesk.desk.registers import Registers

        chosen = {id: register_at(id) for id in ids}
        found = {id: verb_for(each, self._context.store.get(each.shape, id), verb) for id, each in chosen.items()}
        verbs = {id: (register, found[id]) for id, register in chosen.items()}
        return Registers(self._context, self._past_ok).step(verbs, words, seen, meeting, section)

    def _done(self, work: Work, id: str, seen: Action | Item | None) -> Action | Item:
        now, store = self._context.clock(), self._context.store
        if id.startswith(f"{Item.prefix}-"):
            item = seen if isinstance(seen, Item) else None
            return put(work, store, there(work, Item, id, item), lambda each: settled(each, "done", now), item)
        action = seen if isinstance(seen, Action) else None
        return put(work, store, there(work, Action, id, action), lambda each: progress.done(each, now), action)


def _several(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) if len(ids) <= NAMED_AT_MOST else f"{len(ids)} actions and items"
