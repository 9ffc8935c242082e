"""Agenda items that come back in their section until somebody settles them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from opsdesk.core.entries import Item
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Work
from opsdesk.core.text import clean
from opsdesk.desk import seen as earlier
from opsdesk.desk.context import Context

SHOWN = 40


class Items:
    """What is put on an agenda by hand, or parked there."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(
        self, text: str, *, agenda: str, section: str, meeting: str = "", ref: str = "", customer: str = ""
    ) -> Item:
        """Onto a section of an agenda (its slug). `ref`: the id of the record it is about; one open item each.

        Raises NotFound for an agenda or section that is not there, Invalid for an empty text or a second item.
        """
        self._check_place(agenda, section)
        with self._context.work(f"Add the item {clean(text)[:SHOWN]}", meeting=meeting, section=section) as work:
            if ref and work.where(Item, ref=ref, agenda=agenda, state="open"):
                raise Invalid(f"{ref} is on that agenda already.", "Settle it there, or park it where it belongs.")
            return work.add(
                Item(
                    text=text,
                    agenda=agenda,
                    section=section,
                    opened=self._at(meeting),
                    meeting=meeting,
                    by=self._context.by,
                    ref=ref,
                    customer=customer,
                )
            )

    def settle(self, id: str, why: str = "", meeting: str = "", *, seen: Item | None = None) -> Item:
        """Done: it does not come back. Raises NotFound, Invalid if it is settled already."""
        return self._settle(id, "done", why, meeting, seen)

    def drop(self, id: str, why: str, meeting: str = "", *, seen: Item | None = None) -> Item:
        """Given up. Raises NotFound, Invalid without a reason."""
        if not why.strip():
            raise Invalid("An item is not dropped without a reason.", "Say why in a few words.")
        return self._settle(id, "dropped", why, meeting, seen)

    def escalate(self, id: str, why: str = "", meeting: str = "", *, seen: Item | None = None) -> Item:
        """Handed to the agenda that escalations go to; it stays on its own until it is settled. Raises NotFound."""
        at = self._at(meeting)
        with self._context.work(f"Escalate {id}", meeting=meeting, section=self._context.section(meeting)) as work:
            return self._put(work, id, lambda item: replace(_open(item), escalated=at, why=why or item.why), seen)

    def _settle(self, id: str, state: Literal["done", "dropped"], why: str, meeting: str, seen: Item | None) -> Item:
        command, at = f"{'Settle' if state == 'done' else 'Drop'} {id}", self._at(meeting)
        with self._context.work(command, meeting=meeting, section=self._context.section(meeting)) as work:
            return self._put(work, id, lambda item: settled(item, state, at, why, meeting), seen)

    def _put(self, work: Work, id: str, step: Callable[[Item], Item], seen: Item | None) -> Item:
        """`seen`: the item as it was when the verb was chosen, where others may have changed it since."""
        return earlier.put(work, self._context.store, earlier.now(work, Item, id, seen), step, seen)

    def _at(self, meeting: str) -> datetime:
        """Now, and in a meeting never before its last event. Raises NotFound for an unknown meeting."""
        now = self._context.clock()
        return max(now, self._context.store.get(Meeting, meeting).last) if meeting else now

    def _check_place(self, agenda: str, section: str) -> None:
        known = self._context.agendas.get(agenda)
        if known is None:
            raise NotFound(f'There is no agenda "{agenda}".', "opsdesk agenda list shows what there is.")
        titles = [each.title for each in known.sections]
        if section not in titles:
            raise NotFound(f'{known.title} has no section "{section}".', f"It has {', '.join(titles)}.")


def settled(item: Item, state: Literal["done", "dropped"], at: datetime, why: str = "", meeting: str = "") -> Item:
    """Out of every agenda. Raises Invalid if it is settled already."""
    return replace(_open(item), state=state, why=why, settled=at, settled_in=meeting)


def _open(item: Item) -> Item:
    if not item.live:
        raise Invalid(f"{item.id} is settled already.", "Undo takes that back.")
    return item
