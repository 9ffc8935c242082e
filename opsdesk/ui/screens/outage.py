"""An incident on the whole screen: its clock, who knows of it, what may be said, its timeline, its review."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from opsdesk.core.audience import Before
from opsdesk.core.clocks import view
from opsdesk.core.errors import NotFound
from opsdesk.core.registers.incidents import REGISTER, UPDATE_EVERY, Incident
from opsdesk.insight.others import Others
from opsdesk.insight.outage import update_clock
from opsdesk.insight.shown import may_show, plainly
from opsdesk.insight.standing import Standing
from opsdesk.insight.standing_lines import Called
from opsdesk.insight.talking import talking_points
from opsdesk.minutes.review import REVIEWS
from opsdesk.ui.dates import clock
from opsdesk.ui.ink import Ink, lines
from opsdesk.ui.minutes.page import painted
from opsdesk.ui.outage import rows
from opsdesk.ui.outage.heading import heading, owed_to
from opsdesk.ui.outage.keys import OutageKeys
from opsdesk.ui.outage.pages import POINTS, REVIEW, Pages
from opsdesk.ui.screens.base import bindings
from opsdesk.ui.widgets.banner import Banner
from opsdesk.ui.widgets.clock import Clock, pixels, spoken
from opsdesk.ui.widgets.columns import Column, Row
from opsdesk.ui.widgets.record_list import RecordList

GONE = "There is no {} any more: its opening was undone. Esc goes back."
HIDDEN = "{} is not to be shown to those who are in this meeting."


class Outage(OutageKeys):
    """The ten seconds in which somebody in the Daily says "the EU cannot log in":

    1. `o`, from any screen: with nothing open one line is asked for. "Login slow, EU #acme #globex sev:2", Enter: the
       banner is on every desk within a second, and half an hour begins to run.
    2. `o` again: the one big thing is that clock. Below it who knows, in orange who does not yet: "who tells Sales?" is
       asked by the screen. Enter on the line, "by phone", Enter: Sales knew after 2 min.
    3. `n`: whatever is said in the room is typed as it is said; the bar stays open. "14:05 restarted @bob" is told
       later than it was, "told @max phone" is who was informed, "next 16:30" moves the clock.
    4. `=`: the seven points. Enter on each says it; the cursor goes to what nobody could speak without. `!` lets them
       be said. From then on they stand on every desk one key away, and never before a customer.
    5. The clock is orange ten minutes before an update is due, red and counting up after. `u` is the update.
    6. `x`, the reason: it is over. `→` is its review with the whole timeline, ctrl+s saves it. Esc: the room is where
       it was, and its clock has gone on.

    Others than the team see what they may read of any incident; nothing is typed before them.
    """

    CSS_PATH = "outage.tcss"
    NAME = "outage"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("outage"),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, incident: str, meeting: str = "", section: str = "") -> None:
        super().__init__(incident)
        self.meeting_id, self._section = meeting, section
        self._room = Before()
        self._found: Standing | None = None
        self._others: Sequence[Incident] = ()
        self._openly: Sequence[tuple[str, str]] = ()
        self._review = ""
        self._minute = -1

    @property
    def section_title(self) -> str:
        return self._section

    def body(self) -> ComposeResult:
        with Horizontal(id="outage-top"):
            yield Static(id="stands", markup=False)
            yield Clock(id="clock", markup=False)
        yield Pages(id="pages", markup=False)
        with Horizontal(id="outage-body"):
            yield RecordList(columns=(Column(flex=True),), id="list")
            yield Static(id="beside", markup=False)

    def on_resize(self) -> None:
        wide, high = self.size
        self.set_class(wide < 60 or high < 18, "-tiny")
        self.set_class(wide < 100 or high < 30, "-small")
        self.set_class(wide >= 160 and high >= 44, "-huge")
        self.set_class(wide >= 130, "-wide")
        super().on_resize()

    # reading

    def read(self) -> Callable[[], None]:
        room, id, page = self.home.room(), self.shown_id, self.page
        try:
            found: Standing | None = self.desk.incidents.standing(id)
        except NotFound:
            found = None
        look = self._look
        team = found is not None and room.audience == "team"
        open_ones = [each for each in self.desk.read.live(Incident) if each.id != id] if team else []
        others = sorted(open_ones, key=lambda each: REGISTER.order(each, look))
        openly = self._may_be_read(found.incident, room) if found is not None and not team else ()
        review = REVIEWS["txt"](self.desk.incidents.review(id)) if team and page == REVIEW else ""

        def take() -> None:
            self._room, self._found, self._others, self._openly, self._review = room, found, others, openly, review
            self.known = {id: found.incident} if found is not None and team else {}
            if found is not None:
                self.incident = found.incident

        return take

    def _may_be_read(self, incident: Incident, room: Before) -> Sequence[tuple[str, str]]:
        """What any record shows to those in the room; to the company also what may be said, once that is approved."""
        if not may_show(incident, room, self.desk.read):
            return ()
        fields = plainly(incident, self.desk.settings.zone)
        if room.audience == "customer":
            others = Others(self.desk.read, room.customer)
            return [(title, text) for title, text in fields if not others.named_in(text)]
        return [*fields, *((each.title, each.text) for each in talking_points(incident, room.audience, self._look))]

    # drawing

    @property
    def _team(self) -> bool:
        return self._found is not None and self._room.audience == "team"

    @property
    def _page(self) -> rows.Page | None:
        if self._found is None:
            return None
        parts = self.desk.registers.directories().get("components")
        called = Called(person=self.person, customer=self.customer, component=parts.name if parts else str)
        cells = self.list.size.width or self.app.size.width - 2
        return rows.Page(found=self._found, called=called, look=self._look, cells=cells - 2, others=self._others)

    @property
    def owed_to(self) -> str:
        return owed_to(self._page) if self._page is not None and self._page.incident.live else ""

    def redraw(self) -> None:
        page = self._page if self._team else None
        self._minute = self.desk.now().minute
        self.set_class(page is None, "-openly")
        self.query_one(Pages).show(self.page, self.palette)
        self.list.show(list(self._rows(page)))
        self._draw_beside(page)
        self._draw_top()

    def _rows(self, page: rows.Page | None) -> Iterable[Row]:
        if page is None:
            words = HIDDEN if self._found is not None else GONE
            none = [Row(across=(Ink(f" {words.format(self.shown_id)}", "dim"),))]
            return rows.openly(self._openly, self.list.size.width) if self._openly else none
        if self.page == REVIEW:
            return [Row(across=(Ink(" "), *pieces)) for pieces in painted(self._review.splitlines())]
        if self.page == POINTS:
            return rows.writing(page)
        return rows.standing(page, points=not self.has_class("-wide"))

    def _draw_beside(self, page: rows.Page | None) -> None:
        panel = self.query_one("#beside", Static)
        shown = page is not None and self.has_class("-wide") and self.page not in (POINTS, REVIEW)
        panel.display = shown
        if page is not None and shown:
            panel.update(lines(rows.beside(page, max(30, panel.size.width - 4)), self.palette))

    def _draw_top(self) -> None:
        """What it is, and the clock of its updates."""
        page = self._page if self._team else None
        if page is None:
            return
        now = update_clock(page.incident, page.look)
        face, tiny = self.query_one(Clock), self.has_class("-tiny")
        face.display = now.left is not None and not tiny
        scale = 2 if self.has_class("-huge") else 1
        taken = len(pixels(spoken(now.left), scale)[0]) + 6 if now.left is not None and not tiny else 4
        said = heading(page, max(20, self.size.width - taken))
        if tiny:
            tone = now.weight if now.weight in ("red", "orange") else "ink"
            said = [[*said[0], Ink(f"   {spoken(now.left)}" if now.left is not None else "", tone)]]
        self.query_one("#stands", Static).update(lines(said, self.palette))
        if now.left is not None and not tiny:
            share = 1 - max(now.left, timedelta()) / UPDATE_EVERY
            face.show(now.left, max(0.0, share), now.weight, self.palette, scale=scale)

    def tick(self) -> None:
        super().tick()
        if self.desk.now().minute != self._minute:
            self.redraw()
        else:
            self._draw_top()

    def draw_headline(self) -> None:
        """The banner of the incident that is shown would say the same twice."""
        super().draw_headline()
        alarm = self.home.glance.alarm
        if alarm is not None and alarm.incident.id == self.shown_id and self._team:
            self.query_one(Banner).show(None, self._look, self.palette)

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        left = [Ink(self.shown_id, "bright!"), Ink("  incident", "dim")]
        if self._team and self._found is not None:
            left.append(Ink(f"  SEV-{self._found.incident.sev} {self._found.incident.state}", "dim"))
        return left, [*self._meeting_clock(), Ink(clock(self.desk.now(), self.desk.settings.zone), "bright")]

    def _meeting_clock(self) -> list[Ink]:
        """The meeting goes on meanwhile."""
        running = self.home.running
        if running is None:
            return []
        now = view(running, self.desk.now())
        return [
            Ink(f"{now.title} ", "accent"),
            Ink(spoken(now.left), now.tone if now.tone != "green" else "ink"),
            Ink("   "),
        ]

    # turning

    def show_page(self, page: str) -> None:
        self.page = page
        self.heed(lambda: self.read()())
        self.draw_all()
        self.list.scroll_to(y=0, animate=False)
        self.list.action_edge(-1)

    def list_at(self, key: str) -> None:
        self.list.show(self.list.rows, at=key)

    def turn_to(self, incident: str) -> None:
        self.shown_id = incident
        self.show_page(self.page)

    def action_page(self, by: int) -> None:
        self.list.scroll_relative(y=by * max(1, self.list.size.height - 1), animate=False)

    def do_save_review(self) -> None:
        draft = self.desk.incidents.review(self.shown_id)
        name = f"review-{self.shown_id.lower()}.md"
        self.intend(lambda: self.home.hands.save(name, REVIEWS["md"](draft)), lambda path: f"saved as {path}")
