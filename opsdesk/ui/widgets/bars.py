"""The bar at the top and the keys at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from opsdesk.ui.ink import Ink, content, shorten, width
from opsdesk.ui.theme import Palette

MARGIN = 2


def length(pieces: Sequence[Ink]) -> int:
    return sum(width(p.text) for p in pieces)


def cut(pieces: Sequence[Ink], cells: int) -> list[Ink]:
    """The pieces that fit, the last one shortened."""
    kept: list[Ink] = []
    for piece in pieces:
        room = cells - length(kept)
        if room <= 0:
            break
        kept.append(Ink(shorten(piece.text, room), piece.role))
    return kept


class Headline(Static):
    """One line: what this is on the left, what is true now on the right. The right side wins."""

    _drawn: object = None

    def show(self, left: Sequence[Ink], right: Sequence[Ink], palette: Palette) -> None:
        wanted = (list(left), list(right), palette, self.size.width)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        room = max(0, self.size.width - 2 * MARGIN)
        right = cut(right, room)
        left = cut(left, max(0, room - length(right) - 2))
        gap = max(0, room - length(left) - length(right))
        self.update(content([Ink(" " * MARGIN), *left, Ink(" " * gap), *right], palette), layout=False)


class KeyClicked(Message):
    """A key on the footer was clicked."""

    def __init__(self, command: str) -> None:
        super().__init__()
        self.command = command


class Footer(Static):
    """The keys that matter now: (command id, key, word). A click presses the key.

    Where there is no room for what would be undone, that something can be is said all the same.
    """

    places: list[tuple[int, int, str]]
    _drawn: object = None

    def show(self, keys: Sequence[tuple[str, str, str]], palette: Palette) -> None:
        wanted = (list(keys), palette, self.size.width)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        pieces, self.places, column = [Ink(" " * MARGIN)], [], MARGIN
        for command, key, word in keys:
            room = self.size.width - MARGIN - column - width(key) - 1
            if command == "undo" and width(word) > room:
                word = "undo"
            if width(word) > room:
                break
            end = column + width(key) + 1 + width(word)
            pieces += [Ink(key, "bright!"), Ink(f" {word}", "dim"), Ink("   ")]
            self.places.append((column, end, command))
            column = end + 3
        self.update(content(pieces, palette), layout=False)

    def on_click(self, event: Click) -> None:
        for start, end, command in self.places:
            if start <= event.x < end:
                self.post_message(KeyClicked(command))
