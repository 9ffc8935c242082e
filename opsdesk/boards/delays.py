"""Delays: what customers were promised and wait for, deliveries too."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from opsdesk.boards.lay import HARM, Found, Table
from opsdesk.boards.registered import lines
from opsdesk.boards.words import Rank, day, day_beside, short_day
from opsdesk.core.actions import Action
from opsdesk.core.registers.deliveries import REGISTER, Delivery
from opsdesk.core.registers.deliveries import late as days_late


def find(table: Table) -> Iterable[Found]:
    """Broken and moved promises, overdue actions that have a customer, and deliveries that are late or due soon."""
    for action in table.reader.live(Action):
        if action.customer and _delayed(table, action):
            yield _found(table, action)
    look = table.scene.look
    near = [each for each in table.reader.live(Delivery) if HARM[REGISTER.weight(each, look)] <= HARM["orange"]]
    yield from deliveries(table, near)


def deliveries(table: Table, records: Iterable[Delivery]) -> Iterable[Found]:
    """Each as harmful as an action that was promised for the same day; what will miss its day before what may not."""
    known = {each.id: each for each in records}
    for found in lines(table, REGISTER, known.values()):
        yield msgspec.structs.replace(found, harm=_harm(table, known[found.line.id]))


def _harm(table: Table, delivery: Delivery) -> tuple[int, ...]:
    late = days_late(delivery, table.scene.look)
    if delivery.promised is not None and delivery.promised < table.today:
        return Rank.BROKEN, (delivery.promised - table.today).days, -late
    return Rank.PROMISED_TODAY, -late


def _delayed(table: Table, action: Action) -> bool:
    return action.broken(table.today) or action.overdue(table.today) or _slipped(action)


def _slipped(action: Action) -> bool:
    first = action.first_due
    return action.promise and first is not None and action.due is not None and action.due > first


def _found(table: Table, action: Action) -> Found:
    first, due, today = action.first_due, action.due, table.today
    if not _slipped(action) or action.broken(today) or first is None or due is None:
        return table.action(action)
    moved = f"moved from {day(first, today)} to {day(due, today)}"
    found = table.action(action, moved, f"moved {short_day(first, today)} → {day_beside(due, first, today)}")
    line = msgspec.structs.replace(found.line, weight="orange")
    return msgspec.structs.replace(found, line=line, harm=(Rank.PROMISED_TODAY, (first - due).days))
