"""What the rail of the Room warns of, each with the key that answers it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from opsdesk.core.attendance import chair_missing, in_room, missing_chair, quorum_met
from opsdesk.core.clocks import View
from opsdesk.core.meeting import Meeting
from opsdesk.core.moves import deciding
from opsdesk.core.opening import lateness
from opsdesk.ui.dates import clock
from opsdesk.ui.ink import Ink, width
from opsdesk.ui.room.rail import Lines, Name

LATE = {"end": "end kept, sections shortened", "length": "length kept, the end moves"}
INSTEAD = {"end": "length", "length": "end"}


def time(meeting: Meeting, view: View, quiet: datetime | None, zone: ZoneInfo, room: int) -> Lines:
    """What the clock asks for: the most urgent thing only."""
    if quiet is not None:
        heard = clock(quiet, zone)
        return [*_said(f"Quiet since {heard}", room), _key("c", f"close it at {heard}")]
    if not view.running or view.closing:
        return []
    if view.past_cap and not meeting.overrun:
        return [*_said("Past the hard cap", room, "red"), _key("c", "close"), _key("=", "say why it goes on")]
    if view.last_five and not meeting.overrun:
        return _last_minutes(meeting, room)
    return _fitting(meeting, view, room)


def _last_minutes(meeting: Meeting, room: int) -> Lines:
    last = deciding(meeting)
    rows = [*_said("Last 5 minutes", room), *_said("capture, decide, close", room, "dim"), _key("c", "close")]
    return rows if last is None else [*rows, _key("space", f"to {meeting.sections[last].title}")]


def _fitting(meeting: Meeting, view: View, room: int) -> Lines:
    over = view.remaining < timedelta()
    rows = [*_said("Past the planned end", room), _key("c", "close")] if over else []
    if not view.will_not_fit:
        return rows
    titles = ", ".join(meeting.sections[at].title for at in view.will_not_fit)
    one = [_key("+", "borrow 2 min from it"), _key("-", "park it for next time")]
    several = [_key("+", "2 min from the last"), _key("-", "park the last")]
    return [*rows, *_said(f"{titles} will not fit", room), *(one if len(view.will_not_fit) == 1 else several)]


def start(meeting: Meeting, room: int) -> Lines:
    """That it began late, and what that changed."""
    late = lateness(meeting)
    if not late:
        return []
    count = int(late.total_seconds() / 60)
    rows = _said(f"started {count} min late: {LATE[meeting.late]}", room, "dim")
    return [*rows, _key("ctrl+p", f"keep the {INSTEAD[meeting.late]}")] if meeting.state == "running" else rows


def missing(meeting: Meeting, name: Name, room: int) -> Lines:
    """Who is not here and has to be: the chair, a quorum."""
    return [*_chair(meeting, name, room), *_quorum(meeting, room)]


def _chair(meeting: Meeting, name: Name, room: int) -> Iterator[list[Ink]]:
    if chair_missing(meeting):
        deputy = missing_chair(meeting)
        yield from _said("The chair is not here", room)
        yield _key("ctrl+p", "hand over")
        if deputy:
            yield from _said(f"to {name(deputy)}, the deputy", room, "dim")


def _quorum(meeting: Meeting, room: int) -> Iterator[list[Ink]]:
    if not quorum_met(meeting):
        yield from _said(f"No quorum: {len(in_room(meeting))} of {meeting.quorum}", room)
        yield _key("ctrl+p", "adjourn")


def _key(key: str, words: str) -> list[Ink]:
    return [Ink(key, "bright!"), Ink(f" {words}", "dim")]


def _said(text: str, room: int, role: str = "orange") -> Lines:
    """In as many lines as it takes; a word that is too long for one is left to be cut."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".lstrip()
        if rows[-1] and width(longer) > room:
            rows.append(word)
        else:
            rows[-1] = longer
    return [[Ink(row, role)] for row in rows]
