"""One meeting as lines of text: when and how long, its sections, who was there, what was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from opsdesk.cli.columns import aligned, room
from opsdesk.core.attendance import is_late
from opsdesk.core.clocks import entered, used_by_section
from opsdesk.core.dates import readable
from opsdesk.core.meeting import Attendance, Meeting
from opsdesk.core.said import Said, said_line

INDENT = "  "


class Place(msgspec.Struct, frozen=True):
    """Where and when a meeting is read: people and customers by their names, times in the zone, as of `now` (aware)."""

    person: Callable[[str], str]
    customer: Callable[[str], str]
    zone: ZoneInfo
    now: datetime

    def clock(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%H:%M}"

    def day(self, at: datetime) -> str:
        return readable(at.astimezone(self.zone).date(), self._today())

    def _today(self) -> date:
        return self.now.astimezone(self.zone).date()


def page(meeting: Meeting, said: Sequence[Said], place: Place) -> Iterator[str]:
    """What a person wants to know of it; what is empty is left out."""
    yield from _block("", [[label, text] for label, text in _facts(meeting, place) if text])
    yield from _block("Sections", _sections(meeting, place), ["section", "planned", "actual", "outcome"])
    yield from _block("Attendance", [_attended(meeting, each, place) for each in meeting.attendance])
    yield from _block("Said", [[each.id, each.kind, each.text] for each in map(said_line, said)])


def _block(title: str, rows: Sequence[Sequence[str]], headers: Sequence[str] = ()) -> Iterator[str]:
    if not rows:
        return
    if title:
        yield title
    limit = room()
    lines = aligned(headers or [""] * len(rows[0]), rows, limit - len(INDENT) if limit else None)
    yield from (f"{INDENT}{line}" for line in (lines if headers else lines[1:]))


def _facts(meeting: Meeting, place: Place) -> Iterator[tuple[str, str]]:
    yield "Meeting", f"{meeting.title} #{meeting.number}"
    yield "Customer", place.customer(meeting.customer) if meeting.customer else ""
    yield "State", f"{meeting.state}: {meeting.why}" if meeting.why else meeting.state
    planned_end = meeting.scheduled + timedelta(minutes=meeting.timebox)
    planned = f"{place.day(meeting.scheduled)} {place.clock(meeting.scheduled)}–{place.clock(planned_end)}"
    yield "Planned", f"{planned} ({meeting.timebox} min{', a hard cap' * meeting.hard_cap})"
    yield "Held", _held(meeting, place)
    yield "Overrun", meeting.overrun
    yield "Chair", place.person(meeting.chair) if meeting.chair else ""
    yield "Minutes by", place.person(meeting.minute_taker) if meeting.minute_taker else ""
    yield "Rated", ", ".join(f"{place.person(each.who)} {each.score}" for each in meeting.ratings)
    yield "Let go", "; ".join(f"{each.what} ({each.why})" for each in meeting.waivers)


def _held(meeting: Meeting, place: Place) -> str:
    if meeting.started is None:
        return ""
    end = place.clock(meeting.ended) if meeting.ended else "now"
    minutes = round(((meeting.ended or place.now) - meeting.started).total_seconds() / 60)
    return f"{place.day(meeting.started)} {place.clock(meeting.started)}–{end} ({minutes} min)"


def _sections(meeting: Meeting, place: Place) -> list[list[str]]:
    reached, used = entered(meeting), used_by_section(meeting, place.now)
    return [
        [
            section.title,
            f"{section.minutes} min",
            f"{used[number].total_seconds() / 60:.1f} min" if number in reached else "not reached",
            "put off" if section.parked else section.outcome,
        ]
        for number, section in enumerate(meeting.sections)
    ]


def _attended(meeting: Meeting, each: Attendance, place: Place) -> list[str]:
    late = f", came {place.clock(each.came)}" if each.came and is_late(meeting, each) else ""
    left = f", left {place.clock(each.left)}" if each.left else ""
    return [place.person(each.who), f"{each.presence}{late}{left}"]
