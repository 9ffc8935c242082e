"""What has changed since a meeting met last: as much of the journal as lies after that, and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from opsdesk.boards.opening import Opening, last_of_series, opening
from opsdesk.core.journal import Transaction
from opsdesk.core.meeting import Meeting
from opsdesk.desk.context import Context

PAGE = 200


def opening_of(context: Context, meeting: Meeting) -> Opening:
    """What this meeting opens with; what has happened since it began does not change it."""
    scene = context.scene(meeting)
    run = last_of_series(context.store, scene)
    if run is None:
        return opening(context.store, scene, None, ())
    end, begun = run.ended or run.last, meeting.started or context.clock()
    since = transactions_from(end, lambda until: context.store.history(until=until, limit=PAGE))
    closing = max((tx.seq for tx in since if tx.meeting == run.id and tx.at == end), default=0)
    return opening(context.store, scene, run, [tx for tx in since if tx.seq > closing and tx.at <= begun])


def transactions_from(moment: datetime, page: Callable[[int], Sequence[Transaction]]) -> list[Transaction]:
    """Of that moment and later, oldest first, page by page. `page(until)`: the newest PAGE with seq <= until, of all if 0."""
    found: list[Transaction] = []
    until = 0
    while True:
        these = page(until)
        found = [*(tx for tx in these if tx.at >= moment), *found]
        if len(these) < PAGE or these[0].at < moment or these[0].seq <= 1:
            return found
        until = these[0].seq - 1
