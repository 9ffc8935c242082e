"""Meetings ahead as lines of text, in the company's local time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from opsdesk.cli.columns import aligned, room
from opsdesk.core.cadence import Occurrence
from opsdesk.core.dates import readable
from opsdesk.core.settings import Settings


def table(found: Sequence[Occurrence], settings: Settings, today: date) -> list[str]:
    """One line a meeting: date, time, title, minutes, the time in its own zone, and why it is skipped or moved."""
    rows = [_row(each, settings, today) for each in found]
    return aligned(["date", "time", "meeting", "min", "there", "remark"], rows, room())


def when(occurrence: Occurrence, settings: Settings, today: date) -> str:
    """`Thu 26 Nov 10:00`."""
    local = occurrence.start.astimezone(settings.zone)
    return f"{readable(local.date(), today)} {local:%H:%M}"


def _row(each: Occurrence, settings: Settings, today: date) -> list[str]:
    local = each.start.astimezone(settings.zone)
    day = readable(local.date(), today)
    return [day, f"{local:%H:%M}", each.title, str(each.minutes), each.zone_note, _remark(each, settings, today)]


def _remark(each: Occurrence, settings: Settings, today: date) -> str:
    if each.skipped:
        return f"skipped: {each.why}"
    planned = each.planned.astimezone(settings.zone)
    return f"moved from {readable(planned.date(), today)} {planned:%H:%M}: {each.why}" if each.moved else ""
