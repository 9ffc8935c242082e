"""The head of minutes: which meeting, planned and held when, led by whom, attended by whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from msgspec.structs import replace

from opsdesk.core.attendance import is_late
from opsdesk.core.clocks import elapsed, planned_end
from opsdesk.core.meeting import Meeting
from opsdesk.core.minutes import Came, Handed, Minutes
from opsdesk.insight.minute_lines import Lines

A_MINUTE = timedelta(minutes=1)


def header_of(meeting: Meeting, lines: Lines, company: str) -> Minutes:
    """Which meeting it was, when it was planned and held, and who was there; the rest still empty."""
    scores = [rating.score for rating in meeting.ratings]
    head = Minutes(
        meeting=meeting.id,
        company=company,
        series=meeting.title,
        number=meeting.number,
        draft=meeting.state == "draft",
        state=meeting.state,
        why=meeting.why,
        customer=lines.customer(meeting.customer),
        audience=meeting.audience,
        zone=str(lines.zone),
        scheduled=lines.local(meeting.scheduled),
        started=lines.local(meeting.started) if meeting.started else None,
        ended=lines.local(meeting.ended) if meeting.ended else None,
        planned_end=lines.local(planned_end(meeting)),
        used=_minutes_met(meeting),
        timebox=meeting.timebox,
        hard_cap=meeting.hard_cap,
        overrun=meeting.overrun,
        chair=lines.person(meeting.chair),
        minute_taker=lines.person(meeting.minute_taker),
        rating=sum(scores) / len(scores) if scores else None,
        ratings=len(scores),
    )
    return _attended(meeting, lines, head)


def whole_minutes(used: timedelta) -> int:
    """Minutes, half up."""
    return int((used + A_MINUTE / 2) // A_MINUTE)


def _attended(meeting: Meeting, lines: Lines, header: Minutes) -> Minutes:
    def named(presence: str) -> tuple[str, ...]:
        return _sorted(lines.person(each.who) for each in meeting.attendance if each.presence == presence)

    present = named("present")
    return replace(
        header,
        present=present,
        apologies=named("apologies"),
        absent=named("absent"),
        late=_late(meeting, lines),
        left=_left(meeting, lines),
        quorum=meeting.quorum,
        quorum_met=len(present) >= meeting.quorum,
        handovers=tuple(
            Handed(
                role=each.role, before=lines.person(each.before), after=lines.person(each.after), at=lines.hour(each.at)
            )
            for each in meeting.handovers
        ),
    )


def _late(meeting: Meeting, lines: Lines) -> tuple[Came, ...]:
    came = [(each.came, each.who) for each in meeting.attendance if each.came and is_late(meeting, each)]
    return tuple(Came(name=lines.person(who), at=lines.hour(at)) for at, who in sorted(came))


def _left(meeting: Meeting, lines: Lines) -> tuple[Came, ...]:
    """Those who went a minute or more before the end."""
    end = meeting.ended or meeting.last
    left = [(each.left, each.who) for each in meeting.attendance if each.left and end - each.left >= A_MINUTE]
    return tuple(Came(name=lines.person(who), at=lines.hour(at)) for at, who in sorted(left))


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (name.casefold(), name)))


def _minutes_met(meeting: Meeting) -> int:
    """From start to end as the times are printed, less the breaks between closing and reopening."""
    if not meeting.started or not meeting.ended:
        return 0
    start, end = meeting.started.replace(second=0, microsecond=0), meeting.ended.replace(second=0, microsecond=0)
    breaks = (meeting.ended - meeting.started) - elapsed(meeting, meeting.ended)
    return (end - start) // A_MINUTE - whole_minutes(breaks)
