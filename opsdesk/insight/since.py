"""What has changed since a moment: the journal's transactions folded into their net effect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.entries import Decision
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.journal import Change, Fields, Transaction
from opsdesk.core.scores import Score

GONE = ("done", "dropped")


class Slipped(msgspec.Struct, frozen=True, kw_only=True):
    """An open action due later than it was; `times` counts every move there ever was."""

    id: str
    was: date
    due: date
    times: int = 1


class Made(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    text: str


class FlagChange(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of the score sheet from one level to another; `customer` is a handle."""

    id: str
    customer: str
    measure: str
    before: str
    after: str


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one flag on a walk over them; `id` is that of its review."""

    id: str
    outcome: str


class Since(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of actions done and new; what slipped, was decided, which flags changed, and which of them had their turn on
    a walk, each in order of time.
    """

    done: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    slipped: tuple[Slipped, ...] = ()
    decisions: tuple[Made, ...] = ()
    flags: tuple[FlagChange, ...] = ()
    walked: tuple[Reviewed, ...] = ()

    @property
    def quiet(self) -> bool:
        return not (self.done or self.new or self.slipped or self.decisions or self.flags or self.walked)


def changed(history: Iterable[Transaction]) -> Since:
    """What these transactions come to together; what was done and undone among them does not count."""
    effect = net(history)
    actions = [change for change in effect if change.kind == Action.kind]
    return Since(
        done=tuple(change.id for change in actions if _became_done(change)),
        new=tuple(change.id for change in actions if change.before is None),
        slipped=tuple(slip for slip in map(_slipped, actions) if slip),
        decisions=tuple(_made(change) for change in effect if change.kind == Decision.kind and change.before is None),
        flags=_flags(change for change in effect if change.kind == Score.kind and change.before is None),
        walked=tuple(_reviewed(change) for change in effect if change.kind == FlagReview.kind and _has_come(change)),
    )


def net(history: Iterable[Transaction]) -> list[Change]:
    """One change a record, from its fields before the first transaction to those after the last, in order of time.

    Undo is a transaction whose changes lead back, so it cancels out here by itself.
    """
    folded: dict[tuple[str, str], Change] = {}
    for tx in sorted(history, key=lambda each: each.seq):
        for change in tx.changes:
            key = (change.kind, change.id)
            folded[key] = _joined(folded[key], change) if key in folded else change
    return [change for change in folded.values() if not _nothing(change)]


def _joined(first: Change, then: Change) -> Change:
    """Both as one: the earliest value of each field before, the latest after; None: not there."""
    before = None if first.before is None else {**(then.before or {}), **first.before}
    after = None if then.after is None else {**(first.after or {}), **then.after}
    return Change(first.kind, first.id, before, after)


def _nothing(change: Change) -> bool:
    if change.before is None or change.after is None:
        return change.before is change.after
    before = change.before
    return all(before.get(name) == value for name, value in change.after.items() if name != "rev")


def _became_done(change: Change) -> bool:
    after = change.after or {}
    return after.get("state") == "done" and (change.before or {}).get("state") != "done"


def _slipped(change: Change) -> Slipped | None:
    before, after = change.before or {}, change.after or {}
    was, due = _day(before.get("due")), _day(after.get("due"))
    if was is None or due is None or due <= was or after.get("state") in GONE:
        return None
    slips = after.get("slips") or ()
    return Slipped(id=change.id, was=was, due=due, times=max(1, len(slips)))


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _made(change: Change) -> Made:
    after: Fields = change.after or {}
    return Made(id=change.id, text=str(after.get("text", "")))


def _flags(made: Iterable[Change]) -> tuple[FlagChange, ...]:
    """One a cell, from the level before the first new score to that of the last; a confirmation is no change."""
    cells: dict[tuple[str, str], FlagChange] = {}
    for change in made:
        flag = _flag(change)
        cell = (flag.customer, flag.measure)
        start = cells[cell].before if cell in cells else flag.before
        cells[cell] = msgspec.structs.replace(flag, before=start)
    return tuple(flag for flag in cells.values() if flag.before != flag.after)


def _has_come(change: Change) -> bool:
    """Whether something has come of it that had not before."""
    return bool((change.after or {}).get("outcome")) and not (change.before or {}).get("outcome")


def _reviewed(change: Change) -> Reviewed:
    return Reviewed(id=change.id, outcome=str((change.after or {})["outcome"]))


def _flag(change: Change) -> FlagChange:
    after: Fields = change.after or {}
    return FlagChange(
        id=change.id,
        customer=str(after.get("customer", "")),
        measure=str(after.get("measure", "")),
        before=str(after.get("was", "unknown")),
        after=str(after.get("level", "unknown")),
    )
