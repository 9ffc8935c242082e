"""The trail of a record: everything that happened to it, from the journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec

from opsdesk.core.declared import declared, is_handle, naming, title_of
from opsdesk.core.journal import Change, Transaction, in_effect
from opsdesk.core.overtaken import NOTHING, PLAIN, Voice, named_as
from opsdesk.core.record import Record
from opsdesk.insight.fields import words


class Step(msgspec.Struct, frozen=True):
    """One transaction that touched the record, and what it changed of it."""

    tx: Transaction
    change: Change


def trail(history: Iterable[Transaction], kind: str, id: str) -> list[Step]:
    """Oldest first, of the commands in effect: what was undone is left out, and so is its undo; what was done again is
    where it was first done. `history`: at least all that touched this record.
    """
    commands = [tx for tx in reversed(in_effect(history)) if not tx.undoes]
    steps = [Step(tx, change) for tx in commands for change in tx.changes]
    return [step for step in steps if (step.change.kind, step.change.id) == (kind, id)]


def told(change: Change, shape: type[Record], voice: Voice = PLAIN, most: int | None = None) -> tuple[str, ...]:
    """`Due: 2026-11-20 → 2026-11-27`, one a field by its title, of each value `most` characters; nothing for a record
    made or removed as a whole.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return ()
    pairs = ((name, before.get(name), new) for name, new in after.items())
    return tuple(
        f"{title_of(shape, name)}: {_cut(value(shape, name, was, voice), most)} → "
        f"{_cut(value(shape, name, new, voice), most)}"
        for name, was, new in pairs
    )


def value(shape: type[Record], name: str, kept: Any, voice: Voice) -> str:
    """A field's value in the journal as people read it: names, instants in the company's time, of a list its length."""
    if kept in (None, "", False, [], {}):
        return NOTHING
    if isinstance(kept, list) and naming(shape).get(name):
        return ", ".join(voice.called(named_as(shape, name), each) for each in kept)
    if isinstance(kept, list | dict):
        return str(len(kept))
    kind = declared(shape).get(name)
    if isinstance(kept, str) and kind is not None:
        return voice.called(named_as(shape, name), kept) if is_handle(kind) else _local(kept, voice)
    return "yes" if kept is True else str(kept)


def _local(kept: str, voice: Voice) -> str:
    try:
        moment = datetime.fromisoformat(kept)
    except ValueError:
        return kept
    return words(moment, voice.zone or UTC) if moment.tzinfo else kept


def _cut(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else text[: most - 1] + "…"
