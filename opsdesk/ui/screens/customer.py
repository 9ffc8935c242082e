"""The customer page on the whole screen: everything that any department knows of one customer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from opsdesk.core.audience import Before
from opsdesk.core.customerpage import CustomerPage
from opsdesk.core.customers import Customer
from opsdesk.core.register import Look
from opsdesk.insight.customer_page import HIDDEN, customer_page, may_page
from opsdesk.ui.customer.blocks import GAP, laid
from opsdesk.ui.customer.head import head
from opsdesk.ui.customer.keys import CustomerKeys
from opsdesk.ui.customer.page_list import PageList
from opsdesk.ui.dates import clock
from opsdesk.ui.ink import Ink, lines
from opsdesk.ui.scores.standing import meeting_clock
from opsdesk.ui.screens.base import bindings
from opsdesk.ui.widgets.banner import Banner
from opsdesk.ui.widgets.columns import Row

TALL = 30
GONE = "There is no such customer any more. Esc goes back."


class CustomerScreen(CustomerKeys):
    """The ten seconds in the middle of the Daily when the phone rings and it is Globex:

    1. `6`, and the customer of the line one stands on is chosen already: Enter. Of another one three letters are typed.
    2. "You cannot log in": what hits them now is the first thing on the page, with the words that may be said and when
       the next update comes. It is read out as it stands there.
    3. "And when do we get the export?" Below it: the flag, what we promised and until when, what was broken. Whom one
       speaks with stands on the right, with the tickets and what else they asked for.
    4. `a`: the line begins with #globex; "call back with the date @raj fri !" is a promise of this meeting.
    5. Esc: the room is where it was, and its clock, which stood above all the time, has gone on.

    While a customer is in the room only its own page opens, with what it may read.
    """

    CSS_PATH = "customer.tcss"
    NAME = "customer"
    BINDINGS: ClassVar[list[BindingType]] = bindings("customer")

    def __init__(self, handle: str, meeting: str = "", section: str = "") -> None:
        super().__init__()
        self.handle, self.meeting_id, self._section = handle, meeting, section
        self.page: CustomerPage | None = None
        self.opened: frozenset[str] = frozenset()
        self._room = Before()
        self._begun: datetime | None = None
        self._minute = -1

    @property
    def section_title(self) -> str:
        return self._section

    def body(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield PageList(id="list")

    def on_resize(self) -> None:
        self.set_class(self.size.height < TALL, "-low")
        super().on_resize()

    # reading

    def read(self) -> Callable[[], None]:
        room, look = self.home.room(), Look(self.desk.now(), self.desk.settings)
        self._begun = self._begun or next((each.at for each in self.desk.history(until=1)), None)
        mine = self.desk.read.where(Customer, handle=self.handle) if may_page(self.handle, room) else ()
        page = customer_page(self.desk.read, mine[0], look, room, self._begun) if mine else None
        known = self.recognised(line.id for part in page.parts for line in part.lines) if page else {}

        def take() -> None:
            self.page, self.known, self._room = page, known, room
            self._minute = look.now.minute

        return take

    def tick(self) -> None:
        super().tick()
        if self.desk.now().minute != self._minute:
            self._minute = self.desk.now().minute
            self.refresh_all()

    # drawing

    def redraw(self) -> None:
        self.draw()

    def draw(self) -> None:
        spread, size = self.query_one(PageList), self.app.size
        if self.page is None:
            hidden = not may_page(self.handle, self._room)
            self.query_one("#head", Static).update("")
            spread.spread([[Row(across=(Ink(HIDDEN if hidden else GONE, "dim"),))]], [size.width], GAP)
            return
        made = head(self.page, size.width, tall=size.height >= TALL)
        self.query_one("#head", Static).update(lines(made, self.palette))
        found = laid(self.page, (spread.size or size).width, self.opened)
        spread.spread(found.columns, found.widths, GAP, found.told)

    def draw_headline(self) -> None:
        """What hits them now stands on the page itself: the banner would say it twice."""
        super().draw_headline()
        alarm = self.home.glance.alarm
        if (
            alarm is not None
            and self.page
            and any(line.id == alarm.incident.id for line in self.page.part("now").lines)
        ):
            self.query_one(Banner).show(None, Look(self.desk.now(), self.desk.settings), self.palette)

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        left = [Ink("Customer", "bright!")]
        if self.page is not None:
            left.append(Ink(f"  {self.page.name}", "dim"))
        now = self.desk.now()
        return left, [*meeting_clock(self.home.running, now), Ink(clock(now, self.desk.settings.zone), "bright")]
