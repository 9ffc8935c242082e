"""Why a step cannot be taken back, for people: who has changed what of it since, and when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from opsdesk.core.declared import titles
from opsdesk.core.errors import Conflict
from opsdesk.core.journal import Transaction, standing
from opsdesk.core.overtaken import leading

if TYPE_CHECKING:
    from opsdesk.desk.context import Context

NOT = {"undo": "Not undone", "redo": "Not done again"}
MOST = 3  # fields that are named


def refused(context: Context, command: str, tx: Transaction, conflict: Conflict) -> str:
    """As in 'Not undone: Ana Ferreira has changed A-228 since (What, 05:37).'"""
    who, did, what, at = _who(context, tx, conflict)
    when = _clock(context, at) if at else ""
    more = ", ".join(filter(None, [*what[:MOST], when]))
    return f"{NOT[command]}: {who} {did}{f' ({more})' if more else ''}."


def _who(context: Context, tx: Transaction, conflict: Conflict) -> tuple[str, str, list[str], datetime | None]:
    """Whoever did what of it, in which fields, and when. Where the conflict does not tell, the journal does."""
    id = conflict.id or next((each.id for each in tx.changes), "")
    if conflict.differences and conflict.shape is not None:
        first = leading(conflict.shape, conflict.differences)
        named = titles(conflict.shape)
        what = [each.title for each in first if each.field in named]
        return _name(context, conflict.by), f"has changed {id} since", what, conflict.at
    if conflict.at is not None:
        return _name(context, conflict.by), f"has removed {id} since", [], conflict.at
    return _from_journal(context, tx)


def _from_journal(context: Context, tx: Transaction) -> tuple[str, str, list[str], datetime | None]:
    for change in tx.changes:
        since = [each for each in context.store.trail(change.id) if each.seq > tx.seq]
        still = [each for each in standing(since) if not each.left] or since
        if still:
            return _name(context, still[-1].by), f"has changed {change.id} since", [], still[-1].at
    return "somebody", "has changed it since", [], None


def _name(context: Context, handle: str) -> str:
    return context.book.names().people.name(handle)


def _clock(context: Context, at: datetime) -> str:
    """Of today the time only."""
    local = at.astimezone(context.settings.zone)
    return f"{local:%H:%M}" if local.date() == context.today() else f"{local:%Y-%m-%d %H:%M}"
