"""How a meeting walks its agenda: forward, back, more time, the closing stage, the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from opsdesk.core.clocks import current, entered, planned_end, projected_end
from opsdesk.core.errors import Invalid
from opsdesk.core.meeting import Meeting, Span

LONGEST = 8 * 3600
FLAGS = "flags"
"""The board of the section that walks the flags: its minutes are its own."""


def forward(meeting: Meeting, of: int | None, at: datetime) -> Meeting:
    """Raises Invalid in the closing stage, or when the meeting is no longer in section `of`."""
    if meeting.closing:
        raise Invalid("The sections are done: this is the closing.", "Close the meeting, or go back.")
    still_in(meeting, of)
    later = _open(meeting, range(current(meeting) + 1, len(meeting.sections)))
    return open_closing(meeting, at) if later is None else _enter(meeting, later, at)


def back(meeting: Meeting, of: int | None, at: datetime) -> Meeting:
    """Raises Invalid in the first section, or when the meeting is no longer in section `of`."""
    if meeting.closing:
        return _out_of_closing(meeting)
    still_in(meeting, of)
    earlier = _open(meeting, range(current(meeting) - 1, -1, -1))
    if earlier is None:
        raise Invalid("This is the first section.", "There is nothing to go back to.")
    return _enter(meeting, earlier, at)


def go_to(meeting: Meeting, section: int, at: datetime) -> Meeting:
    """Into any section; one that was parked is taken up again. Raises Invalid for one that is not there."""
    index = known(meeting, section)
    if index == current(meeting) and not meeting.closing:
        raise Invalid(f"The meeting is in {meeting.sections[index].title} already.", "Go on with it.")
    return with_section(_enter(_out_of_closing(meeting), index, at), index, parked=False)


def extend(meeting: Meeting, seconds: int, at: datetime) -> Meeting:
    """Raises Invalid in the closing stage, and where the projected end would pass a hard cap."""
    longer = _longer(_in_sections(meeting), _length(seconds))
    passes = projected_end(longer, at) > planned_end(longer)
    if meeting.hard_cap and passes and not meeting.overrun:
        raise Invalid(
            "That would push the end past the hard cap.",
            "Borrow from a later section, park one, or record why the cap is passed.",
        )
    return longer


def borrow(meeting: Meeting, seconds: int) -> Meeting:
    """Takes from the last sections not yet entered, as much as they have; of the one that walks the flags nothing.

    Raises Invalid when they have nothing.
    """
    wanted, lent = _length(seconds), _in_sections(meeting)
    for index in reversed(range(len(meeting.sections))):
        if index in _lenders(meeting):
            part = min(wanted, lent.sections[index].seconds)
            lent = with_section(lent, index, seconds=lent.sections[index].seconds - part)
            wanted -= part
    if wanted == seconds:
        raise Invalid("No later section has time to lend.", "Extend this one, or park what can wait.")
    return _longer(lent, seconds - wanted)


def can_lend(meeting: Meeting) -> bool:
    """Whether a section not yet entered has time to lend."""
    return any(meeting.sections[index].seconds for index in _lenders(meeting))


def _lenders(meeting: Meeting) -> frozenset[int]:
    """The sections not yet entered whose time is not kept for them."""
    kept = {index for index, section in enumerate(meeting.sections) if section.board == FLAGS}
    return frozenset(range(len(meeting.sections))) - entered(meeting) - kept


def deciding(meeting: Meeting) -> int | None:
    """The last section, where it is for deciding and still ahead: the one that is left when time runs out."""
    last = len(meeting.sections) - 1
    section = meeting.sections[last]
    decides = section.board == "decisions" or "decision" in section.title.casefold()
    ahead = current(meeting) < last and not section.parked and meeting.closing is None
    return last if decides and ahead else None


def last_ahead(meeting: Meeting) -> int | None:
    """The last section that was neither reached nor parked."""
    reached = entered(meeting)
    ahead = (at for at, each in enumerate(meeting.sections) if at not in reached and not each.parked)
    return max(ahead, default=None)


def open_closing(meeting: Meeting, at: datetime) -> Meeting:
    """Raises Invalid when it is open already."""
    if meeting.closing:
        raise Invalid("The closing is open already.", "Settle what is owed, or close as a draft.")
    return replace(meeting, spans=_left(meeting, at), closing=at)


def end(meeting: Meeting, at: datetime) -> Meeting:
    return replace(meeting, spans=_left(meeting, at), ended=at)


def reopen(meeting: Meeting, at: datetime) -> Meeting:
    """The closing stage, if there was one, counts to the section it was opened from."""
    spans = (*meeting.spans[:-1], replace(meeting.spans[-1], left=meeting.ended))
    again = Span(section=current(meeting), entered=at)
    return replace(meeting, state="running", spans=(*spans, again), closing=None, ended=None, why="")


def with_section(meeting: Meeting, index: int, **changed: Any) -> Meeting:
    section = replace(meeting.sections[index], **changed)
    return replace(meeting, sections=(*meeting.sections[:index], section, *meeting.sections[index + 1 :]))


def known(meeting: Meeting, section: int) -> int:
    """The index, if there is such a section; else raises Invalid."""
    if not 0 <= section < len(meeting.sections):
        raise Invalid(f"There is no section {section + 1}.", f"This meeting has {len(meeting.sections)}.")
    return section


def still_in(meeting: Meeting, of: int | None) -> None:
    """Raises Invalid when the meeting is no longer in section `of`."""
    if of is not None and of != current(meeting):
        title = meeting.sections[current(meeting)].title
        raise Invalid(f"The meeting has moved on to {title} already.", "Press again to go on from there.")


def _in_sections(meeting: Meeting) -> Meeting:
    if meeting.closing:
        raise Invalid("The sections are done: this is the closing.", "Go back to give a section more time.")
    return meeting


def _open(meeting: Meeting, order: Iterable[int]) -> int | None:
    return next((index for index in order if not meeting.sections[index].parked), None)


def _enter(meeting: Meeting, index: int, at: datetime) -> Meeting:
    return replace(meeting, spans=(*_left(meeting, at), Span(section=index, entered=at)))


def _left(meeting: Meeting, at: datetime) -> tuple[Span, ...]:
    last = meeting.spans[-1]
    return meeting.spans if last.left else (*meeting.spans[:-1], replace(last, left=at))


def _out_of_closing(meeting: Meeting) -> Meeting:
    """As if it had never been opened: its time is that of the section it was opened from."""
    if not meeting.closing:
        return meeting
    return replace(meeting, closing=None, spans=(*meeting.spans[:-1], replace(meeting.spans[-1], left=None)))


def _longer(meeting: Meeting, seconds: int) -> Meeting:
    here = current(meeting)
    return with_section(meeting, here, seconds=meeting.sections[here].seconds + seconds)


def _length(seconds: int) -> int:
    if not 0 < seconds <= LONGEST:
        raise Invalid("More time is a number of minutes, from 1 to 480.", "Two minutes are usual.")
    return seconds
