"""Who is in the room: present, apologies, absent, late, left; quorum, and who stands in for the chair."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from msgspec.structs import replace

from opsdesk.core.agenda import OPENING_MINUTES
from opsdesk.core.errors import Invalid
from opsdesk.core.meeting import Attendance, Handover, Meeting, Presence

OPENING = timedelta(minutes=OPENING_MINUTES)


def in_room(meeting: Meeting) -> tuple[str, ...]:
    """Handles of those who are here now."""
    return tuple(each.who for each in meeting.attendance if each.presence == "present" and each.left is None)


def quorum_met(meeting: Meeting) -> bool:
    return len(in_room(meeting)) >= meeting.quorum


def missing_chair(meeting: Meeting) -> str:
    """The deputy's handle when the chair is not in the room and the deputy is; else empty."""
    return meeting.deputy if chair_missing(meeting) and meeting.deputy in in_room(meeting) else ""


def chair_missing(meeting: Meeting) -> bool:
    """The chair was expected and is not in the room, whether or not a deputy is."""
    expected = any(each.who == meeting.chair for each in meeting.attendance)
    return expected and meeting.chair not in in_room(meeting)


def is_late(meeting: Meeting, who: Attendance) -> bool:
    return who.came is not None and meeting.started is not None and who.came > meeting.started


def attend(meeting: Meeting, who: str, presence: Presence, at: datetime) -> Meeting:
    """With this person's presence corrected. Arriving after the opening minute makes them late.

    Raises Invalid without a name.
    """
    if not who:
        raise Invalid("Nobody was named.", "Choose who is in the room.")
    before = _of(meeting, who)
    if presence != "present":
        return _with(meeting, Attendance(who=who, presence=presence))
    came = before.came if before and before.came else _arrival(meeting, at)
    return _with(meeting, Attendance(who=who, presence="present", came=came))


def leave(meeting: Meeting, who: str, at: datetime) -> Meeting:
    """Raises Invalid for somebody who is not in the room."""
    before = _of(meeting, who)
    if before is None or who not in in_room(meeting):
        raise Invalid(f"{who or 'Nobody'} is not in the room.", "Mark them present first.")
    return _with(meeting, replace(before, left=at))


def hand_over(meeting: Meeting, role: Literal["chair", "minute_taker"], to: str, at: datetime) -> Meeting:
    """Raises Invalid where it would change nothing, or for somebody who is not here (any more)."""
    before = meeting.chair if role == "chair" else meeting.minute_taker
    if not to or to == before:
        raise Invalid("That hands over to nobody new.", "Name the person who takes it on.")
    if not may_take_over(meeting, to):
        raise Invalid(f"{to} is not in the room.", "Hand over to somebody who is, or mark them present first.")
    handovers = (*meeting.handovers, Handover(role=role, before=before, after=to, at=at))
    changed = replace(meeting, handovers=handovers)
    return replace(changed, chair=to) if role == "chair" else replace(changed, minute_taker=to)


def may_take_over(meeting: Meeting, who: str) -> bool:
    """Whether they are here, or were not expected and so have come just now."""
    return _of(meeting, who) is None or who in in_room(meeting)


def _of(meeting: Meeting, who: str) -> Attendance | None:
    return next((each for each in meeting.attendance if each.who == who), None)


def _with(meeting: Meeting, changed: Attendance) -> Meeting:
    if _of(meeting, changed.who) is None:
        return replace(meeting, attendance=(*meeting.attendance, changed))
    kept = tuple(changed if each.who == changed.who else each for each in meeting.attendance)
    return replace(meeting, attendance=kept)


def _arrival(meeting: Meeting, at: datetime) -> datetime:
    """Within the opening minute nobody is late; after the end it is a correction of the list."""
    start = meeting.started or at
    return start if meeting.ended or at <= start + OPENING else at
