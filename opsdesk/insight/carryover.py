"""Nothing disappears at the end of a meeting: what rolls on, how often it did, and what has waited too long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.agenda import Agenda
from opsdesk.core.entries import Item
from opsdesk.core.meeting import Meeting
from opsdesk.core.said import said_text
from opsdesk.core.settings import Settings

Relisted = TypeVar("Relisted", Action, Item)


class Escalated(msgspec.Struct, frozen=True, kw_only=True):
    """One record that another agenda has to take up. `agenda`: where it came from; `to`: the agenda it goes to.

    `days`: working days open (an item) or past due (an action).
    """

    record: Action | Item
    text: str
    agenda: str
    to: str
    days: int
    reason: str


def carried_items(meeting: Meeting, items: Iterable[Item]) -> list[Item]:
    """The open items of this meeting's agenda, with the meeting noted as one that re-listed them."""
    return [_relisted(item, meeting.id) for item in items if item.live and _of_series(meeting, item)]


def carried_actions(meeting: Meeting, actions: Iterable[Action], day: date) -> list[Action]:
    """The actions of this agenda that were past due on the `day` the meeting met, noted in the same way.

    None for a meeting that did not meet, and none that it made itself.
    """
    if meeting.started is None:
        return []
    due = (each for each in actions if each.overdue(day) and each.meeting != meeting.id)
    return [_relisted(action, meeting.id) for action in due if _of_series(meeting, action)]


def released(meeting: str, records: Iterable[Relisted]) -> list[Relisted]:
    """Those this meeting (its id) had re-listed, without it: it is open again."""
    noted = (record for record in records if meeting in record.relisted)
    return [replace(each, relisted=tuple(m for m in each.relisted if m != meeting)) for each in noted]


def escalations(
    items: Iterable[Item],
    actions: Iterable[Action],
    agendas: Mapping[str, Agenda],
    now: datetime,
    settings: Settings,
) -> tuple[Escalated, ...]:
    """What was escalated by hand, and what has waited longer than its agenda's limit of working days.

    Items count from when they were opened, actions from when they were due. Longest waiting first.
    """
    today = now.astimezone(settings.zone).date()
    records: list[Action | Item] = [*items, *actions]
    found = []
    for record in records:
        since = _since(record, settings)
        days = working_days(since, today, settings) if since else 0
        found += _escalated(record, days, agendas)
    return tuple(sorted(found, key=lambda each: -each.days))


def goes_to(record: Action | Item, agendas: Mapping[str, Agenda]) -> str:
    """The agenda (its slug) that takes up what is escalated from this record's own; empty where there is none."""
    agenda = agendas.get(record.agenda)
    return (agenda.escalates_to if agenda else "") or _usual(agendas)


def working_days(since: date, until: date, settings: Settings) -> int:
    """Working days after `since`, up to and with `until`; 0 where that lies before."""
    span = (since + timedelta(days=day) for day in range(1, (until - since).days + 1))
    return sum(settings.is_working_day(day) for day in span)


def next_working_day(day: date, settings: Settings) -> date:
    """The first working day after this one; the next day where the settings know none in the coming year."""
    ahead = (day + timedelta(days=plus) for plus in range(1, 367))
    return next((each for each in ahead if settings.is_working_day(each)), day + timedelta(days=1))


def _of_series(meeting: Meeting, record: Action | Item) -> bool:
    return record.agenda == meeting.agenda and meeting.customer in ("", record.customer)


def _relisted(record: Relisted, meeting: str) -> Relisted:
    return record if meeting in record.relisted else replace(record, relisted=(*record.relisted, meeting))


def _since(record: Action | Item, settings: Settings) -> date | None:
    return record.due if isinstance(record, Action) else record.opened.astimezone(settings.zone).date()


def _escalated(record: Action | Item, days: int, agendas: Mapping[str, Agenda]) -> list[Escalated]:
    agenda = agendas.get(record.agenda)
    limit = agenda.limit_days if agenda else 0
    if not record.live or not (record.escalated or (agenda and agenda.escalates_to and limit and days > limit)):
        return []
    return [
        Escalated(
            record=record,
            text=said_text(record),
            agenda=record.agenda,
            to=goes_to(record, agendas),
            days=days,
            reason=_reason(record, days, limit),
        )
    ]


def _usual(agendas: Mapping[str, Agenda]) -> str:
    """Where others escalate to, for an agenda that names nothing."""
    return next((each.escalates_to for each in agendas.values() if each.escalates_to), "")


def _reason(record: Action | Item, days: int, limit: int) -> str:
    if record.escalated:
        return f"escalated on {record.escalated:%Y-%m-%d}"
    word = "past due" if isinstance(record, Action) else "open"
    return f"{word} for {days} working days, limit {limit}"
