"""Changes: which actions were done, made and moved since this agenda met last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from opsdesk.boards.lay import Found, Table
from opsdesk.boards.since import last_met
from opsdesk.boards.table import Weight
from opsdesk.boards.words import day, short_day
from opsdesk.core.actions import Action

SLIPPED, NEW, DONE = range(3)


def find(table: Table) -> Iterable[Found]:
    """Before the first run of a series: the last 7 days."""
    since = last_met(table)
    for action in table.reader.where(Action, lambda action: _touched(action, since)):
        if table.scene.customer in ("", action.customer):
            yield _found(table, action, since)


def _touched(action: Action, since: datetime) -> bool:
    moments = (action.finished, action.created, action.slips[-1].at if action.slips else None)
    return action.state != "dropped" and any(at is not None and at > since for at in moments)


def _found(table: Table, action: Action, since: datetime) -> Found:
    reason, brief, weight, place = _change(table, action, since)
    found = table.action(action, reason, brief)
    return msgspec.structs.replace(found, line=msgspec.structs.replace(found.line, weight=weight), harm=(10, place))


def _change(table: Table, action: Action, since: datetime) -> tuple[str, str, Weight, int]:
    """The reason, the same in few words, its weight and its place."""
    if action.finished is not None and action.finished > since:
        done = table.local(action.finished)
        return f"done {day(done, table.today)}", f"done {short_day(done, table.today)}", "green", DONE
    last = action.slips[-1] if action.slips else None
    if last is not None and last.at > since:
        moved = day(action.due, table.today) if action.due else "no date"
        brief = f"slipped {short_day(last.was, table.today)} → {_short(table, action)}"
        why = f": {last.why}" if last.why and table.scene.audience != "customer" else ""
        return f"slipped from {day(last.was, table.today)} to {moved}{why}", brief, "orange", SLIPPED
    due = f", due {day(action.due, table.today)}" if action.due else ", no date"
    return f"new{due}", f"new, {'due ' if action.due else ''}{_short(table, action)}", "none", NEW


def _short(table: Table, action: Action) -> str:
    return short_day(action.due, table.today) if action.due else "no date"
