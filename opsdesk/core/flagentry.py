"""A flag in one line: "acme support red the CIO wrote to our CEO" -> customer, measure, level, why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from opsdesk.core.customers import Customer
from opsdesk.core.names import Directory, fold
from opsdesk.core.scores import Level
from opsdesk.core.text import clean

LEVELS: dict[str, Level] = {
    "r": "red",
    "red": "red",
    "o": "orange",
    "orange": "orange",
    "amber": "orange",
    "yellow": "orange",
    "g": "green",
    "green": "green",
    "u": "unknown",
    "unknown": "unknown",
}
_NEED_WHY = ("red", "orange")
_LONGEST_NAME = 6
_WANTED = {"customer": "customer", "measure": "measure", "level": "r, o, g or u", "comment": "why"}


class FlagDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, understood; `customer` is a handle, `customer_name` its name.

    `missing` names what is not there yet, in the order it is typed: "customer", "measure", "level", "comment" (red
    and orange need one). While the level is missing it reads "unknown".
    """

    customer: str = ""
    customer_name: str = ""
    measure: str = ""
    level: Level = "unknown"
    comment: str = ""
    missing: tuple[str, ...] = ()


def parse_flag(text: str, customers: Directory | Iterable[Customer], measures: Sequence[str]) -> FlagDraft:
    """Customer by handle, name or an unambiguous start of one (of several words, too), measure by its start, level by
    its letter or word; the rest is the comment. "#" before the customer is let go. Any text is understood somehow.
    """
    known = customers if isinstance(customers, Directory) else Directory((c.handle, c.name) for c in customers)
    words = clean(text).split()
    drafts = [_from(words, count, known, measures) for count in range(min(len(words), _LONGEST_NAME), -1, -1)]
    return min(drafts, key=lambda draft: (len(set(draft.missing) - {"comment"}), not draft.customer))


def answer_flag(draft: FlagDraft) -> str:
    """What is understood so far, and what is still asked for, as one line."""
    level = "" if "level" in draft.missing else draft.level
    said = [part for part in (draft.customer_name, draft.measure, level) if part]
    return " · ".join([*said, *(f"{_WANTED[each]}?" for each in draft.missing)])


def _from(words: Sequence[str], count: int, known: Directory, measures: Sequence[str]) -> FlagDraft:
    """Read with the first `count` words as the customer's name."""
    found = known.find(" ".join(words[:count]).lstrip("#"))
    customer = found[0] if len(found) == 1 else ""
    measure, rest = _measure(words[count:], measures)
    level = LEVELS.get(rest[0].lower()) if rest else None
    comment = " ".join(rest[1:] if level else rest)
    there = {"customer": customer, "measure": measure, "level": level, "comment": comment or level not in _NEED_WHY}
    return FlagDraft(
        customer=customer,
        customer_name=known.name(customer),
        measure=measure,
        level=level or "unknown",
        comment=comment,
        missing=tuple(name for name, value in there.items() if not value),
    )


def _measure(words: Sequence[str], measures: Sequence[str]) -> tuple[str, Sequence[str]]:
    found = [each for each in measures if words and fold(each).startswith(fold(words[0]))]
    return (found[0], words[1:]) if len(found) == 1 else ("", words)
