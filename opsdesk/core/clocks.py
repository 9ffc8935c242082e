"""What a meeting's timestamps mean now: section and meeting clocks, the projected end, what will not fit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from opsdesk.core.agenda import CLOSING_MINUTES
from opsdesk.core.meeting import Meeting, Section, Span

Tone = Literal["green", "orange", "red"]

NOTHING = timedelta()
CLOSING = timedelta(minutes=CLOSING_MINUTES)
LAST_MINUTES = timedelta(minutes=5)
IDLE = timedelta(minutes=30)


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The clocks at one moment. A meeting that has ended shows them as they stood at its end.

    `section` is the index of the current section, -1 in a meeting that never started. In the closing stage `title`,
    `used`, `allotted`, `left`, `share` and `tone` are those of the closing minutes. `left` turns negative, and `share`
    goes past 1, once the time is used. `elapsed` leaves out a break between closing and reopening; `remaining` is what
    is left until `planned_end`. `overrun` is projected minus planned end, negative when early. `will_not_fit` are the
    indexes of later sections that would end after the planned end less the closing minutes. `sections` is the time
    used in each section, in agenda order.
    """

    section: int
    title: str
    used: timedelta
    allotted: timedelta
    left: timedelta
    share: float
    tone: Tone
    elapsed: timedelta
    remaining: timedelta
    planned_end: datetime
    projected_end: datetime
    overrun: timedelta
    will_not_fit: tuple[int, ...] = ()
    last_five: bool = False
    past_cap: bool = False
    closing: bool = False
    running: bool = False
    sections: tuple[timedelta, ...] = ()

    @property
    def over(self) -> bool:
        return self.left < NOTHING


def view(meeting: Meeting, now: datetime) -> View:
    """The clocks at `now` (aware UTC); a time before the last event counts as that event's."""
    at = moment(meeting, now)
    title, used, allotted = _stage(meeting, at)
    planned, projected = planned_end(meeting), projected_end(meeting, now)
    return View(
        section=current(meeting),
        title=title,
        used=used,
        allotted=allotted,
        left=allotted - used,
        share=share_of(used, allotted),
        tone=tone(used, allotted),
        elapsed=elapsed(meeting, now),
        remaining=planned - at,
        planned_end=planned,
        projected_end=projected,
        overrun=projected - planned,
        will_not_fit=will_not_fit(meeting, now),
        last_five=last_five(meeting, at),
        past_cap=past_cap(meeting, at),
        closing=meeting.closing is not None,
        running=meeting.state == "running",
        sections=used_by_section(meeting, now),
    )


def moment(meeting: Meeting, now: datetime) -> datetime:
    """The time its clocks show: never before the last event, and standing still at the end."""
    return meeting.ended or max(now, meeting.last)


def current(meeting: Meeting) -> int:
    """The index of the section the meeting is, or was last, in; -1 if it never started."""
    return meeting.spans[-1].section if meeting.spans else -1


def current_section(meeting: Meeting) -> Section:
    """The section what is said now belongs to: the first one in a meeting that never started."""
    return meeting.sections[max(0, current(meeting))]


def entered(meeting: Meeting) -> frozenset[int]:
    """The indexes of the sections that were reached."""
    return frozenset(span.section for span in meeting.spans)


def used_by_section(meeting: Meeting, now: datetime) -> tuple[timedelta, ...]:
    """Time used in each section, in agenda order; the stays of one section are added up."""
    at = moment(meeting, now)
    used = [NOTHING] * len(meeting.sections)
    for span in meeting.spans:
        used[span.section] += _stay(meeting, span, at)
    return tuple(used)


def elapsed(meeting: Meeting, now: datetime) -> timedelta:
    """All sections and the closing stage together; a break between closing and reopening is left out."""
    return sum(used_by_section(meeting, now), _closing_used(meeting, moment(meeting, now)))


def planned_end(meeting: Meeting) -> datetime:
    """Scheduled start plus timebox where a late start keeps the end, else actual start plus timebox."""
    start = meeting.started or meeting.scheduled
    keeps_length = meeting.late == "length" or start < meeting.scheduled
    return (start if keeps_length else meeting.scheduled) + timedelta(minutes=meeting.timebox)


def projected_end(meeting: Meeting, now: datetime) -> datetime:
    """Now, plus what is left of this and of the later sections, plus what is left of the closing minutes."""
    at = moment(meeting, now)
    if meeting.ended:
        return meeting.ended
    if meeting.closing:
        return max(at, meeting.closing + CLOSING)
    return at + sum((_left(meeting, index, now) for index in _ahead(meeting)), CLOSING)


def will_not_fit(meeting: Meeting, now: datetime) -> tuple[int, ...]:
    """Later sections that would not end before the planned end less the closing minutes."""
    if meeting.state != "running" or meeting.closing:
        return ()
    latest = planned_end(meeting) - CLOSING
    here, end, found = current(meeting), moment(meeting, now), []
    for index in _ahead(meeting):
        end += _left(meeting, index, now)
        if index != here and end > latest:
            found.append(index)
    return tuple(found)


def last_five(meeting: Meeting, at: datetime) -> bool:
    """A hard cap is five minutes away, or less, or past."""
    return meeting.hard_cap and meeting.state == "running" and at >= planned_end(meeting) - LAST_MINUTES


def past_cap(meeting: Meeting, at: datetime) -> bool:
    return meeting.hard_cap and meeting.started is not None and at > planned_end(meeting)


def idle_since(meeting: Meeting, last: datetime, now: datetime) -> datetime | None:
    """`last`, the time of the last event or entry, once 30 minutes past the planned end saw none; else None."""
    forgotten = meeting.state == "running" and now - max(planned_end(meeting), last) >= IDLE
    return last if forgotten else None


def _stage(meeting: Meeting, at: datetime) -> tuple[str, timedelta, timedelta]:
    if meeting.closing:
        return "Closing", _closing_used(meeting, at), CLOSING
    if not meeting.spans:
        return "", NOTHING, NOTHING
    section = current_section(meeting)
    return section.title, used_by_section(meeting, at)[current(meeting)], timedelta(seconds=section.seconds)


def _stay(meeting: Meeting, span: Span, at: datetime) -> timedelta:
    return (span.left or at) - span.entered


def _closing_used(meeting: Meeting, at: datetime) -> timedelta:
    return at - meeting.closing if meeting.closing else NOTHING


def _ahead(meeting: Meeting) -> list[int]:
    """This section and the later ones that are not parked."""
    here = max(0, current(meeting))
    return [index for index in range(here, len(meeting.sections)) if not meeting.sections[index].parked]


def _left(meeting: Meeting, index: int, now: datetime) -> timedelta:
    used = used_by_section(meeting, now)[index]
    return max(NOTHING, timedelta(seconds=meeting.sections[index].seconds) - used)


def share_of(used: timedelta, allotted: timedelta) -> float:
    """Past 1 once the time is used."""
    return used / allotted if allotted else float(bool(used))


def tone(used: timedelta, allotted: timedelta) -> Tone:
    """Orange from 70 % of the time on, red from all of it on."""
    if used >= allotted:
        return "red" if used or allotted else "green"
    return "orange" if used * 10 >= allotted * 7 else "green"
