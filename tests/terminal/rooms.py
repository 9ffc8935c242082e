"""What one does in the room of a meeting, in a real terminal."""

from __future__ import annotations

import re

from tests.terminal import Terminal

TOP, LEFT, BELOW = 11, 32, 6
"""The list begins in this row, where no big clock stands above it, and column of a terminal 120 cells wide; so many
rows stand below it.
"""
RULE = "━"
"""What the big clock ends with, the list begins below it."""
TRIES = 5


def on_to(terminal: Terminal, title: str) -> None:
    """The next section, which is called so."""
    terminal.press("space")
    terminal.wait(f"▌ {title}")


def point_at(terminal: Terminal, id: str) -> None:
    """Moves the cursor from the top of the list to the line of that record, again where the list was laid anew."""
    terminal.wait_until(lambda: place(terminal, id) >= 0, f"{id} is not on the board")
    for _ in range(TRIES):
        terminal.settle(0.06)
        terminal.press("home", *["down"] * place(terminal, id))
        terminal.settle(0.06)
        if is_of(id, lit(terminal)):
            return
    raise AssertionError(f"the cursor is not at {id} in\n{terminal.text}")


def place(terminal: Terminal, id: str) -> int:
    """Which line of the list shows that record, from 0; -1 for none."""
    rows = [line[LEFT:] for line in terminal.lines[top(terminal) : -BELOW] if line[LEFT:].strip()]
    return next((at for at, line in enumerate(rows) if is_of(id, line)), -1)


def top(terminal: Terminal) -> int:
    """The first row that can be of the list."""
    return next((row + 1 for row, line in enumerate(terminal.lines) if RULE in line), TOP)


def lit(terminal: Terminal) -> str:
    """The line of the list that the cursor is on."""
    cells = terminal.screen.buffer
    rows = range(top(terminal), len(terminal.lines) - BELOW)
    return next((terminal.lines[row][LEFT:] for row in rows if cells[row][LEFT + 1].bg != cells[row][0].bg), "")


def is_of(id: str, line: str) -> bool:
    """Whether that record is what the line is of, and not only named in it."""
    return bool(re.match(rf"(\S \S)? *{id} ", line.strip()))


def turn(terminal: Terminal, id: str, into: str, said: str) -> None:
    """Lets the line of that record lead to something; `said`: what is answered."""
    point_at(terminal, id)
    terminal.press(">")
    terminal.wait(f"Turn {id} into")
    terminal.type(into)
    terminal.wait(f"\n  {into}")
    terminal.press("enter")
    terminal.wait(said, "AGENDA")


def acted(terminal: Terminal, id: str, key: str, said: str) -> None:
    """A verb that asks for nothing, on the line of that record."""
    point_at(terminal, id)
    terminal.press(key)
    terminal.wait(f"{said} · z undoes")
