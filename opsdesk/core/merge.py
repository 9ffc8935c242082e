"""Two changes of one record, made from the same reading: what goes together, and what only one can have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from opsdesk.core.declared import declared, is_list, is_text, title_of
from opsdesk.core.errors import Invalid
from opsdesk.core.journal import Change, Fields, Transaction, standing
from opsdesk.core.record import TEXT_LIMIT, Record

BETWEEN = " / "
Together = tuple[tuple[str, ...], ...]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One field that two people set to different values, all as JSON types.

    `was`: as both had read it. `theirs`: as it is now, set by `by` (a handle) at `at` (aware). `mine`: as it would be.
    `title`: the field as people read it.
    """

    field: str
    title: str
    was: Any
    theirs: Any
    mine: Any
    by: str
    at: datetime


def merged(base: Fields, theirs: Fields, mine: Fields, together: Together = ()) -> tuple[Fields, tuple[str, ...]]:
    """Theirs with what mine changed of base, and the fields that both changed to different values, there as in mine.

    Where one of the fields `together` is such a field, all of them are in which the two differ: a state and its
    reason, a date and the dates before it are one thing. `rev` is never mine.
    """
    changed = {name for name in mine if name != "rev" and mine[name] != base.get(name)}
    fellows = {name for name in mine if mine[name] != theirs.get(name)}
    fought = _fought((base, theirs, mine), changed, fellows, together)
    laid = {name: value for name, value in mine.items() if name in changed or name in fought}
    return {**theirs, **laid}, tuple(name for name in mine if name in fought)


def contested(
    base: Fields, theirs: Fields, mine: Fields, touched: Sequence[str], together: Together = ()
) -> tuple[str, ...]:
    """Of the fields that mine touched, those that theirs has changed to another value, and what was touched together
    with them. What was not touched is never among them: it stays as theirs.
    """
    fought = _fought((base, theirs, mine), set(touched), set(touched), together)
    return tuple(name for name in touched if name in fought)


def _fought(sides: tuple[Fields, Fields, Fields], changed: set[str], fellows: set[str], together: Together) -> set[str]:
    """Of what `changed`, what theirs has changed to another value, and those `fellows` that go together with it."""
    base, theirs, mine = sides
    fought = {name for name in changed if theirs.get(name) not in (base.get(name), mine[name])}
    for names in together:
        if not fought.isdisjoint(names):
            fought |= fellows.intersection(names)
    return fought


def differences(
    shape: type[Record],
    names: Iterable[str],
    base: Fields,
    theirs: Fields,
    mine: Fields,
    since: Sequence[Transaction],
) -> tuple[Difference, ...]:
    """These fields with who set them as they are now, and when. `since`: what changed the record, oldest first."""
    return tuple(_difference(shape, name, base, theirs, mine, _who(since, theirs["id"], name)) for name in names)


def _difference(
    shape: type[Record], name: str, base: Fields, theirs: Fields, mine: Fields, entry: Transaction
) -> Difference:
    return Difference(
        field=name,
        title=title_of(shape, name),
        was=base.get(name),
        theirs=theirs.get(name),
        mine=mine.get(name),
        by=entry.by,
        at=entry.at,
    )


def _who(since: Sequence[Transaction], id: str, name: str) -> Transaction:
    """The newest in effect that set the field: whoever took a later one back has not set what came back by that.

    Where none did, as its fellow was changed, the newest of all.
    """
    in_order = (*reversed(standing(since)), *reversed(since))
    setting = (entry for entry in in_order for change in entry.changes if change.id == id and sets(change, name))
    return next(setting, since[-1])


def later(each: Difference, theirs: Fields, since: Sequence[Transaction]) -> Difference:
    """As it is now, where others have changed it once more. `since`: what has changed the record, oldest first."""
    value = theirs.get(each.field)
    if value == each.theirs:
        return each
    entry = _who(since, theirs["id"], each.field)
    return msgspec.structs.replace(each, theirs=value, by=entry.by, at=entry.at)


def sets(change: Change, name: str) -> bool:
    return change.before is None or change.after is None or name in change.after


def before(now: Fields | None, newest_first: Iterable[Transaction], kind: str, id: str) -> Fields | None:
    """The fields of a record as they were before these transactions; None where it was not there."""
    for entry in newest_first:
        for change in entry.changes:
            if (change.kind, change.id) == (kind, id):
                now = None if change.before is None else {**(now or {}), **change.before}
    return now


def both(shape: type[Record], difference: Difference) -> Any:
    """The value that keeps theirs and mine. Raises Invalid where only one of them can be true."""
    kind = declared(shape)[difference.field]
    if is_list(kind):
        theirs, mine = difference.theirs or [], difference.mine or []
        return [*theirs, *(each for each in mine if each not in theirs)]
    if is_text(kind):
        return _joined(difference)
    raise Invalid(f"There is one {difference.title}: only one of the two can be true.", "Take theirs or yours.")


def _joined(difference: Difference) -> str:
    """The two texts one after the other; where one holds the other, that one."""
    theirs, mine = str(difference.theirs or ""), str(difference.mine or "")
    if mine in theirs:
        return theirs
    if theirs in mine:
        return mine
    if len(theirs) + len(BETWEEN) + len(mine) > TEXT_LIMIT:
        what = f"{difference.title} of both together is longer than {TEXT_LIMIT:,} characters."
        raise Invalid(what, "Take theirs or yours, and shorten it.")
    return f"{theirs}{BETWEEN}{mine}"


def reconciled(mine: Record, differing: Iterable[Difference], choice: str) -> Record:
    """`mine` of a conflict with these fields as "theirs", "mine" or "both" of them. Raises Invalid."""
    shape = type(mine)
    chosen = {each.field: _chosen(shape, each, choice) for each in differing}
    return msgspec.convert({**msgspec.to_builtins(mine), **chosen}, shape)


def _chosen(shape: type[Record], difference: Difference, choice: str) -> Any:
    match choice:
        case "theirs":
            return difference.theirs
        case "mine":
            return difference.mine
        case "both":
            return both(shape, difference)
    raise Invalid(f'"{choice}" is no choice.', "Take theirs, mine or both.")
