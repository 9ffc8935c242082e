"""Looking at every cell of the screen after every step, for words that must stand nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot

from opsdesk.core.audience import before
from opsdesk.core.meeting import Meeting
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.commands import for_screen
from tests import screen
from tests.ui.keyboard import press, say, settle

ENDS = ("close", "close_now", "close_late", "adjourn", "quit", "leave", "curtain")
"""After them nobody listens any more, or nothing is to be seen."""
TYPED = (
    "#",
    "#zyx",
    "@",
    "Call #q",
    "customers:",
    "customers:zyx",
    "told:b",
    "component:vor",
    "components:",
    "holder:",
)
WRONG = ("Ask #nobody @nobody fri", "Ask customers:nobody fri")


class Watch:
    """`told`: which of the words stand in a line. `found`: the lines in which some do, and what was done before."""

    def __init__(self, shown: OpsDesk, pilot: Pilot[Any], told: Callable[[str], object]) -> None:
        self.shown, self.pilot, self._told = shown, pilot, told
        self.found: dict[str, str] = {}
        self.looked = 0
        self._typed: set[str] = set()

    @property
    def front(self) -> Any:
        return self.shown.front

    @property
    def among_us(self) -> bool:
        return before(self.shown.desk.read.live(Meeting)).audience == "team"

    def look(self, where: str) -> None:
        assert not self.among_us, where
        self.looked += 1
        for line in screen.lines(self.shown):
            if self._told(line):
                self.found.setdefault(line.strip(), where)

    async def press(self, where: str, *keys: str) -> None:
        for key in keys:
            await press(self.pilot, key)
            self.look(f"{where} {key}")

    async def back(self) -> None:
        """To the screen itself, whatever lies over it."""
        for _ in range(4):
            if self.shown.screen is self.front and not self.front.bar.typing:
                return
            await press(self.pilot, "escape")

    async def along(self, where: str, *keys: str) -> None:
        """Down the whole list, these keys on every line."""
        for _ in range(40):
            was = self.front.list.key
            for key in keys:
                await self.press(f"{where} {was}", key)
                await self.back()
            await self.press(f"{where} {was}", "down")
            if self.front.list.key == was:
                return

    async def type_all(self, where: str) -> None:
        """Once in each kind of line: what completes, and what is wrong."""
        kind = self.front.bar.mode.id.split(" ")[0]
        if kind in self._typed:
            return
        self._typed.add(kind)
        for text in TYPED:
            await say(self.pilot, text, then="")
            self.look(f"{where}: {text}")
            await self.press(f"{where}: {text}", "tab", "tab")
        for text in WRONG:
            if self.front.bar.typing:
                await say(self.pilot, text)
                self.look(f"{where}: {text}")

    async def command(self, where: str, id: str) -> None:
        self.front.run_command(id)
        await settle(self.pilot)
        self.look(f"{where} {id}")
        if self.shown.screen is self.front and self.front.bar.typing and id != "narrow":
            await self.type_all(f"{where} {id}")
        await self.back()

    async def every_command(self, where: str, back: Callable[[], object]) -> None:
        """Of the screen in front; `back` leads to it again from wherever one led."""
        front = self.front
        for command in for_screen(front.NAME):
            if command.id.removesuffix("_typing") not in ENDS:
                await self.command(where, command.id)
            if self.front is not front:
                back()
                await settle(self.pilot)
                front = self.front
