"""What has changed since a meeting met last: as much of the journal as lies after that, and no more."""

from __future__ import annotations

from opsdesk.boards.opening import Opening, last_of_series, opening
from opsdesk.core.meeting import Meeting
from opsdesk.desk.context import Context
from opsdesk.desk.journals import read_from


def opening_of(context: Context, meeting: Meeting) -> Opening:
    """What this meeting opens with; what has happened since it began does not change it."""
    scene = context.scene(meeting)
    run = last_of_series(context.store, scene)
    if run is None:
        return opening(context.store, scene, None, ())
    end, begun = run.ended or run.last, meeting.started or context.clock()
    since = read_from(context.store, end)
    closing = max((tx.seq for tx in since if tx.meeting == run.id and tx.at == end), default=0)
    return opening(context.store, scene, run, [tx for tx in since if tx.seq > closing and tx.at <= begun])
