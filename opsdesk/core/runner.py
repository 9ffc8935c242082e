"""The runner: a pure state machine. step(meeting, event) -> meeting; core.clocks.view(meeting, now) -> clocks."""

from __future__ import annotations

from msgspec.structs import replace

from opsdesk.core.clocks import current, last_five, past_cap
from opsdesk.core.errors import Invalid
from opsdesk.core.events import Event, Next
from opsdesk.core.meeting import Meeting, MeetingState

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
    if now.moves and not _to_closing(meeting, now):
        _keep_the_cap(meeting, now)
    return replace(now.apply(meeting), last=now.at)


def _to_closing(meeting: Meeting, event: Event) -> bool:
    """Next in the last section only opens the closing, which is always possible."""
    later = meeting.sections[current(meeting) + 1 :]
    return isinstance(event, Next) and all(section.parked for section in later)


def _keep_the_cap(meeting: Meeting, event: Event) -> None:
    if meeting.overrun or not last_five(meeting, event.at):
        return
    if past_cap(meeting, event.at):
        raise Invalid("The hard cap is past.", "Capture, decide and close, or record why the meeting goes on.")
    raise Invalid(
        "These are the last five minutes of a hard cap.",
        "Capture, decide and close, or record why the meeting will go past it.",
    )
