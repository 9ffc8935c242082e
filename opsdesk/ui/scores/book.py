"""The score sheet as it was read: in every order, and by every word, without asking anybody again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import msgspec

from opsdesk.core.audience import Before
from opsdesk.core.customers import Customer
from opsdesk.core.names import Directory, fold
from opsdesk.core.ports import Reader
from opsdesk.core.register import Look
from opsdesk.core.scores import Level, Score
from opsdesk.insight.coverage import Coverage, coverage
from opsdesk.insight.rollup import HARM
from opsdesk.insight.sheet import Sheet, SheetRow, overrides, sheet
from opsdesk.ui.scores.story import Story

Order = Literal["worst", "value", "spoken", "name"]
ORDERS: Mapping[Order, str] = {
    "worst": "worst first",
    "value": "by value",
    "spoken": "longest not discussed first",
    "name": "by name",
}


SHORT = 200  # rows


class Source(msgspec.Struct, frozen=True):
    """What a sheet was made of: while it is the same, so is the sheet."""

    customers: Sequence[Customer]
    scores: Sequence[Score]
    overrides: Mapping[str, object]
    look: Look
    room: Before

    def same(self, other: Source) -> bool:
        return (
            self.customers is other.customers
            and self.scores is other.scores
            and self.overrides == other.overrides
            and (self.look.today, self.look.settings, self.room) == (other.look.today, other.look.settings, other.room)
        )


def source_of(reader: Reader, look: Look, room: Before) -> Source:
    return Source(reader.live(Customer), reader.live(Score), overrides(reader, look), look, room)


class Book:
    """What is dear is made once, when it is first asked for, on any thread."""

    def __init__(self, source: Source, found: Sheet, people: Directory) -> None:
        self.source, self.look, self.room = source, source.look, source.room
        self.measures = found.measures
        self._people, self._ready = people, False
        self.rows: Sequence[SheetRow] = sorted(found.rows, key=_worst_first)

    @cached_property
    def by_handle(self) -> Mapping[str, SheetRow]:
        return {row.customer.handle: row for row in self.rows}

    @cached_property
    def counts(self) -> Mapping[Level, int]:
        """How many customers are of each level, as their cells come to."""
        return Counter(row.rolled.computed for row in self.rows)

    @cached_property
    def overridden(self) -> int:
        return sum(row.rolled.override is not None for row in self.rows)

    @property
    def coverage(self) -> Coverage | None:
        """None until it is known: of a long sheet it is counted beside the screen."""
        return self._covered if self._ready or len(self.rows) <= SHORT else None

    @cached_property
    def _covered(self) -> Coverage:
        return coverage(self.rows, self.look)

    @cached_property
    def revenue(self) -> float:
        return sum(row.customer.revenue for row in self.rows)

    @cached_property
    def any_scored(self) -> bool:
        return any(row.rolled.by is not None or any(row.cells) for row in self.rows)

    @cached_property
    def _searched(self) -> Mapping[str, str]:
        return {row.customer.handle: self._words(row) for row in self.rows}

    def prepare(self) -> None:
        """Makes what narrowing needs, so that no key waits for it, and what takes long to count."""
        _ = self._searched, self.by_handle, self._covered
        self._ready = True

    def arranged(self, order: Order, story: Story | None) -> list[str]:
        """Every customer's handle in that order; equals stand the worst first."""
        match order:
            case "value":
                rows = sorted(self.rows, key=lambda row: -row.customer.revenue)
            case "spoken":
                rows = sorted(self.rows, key=lambda row: -_unspoken(row, story))
            case "name":
                rows = sorted(self.rows, key=lambda row: fold(row.customer.name))
            case _:
                rows = list(self.rows)
        return [row.customer.handle for row in rows]

    def narrowed(self, placed: Sequence[str], wanted: str) -> list[SheetRow]:
        """Of these handles the rows that have every word."""
        parts, known = fold(wanted).split(), self.by_handle
        for part in parts:
            texts = self._searched
            placed = [handle for handle in placed if part in texts[handle]]
        return [known[handle] for handle in placed]

    def place_of(self, id: str) -> tuple[str, int] | None:
        """Customer and column of the score, or of the customer, with this id."""
        for row in self.rows if id else ():
            if row.customer.id == id:
                return row.customer.handle, 0
            for column, score in enumerate(row.cells):
                if score is not None and score.id == id:
                    return row.customer.handle, column
        return None

    def _words(self, row: SheetRow) -> str:
        """Its names, its level, and whoever has to do with it; before others than the team no person."""
        customer, worst = row.customer, row.rolled.by
        people = {customer.owner, worst.owner if worst else ""} - {""} if self.room.audience == "team" else set()
        named = [f"{handle} {self._people.name(handle)}" for handle in sorted(people)]
        return fold(" ".join([customer.handle, customer.name, row.rolled.computed, *named]))


def book_of(reader: Reader, look: Look, room: Before, people: Directory, before: Book | None = None) -> Book:
    """The one made before, where nothing has changed since."""
    source = source_of(reader, look, room)
    if before is not None and before.source.same(source):
        return before
    return Book(source, sheet(reader, look), people)


def _worst_first(row: SheetRow) -> tuple[Any, ...]:
    """Red before orange, the longest first; then what is stale, what is green, what nobody knows."""
    rolled = row.rolled
    since = rolled.by.since.timestamp() if rolled.by else float("inf")
    return -HARM.get(rolled.computed, -1), since, -rolled.stale, row.customer.name.casefold()


def _unspoken(row: SheetRow, story: Story | None) -> float:
    """Days since it was last discussed; never is longest."""
    found = story.attention(row.customer.handle) if story else None
    return found.days if found is not None and found.days is not None else float("inf")
