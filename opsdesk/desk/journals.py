"""Stretches of the journal: read back page by page, and no further than they reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from opsdesk.core.journal import Transaction, standing
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Store

PAGE = 200


def transactions_from(moment: datetime, page: Callable[[int], Sequence[Transaction]]) -> list[Transaction]:
    """Of that moment and later, oldest first. `page(until)`: the newest PAGE with seq <= until, of all if it is 0."""
    found: list[Transaction] = []
    until = 0
    while True:
        these = page(until)
        found = [*(tx for tx in these if tx.at >= moment), *found]
        if len(these) < PAGE or these[0].at < moment or these[0].seq <= 1:
            return found
        until = these[0].seq - 1


def read_from(store: Store, moment: datetime) -> list[Transaction]:
    return transactions_from(moment, lambda until: store.history(until=until, limit=PAGE))


def journal_of(store: Store, meeting: Meeting) -> list[Transaction]:
    """What was done in the meeting and not taken back, oldest first; also after it ended, in its name."""
    if meeting.started is None:
        return []
    return [tx for tx in standing(read_from(store, meeting.started)) if tx.meeting == meeting.id]
