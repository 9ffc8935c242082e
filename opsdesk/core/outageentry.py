"""Quick entry of an outage: one line is a note, an update, who was told, or when the next update is due.

    14:05 rolled back @bob                   a note, as core.timelineentry reads it
    told Sales, @sue by phone 14:10          who was informed, how, when; "by @bob" says who told them
    told not Sales                           who was not informed after all
    next 16:30 · next in 45 min · next none  when the next update is due
    Half of the EU is back, next 17:00       an update; the words that begin with "next" move its clock

"told" that names nobody and "next" without a time are words like any other, as is whatever stands in quotes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from opsdesk.core import instants
from opsdesk.core.entrywords import Token, tokens
from opsdesk.core.names import Directory, fold
from opsdesk.core.register import Look
from opsdesk.core.text import clean
from opsdesk.core.timelineentry import Happened, ahead, in_front, parse, when

Kind = Literal["note", "update", "told", "next"]
TOLD, NEXT, NOT = ("told", "informed"), ("next",), ("not",)
AND = ("and", "&", "+", "")
NONE = ("none", "no")
START = 3  # letters of a department that stand for it
SOON = timedelta(hours=12)
"""How far ahead a time of day of tomorrow may lie."""

# fmt: off
WAYS = frozenset((
    "phone", "call", "called", "telephone", "chat", "slack", "teams", "mail", "email", "e-mail", "sms", "text",
    "message", "pager", "video", "person", "personally", "meeting", "daily", "standup", "ticket", "portal",
    "letter", "fax", "radio", "desk", "status", "page", "channel",
))
# fmt: on
BETWEEN = frozenset(("by", "in", "on", "at", "over", "via", "the", "a", "an", "our", "their", "team", "direct"))

Departments = Mapping[str, str]
"""As folded → as written."""


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """`happened`: the words of a note or an update. `who`: departments as they are written and handles, `how`, `by` (a
    handle, "" for whoever types) and `at` (None: now) of who was told, `out`: who was not after all. `due`: when the
    next update is, None for never, where that is `said`. `asked`: what has to be corrected first, as a sentence;
    `unknown`: names that nobody has.
    """

    kind: Kind
    happened: Happened = Happened()
    who: tuple[str, ...] = ()
    how: str = ""
    by: str = ""
    at: datetime | None = None
    out: bool = False
    due: datetime | None = None
    said: bool = False
    asked: str = ""
    unknown: tuple[str, ...] = ()


def entered(typed: str, kind: Kind, people: Directory, departments: Departments, look: Look) -> Entered:
    """`kind`: what it is where its first word does not say otherwise. Any text is understood somehow."""
    words = list(tokens(typed))
    count, at = in_front(words, look)
    rest = words[count:]
    first = _plain(rest[0]) if rest else ""
    if kind == "told" or first in TOLD:
        told = _told(rest[first in TOLD :], at, people, departments, look)
        if kind == "told" or told.who or told.unknown:
            return told
    if kind == "next" or (first in NEXT and at is None and _moment(rest[1:], look)[0]):
        return _next(rest[first in NEXT :], look)
    return _words(typed, rest, kind, people, look)


def due(words: str, look: Look) -> tuple[bool, datetime | None]:
    """Whether the words name when the next update is due, and when that is: None for never.

    A time of day that has passed is tomorrow's, where that is no more than half a day ahead.
    """
    said = clean(words).casefold()
    if said in NONE:
        return True, None
    at = instants.resolve(said, look.now, look.settings)
    if at is not None and at <= look.now:
        next = instants.following(said, look.now, look.settings)
        at = next if next is not None and look.now < next <= look.now + SOON else at
    return at is not None, at


def past(at: datetime | None, look: Look) -> str:
    """What is wrong with a next update at this time; empty where nothing is."""
    return "The next update lies ahead of now." if at is not None and at <= look.now else ""


def is_way(how: str) -> bool:
    """Whether the words are a way in which somebody is told something, as in "by phone"."""
    words = [word.strip(",;.:!") for word in fold(how).split()]
    return all(word in WAYS or word in BETWEEN for word in words) and any(word in WAYS for word in words)


# a note, an update


def _words(typed: str, rest: Sequence[Token], kind: Kind, people: Directory, look: Look) -> Entered:
    """An update may end with when the next one is due."""
    at = _next_at(rest, look) if kind == "update" else None
    if at is None:
        happened = parse(typed, people, look)
        return Entered(kind=kind, happened=happened, asked=happened.asked, unknown=happened.unknown)
    happened = parse(typed[: rest[at].start].rstrip().rstrip(",;:·-").rstrip(), people, look)
    _, moment = _moment(rest[at + 1 :], look)
    asked = happened.asked or past(moment, look)
    return Entered(kind=kind, happened=happened, due=moment, said=True, asked=asked, unknown=happened.unknown)


def _next_at(rest: Sequence[Token], look: Look) -> int | None:
    """The place of the last "next" that a time follows, where words stand before it."""
    found = (at for at in range(len(rest) - 1, 0, -1) if _plain(rest[at]) in NEXT)
    return next((at for at in found if _moment(rest[at + 1 :], look)[0]), None)


def _next(rest: Sequence[Token], look: Look) -> Entered:
    said, moment = _moment(rest, look)
    words = _joined(rest)
    asked = past(moment, look) if said else f'"{words}" is no time.' if words else "Say when the next update is due."
    return Entered(kind="next", due=moment, said=said, asked=asked)


def _moment(words: Sequence[Token], look: Look) -> tuple[bool, datetime | None]:
    if not words or any(word.quoted for word in words):
        return False, None
    return due(_joined(words).removeprefix("update ").removeprefix("at ").rstrip(".,;"), look)


# who was told


def _told(
    words: Sequence[Token], at: datetime | None, people: Directory, departments: Departments, look: Look
) -> Entered:
    out = bool(words) and _plain(words[0]) in NOT
    words, by = _teller(words[out:], people)
    words, at = (words, at) if at is not None else _at_the_end(words, look)
    who, unknown, place = [], [], 0
    while place < len(words):
        count, name = _whom(words[place:], people, departments)
        if not count and place and words[place - 1].text.endswith(","):
            unknown.append(f'"{_joined(words[place:])}"')
        if not count:
            break
        if name.startswith("@"):
            unknown.append(name)
        elif name:
            who.append(name)
        place += count
    asked = ahead(at, look) if at is not None else ""
    asked = f"{unknown[0]} is no department or person here." if unknown else asked
    return Entered(
        kind="told",
        who=tuple(dict.fromkeys(who)),
        how=_joined(words[place:]) if who else "",
        by=by,
        at=at,
        out=out,
        asked=asked or ("" if who else "Say who was informed."),
        unknown=tuple(unknown),
    )


def _teller(words: Sequence[Token], people: Directory) -> tuple[Sequence[Token], str]:
    """Without "by @bob", and who that is."""
    for at, word in enumerate(words[:-1]):
        found = people.find(_name(words[at + 1])) if _is_name(words[at + 1]) and _plain(word) == "by" else ()
        if len(found) == 1:
            return [*words[:at], *words[at + 2 :]], found[0]
    return words, ""


def _at_the_end(words: Sequence[Token], look: Look) -> tuple[Sequence[Token], datetime | None]:
    for count in range(min(len(words), instants.LONGEST), 0, -1):
        run = words[-count:]
        at = None if any(word.quoted for word in run) else when(_joined(run), look)
        if at is not None:
            return words[:-count], at
    return words, None


def _whom(words: Sequence[Token], people: Directory, departments: Departments) -> tuple[int, str]:
    """How many of the words name one department or person, and which; 0 where they name none. Unknown: with its @."""
    first = words[0]
    if first.quoted:
        return 0, ""
    if _plain(first) in AND:
        return 1, ""
    if _is_name(first):
        found = people.find(_name(first))
        return 1, found[0] if len(found) == 1 else f"@{_name(first)}"
    for count in range(min(len(words), max((len(name.split()) for name in departments), default=0)), 0, -1):
        name = departments.get(fold(_joined(words[:count]).rstrip(",;.:")))
        if name:
            return count, name
    return _by_one_word(_plain(first), people, departments)


def _by_one_word(word: str, people: Directory, departments: Departments) -> tuple[int, str]:
    starting = [name for start, name in departments.items() if len(word) >= START and start.startswith(word)]
    found = [handle for handle in people.find(word) if handle == word] or starting
    return (1, found[0]) if len(found) == 1 else (0, "")


def _plain(word: Token) -> str:
    return "" if word.quoted else fold(word.text).rstrip(",;.:")


def _is_name(word: Token) -> bool:
    return not word.quoted and word.text.startswith("@") and bool(_name(word))


def _name(word: Token) -> str:
    return word.text.removeprefix("@").rstrip(",;.:!?")


def _joined(words: Sequence[Token]) -> str:
    return clean(" ".join(word.text for word in words))
