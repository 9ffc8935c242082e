"""A meeting's first moment: an agenda becomes a running meeting, or one that is skipped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from opsdesk.core.agenda import CLOSING_MINUTES, OPENING_MINUTES, Agenda, AgendaSection, Late
from opsdesk.core.errors import Invalid
from opsdesk.core.meeting import Attendance, Meeting, Section, Span
from opsdesk.core.moves import FLAGS

RESERVED = (OPENING_MINUTES + CLOSING_MINUTES) * 60
ON_TIME = timedelta(seconds=60)
LEAST = 60

Planned = AgendaSection | Section


def open_meeting(
    agenda: Agenda,
    *,
    number: int,
    scheduled: datetime,
    now: datetime,
    chair: str = "",
    deputy: str = "",
    minute_taker: str = "",
    expected: Sequence[str] = (),
    customer: str = "",
    late: Late | None = None,
) -> Meeting:
    """Running from `now` on, in its first section, with everybody expected (handles) taken as present.

    Started more than a minute late, the sections shrink to keep the end or, by `late`, keep their lengths; so late
    that no time for sections would be left, the length is kept. The walk over the flags shrinks last.
    """
    room = _room(agenda.timebox, now - scheduled)
    keep: Late = "length" if room <= 0 else late or agenda.late
    shrinks = keep == "end" and now - scheduled > ON_TIME
    lengths = _shorter(agenda.sections, room) if shrinks else _whole(agenda.sections)
    return replace(
        _planned(agenda, number, scheduled, now, customer),
        started=now,
        late=keep,
        steps=agenda.closing,
        chair=chair,
        deputy=deputy,
        minute_taker=minute_taker,
        sections=_sections(agenda, lengths),
        spans=(Span(section=0, entered=now),),
        attendance=tuple(Attendance(who=who, presence="present", came=now) for who in dict.fromkeys(expected)),
    )


def skipped_meeting(
    agenda: Agenda, *, number: int, planned: datetime, now: datetime, why: str, customer: str = ""
) -> Meeting:
    """The record of a meeting that did not take place."""
    return replace(_planned(agenda, number, planned, now, customer), state="skipped", why=why)


def lateness(meeting: Meeting) -> timedelta:
    """How long after its planned start it was started; none within the first minute."""
    late = (meeting.started or meeting.scheduled) - meeting.scheduled
    return late if late > ON_TIME else timedelta()


def keep(meeting: Meeting, what: Late) -> Meeting:
    """What a late start keeps, changed while it runs: the planned length of its sections, or the planned end.

    What was borrowed or added since stays so. Raises Invalid where it was not late, or where it cannot be kept.
    """
    _can_keep(meeting, what)
    change = zip(meeting.sections, _allotted(meeting, meeting.late), _allotted(meeting, what), strict=True)
    sections = (replace(each, seconds=max(0, each.seconds - was + now)) for each, was, now in change)
    return replace(meeting, late=what, sections=tuple(sections))


def _can_keep(meeting: Meeting, what: Late) -> None:
    if not lateness(meeting):
        raise Invalid("The meeting started on time.", "Extend the section that needs more.")
    if what == meeting.late:
        raise Invalid(f"The {what} is kept already.", "Go on with the agenda.")
    if what == "length" and meeting.hard_cap and not meeting.overrun:
        raise Invalid("The end is a hard cap.", "Record why the meeting goes past it first.")
    if what == "end" and _room(meeting.timebox, lateness(meeting)) <= 0:
        raise Invalid("It started too late to keep the end.", "Close earlier if that is possible.")


def _allotted(meeting: Meeting, kept: Late) -> Sequence[int]:
    """The seconds of each section at the start, by what a late start keeps."""
    if kept == "length":
        return _whole(meeting.sections)
    return _shorter(meeting.sections, _room(meeting.timebox, lateness(meeting)))


def _whole(sections: Sequence[Planned]) -> list[int]:
    return [section.minutes * 60 for section in sections]


def _shorter(sections: Sequence[Planned], total: int) -> Sequence[int]:
    """As `shrunk`; the walk over the flags keeps its minutes as long as the others have a minute each."""
    lengths, kept = _whole(sections), [section.board == FLAGS for section in sections]
    others = [length for length, keeps in zip(lengths, kept, strict=True) if not keeps]
    room = total - sum(lengths) + sum(others)
    if not any(kept) or room < LEAST * max(1, len(others)):
        return shrunk(lengths, total)
    shorter = iter(shrunk(others, room))
    return [length if keeps else next(shorter) for length, keeps in zip(lengths, kept, strict=True)]


def shrunk(lengths: Sequence[int], total: int) -> Sequence[int]:
    """Lengths in whole seconds, shortened in proportion to sum to `total`; at least 60 s each where that is possible.

    Lengths that already fit are kept.
    """
    if total >= sum(lengths):
        return lengths
    least = min(LEAST, total // len(lengths))
    short = [length * total < least * sum(lengths) for length in lengths]
    if not any(short):
        return _in_proportion(lengths, total)
    others = [length for length, is_short in zip(lengths, short, strict=True) if not is_short]
    rest = iter(shrunk(others, total - least * sum(short)))
    return [least if is_short else next(rest) for is_short in short]


def _planned(agenda: Agenda, number: int, scheduled: datetime, now: datetime, customer: str) -> Meeting:
    return Meeting(
        agenda=agenda.slug,
        title=agenda.title,
        number=number,
        customer=customer,
        audience=agenda.audience,
        scheduled=scheduled,
        last=now,
        timebox=agenda.timebox,
        hard_cap=agenda.hard_cap,
        late=agenda.late,
        quorum=agenda.quorum,
        sections=_sections(agenda, _whole(agenda.sections)),
    )


def _in_proportion(lengths: Sequence[int], total: int) -> list[int]:
    whole, done, shares = sum(lengths), 0, []
    for upto in range(1, len(lengths) + 1):
        end = total * sum(lengths[:upto]) // whole
        shares.append(end - done)
        done = end
    return shares


def _room(timebox: int, lateness: timedelta) -> int:
    """Seconds left for sections when the planned end is kept."""
    return timebox * 60 - RESERVED - max(0, int(lateness.total_seconds()))


def _sections(agenda: Agenda, lengths: Sequence[int]) -> tuple[Section, ...]:
    return tuple(
        Section(title=each.title, minutes=each.minutes, seconds=seconds, ask=each.ask, board=each.board)
        for each, seconds in zip(agenda.sections, lengths, strict=True)
    )
