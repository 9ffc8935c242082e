"""What has happened to customers since a moment: escalations, incidents, deliveries, promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from opsdesk.boards.clauses import Clause
from opsdesk.boards.lay import Found, Table
from opsdesk.boards.reasons import inside, why
from opsdesk.boards.registered import lines
from opsdesk.boards.table import Weight
from opsdesk.boards.words import Rank, day, day_beside, short_day
from opsdesk.core.actions import Action
from opsdesk.core.register import Register, Registered
from opsdesk.core.registers import deliveries, escalations, incidents
from opsdesk.insight.promises import was_kept


class News(NamedTuple):
    """A line, and what it is counted as where it is folded with others: `one` "promise", `word` "kept"."""

    found: Found
    one: str
    word: str

    @property
    def well(self) -> bool:
        return self.found.line.weight == "green"


def happenings(table: Table, last: datetime) -> Iterator[News]:
    yield from _escalations(table, last)
    yield from _incidents(table, last)
    yield from _deliveries(table, last)
    for action in table.reader.where(Action, promise=True):
        if action.customer and table.scene.customer in ("", action.customer):
            yield from _promise(table, action, last)


def _escalations(table: Table, last: datetime) -> Iterator[News]:
    for each in table.reader.all(escalations.Escalation):
        if each.ended is not None and each.ended > last:
            yield from _of(table, escalations.REGISTER, each, _on(table, "closed", each.ended), "green", Rank.OTHER)
        elif each.live and each.opened is not None and each.opened > last:
            yield from _of(table, escalations.REGISTER, each, _on(table, "opened", each.opened), "", Rank.RED)


def _incidents(table: Table, last: datetime) -> Iterator[News]:
    """Those that name whom they hit."""
    for each in table.reader.where(incidents.Incident, lambda each: bool(each.customers)):
        if each.resolved is not None and each.resolved > last:
            yield from _of(table, incidents.REGISTER, each, _on(table, "resolved", each.resolved), "green", Rank.OTHER)
        elif each.live and each.started is not None and each.started > last:
            yield from _of(table, incidents.REGISTER, each, _on(table, "since", each.started), "", Rank.BROKEN)


def _deliveries(table: Table, last: datetime) -> Iterator[News]:
    since = table.local(last)
    for each in table.reader.all(deliveries.Delivery):
        if each.state == "delivered" and each.delivered is not None and each.delivered >= since:
            yield from _of(table, deliveries.REGISTER, each, _delivered(table, each), "green", Rank.OTHER)
        elif each.live and each.slips and each.slips[-1].at > last:
            yield from _of(table, deliveries.REGISTER, each, _slipped(table, each), "", Rank.PROMISED_TODAY)


def _delivered(table: Table, delivery: deliveries.Delivery) -> Clause:
    on = delivery.delivered or table.today
    late = (on - delivery.promised).days if delivery.promised else 0
    words = f"delivered {day(on, table.today)}" + (f", {late} d late" if late > 0 else "")
    return Clause(words, f"delivered {short_day(on, table.today)}")


def _slipped(table: Table, delivery: deliveries.Delivery) -> Clause:
    """Before a customer of the dates only those that it was told."""
    was, now = delivery.slips[-1].was, delivery.expected or table.today
    if table.scene.audience == "customer":
        return Clause("has moved")
    return Clause(
        f"slipped from {day(was, table.today)} to {day(now, table.today)}",
        f"slipped {short_day(was, table.today)} → {day_beside(now, was, table.today)}",
    )


def _of(
    table: Table, register: Register, record: Registered, what: Clause, weight: Weight | str, rank: Rank
) -> Iterator[News]:
    """`weight`: empty for its own, but never that of a thing that went well."""
    word = what.words.split()[0]
    more = () if weight or not inside(table) else [each for each in why(table, register, record) if each.words != word]
    for found in lines(table, register, [record], said=lambda *_: (what, *more)):
        own: Weight = "none" if found.line.weight == "green" else found.line.weight
        line = msgspec.structs.replace(found.line, weight="green" if weight else own)
        yield News(
            msgspec.structs.replace(found, line=line, harm=(rank, *found.harm)), register.one, what.words.split()[0]
        )


def _promise(table: Table, action: Action, last: datetime) -> Iterable[News]:
    """Kept, late, broken by now, or given another date."""
    zone, today = table.scene.settings.zone, table.today
    if action.state == "done" and action.finished is not None:
        return _over(table, action, was_kept(action, zone)) if action.finished > last else ()
    if not action.live:
        return ()
    first = action.first_due
    if first is not None and table.local(last) <= first < today:
        return (News(table.action(action), "promise", "broken"),)
    moved = action.slips[-1] if action.slips else None
    return (_moved(table, action, moved.was),) if moved is not None and moved.at > last else ()


def _over(table: Table, action: Action, kept: bool) -> Iterator[News]:
    on = table.local(action.finished or table.scene.now)
    told = f", promised for {day(action.first_due, table.today)}" if action.first_due else ""
    word = "kept" if kept else "late"
    reason, brief = f"{word}: done {day(on, table.today)}{told}", f"{word}, done {short_day(on, table.today)}"
    found = table.action(action, reason, brief)
    line = msgspec.structs.replace(found.line, weight="green" if kept else "none")
    yield News(msgspec.structs.replace(found, line=line, harm=(Rank.OTHER, 1)), "promise", word)


def _moved(table: Table, action: Action, was: date) -> News:
    now = action.due
    reason = f"moved from {day(was, table.today)} to {day(now, table.today) if now else 'no date'}"
    brief = f"moved {short_day(was, table.today)} → {day_beside(now, was, table.today) if now else 'no date'}"
    found = table.action(action, reason, brief)
    line = msgspec.structs.replace(found.line, weight="orange")
    return News(msgspec.structs.replace(found, line=line, harm=(Rank.PROMISED_TODAY, 0)), "promise", "moved")


def _on(table: Table, word: str, moment: datetime) -> Clause:
    on = table.local(moment)
    return Clause(f"{word} {day(on, table.today)}", f"{word} {short_day(on, table.today)}")
