"""A record that others have changed since it was read: merged with what they did, or refused with who and when."""

from __future__ import annotations

from collections.abc import Sequence

from opsdesk.core.errors import Conflict
from opsdesk.core.journal import Change, Fields, Transaction, fields, standing
from opsdesk.core.merge import before, differences, merged
from opsdesk.core.overtaken import LOOK, PLAIN, changed, removed
from opsdesk.core.record import R, Record, checked
from opsdesk.store.committed import Committed
from opsdesk.store.tables import shaped


def laid_over(committed: Committed, now: R, mine: R) -> R:
    """What `mine` changed since it was read, over what it is now. Raises Conflict, Invalid.

    Damaged where the journal does not tell what others have done: theirs would be taken for what `mine` changed.
    """
    shape, trail = type(now), committed.unbroken(mine.id, mine.rev)
    theirs, ours = fields(now) or {}, fields(checked(mine)) or {}
    base = _read_from(trail, theirs, mine)
    if base is None:
        raise unread(shape, mine.id, trail)
    laid, fought = merged(base, theirs, ours, shape.together)
    kept = shaped(shape, laid)
    if fought:
        differing = differences(shape, fought, base, theirs, ours, trail[1:])
        raise changed(shape, mine.id, differing, kept)
    return kept


def _read_from(trail: Sequence[Transaction], now: Fields, mine: Record) -> Fields | None:
    """The fields as they were at `mine.rev`; None where the record never was at that."""
    if not trail or trail[0].seq != mine.rev or mine.rev > now["rev"]:
        return None
    return before(now, reversed(trail[1:]), mine.kind, mine.id)


def unread(shape: type[Record], id: str, trail: Sequence[Transaction]) -> Conflict:
    """Of what was not read from this desk, or from before it was brought back."""
    if not trail:
        return Conflict(f"{id} has changed since.", LOOK)
    return Conflict(f"{id} was changed by {trail[-1].by} {PLAIN.when(trail[-1].at)}.", LOOK)


def gone(committed: Committed, shape: type[Record], id: str, rev: int) -> Conflict | None:
    """Who removed the record that was read at `rev`, and when; None for what never was there."""
    trail = committed.touching(id, rev)
    if not trail or trail[0].seq != rev:
        return None
    return removed(shape, id, trail[-1].by, trail[-1].at)


def refuse_changed_back(committed: Committed, shape: type[Record], change: Change, seq: int) -> None:
    """Raises Conflict where commands in effect have set a field of this change since `seq`, also back to its value."""
    since = standing(committed.touching(change.id, seq + 1))
    trail = [tx for tx in since if not tx.left and _sets_the_same(tx, change)]
    if trail:
        raise unread(shape, change.id, trail)


def _sets_the_same(tx: Transaction, change: Change) -> bool:
    names = {name for name in change.after or {} if name != "rev"}
    own = [each for each in tx.changes if each.id == change.id]
    return any(each.after is None or each.before is None or not names.isdisjoint(each.after) for each in own)


def overtaken(committed: Committed, shape: type[Record], change: Change, now: Fields | None, seq: int) -> Conflict:
    """Why a change of the transaction `seq` cannot be taken back: who has changed the same since, and when."""
    trail = committed.touching(change.id, seq + 1)
    still = standing(trail) or trail
    if not trail or change.after is None:
        return unread(shape, change.id, still)
    if now is None:
        return removed(shape, change.id, still[-1].by, still[-1].at)
    names = [name for name, value in change.after.items() if name != "rev" and now.get(name) != value]
    return changed(shape, change.id, differences(shape, names, change.after, now, change.before or {}, trail))
