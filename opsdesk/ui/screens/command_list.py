"""Every command, to search and to run: the keys' help and the palette are this one list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from opsdesk.ui.commands import COMMANDS, OVERLAYS, Command, Situation, called, for_screen, register_commands, why_not
from opsdesk.ui.commands.walk import STAGES
from opsdesk.ui.ink import Ink
from opsdesk.ui.screens.picker import Picker
from opsdesk.ui.widgets.columns import Column, Row

WHERE = {
    "everywhere": "EVERYWHERE",
    "typing": "WHILE TYPING",
    "conflict": "WHERE SOMEBODY CHANGED THE SAME",
    "walk": "WALK OVER THE FLAGS",
    "scan": "SCORE SHEET",
}


class CommandList(Picker):
    """A command that cannot run now is there too, with its reason."""

    HINT = "type a word: what do you want to do?"
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column(most=8),
        Column(most=26, shrink=18),
        Column(flex=True, least=20),
    )

    def __init__(self, title: str, now: Situation) -> None:
        super().__init__()
        self._title, self._now = title, now

    def heading(self) -> str:
        return f"{self._title}   ·   Enter runs it, Esc goes back"

    def rows(self, words: str) -> Sequence[Row]:
        found = [c for c in self._offered() if all(word in _words(c) for word in words.split())]
        found.sort(key=lambda c: bool(why_not(c, self._now)))
        if words:
            return [self._row(c) for c in found]
        made: list[Row] = []
        for place in (*self._screens(), "everywhere", "typing", *OVERLAYS):
            own = [self._row(c) for c in found if place in c.where]
            if own:
                made += [Row(across=(Ink(f" {WHERE.get(place, place.upper())}", "dim"),)), *own, Row()]
        return made

    def _screens(self) -> Sequence[str]:
        """The one in front; where it is a stage, with the screen that it is one of."""
        now = self._now.screen
        return (now, STAGES[now]) if now in STAGES else (now,)

    def _offered(self) -> list[Command]:
        typing = [c for c in COMMANDS if "typing" in c.where] if self._now.typing else []
        over = [c for c in COMMANDS if c.where[0] in OVERLAYS]
        able = [*for_screen(self._now.screen), *register_commands(self._now), *typing, *over]
        return [c for c in able if not c.id.endswith("_typing")]

    def _row(self, command: Command) -> Row:
        reason = why_not(command, self._now)
        role = "dim" if reason else "ink"
        shown = Ink(command.shown, "dim" if reason else "bright!")
        return Row(
            key=command.id, cells=(shown, Ink(self._now.said(command), role), Ink(self.about(command.id), "dim"))
        )

    def about(self, key: str) -> str:
        command = called(key)
        if command is None:
            return ""
        reason = why_not(command, self._now)
        return f"not now: {reason}" if reason else command.help

    def take(self, key: str) -> None:
        command = called(key)
        if command is not None and not why_not(command, self._now):
            self.dismiss(key)


def _words(command: Command) -> str:
    return f"{command.label} {command.help} {command.shown} {command.id}".lower()
