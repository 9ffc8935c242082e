"""One register on the whole screen, whichever it is: what is open, the worst first, each line with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from opsdesk.boards.conflicting import Conflicts, conflicts_of
from opsdesk.core.audience import Before
from opsdesk.core.entrywords import Slots
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.register import Look, Register, Registered
from opsdesk.insight.others import Others
from opsdesk.insight.shown import may_show
from opsdesk.ui.commands import Situation
from opsdesk.ui.dates import clock
from opsdesk.ui.glance import NOBODY
from opsdesk.ui.ink import Ink
from opsdesk.ui.register import empty
from opsdesk.ui.register.book import ORDERS, Book
from opsdesk.ui.register.rows import COLUMNS, Lines, beside, row
from opsdesk.ui.register.says import Says
from opsdesk.ui.register.verbs import RegisterVerbs
from opsdesk.ui.screens.base import bindings
from opsdesk.ui.widgets.columns import Row
from opsdesk.ui.widgets.long_list import LongList
from opsdesk.ui.widgets.panel import Panel

WIDE, LOW = 130, 18  # cells and lines
SOON = 0.2  # seconds, in which the first frames are drawn


class RegisterPage(RegisterVerbs):
    """The ten seconds in which somebody says "what is still open with Globex?" and everybody looks:

    1. `8` and the first letters, Enter (or ctrl+p and its name): the deliveries stand there. Nobody has to ask for what
       is open: what is over is not listed. The worst is the first line; its shape, its letter and its reason say so.
    2. `/ glob`: with each letter there are fewer lines. The headline says what the list is narrowed by and how many of
       how many are left, so that the number can be said aloud before anybody has read a line.
    3. The cursor stands on the first of them: on a wide screen everything about it is beside the list, else one key
       (Enter, v) away. Down: the next.
    4. "Those two are Sue's now": Space, Space, `=` owner=sue. The line below says how many were set, and that one `z`
       takes all of it back. Esc: everything is listed again, the cursor where it was.

    While Globex listens, none of this names anybody else: what is theirs is all there is, also for `/` and Tab.
    """

    CSS_PATH = "register.tcss"
    NAME = "register"
    BINDINGS: ClassVar[list[BindingType]] = bindings("register")

    def __init__(self, kind: str, back: str = "") -> None:
        """`back`: the meeting of the Room that it was opened from, which leaving leads to; else that is Today."""
        super().__init__()
        self.kind, self.back = kind, back
        self.order, self.words, self.whole, self.sought = "harm", "", False, ""
        self.marked: set[str] = set()
        self.slots: dict[str, Slots] = {}
        self.shown: Sequence[Registered] = ()
        self._lines = Lines((), self._row)
        self._minute: datetime | None = None
        self._drawn: object = None

    def body(self) -> ComposeResult:
        with Horizontal(id="register"):
            yield LongList(columns=COLUMNS, id="list")
            yield Panel(id="beside")

    def on_resize(self) -> None:
        self.set_class(self.size.width >= WIDE, "-wide")
        self.set_class(self.size.height < LOW, "-low")
        super().on_resize()

    # reading

    def read(self) -> Callable[[], None]:
        room, register = self.home.room(), self.desk.registers.register(self.kind)
        look, whole = self.desk.registers.look(), self.whole
        read = self.desk.read.all if whole else self.desk.read.live
        source: Sequence[Registered] = read(register.shape)
        named = conflicts_of(self.desk.read, self.desk.scene(), self.kind) if room.audience == "team" else {}
        book = self._known(source, room, look, named) or self._made(register, source, room, look, named)
        return lambda: self._take(book, look)

    def _known(self, source: Sequence[Registered], room: Before, look: Look, named: Conflicts) -> Book | None:
        """The same records in the same minute stand in the same order."""
        book: Book | None = getattr(self, "book", None)
        if book is None or book.source is not source or (book.says.room, book.says.conflicts) != (room, named):
            return None
        return book if _minute(book.says.look) == _minute(look) else None

    def _made(
        self, register: Register, source: Sequence[Registered], room: Before, look: Look, named: Conflicts
    ) -> Book:
        others = Others(self.desk.read, room.customer) if room.audience == "customer" else None
        only = (room.customer or NOBODY) if others else ""
        directories = self.desk.registers.directories(only)
        team = room.audience == "team"
        records = source if team else [each for each in source if may_show(each, room, self.desk.read)]
        if register.over is not None and not self.whole:
            records = [each for each in records if register.is_open(each, look)]
        return Book(Says(register, room, directories, look, others, named), source, records)

    def _take(self, book: Book, look: Look) -> None:
        self.book, self._minute = book, _minute(look)
        self.marked &= book.by_id.keys()
        self.set_timer(SOON, self._prepare)

    @work(group="preparing", exclusive=True)
    async def _prepare(self) -> None:
        """What narrowing and sorting need is made beside the screen."""
        try:
            await self.home.reading(self.book.prepare)
        except OpsDeskError as error:
            self.refused(error)

    def tick(self) -> None:
        super().tick()
        if self.desk.now().replace(second=0, microsecond=0) != self._minute:
            self.refresh_all()

    # drawing

    def redraw(self) -> None:
        if self.order not in self.book.orders:
            self.order = "harm"
        self.relist()

    def relist(self, *, first: bool = False) -> None:
        self.shown = self.book.chosen(self.order, self.words)
        at = self.shown[0].id if first and self.shown else ""
        if self.sought and any(record.id == self.sought for record in self.shown):
            at, self.sought = self.sought, ""
        self._lines = Lines(self.shown, self._row)
        self.list.show(self._lines if self.shown else self._empty(), at=at)
        self._draw_beside()
        self.draw_headline()

    def draw_marks(self) -> None:
        self._lines.forget()
        self.list.refresh()
        super().draw_marks()

    def _row(self, record: Registered) -> Row:
        return row(record, self.book.says, self.marked)

    def _empty(self) -> list[Row]:
        told = empty.told(self.book.says, self.words, whole=self.whole, any_listed=bool(self.book.records))
        return [Row(across=(Ink(f" {words}", "dim"),)) for words in told]

    def follow(self) -> None:
        """The cursor is on another record."""
        self.draw_footer()
        self._draw_beside()

    def _draw_beside(self) -> None:
        if not self.has_class("-wide"):
            return
        panel = self.query_one(Panel)
        record = self.book.by_id.get(self.list.key)
        wanted = (record, self.book, panel.size.width)
        if wanted != self._drawn:
            self._drawn = wanted
            rows = beside(record, self.book.says, max(30, panel.size.width)) if record is not None else []
            panel.show(rows)

    @property
    def count(self) -> str:
        total = len(self.book.records)
        if self.words:
            return f"{len(self.shown):,} of {total:,}"
        return f"{total:,}, {self.book.open:,} open" if self.whole else f"{total:,} open"

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        left = [Ink(self.book.says.register.title, "bright!"), Ink(f"  {self.count}", "dim")]
        if self.words:
            left += [Ink("  with ", "dim"), Ink(self.words, "accent!")]
        left.append(Ink(f"  {ORDERS[self.order]}", "dim"))
        if self.marked:
            hidden = len(self.marked) - sum(record.id in self.marked for record in self.shown)
            left.append(Ink(f"   {len(self.marked):,} marked" + (f", {hidden:,} not listed" * bool(hidden)), "accent!"))
        zone = self.desk.settings.zone
        return left, [Ink(clock(self.desk.now(), zone), "bright")]

    def situation(self) -> Situation:
        now = super().situation()
        if not hasattr(self, "book"):
            return now
        refused, labels = self.refusals()
        return replace(now, marked=len(self.marked), refused=refused, labels={**labels, "clear": self.clears})

    def do_leave(self) -> None:
        if self.back and self.home.has(self.back):
            self.bar.keep()
            self.home.open_room(self.back)
        else:
            self.home.do_leave()

    def open_row(self, key: str) -> None:
        if key and self.answers():
            self.home.open_record(key, self.list.reason)


def _minute(look: Look) -> datetime:
    return look.now.replace(second=0, microsecond=0)
