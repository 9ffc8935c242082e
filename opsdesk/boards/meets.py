"""What is on now and what meets next, as Today says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from opsdesk.boards.lay import Table
from opsdesk.boards.spoken import in_time, meeting_title, weekday, when
from opsdesk.core.audience import Before
from opsdesk.core.cadence import Occurrence
from opsdesk.core.entries import Item
from opsdesk.core.meeting import Meeting

LATE = timedelta(hours=1)


class Meet(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting to come, or late to start. `when` is local ("16:30", "Tue 09:00", "14 Jan"), `soon` "in 2 min".

    `planned` is the start its series gives, `start` when it is to begin (both UTC); `on` says that in full ("Wed 25 Nov
    12:00"), `today` whether it is on this calendar day of the company.
    """

    agenda: str
    customer: str = ""
    title: str
    planned: datetime
    start: datetime
    when: str
    on: str = ""
    today: bool = True
    soon: str = ""
    late: bool = False
    detail: str = ""
    note: str = ""


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting that is on, or whose minutes are a draft: the first line of Today. `quiet`: on, and forgotten."""

    id: str
    name: str
    title: str
    draft: bool
    reason: str
    quiet: bool = False


def running(table: Table, quiet: Mapping[str, datetime]) -> tuple[Running, ...]:
    """Those on now, then the drafts; `quiet`: by the id of a forgotten one, its last moment."""
    live = [_running(table, each, quiet.get(each.id)) for each in table.reader.live(Meeting) if shown(table, each)]
    return tuple(sorted(live, key=lambda each: each.draft))


def shown(table: Table, meeting: Meeting) -> bool:
    """Whether this audience may know of the meeting: before a customer only of the calls held with it."""
    if table.scene.audience != "customer":
        return True
    return Before(audience="customer", customer=table.scene.customer).may_read(meeting.audience, meeting.customer)


def named(table: Table, meeting: Meeting) -> str:
    return meeting_title(meeting.title, table.customer(meeting.customer))


def ahead(table: Table, occurrences: Iterable[Occurrence]) -> tuple[Meet, ...]:
    """Each series once, by its next meeting; one that should have begun stays for the hour it can still be held."""
    first: dict[tuple[str, str], Occurrence] = {}
    for each in occurrences:
        if not each.skipped and table.visible(each.customer) and each.start >= table.scene.now - LATE:
            first.setdefault((each.agenda, each.customer), each)
    return tuple(_meet(table, each) for each in sorted(first.values(), key=lambda each: each.start))


def _running(table: Table, meeting: Meeting, quiet: datetime | None) -> Running:
    zone, today = table.scene.settings.zone, table.today
    begun, draft = (meeting.started or meeting.scheduled).astimezone(zone), meeting.state == "draft"
    if draft:
        reason = "draft minutes: something is owed"
    elif quiet:
        reason = f"quiet since {weekday(quiet.astimezone(zone), today)}"
    else:
        reason = f"running since {weekday(begun, today)}"
    name, forgotten = named(table, meeting), quiet is not None and not draft
    title = f"{name} #{meeting.number}"
    return Running(id=meeting.id, name=name, title=title, draft=draft, reason=reason, quiet=forgotten)


def _meet(table: Table, each: Occurrence) -> Meet:
    local, now = each.start.astimezone(table.scene.settings.zone), table.scene.now
    agenda = table.scene.agendas.get(each.agenda)
    title = agenda.title if agenda and each.customer else each.title
    return Meet(
        agenda=each.agenda,
        customer=each.customer,
        title=meeting_title(title, table.customer(each.customer)),
        planned=each.planned,
        start=each.start,
        when=when(local, table.today),
        on=weekday(local, table.today),
        today=local.date() <= table.today,
        soon=in_time(each.start - now),
        late=each.start < now,
        detail=_detail(table, each),
        note=each.zone_note,
    )


def _detail(table: Table, each: Occurrence) -> str:
    """`5 sections, 20 min, 2 carried over`."""
    agenda = table.scene.agendas.get(each.agenda)
    items = [i for i in table.reader.live(Item) if (i.agenda, i.customer) == (each.agenda, each.customer or i.customer)]
    sections = f"{len(agenda.sections)} sections, " if agenda and len(agenda.sections) > 1 else ""
    back = f", {len(items)} carried over" if items else ""
    return f"{sections}{each.minutes} min{back}"
