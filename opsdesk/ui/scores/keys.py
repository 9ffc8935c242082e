"""The keys of the score sheet: each one intent to the desk, for the cell under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from opsdesk.core.register import Look
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Measure
from opsdesk.insight.sheet import SheetRow
from opsdesk.ui.commands import Situation
from opsdesk.ui.commands.scores import SCORED
from opsdesk.ui.scores.book import ORDERS, Book, Order
from opsdesk.ui.scores.story import Story
from opsdesk.ui.scores.typing import NARROW, exit_mode, level_mode, narrow_mode, override_mode, owner_mode, plan_mode
from opsdesk.ui.screens.base import DeskScreen
from opsdesk.ui.typing.modes import action_mode
from opsdesk.ui.widgets.matrix import Matrix

LISTENED = "a customer is in the room: how we judge our customers is not shown"
NO_FLAG = "only a red or orange flag has an owner, an exit and a plan"


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


class ScoreKeys(DeskScreen):
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
    def look(self) -> Look:
        return Look(self.desk.now(), self.desk.settings)

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

    def score_of(self, handle: str, measure: str) -> Score | None:
        """What the cell says now."""
        found = self.desk.read.live(Score)
        return next((each for each in found if each.customer == handle and each.measure == measure), None)

    def situation(self) -> Situation:
        now = super().situation()
        row = self.row
        if self.hidden or row is None:
            refused = dict.fromkeys(SCORED, LISTENED if self.hidden else "no customer is listed")
            return replace(now, line="", refused={**now.refused, **refused})
        score = row.cells[self.matrix.column]
        refused = {} if score and score.flag else dict.fromkeys(("flag_owner", "flag_exit", "flag_plan"), NO_FLAG)
        labels = {"cell_history": "history", "flag_owner": "owner", "flag_plan": "plan date", "judge": "override"}
        if self.moved:
            labels["order_sheet"] = "sort again"
        line = score.id if score else row.customer.id
        return replace(now, line=line, refused={**now.refused, **refused}, labels={**now.labels, **labels})

    # how it is

    def do_set_level(self) -> None:
        self.say("r red · o orange · g green · u unknown: then one line that says why, and Enter")

    def do_set_red(self) -> None:
        self.type(level_mode(self, self.cell, "red"))

    def do_set_orange(self) -> None:
        self.type(level_mode(self, self.cell, "orange"))

    def do_set_green(self) -> None:
        self.type(level_mode(self, self.cell, "green"))

    def do_set_unknown(self) -> None:
        self.type(level_mode(self, self.cell, "unknown"))

    # what a flag owes, and what the customer is judged to be

    def do_flag_owner(self) -> None:
        cell = self.cell
        if cell.score is not None:
            self.type(owner_mode(self, cell, cell.score))

    def do_flag_exit(self) -> None:
        cell = self.cell
        if cell.score is not None:
            self.type(exit_mode(self, cell, cell.score))

    def do_flag_plan(self) -> None:
        cell = self.cell
        if cell.score is not None:
            self.type(plan_mode(self, cell, cell.score))

    def do_judge(self) -> None:
        self.type(override_mode(self, self.cell))

    def do_action_for(self) -> None:
        """Begun with the customer; the cursor stands in front, for what is to be done."""
        self.type(replace(action_mode(self), text=f"#{self.cell.handle}", id=f"action #{self.cell.handle}"))

    # what is looked at

    def do_cell_history(self) -> None:
        from opsdesk.ui.screens.cell_history import History

        cell = self.cell
        self.app.push_screen(History(cell.handle, cell.measure.name))

    def open_row(self, key: str) -> None:
        if key and self.answers():
            self.run_command("customer_page")

    def do_customer_page(self) -> None:
        """Its page, where there is one; else the record."""
        row = self.row
        if row is None:
            return
        page = getattr(self.home, "open_customer", None)
        if page is not None:
            page(row.customer.handle)
        else:
            self.home.open_record(row.customer.id)

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
