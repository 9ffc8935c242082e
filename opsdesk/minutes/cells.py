"""Text measured in the cells of a terminal or a typewriter, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, split_graphemes

DOT = "·"
UNICODE = "16.0.0"
"""Named, because Rich would otherwise ask the environment."""


def width(text: str) -> int:
    return cell_len(text, UNICODE)


def padded(text: str, cells: int) -> str:
    return text + " " * (cells - width(text))


def wrapped(text: str, cells: int) -> list[str]:
    """Lines of at most so many cells (2 or more), broken at spaces; a word that is too long is broken anywhere."""
    lines, line = [], ""
    for piece in (piece for word in _words(text) for piece in _pieces(word, cells)):
        if line and width(line) + 1 + width(piece) > cells:
            lines.append(line)
            line = ""
        line = f"{line} {piece}" if line else piece
    return [*lines, line]


def _words(text: str) -> Iterator[str]:
    """A dot between clauses stays with what it follows."""
    held = ""
    for word in filter(None, text.split(" ")):
        if held and word != DOT:
            yield held
            held = ""
        held = f"{held} {word}" if held else word
    if held:
        yield held


def _pieces(word: str, cells: int) -> Iterator[str]:
    """The word cut between graphemes; every piece but the last fills its line."""
    piece, used = "", 0
    for start, end, size in split_graphemes(word, UNICODE)[0]:
        if piece and used + size > cells:
            yield piece
            piece, used = "", 0
        piece, used = piece + word[start:end], used + size
    yield piece
