"""The customer score sheet on the whole screen: customers and measures, and everything about the cell one stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from opsdesk.core.errors import OpsDeskError
from opsdesk.insight.sheet import SheetRow
from opsdesk.ui.ink import Ink, width
from opsdesk.ui.scores.book import ORDERS, Book, book_of
from opsdesk.ui.scores.detail import Line, Shown, full, meanings
from opsdesk.ui.scores.keys import ScoreKeys
from opsdesk.ui.scores.plan import Plan, plan
from opsdesk.ui.scores.rows import Maker, Rows, called, heads
from opsdesk.ui.scores.standing import counted, empty, meeting_clock
from opsdesk.ui.scores.story import Story
from opsdesk.ui.scores.typing import typed_level
from opsdesk.ui.screens.base import bindings
from opsdesk.ui.widgets.banner import Banner
from opsdesk.ui.widgets.columns import Row
from opsdesk.ui.widgets.matrix import LEAD, Matrix
from opsdesk.ui.widgets.panel import Panel

LOW, TALL = 18, 30  # lines
NARROW, WIDE = 70, 90  # cells
SOON = 0.3  # seconds, in which the first frames are drawn
LEAST = 4  # lines of the list, for what is said where it is empty
MEASURED = 200  # names, of which the longest makes the column


class Scores(ScoreKeys):
    """The ten seconds on Monday at 9:31, eight people in the room and the sheet on the wall:

    1. `2`, from any screen: the worst customer is the first line. Nobody has to ask where we stand: the headline counts
       red, orange, green and unknown, and says of how many customers anybody knows, and how many that should be.
    2. The lead goes to Globex and right to Support (or `/ glob`). Below the sheet stands that cell in full: since when,
       what was said, by whom and in which meeting, how many reviews it has survived, who has it.
    3. `r`. While "second login outage in ten days" is typed, the lines below say what red, orange and green mean in
       this column, so that the argument is about Globex and not about the word.
    4. Enter. The cell is ▲ R on the wall, on the line where everybody looks: a row moves only when somebody sorts.
       The line at the bottom says what is owed now, an owner, an exit criterion, a plan and by when, and `z undoes`.
    5. "Tom has it": `@` tom Enter. The next cell that nobody stands by any more: Space. Esc: the meeting is where it
       was.

    A level that was judged otherwise stands beside the one that the cells come to, never in its place. Nothing of it is
    shown while a customer listens; before the company it names nobody.
    """

    CSS_PATH = "scores.tcss"
    NAME = "scores"
    BINDINGS: ClassVar[list[BindingType]] = bindings("scores")

    def __init__(self, line: str = "", meeting: str = "", section: str = "") -> None:
        super().__init__()
        self.meeting_id, self.section_title = meeting, section
        self.book, self.story, self.order, self.words = None, None, "worst", ""
        self.placed, self.shown = (), ()
        self._line = line
        self._plan = Plan()
        self._rows = Rows((), lambda row: Row())
        self._story_of: Book | None = None
        self._telling = False

    def body(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Panel(id="heads")
            yield Matrix(id="list")
            yield Panel(id="cell")

    def on_mount(self) -> None:
        self.query_one(Banner).key = "F10"
        super().on_mount()

    def on_resize(self) -> None:
        self.set_class(self.size.height < LOW, "-low")
        self.set_class(self.size.height >= TALL, "-tall")
        super().on_resize()

    # reading

    def read(self) -> Callable[[], None]:
        room, look = self.home.room(), self.look
        if room.audience == "customer":
            return lambda: self._take(None)
        names = self.home.glance.names.people
        book = book_of(self.desk.read, look, room, names, self.book or self.home.sheet_ahead)
        return lambda: self._take(book)

    def _take(self, book: Book | None) -> None:
        """Rows stay where they are until somebody sorts: whoever is new comes last."""
        self.book = book
        if book is None:
            self.placed, self.shown = (), ()
            return
        if self.placed:
            listed = set(self.placed)
            new = [handle for handle in book.by_handle if handle not in listed]
            self.placed = [handle for handle in (*self.placed, *new) if handle in book.by_handle]
            self.moved = self.placed != book.arranged(self.order, self.story)
        else:
            self.placed = book.arranged(self.order, self.story)
        self.home.sheet_ahead = book
        if book is not self._story_of:
            self.set_timer(SOON, self._read_story)

    def _read_story(self) -> None:
        if not self._telling and self.there:
            self._telling = True
            self.run_worker(self._tell_stories(), group="story")

    async def _tell_stories(self) -> None:
        """What needs everything that was ever said is read beside the screen, once the sheet stands there."""
        try:
            while self.book is not None and self.book is not self._story_of:
                await self._tell_story(self.book)
        except OpsDeskError as error:
            self.refused(error)
        finally:
            self._telling = False

    async def _tell_story(self, book: Book) -> None:
        await self.home.reading(book.prepare)
        story = await self.home.reading(lambda: Story(self.desk.read, book.look))
        self._story_of = book
        if not self.there or book is not self.book:
            return
        self.story = story
        if self.order == "spoken":
            self.sort_again()
        else:
            self.relist()

    def tick(self) -> None:
        super().tick()
        if self.book is not None and self.desk.today() != self.book.look.today:
            self.refresh_all()

    # drawing

    def redraw(self) -> None:
        self.relist()
        place = self.book.place_of(self._line) if self.book else None
        if place is not None and self.shown:
            self.matrix.stand(*place)
            self._line = ""

    def relist(self, *, at: str = "", first: bool = False) -> None:
        book = self.book
        self.shown = book.narrowed(self.placed, self.words) if book else ()
        self._lay()
        self.matrix.styles.max_height = max(LEAST, len(book.rows)) if book else None
        rows = self._rows if self.shown else [Row(across=(Ink(words, "dim"),)) for words in empty(book, self.words)]
        self.list.show(rows, at=self.shown[0].customer.handle if first and self.shown else at)
        self._draw_cell()
        self.draw_headline()

    def _lay(self) -> None:
        """The widths for what is listed, and the rows that are to be made."""
        book = self.book
        if book is None:
            self.query_one("#heads", Panel).show([])
            return
        cells = self.matrix.cells or self.size.width - 2 * LEAD - 1
        measures = [measure.name for measure in book.measures]
        longest = max((width(called(row, book.look)) for row in self.shown[:MEASURED]), default=0)
        self._plan = plan(cells, measures, longest, owners=self._team)
        maker = Maker(self._plan, book.look, book.revenue, self.story, self.person)
        self._rows = Rows(self.shown, maker.row)
        self.matrix.lay(self._plan.widths, 2, len(measures))
        self.query_one("#heads", Panel).show([heads(book.measures, self._plan)] if self.shown else [])

    def follow(self) -> None:
        """The cursor is on another cell."""
        self.draw_footer()

    def draw_footer(self) -> None:
        super().draw_footer()
        self._draw_cell()

    @property
    def _team(self) -> bool:
        return self.home.glance.before.audience == "team"

    def _draw_cell(self) -> None:
        panel = self.query_one("#cell", Panel)
        row = self.row
        if row is None or self.book is None:
            panel.show([])
            return
        panel.show(self._about(row, self.book, max(20, panel.size.width)))

    def _about(self, row: SheetRow, book: Book, cells: int) -> list[Line]:
        measure = book.measures[self.matrix.column]
        level = typed_level(self.bar.mode, row.customer.handle, measure)
        if level:
            return meanings(measure, level, cells, only=self.has_class("-low"))
        shown = Shown(
            row=row,
            measure=measure,
            score=row.cells[self.matrix.column],
            look=book.look,
            story=self.story,
            person=self.person,
            owners=self._team,
            short=self.has_class("-low"),
        )
        made = full(shown, cells)
        if not book.any_scored:
            made.append(
                [Ink("Nothing is scored yet: r, o or g says how it is; opsdesk prep lists what to fill.", "dim")]
            )
        return made

    # the order

    def sort_again(self) -> None:
        if self.book is not None:
            self.moved = False
            self.placed = self.book.arranged(self.order, self.story)
            self.relist()
            self.draw_footer()

    # what stands above

    @property
    def count(self) -> str:
        total = len(self.book.rows) if self.book else 0
        if self.words:
            return f"{len(self.shown):,} of {total:,} customers"
        return f"{total:,} customer{'' if total == 1 else 's'}"

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        wide, book = self.size.width >= WIDE, self.book
        left = [Ink("Customer score sheet" if wide else "Scores", "bright!")]
        if book is None:
            return left, meeting_clock(self.home.running, self.desk.now())
        week = f", week {book.look.today.isocalendar().week}" if wide else ""
        left.append(Ink(f"  {self.count if wide else len(self.shown)}{week}", "dim"))
        if self.words:
            left += [Ink("  with ", "dim"), Ink(self.words, "accent!")]
        left.append(Ink(f"  {ORDERS[self.order]}", "dim"))
        clock = meeting_clock(self.home.running, self.desk.now())
        return left, [*clock, *counted(book, freshness=self.size.width >= NARROW)]
