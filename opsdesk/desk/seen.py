"""A step taken from what somebody saw when they began to type: put over what others have made of it since."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.journal import Fields, Transaction, fields

if TYPE_CHECKING:
    from opsdesk.core.ports import Store, Work
    from opsdesk.core.record import R


def now(work: Work, shape: type[R], id: str, seen: R | None) -> R:
    """The record as it is. Raises NotFound, and Conflict where it was seen and somebody has removed it since."""
    try:
        return work.get(shape, id)
    except NotFound:
        if seen is not None:
            work.put(seen)
        raise


def put(work: Work, store: Store, found: R, step: Callable[[R], R], seen: R | None) -> R:
    """The step is checked on the record as it was found now, then taken from what was seen.

    Raises Invalid where the rules forbid it now, Conflict where others changed the same.
    """
    stepped = step(found)
    if seen is None or seen.rev == found.rev:
        return work.put(stepped)
    try:
        mine = step(seen)
    except Invalid as error:
        if stepped == found:
            return found
        raise _asked_again(store, seen, found, stepped) from error
    return work.put(mine)


def _asked_again(store: Store, seen: R, found: R, stepped: R) -> Conflict:
    """What was asked for had been so when it was seen, and others have changed it since."""
    from opsdesk.core.merge import differences
    from opsdesk.core.overtaken import LOOK, changed

    shape, theirs, mine = type(found), fields(found) or {}, fields(stepped) or {}
    names = [name for name in mine if mine[name] != theirs[name]]
    since = [entry for entry in store.trail(found.id) if entry.seq > seen.rev]
    if not since:
        return Conflict(f"{found.id} has changed since.", LOOK)
    return changed(shape, found.id, differences(shape, names, fields(seen) or {}, theirs, mine, since), stepped)


def overtaken(store: Store, found: R, seen: R, part: Callable[[R], object]) -> Transaction | None:
    """What last made this part of the record something else than what was seen; None where it is as it was seen."""
    last, was = None, part(seen)
    if part(found) == was:
        return None
    for entry in store.trail(found.id):
        if entry.seq > seen.rev:
            then = part(reading(store, type(found), found.id, entry.seq))
            last, was = (last, was) if then == was else (entry, then)
    return last


def reading(store: Store, shape: type[R], id: str, rev: int) -> R:
    """The record as it was at this `rev`. Raises Invalid where it never was at that, NotFound where it never was."""
    from opsdesk.core.replay import after

    trail = [(entry.seq, change) for entry in store.trail(id) for change in entry.changes if change.id == id]
    made: Fields | None = None
    for seq, change in trail:
        if seq <= rev:
            made = after(made, change, seq)
    if made is None or made["rev"] != rev:
        there = store.get(shape, id)
        raise Invalid(f"{id} never was at rev {rev}: it is at {there.rev}.", f"`opsdesk show {id} --json` prints it.")
    return msgspec.convert(made, shape)
