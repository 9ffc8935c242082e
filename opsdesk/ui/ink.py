"""Text with roles: what every widget draws. A role is a meaning; the theme gives it its colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from textwrap import wrap

import msgspec
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.content import Content

from opsdesk.ui.theme import Palette

FLAGS = {"red": ("▲", "R"), "orange": ("◆", "O"), "green": ("●", "G"), "unknown": ("·", " "), "none": (" ", " ")}

AFTER = 3  # cells before what comes behind something else in one line
LEAST_PARTS = 3


class Ink(msgspec.Struct, frozen=True, array_like=True):
    """A piece of one line: its text and its role ("dim", "red"; "!" after it makes it bold)."""

    text: str
    role: str = "ink"

    @property
    def colour(self) -> str:
        return self.role.rstrip("!") or "ink"

    @property
    def bold(self) -> bool:
        return self.role.endswith("!")


def width(text: str) -> int:
    """Terminal cells."""
    return len(text) if text.isascii() else cell_len(text)


def fit(text: str, cells: int) -> str:
    """Exactly so many cells: padded, or cut with an ellipsis."""
    if cells <= 0:
        return ""
    if width(text) <= cells:
        return text + " " * (cells - width(text))
    return set_cell_size(text[: cells * 2], cells - 1) + "…"


def shorten(text: str, cells: int) -> str:
    """At most so many cells."""
    return fit(text, cells).rstrip() if width(text) > cells else text


def within(text: str, cells: int, lines: int, indent: int = 0) -> str:
    """As much of the text as so many lines show, broken between words: what is cut ends with an ellipsis.

    `indent`: cells of the first line that are taken.
    """
    parts = wrap(text, cells, initial_indent=" " * indent) if cells > indent else []
    if len(parts) <= lines:
        return text
    shown = [*parts[: lines - 1], shorten(" ".join(parts[lines - 1 :]), cells)]
    return " ".join(shown)[indent:]


def foot(text: str, keys: str, cells: int, lines: int = 2) -> tuple[str, str]:
    """The text, broken between words: its first line, and what goes on below, with the keys behind it.

    Where that is more than so many lines, what stands at the end of the text is left out first (its parts have three
    spaces between them), then all but the first word of each key, then keys.
    """
    if cells <= 0:
        return "", ""
    for words, verbs in _shorter(text, keys):
        first, *below = wrap(words, cells) or [""]
        if below and width(below[-1]) + AFTER + width(verbs) <= cells:
            below[-1] = (below[-1] + " " * AFTER + verbs).rstrip()
        elif verbs:
            below.append(verbs)
        if len(below) < lines and all(width(row) <= cells for row in below):
            return first, "\n".join(below)
    first, *more = wrap(words, cells) or [""]
    full, last = more[: lines - 2], " ".join(more[lines - 2 :])
    return first, "\n".join(shorten(row, cells) for row in (*full, *_ended(last, verbs, cells)))


def _shorter(text: str, keys: str) -> Iterator[tuple[str, str]]:
    """Text and keys, each time with less: the first three parts stay, which name it and say why it is here."""
    parts = text.split(" " * AFTER)
    for count in range(len(parts), min(LEAST_PARTS, len(parts)) - 1, -1):
        yield (" " * AFTER).join(parts[:count]), keys
    brief = " · ".join(" ".join(key.split()[:2]).rstrip(",") for key in keys.split(" · "))
    yield (" " * AFTER).join(parts[:LEAST_PARTS]), brief


def _ended(last: str, keys: str, cells: int) -> Sequence[str]:
    """The last line, with as many of the keys as it shows."""
    able = keys.split(" · ") if keys else []
    while able and width(last) + AFTER + width(" · ".join(able)) > cells:
        able.pop()
    return [(last + " " * AFTER + " · ".join(able)).strip()]


def flag(weight: str) -> Ink:
    """The mark of a flag, never colour alone."""
    mark, _ = FLAGS.get(weight, FLAGS["none"])
    return Ink(mark, weight if weight in ("red", "orange", "green") else "dim")


def content(pieces: Iterable[Ink], palette: Palette) -> Content:
    """For Static.update: styled text that is never read as markup."""
    return Content.assemble(
        *((p.text, f"{'bold ' if p.bold else ''}{palette.role(p.colour)}") for p in pieces if p.text)
    )


def lines(rows: Iterable[Iterable[Ink]], palette: Palette) -> Content:
    return Content("\n").join([content(row, palette) for row in rows])


def segments(pieces: Iterable[Ink], palette: Palette, ground: str) -> list[Segment]:
    """For render_line."""
    return [Segment(p.text, _style(palette.role(p.colour), ground, bold=p.bold)) for p in pieces if p.text]


@cache
def _style(colour: str, ground: str, *, bold: bool) -> Style:
    return Style(color=colour, bgcolor=ground, bold=bold)
