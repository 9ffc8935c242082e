"""Two texts that differ: the words in which they do, marked; and lines that show those words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import chain

from rich.cells import chop_cells

from opsdesk.ui.ink import Ink, width

BEFORE = 4  # words left standing before the first that differs, where not all of a text can be shown
MARK = "bright!"


def marked(text: str, other: str, role: str = "ink") -> list[Ink]:
    """The words of the text, one piece each; bold where the other text says something else."""
    words = text.split()
    bare, others = ([word.strip('"') for word in each.split()] for each in (text, other))
    pieces: list[Ink] = []
    for kind, start, end, _, _ in SequenceMatcher(None, bare, others, autojunk=False).get_opcodes():
        pieces += [Ink(word, role if kind == "equal" else MARK) for word in words[start:end]]
    return pieces


def plain(text: str, role: str) -> list[Ink]:
    return [Ink(word, role) for word in text.split()]


def wrapped(words: Iterable[Ink], room: int) -> list[list[Ink]]:
    """Lines of at most so many cells."""
    rows: list[list[Ink]] = [[]]
    used = 0
    for word in chain.from_iterable(_fitting(each, room) for each in words):
        cells = width(word.text) + bool(used)
        if used + cells > room:
            rows.append([])
            used, cells = 0, width(word.text)
        rows[-1].append(Ink(f" {word.text}" if used else word.text, word.role))
        used += cells
    return rows


def shown(words: Sequence[Ink], room: int, most: int) -> list[list[Ink]]:
    """At most so many lines; of a longer text those with the words that differ."""
    rows = wrapped(words, room)
    if len(rows) <= most:
        return rows
    first = next((at for at, word in enumerate(words) if word.role == MARK), 0)
    begin = max(0, first - BEFORE)
    rows = wrapped([Ink("…", "dim"), *words[begin:]] if begin else words, room)
    return rows if len(rows) <= most else [*rows[: most - 1], [*_ended(rows[most - 1], room)]]


def _ended(row: Sequence[Ink], room: int) -> list[Ink]:
    kept = list(row)
    while kept and sum(width(each.text) for each in kept) > room - 2:
        kept.pop()
    return [*kept, Ink(" …" if kept else "…", "dim")]


def _fitting(word: Ink, room: int) -> list[Ink]:
    return [word] if width(word.text) <= room else [Ink(part, word.role) for part in chop_cells(word.text, room)]
