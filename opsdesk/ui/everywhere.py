"""The commands of everywhere: undo, find, the lists of keys, themes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from opsdesk.core.errors import OpsDeskError
from opsdesk.core.journal import Transaction
from opsdesk.ui.going import Going
from opsdesk.ui.undone import UNDONE, Offers, turned, undo_word


class Everywhere(Going):
    """What the application does whichever screen is in front."""

    key_at: float
    key_before: float
    offers: Offers

    @property
    def undo_words(self) -> tuple[str, str]:
        """What undo and redo would take back now, for the footer."""
        offered = self.offers.at(self.key_at)
        undo, redo = self.glance.undo_words
        return self.glance.open(undo_word(offered)) if offered else undo, redo

    def do_undo(self) -> None:
        """Where that is refused the next older step is offered, to a second z and to no other key."""
        offered = self.offers.at(self.key_before) or self.offers.at(self.key_at)
        last = self.desk.undo.last if offered is None else lambda: self.desk.undo.older(offered)
        self._turn(self.offers.after(last, self.key_at), UNDONE, "y brings it back")

    def do_redo(self) -> None:
        self._turn(self.desk.undo.redo, "done again", "z takes it back")

    def _turn(self, call: Callable[[], Transaction], done: str, back: str) -> None:
        """What has left the desk with it stays as it is, and is said."""
        front, team = self.front, self.glance.before.audience == "team"
        if front is not None:
            front.intend(
                call, lambda tx: turned(tx, done, back, self.desk.undo.left(tx), team=team), lost=front.draw_footer
            )

    def do_curtain(self) -> None:
        from opsdesk.ui.screens.curtain import Curtain

        self.push_screen(Curtain())

    def do_keys(self) -> None:
        self._commands("Keys")

    def do_palette(self) -> None:
        self._commands("Everything")

    def _commands(self, title: str) -> None:
        from opsdesk.ui.screens.command_list import CommandList

        front = self.front
        if front is not None:
            now = front.situation()
            self.push_screen(CommandList(title, now), lambda id: front.run_command(id) if id else None)
            self.run_worker(self._read_ahead(), group="ahead", exclusive=True)

    async def _read_ahead(self) -> None:
        """Whoever looks for a command may open a register: what is open is read while they type."""
        front = self.front
        if front is not None:
            with suppress(OpsDeskError):  # whoever opens it is told
                await front.home.reading(self._live_of_registers)

    def _live_of_registers(self) -> None:
        for register in self.desk.registers.all.values():
            self.desk.read.live(register.shape)

    def do_find(self) -> None:
        from opsdesk.ui.screens.find import Find

        self.push_screen(Find(), lambda id: self.open_record(id) if id else None)

    def do_trail(self) -> None:
        if self.front is not None:
            self.open_record(self.front.situation().line, self.front.list.reason)

    def open_record(self, id: str, why: str = "") -> None:
        from opsdesk.ui.screens.detail import Detail

        if id:
            self.push_screen(Detail(id, why))

    # one customer

    def do_customer(self) -> None:
        """Asks whose page; that of the customer whom the line, else the meeting, is about is one Enter away."""
        from opsdesk.ui.customer.whose import customer_of
        from opsdesk.ui.screens.customer_picker import CustomerPicker

        front = self.front
        if front is not None:
            about = customer_of(self.desk.read, front.situation().line)
            first = about or (self.running.customer if self.running else "")
            self.push_screen(CustomerPicker(first), lambda handle: self.open_customer(handle) if handle else None)

    def open_customer(self, handle: str) -> None:
        """Over whatever is there, so that Esc goes back to it; what is done there is done in the meeting of that room.

        From one page to another nothing piles up.
        """
        from opsdesk.ui.screens.customer import CustomerScreen

        front = self.front
        if front is None:
            return
        page = CustomerScreen(handle, front.place.scope, getattr(front, "section_title", ""))
        if isinstance(front, CustomerScreen):
            front.bar.keep()
            self.switch_screen(page)
        else:
            self.push_screen(page)

    # themes

    def do_theme_dark(self) -> None:
        self._take_theme("dark")

    def do_theme_light(self) -> None:
        self._take_theme("light")

    def do_theme_contrast_dark(self) -> None:
        self._take_theme("contrast-dark")

    def do_theme_contrast_light(self) -> None:
        self._take_theme("contrast-light")

    def _take_theme(self, name: str) -> None:
        self.theme = name
        try:
            self.hands.remember("theme", name)
        except OpsDeskError as error:
            self.say(str(error))
        self.changed.publish(None)
