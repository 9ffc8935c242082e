"""Minutes that have left the desk, and what of the desk they tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from opsdesk.core.journal import Change, Fields, Transaction
from opsdesk.core.minutes import Copy, Minutes, MinutesRecord
from opsdesk.desk.context import Context

PAGE = 500


class Leaving(msgspec.Struct, frozen=True):
    """Minutes as they said it when a copy of them left, and the entry of the journal that made them say it.

    `own`: it is these minutes that the step in question made or changed.
    """

    minutes: Minutes
    copy: Copy
    frozen: int
    own: bool = False


def sentence(context: Context, tx: Transaction) -> str:
    """How minutes with something of tx in them left the desk after it, when, by whom and to what file; "" for none.

    As in "These minutes were saved at 15:03 by Sue Park: daily-1.md", of those that tx itself has made or changed.
    """
    found = next(_leavings(context, tx), None)
    if found is None:
        return ""
    from opsdesk.core.people import Person

    said, copy = found.minutes, found.copy
    named = [each.name for each in context.store.where(Person, handle=copy.by)]
    who = (named or [copy.by])[0]
    which = "These minutes" if found.own else f"The minutes of {said.series} #{said.number}, with this in them,"
    to = f": {_name(copy.to)}" if copy.to else ""
    return f"{which} were {copy.how} {_when(context, copy.at)} by {who}{to}"


def _when(context: Context, at: datetime) -> str:
    """Of today the time only."""
    local = at.astimezone(context.settings.zone)
    return f"at {local:%H:%M}" if local.date() == context.today() else f"on {local:%Y-%m-%d at %H:%M}"


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _leavings(context: Context, tx: Transaction) -> Iterator[Leaving]:
    """Newest first. What was frozen before tx says nothing of it."""
    for entry in newest_first(context, tx.seq):
        for change in entry.changes if entry.left else ():
            leaving = _leaving(context, entry.seq, change) if change.kind == MinutesRecord.kind else None
            if leaving and leaving.frozen >= tx.seq and _tells(leaving.minutes, entry.meeting, tx):
                yield replace(leaving, own=any(each.id == change.id for each in tx.changes))


def newest_first(context: Context, since: int) -> Iterator[Transaction]:
    """The journal after `since`, a page at a time."""
    until = 0
    while page := context.store.history(since, until=until, limit=PAGE):
        yield from reversed(page)
        until = page[0].seq - 1
        if until <= since:
            return


def _leaving(context: Context, seq: int, change: Change) -> Leaving | None:
    """From the journal: the minutes may have been removed or frozen again since."""
    copies = (change.after or {}).get("copies")
    trail = [each for each in context.store.trail(change.id) if each.seq < seq]
    told = [(each.seq, after["minutes"]) for each in trail for after in _afters(each, change.id) if "minutes" in after]
    if not copies or not told:
        return None
    frozen, minutes = told[-1]
    return Leaving(msgspec.convert(minutes, Minutes), msgspec.convert(copies[-1], Copy), frozen)


def _afters(entry: Transaction, id: str) -> Iterator[Fields]:
    return (each.after for each in entry.changes if each.id == id and each.after is not None)


def _tells(minutes: Minutes, meeting: str, tx: Transaction) -> bool:
    """Whether the minutes of the meeting say something of a record that tx touched, by its id or its name."""
    if meeting and meeting == tx.meeting:
        return True
    names = {name for change in tx.changes for name in _names(change)}
    return meeting in names or not names.isdisjoint(_texts(msgspec.to_builtins(minutes)))


def _names(change: Change) -> Iterator[str]:
    yield change.id
    for fields in (change.before or {}, change.after or {}):
        yield from (fields[each] for each in ("name", "meeting") if isinstance(fields.get(each), str) and fields[each])


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list() | tuple():
            for each in value:
                yield from _texts(each)
