"""Delays: what customers were promised and wait for, deliveries too, customer by customer, the worst off first."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from opsdesk.boards.lay import HARM, Found, Table
from opsdesk.boards.registered import lines
from opsdesk.boards.words import day, short_day
from opsdesk.core.actions import Action
from opsdesk.core.registers.deliveries import REGISTER, Delivery


def find(table: Table) -> Iterable[Found]:
    """Broken and slipped promises and overdue actions that have a customer, and deliveries that are late or due soon,
    grouped by it.
    """
    late = [a for a in table.reader.live(Action) if a.customer and _delayed(table, a)]
    found = sorted((*(_found(table, a) for a in late), *_deliveries(table)), key=lambda each: each.place)
    worst: dict[str, tuple[int, ...]] = {}
    for place, each in enumerate(found):
        worst.setdefault(each.customer, (place,))
    return [msgspec.structs.replace(each, group=worst[each.customer]) for each in found]


def _deliveries(table: Table) -> Iterable[Found]:
    look = table.scene.look
    near = [each for each in table.reader.live(Delivery) if HARM[REGISTER.weight(each, look)] <= HARM["orange"]]
    return lines(table, REGISTER, near)


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
    return table.action(action, moved, f"moved {short_day(first, today)} → {short_day(due, today)}")
