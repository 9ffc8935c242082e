"""Escalations: of customers, what was sent up, and what stayed open in another meeting for longer than its limit."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from opsdesk.boards.lay import Found, Table
from opsdesk.boards.registered import lines
from opsdesk.boards.words import Rank, day, relisted, short_day
from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.registers.escalations import REGISTER, Escalation
from opsdesk.insight.carryover import Escalated, escalations

FIRST = Rank.BROKEN - 1
"""A customer's stand before our own of the same colour."""


def find(table: Table) -> Iterable[Found]:
    scene, reader = table.scene, table.reader
    yield from lines(table, REGISTER, reader.live(Escalation), first=FIRST)
    sent = escalations(reader.live(Item), reader.live(Action), scene.agendas, scene.now, scene.settings)
    yield from (_found(table, each) for each in sent if each.to == scene.agenda)


def _found(table: Table, sent: Escalated) -> Found:
    record, reason, brief = sent.record, _trail(table, sent), _brief(table, sent)
    found = table.action(record, reason, brief) if isinstance(record, Action) else table.item(record, reason, brief)
    line = msgspec.structs.replace(found.line, weight="red")
    return msgspec.structs.replace(found, line=line, harm=(Rank.BROKEN, -sent.days))


def _brief(table: Table, sent: Escalated) -> str:
    """`escalated Fri`, `past due 9 wd` (working days)."""
    record = sent.record
    if record.escalated:
        return f"escalated {short_day(table.local(record.escalated), table.today)}"
    return f"{'past due' if isinstance(record, Action) else 'open'} {sent.days} wd"


def _trail(table: Table, sent: Escalated) -> str:
    """Where it came from, why it is here, and what else is known of it."""
    record = sent.record
    came = table.scene.agendas.get(sent.agenda)
    why = f"escalated {day(table.local(record.escalated), table.today)}" if record.escalated else sent.reason
    rest = table.why(record) if isinstance(record, Action) and record.escalated else relisted(record)
    return " · ".join(part for part in (came.title if came else "", why, rest) if part)
