"""What is listed of the score sheet, where the cursor stands on it, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Measure
from opsdesk.insight.sheet import SheetRow
from opsdesk.ui.scores.book import ORDERS, Book, Order
from opsdesk.ui.scores.scoring import Scoring
from opsdesk.ui.scores.story import Story
from opsdesk.ui.scores.typing import NARROW, narrow_mode
from opsdesk.ui.widgets.matrix import Matrix


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """Where the cursor stands, as last read. `override`: the id of the one that holds for the customer."""

    handle: str
    name: str
    measure: Measure
    score: Score | None
    computed: Level
    override: str | None = None

    @property
    def level(self) -> Level:
        return self.score.level if self.score else "unknown"


class ScoreList(Scoring):
    """`placed`: every customer in the order in which they are listed; `words`: what the list is narrowed by.

    `moved`: a row would stand elsewhere if it were sorted now.

    `meeting_id`, `section_title`: the meeting in which it was opened; what is said here is said there.
    """

    book: Book | None
    story: Story | None
    order: Order
    words: str
    placed: Sequence[str]
    shown: Sequence[SheetRow]
    moved = False
    meeting_id: str
    section_title: str

    @property
    def matrix(self) -> Matrix:
        return self.query_one(Matrix)

    @property
    def said_in(self) -> Mapping[str, str]:
        return {"meeting": self.meeting_id, "section": self.section_title}

    @property
    def hidden(self) -> bool:
        """Whether a customer listens."""
        return self.home.glance.before.audience == "customer"

    @property
    def row(self) -> SheetRow | None:
        return self.book.by_handle.get(self.list.key) if self.book else None

    @property
    def cell(self) -> Cell:
        """Raises LookupError where no customer is listed."""
        row, column = self.row, self.matrix.column
        if row is None or self.book is None:
            raise LookupError("no customer is listed")
        return Cell(
            handle=row.customer.handle,
            name=row.customer.name,
            measure=self.book.measures[column],
            score=row.cells[column],
            computed=row.rolled.computed,
            override=getattr(row.rolled.override, "id", None),
        )

    # going over it

    def do_next_stale(self) -> None:
        """In the order in which one reads, from the cursor on and round again."""
        found = self._next_stale()
        if found is None:
            self.say("every cell that is listed is fresh")
            return
        self.matrix.stand(*found)

    def _next_stale(self) -> tuple[str, int] | None:
        if self.book is None or not self.shown:
            return None
        look, wide = self.book.look, len(self.book.measures)
        start = max(0, self.matrix.place_of(self.list.key) or 0) * wide + self.matrix.column
        total = len(self.shown) * wide
        for step in range(1, total + 1):
            at, column = divmod((start + step) % total, wide)
            score = self.shown[at].cells[column]
            if score is None or not score.fresh(look):
                return self.shown[at].customer.handle, column
        return None

    # what is listed

    def do_order_sheet(self) -> None:
        """The next order; first the same one again, where rows have stayed on their places since they changed."""
        orders = list(ORDERS)
        if not self.moved:
            self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.sort_again()

    def do_narrow_sheet(self) -> None:
        self.type(narrow_mode(self))

    def narrow(self, text: str) -> None:
        """Only what has these words; the cursor stands on the first of them."""
        words = " ".join(text.split())
        if words == self.words:
            return
        here, self.words = self.list.key, words
        self.relist(at=here if not words else "", first=bool(words))

    def sort_again(self) -> None:
        """Sorts anew."""
        raise NotImplementedError

    def relist(self, *, at: str = "", first: bool = False) -> None:
        """Lists what is there again, as it is narrowed and ordered now."""
        raise NotImplementedError

    @property
    def count(self) -> str:
        """How many are listed, of how many."""
        raise NotImplementedError

    # leaving: whatever lies below is as it was

    def action_escape(self) -> None:
        """Step by step: what is typed, the words that narrow, the sheet."""
        mode = self.bar.mode
        if mode is not None and mode.id == NARROW:
            self.bar.take()
            self.narrow("")
            super().action_escape()
        elif mode is None and self.words:
            self.narrow("")
            self.draw_footer()
        elif mode is None:
            self.do_leave()
        else:
            super().action_escape()

    def do_leave(self) -> None:
        self.bar.keep()
        self.app.pop_screen()

    def do_scores(self) -> None:
        """It is here already."""

    def do_today(self) -> None:
        self.do_leave()
        self.home.do_today()

    def do_room(self) -> None:
        self.do_leave()
        self.home.do_room()

    def do_read_minutes(self) -> None:
        self.do_leave()
        self.home.do_read_minutes()

    def do_open_register(self, kind: str) -> None:
        self.do_leave()
        self.home.do_open_register(kind)
