"""What single words of a quick entry mean: owners, customers, promises, dates; and what quotes protect."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import date
from typing import Literal

import msgspec

from opsdesk.core import dates
from opsdesk.core.names import Names
from opsdesk.core.phrases import ahead
from opsdesk.core.settings import Settings

Role = Literal["owner", "customer", "due", "promise", "unknown"]

UNDATED = ("nodate", "someday")
_LEADS = ("by", "on", "due")
DUE = "due:"
_SHOWN = 4
_ROLES: dict[str, Role] = {"@": "owner", "#": "customer", "!": "promise"}

_TOKEN = re.compile(r'"(?P<quoted>(?:[^"]++|"")++)"(?P<after>[.,;:!?)]*)(?!\S)|\S+')
_WORD = re.compile(r"\S+")
_SIGIL = re.compile(r"([@#]|!@?)([^\s@#!\"]+?)[.,;:!?]*")
_NAME = re.compile(r"[^\W\d_][\w.'’&+-]*")


class Word(msgspec.Struct, frozen=True):
    """One word; `quote` is the number of the quoted piece it stands in, -1 outside of any."""

    text: str
    start: int
    end: int
    quote: int = -1


class Piece(msgspec.Struct, frozen=True):
    """A word, or all that stands in one pair of quotes: as typed, and as it reads without the quotes."""

    start: int
    typed: str
    bare: str = ""

    @property
    def escaped(self) -> bool:
        return bool(self.bare) and '""' in self.typed[1:-1]


class Mark(msgspec.Struct, frozen=True):
    """What some words mean, or would mean outside of the quotes they touch.

    `said`: for a person to read; `name`: the handle, or what was typed for an unknown one; `several`: it could be
    more than one; `ahead`: the day offered in place of a past one; `stuck`: the "!" at the end of a date, as in "fri!".
    """

    role: Role
    said: str
    words: tuple[Word, ...]
    name: str = ""
    due: date | None = None
    several: bool = False
    ahead: date | None = None
    stuck: Word | None = None

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def quotes(self) -> set[int]:
        return {word.quote for word in self.words if word.quote >= 0}


def split(text: str) -> tuple[list[Piece], list[Word]]:
    """The text as pieces for its title, and as words to be understood. No word crosses a quote mark."""
    pieces: list[Piece] = []
    words: list[Word] = []
    for token in _TOKEN.finditer(text):
        quoted = token["quoted"]
        if quoted is None:
            pieces.append(Piece(token.start(), token[0]))
            words.append(Word(token[0], token.start(), token.end()))
            continue
        inside = _WORD.finditer(text, *token.span("quoted"))
        words += [Word(word[0], word.start(), word.end(), len(pieces)) for word in inside]
        pieces.append(Piece(token.start(), token[0], quoted.replace('""', '"') + token["after"]))
    return pieces, words


def sigil(word: Word, names: Names, today: date, settings: Settings) -> Mark | None:
    """What one word with a sigil means; None for any other word."""
    if word.text == "!":
        return Mark("promise", "promised", (word,))
    if word.text[: len(DUE)].lower() == DUE:
        day = "nodate" if word.text.lower() == f"{DUE}none" else word.text[len(DUE) :]
        return _dated((word,), [day], today, settings)
    match = _SIGIL.fullmatch(word.text)
    return _named(word, match[1][0], match[2], names) if match else None


def _named(word: Word, mark: str, typed: str, names: Names) -> Mark | None:
    known = names.customers if mark == "#" else names.people
    found = known.find(typed) if typed[0].isalpha() else known.exactly(typed)
    if len(found) == 1:
        name = known.name(found[0])
        return Mark(_ROLES[mark], f"promised by {name}" if mark == "!" else name, (word,), found[0])
    if not _NAME.fullmatch(typed):
        return None
    which = " or ".join(known.name(each) for each in found[:_SHOWN])
    return Mark("unknown", f"{which}?" if found else f"{mark}{typed} is new", (word,), mark + typed, None, bool(found))


def trailing(words: Sequence[Word], sigils: Sequence[Mark], today: date, settings: Settings) -> list[Mark]:
    """The date the text ends with; before it the one it would end with were there no quotes, if that is another."""
    free = {mark.start for mark in sigils if not mark.quotes}
    run = _run(words, free)
    found = [mark for i in range(len(run)) if (mark := _date(run[i:], today, settings))]
    first_free = next((i for i, mark in enumerate(found) if not mark.quotes), len(found) - 1)
    return [found[i] for i in sorted({0, first_free})] if found else []


def _run(words: Sequence[Word], free: Container[int]) -> tuple[Word, ...]:
    """The last few words between sigils, without the sigils that end the text."""
    end = len(words)
    while end and words[end - 1].start in free:
        end -= 1
    start = end
    while start and end - start < dates.LONGEST_PHRASE + len(_LEADS) and words[start - 1].start not in free:
        start -= 1
    return tuple(words[start:end])


def _date(words: tuple[Word, ...], today: date, settings: Settings) -> Mark | None:
    said = [word.text for word in words]
    while len(said) > 1 and said[0].lower() in _LEADS:
        said = said[1:]
    return _dated(words, said, today, settings)


def _dated(words: tuple[Word, ...], said: list[str], today: date, settings: Settings) -> Mark | None:
    if len(said) == 1 and said[0].lower() in UNDATED:
        return Mark("due", "no date", words)
    phrase = " ".join(said)
    words, stuck = _unstuck(words)
    phrase = phrase[:-1] if stuck else phrase
    day = dates.resolve(phrase, today, settings)
    if day is None:
        return None
    return Mark("due", dates.readable(day, today), words, "", day, ahead=ahead(phrase, today, settings), stuck=stuck)


def _unstuck(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], Word | None]:
    """The words without the one "!" they end with, and that as a word of its own."""
    *before, last = words
    if len(last.text) < 2 or last.text[-1] != "!":
        return words, None
    cut = last.end - 1
    return (*before, Word(last.text[:-1], last.start, cut, last.quote)), Word("!", cut, last.end, last.quote)
