"""A reason put together from clauses, the weightiest first; where there is little room as many as fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from opsdesk.boards.words import BRIEF

HOUR, DAY = 60, 48 * 60
JOINT = ", "


class Clause(NamedTuple):
    """`few`: the same in few words, where there are fewer."""

    words: str
    few: str = ""


Said = str | Clause


def clauses(*said: Said) -> tuple[Clause, ...]:
    """Those that say something."""
    return tuple(each if isinstance(each, Clause) else Clause(each) for each in said if each and any(each))


def reason_of(said: Iterable[Clause]) -> str:
    return JOINT.join(each.words for each in said)


def brief_of(said: Iterable[Clause]) -> str:
    """At most BRIEF characters."""
    brief = ""
    for each in said:
        few = each.few or each.words
        longer = f"{brief}{JOINT}{few}" if brief else few
        if len(longer) <= BRIEF:
            brief = longer
    first = next((each.few or each.words for each in said), "")
    return brief or f"{first[: BRIEF - 1].rstrip()}…"


def length(start: datetime, end: datetime) -> str:
    """ "42 min", "1 h 10 min", "5 h", "3 days": whole minutes, cut off."""
    minutes = max(0, int((end - start).total_seconds() // 60))
    if minutes >= DAY:
        return f"{minutes // (24 * 60)} days"
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest and hours < 6 else f"{hours} h"


def short_length(start: datetime, end: datetime) -> str:
    """ "42 min", "1 h 10", "3 days"."""
    told = length(start, end)
    return told.removesuffix(" min") if " h " in told else told


def listed(words: Sequence[str]) -> str:
    """ "Mail", "Mail and Login", "Mail, Login and Search"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"
