"""What became of records over a stretch of the journal: what appeared, moved, slipped, came back or was settled.

Pure: it is given the transactions of the stretch and reads no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.journal import Change, Fields, Transaction, in_effect
from opsdesk.core.kinds import shape_named
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.core.scores import Score
from opsdesk.insight.since import net

What = Literal["came back", "new", "slipped", "moved", "changed", "settled"]
WORST_FIRST: tuple[What, ...] = ("came back", "new", "slipped", "moved", "changed", "settled")
GONE = ("done", "dropped")
DATES = ("due", "forecast", "planned", "promised", "ends", "until")
SILENT = ("rev", "relisted", "led_to", "came_of", "created", "created_by")
"""Fields that change beside what somebody did."""


Key = tuple[str, str]
Touched = tuple[Transaction, Change]


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one record, of a new one who made it and when. `word`: its new state, or what happened
    ("slipped"); `was` and `now`: the states, or for what slipped the dates, empty where neither is known. `fields`:
    what differs, as the journal holds it.
    """

    kind: str
    id: str
    what: What
    word: str
    was: str = ""
    now: str = ""
    by: str
    at: datetime
    change: Change


def moves(history: Iterable[Transaction]) -> tuple[Move, ...]:
    """One a record, of their net effect: what was done and undone among them is nothing. By time."""
    known = list(history)
    touched = _by_record(in_effect(known))
    found = (_move(change, touched.get((change.kind, change.id), ())) for change in net(known))
    return tuple(sorted((each for each in found if each is not None), key=lambda each: (each.at, each.id)))


def _by_record(newest_first: Iterable[Transaction]) -> dict[Key, list[Touched]]:
    found: dict[Key, list[Touched]] = {}
    for tx in newest_first:
        for change in tx.changes if not tx.undoes else ():
            found.setdefault((change.kind, change.id), []).append((tx, change))
    return found


def _move(change: Change, touched: Sequence[Touched]) -> Move | None:
    told = _what(change)
    made = told is not None and told[0] == "new"
    tx = next((tx for tx, _ in reversed(touched)), None) if made else _author(change, touched)
    if told is None or tx is None:
        return None
    what, word, was, now = told
    return Move(
        kind=change.kind, id=change.id, what=what, word=word, was=was, now=now, by=tx.by, at=tx.at, change=change
    )


def _author(change: Change, touched: Sequence[Touched]) -> Transaction | None:
    """Who moved its state last, where that has changed; else who touched it last. `touched`: newest first."""
    by_state = [tx for tx, each in touched if "state" in (each.after or {})] if "state" in (change.after or {}) else []
    return next(iter(by_state), None) or next((tx for tx, _ in touched), None)


def _what(change: Change) -> tuple[What, str, str, str] | None:
    """What happened, in a word, and the states or dates before and after it; None for what is no news."""
    before, after = change.before, change.after
    shape = shape_named(change.kind)
    if after is None or shape is None or not _told(shape):
        return None
    closed = shape.closed if issubclass(shape, Registered) else GONE
    was, now = str((before or {}).get("state") or ""), str(after.get("state") or "")
    if issubclass(shape, Score):
        return _flag(after) if before is None else None
    if before is None:
        return ("settled", now, "", now) if now in closed else ("new", "new", "", now)
    if now and now != was:
        return _state(was, now, closed)
    slipped = _slipped(before, after)
    if slipped:
        return "slipped", "slipped", *slipped
    return ("changed", "changed", "", "") if set(after) - set(SILENT) else None


def _told(shape: type[Record]) -> bool:
    return issubclass(shape, Registered | Action | Item | Score) and shape.kind != "timeline"


def _state(was: str, now: str, closed: tuple[str, ...]) -> tuple[What, str, str, str]:
    if now in closed and was not in closed:
        return "settled", now, was, now
    if was in closed and now not in closed:
        return "came back", "came back", was, now
    return "moved", now, was, now


def _slipped(before: Fields, after: Fields) -> tuple[str, str] | None:
    """The first date that lies later than it did."""
    for name in DATES:
        was, now = before.get(name), after.get(name)
        if isinstance(was, str) and isinstance(now, str) and now > was and len(was) == len("2026-11-23"):
            return was, now
    if "slips" in after and isinstance(after.get("forecast"), str):
        slips = after["slips"]
        return (str(slips[-1]["was"]), str(after["forecast"])) if slips else None
    return None


def _flag(after: Fields) -> tuple[What, str, str, str] | None:
    was, now = str(after.get("was", "unknown")), str(after.get("level", "unknown"))
    return None if was == now else ("moved", now, was, now)
