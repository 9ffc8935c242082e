"""Delays: what customers were promised and wait for, customer by customer, the worst off first."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from opsdesk.boards.lay import Found, Table
from opsdesk.boards.words import day
from opsdesk.core.actions import Action


def find(table: Table) -> Iterable[Found]:
    """Broken and slipped promises and overdue actions that have a customer, grouped by it."""
    late = [a for a in table.reader.live(Action) if a.customer and _delayed(table, a)]
    found = sorted((table.action(a, _reason(table, a)) for a in late), key=lambda each: each.harm)
    worst: dict[str, tuple[int, ...]] = {}
    for each in found:
        worst.setdefault(each.customer, (*each.harm, len(worst)))
    return [msgspec.structs.replace(each, harm=(*worst[each.customer], *each.harm)) for each in found]


def _delayed(table: Table, action: Action) -> bool:
    return action.broken(table.today) or action.overdue(table.today) or _slipped(action)


def _slipped(action: Action) -> bool:
    first = action.first_due
    return action.promise and first is not None and action.due is not None and action.due > first


def _reason(table: Table, action: Action) -> str:
    first = action.first_due
    if _slipped(action) and not action.broken(table.today) and first:
        return f"moved from {day(first, table.today)} to {day(action.due or first, table.today)}"
    return table.why(action)
