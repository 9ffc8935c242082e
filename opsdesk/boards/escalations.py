"""Escalations: what was sent up, and what stayed open in another meeting for longer than its limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from opsdesk.boards.lay import Found, Table
from opsdesk.boards.words import Rank, day, relisted, working_days
from opsdesk.core.actions import Action
from opsdesk.core.entries import Item


def find(table: Table) -> Iterable[Found]:
    yield from _items(table)
    for action in table.reader.live(Action):
        if action.escalated is not None:
            yield _up(table.action(action, _trail(table, action, table.why(action))), 0)


def _items(table: Table) -> Iterator[Found]:
    for item in table.reader.live(Item):
        over = _over(table, item)
        if item.escalated is not None:
            yield _up(table.item(item, _trail(table, item, relisted(item))), 0)
        elif over:
            yield _up(table.item(item, f"{over} · {relisted(item)}".removesuffix(" · ")), -len(item.relisted))


def _trail(table: Table, record: Item | Action, rest: str) -> str:
    """Where it came from and when it was sent up."""
    came = table.scene.agendas.get(record.agenda)
    place = f" from {came.title}" if came else ""
    on = f" {day(table.local(record.escalated), table.today)}" if record.escalated else ""
    return f"escalated{place}{on} · {rest}".removesuffix(" · ")


def _over(table: Table, item: Item) -> str:
    """Open in a meeting that escalates to this one for more working days than its limit; empty if it is not."""
    came = table.scene.agendas.get(item.agenda)
    if came is None or came.escalates_to != table.scene.agenda or not came.limit_days:
        return ""
    count = working_days(table.local(item.opened), table.today, table.scene.settings)
    return f"open {count} working days in {came.title}, limit {came.limit_days}" if count > came.limit_days else ""


def _up(found: Found, more: int) -> Found:
    return msgspec.structs.replace(
        found,
        line=msgspec.structs.replace(found.line, weight="red"),
        harm=(Rank.BROKEN, more),
    )
