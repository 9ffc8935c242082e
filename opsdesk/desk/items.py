"""Agenda items that come back in their section until somebody settles them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from opsdesk.core.entries import Item
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader, Work
from opsdesk.core.ranking import placed, ranking
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

    def rank(self, id: str, place: int, meeting: str = "") -> Item:
        """Puts it at that place (1 the first; past an end means that end) among what is open in its section, of a
        customer's series among theirs. Raises NotFound, Invalid if it is settled.
        """
        section = self._context.section(meeting)
        with self._context.work(f"Rank {id} {max(place, 1)}.", meeting=meeting, section=section) as work:
            item = _open(work.get(Item, id))
            return self._put_at(work, item, self._beside(work, item), place)

    def shift(self, id: str, by: int, meeting: str = "") -> Item:
        """So many places further up (below 0) or down. Raises NotFound, Invalid if it is settled or at that end."""
        command = f"Move {id} {'up' if by < 0 else 'down'}"
        with self._context.work(command, meeting=meeting, section=self._context.section(meeting)) as work:
            item = _open(work.get(Item, id))
            beside = self._beside(work, item)
            place = beside.index(item) + 1 + by
            if not 1 <= place <= len(beside):
                raise Invalid(f"{id} is the {'first' if by < 0 else 'last'} already.")
            return self._put_at(work, item, beside, place)

    def _put_at(self, work: Work, item: Item, beside: Sequence[Item], place: int) -> Item:
        for each in placed(beside, item.id, place):
            if each not in beside:
                work.put(each)
        return work.get(Item, item.id)

    def place(self, id: str) -> tuple[int, int]:
        """Its place in its section, and of how many. Raises NotFound, Invalid if it is settled."""
        item = _open(self._context.store.get(Item, id))
        ordered = self._beside(self._context.store, item)
        return ordered.index(item) + 1, len(ordered)

    def _beside(self, read: Reader, item: Item) -> list[Item]:
        known = self._context.agendas.get(item.agenda)
        whose = {"customer": item.customer} if known is not None and known.per_customer else {}
        return ranking(read.where(Item, agenda=item.agenda, section=item.section, state="open", **whose))

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
