"""What undo and redo would take back, in a word, and what came of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from opsdesk.core.errors import NotUndone
from opsdesk.core.journal import Transaction
from opsdesk.ui.ink import shorten, width

SHOWN = 24  # cells of what undo takes back, in the footer
UNDONE = "undone"
CHANGED = " (changed)"


class Offers:
    """The older step that a second z takes back, where the first one was refused: as long as no other key came."""

    def __init__(self) -> None:
        self._offered: tuple[float, Transaction] | None = None

    def at(self, key: float) -> Transaction | None:
        """What the refusal of the key pressed at this time has offered."""
        return self._offered[1] if self._offered is not None and self._offered[0] == key else None

    def after(self, call: Callable[[], Transaction], key: float) -> Callable[[], Transaction]:
        """The call, of the key pressed at this time; what it was refused with says what is offered."""

        def offering() -> Transaction:
            self._offered = None
            try:
                return call()
            except NotUndone as error:
                if error.older is not None:
                    error.hint = f"z again undoes {error.older.command}."
                    self._offered = key, error.older
                raise

        return offering


def undo_word(tx: Transaction | None, *, overtaken: bool = False) -> str:
    """What undo or redo would take back, short enough for the footer: the record made, else the command.

    `overtaken`: somebody has changed the same since, so that it would be refused.
    """
    if tx is None:
        return ""
    word = _made(tx) or _short(tx.command)
    return f"{shorten(word, SHOWN - width(CHANGED))}{CHANGED}" if overtaken else word


def _made(tx: Transaction) -> str:
    """The id of what was captured; what is done to a meeting has the words of its command."""
    noted = ("V-", "L-") if any(not c.id.startswith("L-") for c in tx.changes) else ("V-",)  # what goes with the rest
    changes = [c for c in tx.changes if not c.id.startswith(noted)]
    if any(c.id.startswith("M-") for c in changes):
        return ""
    return next((c.id for c in changes if c.before is None or (tx.undoes and c.after is None)), "")


def _short(command: str) -> str:
    """closing of Daily Operations Sync #41 → closing of Daily #41; anything else that is too long is cut."""
    if width(command) <= SHOWN:
        return command
    title, of, rest = command.partition(" of ")
    first, number = rest.split(" ")[0], rest.rpartition(" ")[2]
    shorter = f"{title}{of}{first} {number}" if number.startswith("#") else command
    return shorten(shorter, SHOWN)


def turned(tx: Transaction, done: str, back: str, left: str = "", *, team: bool = False) -> str:
    """What came of an undo or a redo, in full, and what takes it back. `left`: what went out with it; nothing brings
    that back, so it comes first. `team`: nobody else reads it, so that a flag goes by customer, measure and level.
    """
    told = _turned(tx, done, back, team)
    return f"{left} · {told}" if left else told


def _turned(tx: Transaction, done: str, back: str, team: bool) -> str:
    made = _made(tx)
    if done == UNDONE and not made and tx.command.startswith("closing of "):
        return f"{done}: {tx.command}, it runs again · y closes it"
    flagged = team and made.startswith("S-") and tx.command.startswith("Flag ")
    return f"{done}: {tx.command if flagged else made or tx.command} · {back}"


def by_ctrl(said: str) -> str:
    """While one types, the letters of the list are text: their ctrl keys do the same."""
    return re.sub(r"(?<![\w+])([zy]) ((?:again )?undoes|brings it back|takes it back)", r"ctrl+\1 \2", said)
