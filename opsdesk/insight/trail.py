"""The trail of a record: everything that happened to it, from the journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec

from opsdesk.core.declared import declared, is_handle, naming, title_of
from opsdesk.core.journal import Change, Transaction
from opsdesk.core.overtaken import NOTHING, PLAIN, Voice, named_as, spoken
from opsdesk.core.record import Record
from opsdesk.insight.fields import words


class Step(msgspec.Struct, frozen=True):
    """One command that touched the record, what it changed of it, and by what it was undone and done again since."""

    tx: Transaction
    change: Change
    turns: tuple[Transaction, ...] = ()

    @property
    def undone(self) -> bool:
        """Whether it is not in effect now."""
        return bool(self.turns) and not self.turns[-1].redoes


def trail(history: Iterable[Transaction], kind: str, id: str) -> list[Step]:
    """Everything that happened, oldest first; an undo and a redo stand with the command that they turned.

    `history`: at least all that touched this record.
    """
    ordered = sorted(history, key=lambda tx: tx.seq)
    turns: dict[int, list[Transaction]] = {tx.seq: [] for tx in ordered if not tx.undoes}
    others = [tx for tx in ordered if (tx.redoes or tx.undoes) not in turns]
    for tx in ordered:
        turns.get(tx.redoes or tx.undoes, []).append(tx)
    steps = [Step(tx, change, tuple(turns.get(tx.seq, ()))) for tx in others for change in tx.changes]
    return [step for step in steps if (step.change.kind, step.change.id) == (kind, id)]


def turned(step: Step, voice: Voice) -> str:
    """As in 'undone by Sue Park 15:04, done again by Sue Park 15:06'; "" for what nobody has undone.

    The day is told where it is another one than that of the command.
    """
    return ", ".join(
        f"{'done again' if tx.redoes else 'undone'} by {voice.person(tx.by)} {_clock(tx.at, step.tx.at, voice)}"
        for tx in step.turns
    )


def _clock(at: datetime, since: datetime, voice: Voice) -> str:
    local, first = at.astimezone(voice.zone or UTC), since.astimezone(voice.zone or UTC)
    return f"{local:%H:%M}" if local.date() == first.date() else f"{local:%Y-%m-%d %H:%M}"


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
    """A field's value in the journal as people read it: names, instants in the company's time, of a value with parts
    its words, else how many it has.
    """
    if kept in (None, "", False, [], {}):
        return NOTHING
    if isinstance(kept, list) and naming(shape).get(name):
        return ", ".join(voice.called(named_as(shape, name), each) for each in kept)
    if isinstance(kept, list | dict):
        return spoken(shape, name, kept) or str(len(kept))
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
