"""Quick entry of a timeline: "14:05 rolled back @bob" -> when, what, who.

A time in front is when it happened, in the company's zone: `14:05`, `2:05 pm`, `10 min ago`, `yesterday 23:50`. A time
of day alone is today's, or yesterday's where that is no more than half a day ago; any other that lies ahead is asked
about. A date without a time is a word like any other. One @who is whose deed it was; quotes keep what is in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from opsdesk.core import dates, instants
from opsdesk.core.entrywords import Chip, Token, tokens
from opsdesk.core.errors import Invalid
from opsdesk.core.names import Directory
from opsdesk.core.register import Look
from opsdesk.core.text import clean

EVENING = timedelta(hours=12)
"""How far back a time of day of yesterday may lie."""

_WHO = re.compile(r"@([^\W_][\w.'’-]*?)[.,;:!?]*")


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, understood. `at`: aware, None for now; `who`: a handle, "" for whoever types. `asked`: what has
    to be corrected first, as a sentence. `unknown`: names that nobody has, with their sigil. `rest`: what was typed
    without time and who, its quotes kept.
    """

    text: str = ""
    rest: str = ""
    at: datetime | None = None
    who: str = ""
    chips: tuple[Chip, ...] = ()
    unknown: tuple[str, ...] = ()
    asked: str = ""


def parse(typed: str, people: Directory, look: Look) -> Happened:
    """Any text is understood somehow."""
    found = list(tokens(typed))
    count, at = in_front(found, look)
    chips = [Chip("field", "at", _said(at, look), found[0].start, found[count - 1].end)] if at is not None else []
    who, kept, strangers = "", [], []
    for token in found[count:]:
        match = None if token.quoted else _WHO.fullmatch(token.text)
        handles = people.find(match[1]) if match and not who else ()
        if len(handles) == 1:
            who = handles[0]
            chips.append(Chip("owner", "by", people.name(who), token.start, token.end))
            continue
        if match and not handles:
            strangers.append(f"@{match[1]}")
        kept.append(token.text)
    asked = ahead(at, look) if at is not None else ""
    return Happened(
        text=clean(" ".join(kept)),
        rest=_without(typed, chips),
        at=at,
        who=who,
        chips=tuple(chips),
        unknown=tuple(strangers),
        asked=asked,
    )


def understood(typed: str, people: Directory, look: Look) -> Happened:
    """As parse. Raises Invalid for what has to be asked about."""
    found = parse(typed, people, look)
    if found.asked:
        raise Invalid(found.asked, "A day in front says which: yesterday 22:00.")
    return found


def when(said: str, look: Look) -> datetime | None:
    """The moment that these words name as a whole, as a time in front does; None for none."""
    if dates.resolve(said, look.today, look.settings) is not None:
        return None
    at = instants.resolve(said, look.now, look.settings)
    if at is None or at <= look.now:
        return at
    before = instants.resolve(said, look.now, look.settings, past=True)
    return before if before is not None and look.now - EVENING <= before <= look.now else at


def in_front(found: Sequence[Token], look: Look) -> tuple[int, datetime | None]:
    """How many of the words are the time, and which it is: as many as can be."""
    for count in range(min(len(found), instants.LONGEST), 0, -1):
        run = found[:count]
        at = None if any(token.quoted for token in run) else when(" ".join(token.text for token in run), look)
        if at is not None:
            return count, at
    return 0, None


def _without(typed: str, chips: Sequence[Chip]) -> str:
    for chip in reversed(chips):
        typed = typed[: chip.start] + typed[chip.end :]
    return typed.strip()


def _said(at: datetime, look: Look) -> str:
    return instants.readable(at, look.now, look.settings)


def ahead(at: datetime, look: Look) -> str:
    """What is wrong with a time at which something is said to have been; empty where nothing is."""
    if at <= look.now:
        return ""
    return f"{_said(at, look)} lies ahead: it is {_said(look.now, look)} now."
