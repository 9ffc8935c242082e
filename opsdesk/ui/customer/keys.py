"""The keys of the customer page: what is done with its lines, what is logged of it, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.customerpage import CustomerPage
from opsdesk.core.scores import Score
from opsdesk.minutes.customer import PAGES
from opsdesk.ui.commands import Situation
from opsdesk.ui.customer.blocks import MORE
from opsdesk.ui.customer.logging import log_mode
from opsdesk.ui.screens.log_picker import LogPicker
from opsdesk.ui.typing.modes import action_mode
from opsdesk.ui.verbs import LineVerbs

NO_PAGE = "there is no page of this customer"
PAGED = ("log", "save_page", "action")


class CustomerKeys(LineVerbs):
    """`handle`: whose page; `page`: as last read, None where there is none for those in the room.

    `meeting_id`: the meeting in which it was opened; what is done here is done there.
    """

    handle: str
    page: CustomerPage | None
    opened: frozenset[str]

    def draw(self) -> None:
        """Draws what was read."""
        raise NotImplementedError

    def situation(self) -> Situation:
        now = super().situation()
        if self.page is not None:
            return replace(now, line="" if now.line.startswith(MORE) else now.line)
        return replace(now, line="", refused={**now.refused, **dict.fromkeys(PAGED, NO_PAGE)})

    # lines

    def do_open_line(self) -> None:
        self.list.action_open()

    def open_row(self, key: str) -> None:
        if key.startswith(MORE):
            self.opened |= {key.removeprefix(MORE)}
            self.draw()
        elif key and self.answers():
            self._open(key)

    def _open(self, id: str) -> None:
        if not id.startswith("S-"):
            self.home.open_record(id)
            return
        from opsdesk.ui.screens.cell_history import History

        self.app.push_screen(History(self.handle, self.desk.read.get(Score, id).measure))

    # for this customer

    def do_action(self) -> None:
        """Begun with the customer."""
        self.type(replace(action_mode(self), text=f"#{self.handle}", id=f"action #{self.handle}"))

    def capture(self, text: str, *, past_ok: bool) -> Action:
        if self.meeting_id:
            return self.desk.meetings.act(self.meeting_id, text, past_ok=past_ok)
        return super().capture(text, past_ok=past_ok)

    def do_log(self) -> None:
        all = self.desk.registers.all
        self.app.push_screen(LogPicker(), lambda kind: self.type(log_mode(self, all[kind])) if kind else None)

    def do_save_page(self) -> None:
        """What those in the room may read, and nothing else."""
        page = self.page
        if page is not None:
            name, text = f"customer-{page.handle}-{page.at:%Y-%m-%d}.txt", PAGES["txt"](page)
            self.intend(lambda: self.home.hands.save(name, text), lambda path: f"saved as {path}")

    # leaving: whatever lies below is as it was

    def action_escape(self) -> None:
        if self.bar.typing:
            super().action_escape()
        else:
            self.do_leave()

    def do_leave(self) -> None:
        self.bar.keep()
        self.app.pop_screen()

    def _then(self, go: Callable[[], None]) -> None:
        self.do_leave()
        go()

    def do_today(self) -> None:
        self._then(self.home.do_today)

    def do_scores(self) -> None:
        """Back to it, where the page was opened from it."""
        self.do_leave()
        if getattr(self.home.front, "NAME", "") != "scores":
            self.home.do_scores()

    def do_room(self) -> None:
        self._then(self.home.do_room)

    def do_read_minutes(self) -> None:
        self._then(self.home.do_read_minutes)

    def do_open_register(self, kind: str) -> None:
        self._then(lambda: self.home.do_open_register(kind))
