"""The runner: a pure state machine. step(meeting, event) -> meeting; core.clocks.view(meeting, now) -> clocks."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from opsdesk.core.clocks import current, last_five, past_cap
from opsdesk.core.errors import Invalid
from opsdesk.core.events import Back, Event, GoTo, Next
from opsdesk.core.meeting import Meeting, MeetingState
from opsdesk.core.moves import deciding, still_in

REFUSED: dict[MeetingState, tuple[str, str]] = {
    "running": ("The meeting is still running.", "Close it first."),
    "draft": ("The meeting has ended; its minutes are a draft.", "Settle what is owed, or reopen it."),
    "closed": ("The meeting is closed.", "Reopen it to change what it says."),
    "adjourned": ("The meeting was adjourned.", "Reopen it to go on."),
    "skipped": ("The meeting was skipped.", "Start the next one."),
}


def step(meeting: Meeting, event: Event) -> Meeting:
    """The meeting after the event. A time before the last event counts as that event's time.

    Raises Invalid, in one sentence with what can be done, where the event is not possible.
    """
    if meeting.state not in event.states or not meeting.spans:
        raise Invalid(*REFUSED[meeting.state])
    now = replace(event, at=max(event.at, meeting.last))
    if now.moves and last_five(meeting, now.at) and not meeting.overrun:
        now = _within_the_cap(meeting, now)
    return replace(now.apply(meeting), last=now.at)


def onward(meeting: Meeting, at: datetime) -> bool:
    """Whether Next leads somewhere now: to a section, or to the closing."""
    try:
        step(meeting, Next(at=at))
    except Invalid:
        return False
    return True


def refuse_late(meeting: Meeting, at: datetime) -> None:
    """Raises Invalid in the last five minutes of a hard cap and past it: for what only puts something off."""
    if not last_five(meeting, at) or meeting.overrun:
        return
    if past_cap(meeting, at):
        raise Invalid("The hard cap is past.", "Capture, decide and close, or record why the meeting goes on.")
    raise Invalid(
        "These are the last five minutes of a hard cap.",
        "Capture, decide and close, or record why the meeting will go past it.",
    )


def _within_the_cap(meeting: Meeting, event: Event) -> Event:
    """What leads to the closing or out of it, and into the last section where that one is for deciding.

    Raises Invalid for the rest: there is no time to walk the agenda any more.
    """
    if _around_closing(meeting, event):
        return event
    last = None if past_cap(meeting, event.at) else deciding(meeting)
    if last is not None and isinstance(event, Next):
        still_in(meeting, event.of)
        return GoTo(at=event.at, section=last)
    if last is not None and isinstance(event, GoTo) and event.section == last:
        return event
    refuse_late(meeting, event.at)
    return event


def _around_closing(meeting: Meeting, event: Event) -> bool:
    """Next in the last section opens the closing and Back leaves it: both are always possible."""
    later = meeting.sections[current(meeting) + 1 :]
    to_closing = isinstance(event, Next) and all(section.parked for section in later)
    return to_closing or (isinstance(event, Back) and meeting.closing is not None)
