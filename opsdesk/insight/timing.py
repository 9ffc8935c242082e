"""Planned against actual minutes of a series, and what they suggest for the next timebox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

import msgspec

from opsdesk.core.clocks import entered, used_by_section
from opsdesk.core.meeting import Meeting

RUNS = 8
MINUTE = timedelta(minutes=1)


class SectionTiming(msgspec.Struct, frozen=True, kw_only=True):
    """One section over the last runs: minutes planned in the latest, actual minutes of each run (oldest first).

    `actual` leaves out runs that did not reach it; `median` and `suggested` are 0 where none did.
    """

    title: str
    planned: int
    actual: tuple[float, ...]
    median: float
    suggested: int


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A section whose minutes should be others next time. `used`: whole minutes in this run, None if not reached.

    `allotted` (half up): what it had in this run, with what was borrowed and lent; `planned`: what its agenda gives it.
    `median` (half up) is that of the last `runs` that reached it, before this one.
    """

    title: str
    used: int | None
    allotted: int
    planned: int
    runs: int
    median: int
    suggested: int


def lessons(meeting: Meeting, earlier: Iterable[Meeting], now: datetime) -> tuple[Lesson, ...]:
    """The sections of this run for which the last 8 before it suggest other minutes than planned, in agenda order."""
    known = {each.title: each for each in timings(earlier) if each.actual}
    used, reached = used_by_section(meeting, now), entered(meeting)
    return tuple(
        Lesson(
            title=section.title,
            used=_whole(used[at] / MINUTE) if at in reached else None,
            allotted=_whole(section.seconds / 60),
            planned=section.minutes,
            runs=len(known[section.title].actual),
            median=_whole(known[section.title].median),
            suggested=known[section.title].suggested,
        )
        for at, section in enumerate(meeting.sections)
        if section.title in known and known[section.title].suggested != section.minutes
    )


def held(meetings: Iterable[Meeting], last: int = RUNS) -> list[Meeting]:
    """The last so many that were run to their end, oldest first."""
    ended = [meeting for meeting in meetings if meeting.state in ("closed", "draft")]
    return sorted(ended, key=lambda meeting: meeting.started or meeting.scheduled)[-last:]


def actual(meeting: Meeting) -> dict[str, float]:
    """Minutes used by each section that was reached."""
    used = used_by_section(meeting, meeting.last)
    return {meeting.sections[index].title: used[index] / MINUTE for index in sorted(entered(meeting))}


def timings(meetings: Iterable[Meeting]) -> tuple[SectionTiming, ...]:
    """Planned against actual over the last 8 runs, for the sections of the latest."""
    runs = held(meetings)
    if not runs:
        return ()
    spent = [actual(run) for run in runs]
    return tuple(
        _timing(section.title, section.minutes, [run[section.title] for run in spent if section.title in run])
        for section in runs[-1].sections
    )


def suggest(meetings: Iterable[Meeting]) -> dict[str, int]:
    """Section title to whole minutes (half up, at least 1): the median of the last 8 runs that reached it."""
    return {each.title: each.suggested for each in timings(meetings) if each.actual}


def _timing(title: str, planned: int, minutes: Sequence[float]) -> SectionTiming:
    middle = median(minutes) if minutes else 0.0
    suggested = max(1, _whole(middle)) if minutes else 0
    return SectionTiming(title=title, planned=planned, actual=tuple(minutes), median=middle, suggested=suggested)


def _whole(minutes: float) -> int:
    """Half up."""
    return int(minutes + 0.5)
