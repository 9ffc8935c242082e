"""Completing the name somebody is typing: @people and !people, #customers."""

from __future__ import annotations

import msgspec

from opsdesk.core.marks import Word, split
from opsdesk.core.names import Directory, Names, fold

SHOWN = 8


class Completion(msgspec.Struct, frozen=True):
    """`text` takes the place of what stands from start to end; `label` is the name it stands for."""

    text: str
    start: int
    end: int
    label: str


def complete(text: str, cursor: int, names: Names) -> tuple[Completion, ...]:
    """What the word at the cursor (0 to len(text)) can become, at most 8, the likeliest first.

    Those come first whose handle or a word of whose name starts with what is typed before the cursor, then those
    that have it anywhere; an exact handle before all. () where the word has no sigil, or stands in quotes.
    """
    word = _at(text, cursor)
    if word is None or word.quote >= 0 or word.text[0] not in "@#!":
        return ()
    known = names.customers if word.text[0] == "#" else names.people
    typed = text[word.start + 1 : cursor]
    typed = typed.removeprefix("@") if word.text[0] == "!" else typed
    return tuple(
        Completion(word.text[0] + handle, word.start, word.end, known.name(handle))
        for handle in fitting(known, typed)[:SHOWN]
    )


def _at(text: str, cursor: int) -> Word | None:
    """The word the cursor stands in or behind."""
    return next((word for word in split(text)[1] if word.start < cursor <= word.end), None)


def fitting(known: Directory, typed: str) -> list[str]:
    handle = fold(typed)
    starting = sorted(known.starting(typed), key=lambda each: each != handle)
    return list(dict.fromkeys([*starting, *known.containing(typed)]))
