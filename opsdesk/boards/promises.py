"""Promises to one customer, or to all: open, broken, and how the last ones were kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from opsdesk.boards.lay import Found, Table
from opsdesk.boards.words import Rank, day, short_day
from opsdesk.core.actions import Action
from opsdesk.insight.promises import WEEKS, was_kept


def find(table: Table) -> Iterable[Found]:
    """Every open promise, and those finished in the last 8 weeks."""
    since = table.scene.now - timedelta(weeks=WEEKS)
    for action in table.reader.where(Action, promise=True):
        if table.scene.customer not in ("", action.customer):
            continue
        if action.live:
            yield table.action(action)
        elif action.state == "done" and action.finished and action.finished >= since:
            yield _finished(table, action)


def _finished(table: Table, action: Action) -> Found:
    kept = was_kept(action, table.scene.settings.zone)
    done, word = table.local(action.finished or table.scene.now), "kept" if kept else "late"
    told = f", promised for {day(action.first_due, table.today)}" if action.first_due else ""
    reason, brief = f"{word}: done {day(done, table.today)}{told}", f"{word}, done {short_day(done, table.today)}"
    found = table.action(action, reason, brief)
    line = msgspec.structs.replace(found.line, weight="green" if kept else "none")
    return msgspec.structs.replace(found, line=line, harm=(Rank.OTHER, 1 + kept))
