"""The keys of the Room for what the section is about: a new record of its register, the order of its priorities."""

from __future__ import annotations

from opsdesk.boards.opening import OF_BOARD
from opsdesk.core.clocks import current_section
from opsdesk.core.entries import Item
from opsdesk.core.meeting import Meeting
from opsdesk.core.register import Register
from opsdesk.core.registers import registers
from opsdesk.insight.others import Others
from opsdesk.ui.commands import Situation
from opsdesk.ui.register.says import Says
from opsdesk.ui.register.typing import record_mode
from opsdesk.ui.verbs import LineVerbs

NO_REGISTER = "this section is about no register"
PRIORITIES = "priorities"
UNRANKED = "only the agenda items of a section of priorities are ranked"


class Asked(LineVerbs):
    """Needs `meeting_id`, and `meeting` as it was last read."""

    meeting_id: str
    meeting: Meeting

    @property
    def _about(self) -> str:
        """The board of the section."""
        return current_section(self.meeting).board

    def register_here(self) -> Register | None:
        """The one that the section is about, where those in the room may see what is new in it."""
        kinds = OF_BOARD.get(self._about, ())
        register = next((registers()[kind] for kind in kinds if kind in registers()), None)
        audience = self.meeting.audience
        open_to = register.open_to if register else ""
        may = audience == "team" or open_to == "customer" or (audience == "company" and open_to == "company")
        return register if may else None

    def asks(self, now: Situation) -> tuple[dict[str, str], dict[str, str]]:
        """Command → why not, and command → what it is called here."""
        register = self.register_here()
        labels = {"new_here": f"new {register.one}"} if register else {}
        refused = {} if register else {"new_here": NO_REGISTER}
        if self._about != PRIORITIES or not now.line.startswith(f"{Item.prefix}-"):
            refused |= {"rank_up": UNRANKED, "rank_down": UNRANKED}
        return refused, labels

    def do_new_here(self) -> None:
        register = self.register_here()
        if register is None:
            return
        use, room, section = self.desk.registers, self.home.room(), self.section_title
        only = room.customer if room.audience == "customer" else ""
        others = Others(self.desk.read, only) if only else None
        says = Says(register, room, use.directories(only), use.look(), others, whose=self.meeting.customer)
        place = {"meeting": self.meeting_id, "section": section}
        self.type(
            record_mode(
                self,
                says,
                lambda text: use.add(register.kind, text, **place),
                lambda text: use.anyway.add(register.kind, text, **place),
            )
        )

    def do_rank_up(self) -> None:
        self._shift(-1)

    def do_rank_down(self) -> None:
        self._shift(1)

    def _shift(self, by: int) -> None:
        id = self.on

        def call() -> tuple[int, int]:
            self.desk.items.shift(id, by, self.meeting_id)
            return self.desk.items.place(id)

        self.intend(call, lambda place: f"{id} is {place[0]} of {place[1]} · z undoes")
