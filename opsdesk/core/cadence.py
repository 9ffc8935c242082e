"""When the meetings of a series are: a rule in the meeting's own time zone, less what is skipped or closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from opsdesk.core.agenda import Agenda
from opsdesk.core.rules import spoken, wall_times
from opsdesk.core.series import Moved, Series
from opsdesk.core.settings import WEEKDAYS, Settings

_DAY = timedelta(days=1)
_SPOKEN = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Los_Angeles": "Pacific",
}


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting of a series. `planned` is the start its rule gives and `start` when it really begins, both UTC.

    `series` is the id of its Series record, empty while the agenda's own `on` decides; `agenda` is a slug, `minutes`
    its timebox. `why`: the reason it is moved or skipped. `zone_note`: the time in the meeting's own zone, where that
    differs from the company's ("06:00 Central").
    """

    series: str = ""
    agenda: str
    title: str
    planned: datetime
    start: datetime
    minutes: int = 0
    customer: str = ""
    moved: bool = False
    skipped: bool = False
    why: str = ""
    zone_note: str = ""


def occurrences(
    series: Series,
    agenda: Agenda,
    settings: Settings,
    since: datetime,
    until: datetime,
    moved: Iterable[Moved] = (),
    *,
    title: str = "",
) -> list[Occurrence]:
    """Those with since <= start < until, by start; skipped ones are among them and say why.

    `moved`: the records of this series alone; each stands for the one planned on its day in the meeting's own zone,
    whatever the time of day is now. A moved one is found by its new start, and is held on closed days too.
    """
    zone = meeting_zone(series, agenda, settings)
    shifts = {move.day_in(zone): move for move in moved}
    arriving = [_midnight(day, zone) for day, move in shifts.items() if move.to and since <= move.to < until]
    times = planned(series, agenda, settings, min([since, *arriving]), max([until, *(t + 2 * _DAY for t in arriving)]))
    plain = Occurrence(
        series=series.id,
        agenda=agenda.slug,
        title=title or agenda.title,
        planned=since,
        start=since,
        minutes=agenda.timebox,
        customer=series.customer,
    )
    found = (_one(plain, time, shifts.get(time.astimezone(zone).date()), settings, zone) for time in times)
    return sorted((each for each in found if since <= each.start < until), key=lambda each: each.start)


def planned(series: Series, agenda: Agenda, settings: Settings, since: datetime, until: datetime) -> list[datetime]:
    """The starts the rule gives, UTC, with since <= start < until: the same wall-clock time all year round.

    A local time that daylight saving leaves out moves forward by the gap; of one that comes twice the first counts.
    """
    zone = meeting_zone(series, agenda, settings)
    rule, at = series.rule or agenda.recurrence.rule, series.at or agenda.recurrence.at
    low, high = (moment.astimezone(zone).replace(tzinfo=None) for moment in (since - _DAY, until + _DAY))
    starts = (time.replace(tzinfo=zone).astimezone(UTC) for time in wall_times(rule, series.anchor, at, low, high))
    return [start for start in starts if since <= start < until]


def meeting_zone(series: Series, agenda: Agenda, settings: Settings) -> ZoneInfo:
    """The zone the meeting's time of day is meant in: the series', else the agenda's, else the company's."""
    name = series.zone or agenda.recurrence.zone
    return ZoneInfo(name) if name else settings.zone


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _one(plain: Occurrence, time: datetime, move: Moved | None, settings: Settings, zone: ZoneInfo) -> Occurrence:
    start = move.to if move and move.to else time
    closed = "" if move else _closed(start, settings)
    return msgspec.structs.replace(
        plain,
        planned=time,
        start=start,
        moved=start != time,
        skipped=bool(closed) or (move is not None and move.to is None),
        why=move.why if move else closed,
        zone_note=_zone_note(start, zone, settings.zone),
    )


def _closed(start: datetime, settings: Settings) -> str:
    day = start.astimezone(settings.zone).date()
    if day in settings.holidays:
        return "holiday"
    return "" if settings.is_working_day(day) else "not a working day"


def _zone_note(start: datetime, zone: ZoneInfo, company: ZoneInfo) -> str:
    there, here = start.astimezone(zone), start.astimezone(company)
    if there.utcoffset() == here.utcoffset():
        return ""
    day = "" if there.date() == here.date() else f"{WEEKDAYS[there.weekday()].capitalize()} "
    return f"{day}{there:%H:%M} {zone_name(zone)}"


def meets(agenda: Agenda) -> str:
    """When it meets: "every week on Wed, 06:00 Central"."""
    recurrence = agenda.recurrence
    zone = f" {zone_name(ZoneInfo(recurrence.zone))}" if recurrence.zone else ""
    each = " for each new customer" if agenda.per_customer else ""
    return f"{spoken(recurrence.rule)}, {recurrence.at}{zone}{each}"


def zone_name(zone: ZoneInfo) -> str:
    """As people say it: "Central", "Berlin"."""
    return _SPOKEN.get(zone.key) or zone.key.rpartition("/")[2].replace("_", " ")
