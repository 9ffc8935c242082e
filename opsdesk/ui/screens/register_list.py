"""The registers there are: how much is open in each, and the worst of it. Enter opens one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec

from opsdesk.boards.conflicting import conflicts
from opsdesk.boards.lay import HARM, Table
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.names import fold
from opsdesk.core.register import Register
from opsdesk.insight.shown import may_show
from opsdesk.ui.ink import FLAGS, Ink, flag, shorten
from opsdesk.ui.register.says import Says
from opsdesk.ui.screens.picker import Picker
from opsdesk.ui.widgets.columns import Column, Row
from opsdesk.ui.widgets.record_list import RecordList

EDGES = 6  # cells beside what is told of a line


class Stand(msgspec.Struct, frozen=True):
    """How many are open, and the weight and the reason of the most harmful of them."""

    open: int = 0
    weight: str = "none"
    reason: str = ""


class RegisterList(Picker):
    """Read beside the screen: the names are there at once, the numbers a moment later."""

    TITLE_TEXT = "Registers   ·   Enter opens one, Esc goes back"
    HINT = "type a name: incidents, deliveries …"
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(most=3),
        Column(most=20),
        Column(most=9),
        Column(flex=True, least=20),
    )

    def __init__(self) -> None:
        super().__init__()
        self._stands: Mapping[str, Stand] = {}

    def on_mount(self) -> None:
        super().on_mount()
        self.run_worker(self._read(), group="reading")

    async def _read(self) -> None:
        try:
            found = await self.home.reading(self._counted)
        except OpsDeskError as error:
            self.home.say(str(error))
            return
        if self.is_attached:
            listed, self._stands = self.query_one(RecordList), found
            key = listed.key
            self.search()
            listed.show(listed.rows, at=key)

    def _counted(self) -> Mapping[str, Stand]:
        room, look = self.home.room(), self.desk.registers.look()
        known = self.desk.registers.directories() if room.audience == "team" else {}
        named = conflicts(Table(self.desk.read, self.desk.scene())) if room.audience == "team" else {}
        return {each.kind: self._stand(Says(each, room, known, look, conflicts=named)) for each in self._listed}

    @property
    def _listed(self) -> Sequence[Register]:
        return sorted((each for each in self.desk.registers.all.values() if each.listed), key=lambda each: each.title)

    def _stand(self, says: Says) -> Stand:
        register, look = says.register, says.look
        live = [each for each in self.desk.read.live(register.shape) if register.is_open(each, look)]
        if not says.team:
            live = [record for record in live if may_show(record, says.room, self.desk.read)]
        if not live:
            return Stand()
        worst = min(live, key=lambda record: (HARM[says.weight(record)], *register.order(record, look)))
        return Stand(len(live), says.weight(worst), says.reason(worst))

    def rows(self, words: str) -> Sequence[Row]:
        parts = fold(words).split()
        return [self._row(each) for each in self._listed if all(part in _words(each) for part in parts)]

    def about(self, key: str) -> str:
        stand = self._stands.get(key)
        reason = f"{shorten(stand.reason, self.size.width - EDGES)}\n" if stand and stand.reason else ""
        return f"{reason}Enter opens it   ·   Esc goes back"

    def _row(self, register: Register) -> Row:
        stand = self._stands.get(register.kind)
        if stand is None:
            return Row(key=register.kind, cells=(Ink(""), Ink(register.title), Ink("…", "dim"), Ink("")))
        shape, letter = FLAGS[stand.weight]
        some = f"{stand.open:,} open" if stand.open else "none"
        ink = "ink" if stand.open else "dim"
        return Row(
            key=register.kind,
            cells=(
                Ink(f"{shape} {letter}".rstrip(), flag(stand.weight).role),
                Ink(register.title, ink),
                Ink(some, ink),
                Ink(stand.reason, "dim"),
            ),
        )


def _words(register: Register) -> str:
    return fold(f"{register.title} {register.one} {register.kind}")
