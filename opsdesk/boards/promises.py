"""Promises to one customer, or to all: the open ones, and how those were kept that ended since the last call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import msgspec

from opsdesk.boards.clauses import Clause
from opsdesk.boards.delays import deliveries
from opsdesk.boards.lay import Found, Table
from opsdesk.boards.registered import lines
from opsdesk.boards.since import FIRST_RUN_DAYS, last_met
from opsdesk.boards.table import Line
from opsdesk.boards.words import Rank, day, short_day
from opsdesk.core.actions import Action
from opsdesk.core.meeting import Meeting
from opsdesk.core.registers.deliveries import REGISTER, Delivery
from opsdesk.insight.promises import WEEKS, was_kept


class Ended(NamedTuple):
    """A promise that is over: on which day, whether after the last call, whether it was kept; and its line."""

    on: date
    since_last: bool
    kept: bool
    found: Found


def find(table: Table) -> Iterable[Found]:
    """Every open promise, deliveries too; where the agenda asks for promises first, also those finished in the last 8
    weeks.

    Of these, what was finished before this series met last is one line.
    """
    promises = [each for each in table.reader.where(Action, promise=True) if _theirs(table, each.customer)]
    promised = table.reader.where(Delivery, lambda each: each.promised is not None and _theirs(table, each.customer))
    yield from (table.action(action) for action in promises if action.live)
    yield from map(_not_yet_kept, deliveries(table, [each for each in promised if each.live]))
    if _is_first(table):
        yield from _past(table, promises, promised)


def _not_yet_kept(found: Found) -> Found:
    """What goes as promised stands among all that is due: green is what was kept."""
    if found.line.weight != "green":
        return found
    return msgspec.structs.replace(found, line=msgspec.structs.replace(found.line, weight="none"), harm=(Rank.OTHER, 0))


def _theirs(table: Table, customer: str) -> bool:
    return table.scene.customer in ("", customer) and table.visible(customer)


def _is_first(table: Table) -> bool:
    """Whether no earlier section of this agenda has shown the promises already."""
    scene = table.scene
    agenda = scene.agendas.get(scene.agenda)
    titles = [section.title for section in agenda.sections if section.board == "promises"] if agenda else []
    return scene.section not in titles[1:]


def _past(table: Table, promises: Sequence[Action], promised: Sequence[Delivery]) -> Iterable[Found]:
    last = last_met(table)
    since = table.today - timedelta(weeks=WEEKS)
    ended = [*_finished(table, promises, last), *_delivered(table, promised, table.local(last))]
    recent = [each for each in ended if each.on >= since]
    yield from (each.found for each in recent if each.since_last)
    before = [each for each in recent if not each.since_last]
    if before:
        yield _folded(table, before, _until(next(iter(table.runs()), None)))


def _until(run: Meeting | None) -> str:
    if run is None:
        return f"more than {FIRST_RUN_DAYS} days ago"
    return "before the last call" if run.customer else "before the last meeting"


def _finished(table: Table, promises: Iterable[Action], last: datetime) -> Iterable[Ended]:
    for action in promises:
        if action.state == "done" and action.finished is not None:
            on, kept = table.local(action.finished), was_kept(action, table.scene.settings.zone)
            found = table.action(action, *_how(table, "done", on, kept, action.first_due))
            yield Ended(on, action.finished > last, kept, _over(found, kept))


def _delivered(table: Table, promised: Iterable[Delivery], last: date) -> Iterable[Ended]:
    for each in promised:
        if each.state == "delivered" and each.delivered is not None and each.promised is not None:
            kept = each.delivered <= each.promised
            reason, brief = _how(table, "delivered", each.delivered, kept, each.promised)
            said = (Clause(reason, brief),)
            for found in lines(table, REGISTER, [each], said=lambda *_, said=said: said):
                yield Ended(each.delivered, each.delivered >= last, kept, _over(found, kept))


def _how(table: Table, done: str, on: date, kept: bool, promised: date | None) -> tuple[str, str]:
    """The reason, and the same in few words."""
    word = "kept" if kept else "late"
    told = f", promised for {day(promised, table.today)}" if promised else ""
    return f"{word}: {done} {day(on, table.today)}{told}", f"{word}, {done} {short_day(on, table.today)}"


def _over(found: Found, kept: bool) -> Found:
    line = msgspec.structs.replace(found.line, weight="green" if kept else "none")
    return msgspec.structs.replace(found, line=line, harm=(Rank.OTHER, 1 + kept))


def _folded(table: Table, done: Sequence[Ended], when: str) -> Found:
    """One line for all of them; it is no record and has no id."""
    kept = sum(each.kept for each in done)
    counts = " and ".join(f"{n} {word}" for n, word in ((kept, "kept"), (len(done) - kept, "late")) if n)
    handle = table.scene.customer
    line = Line(
        id="",
        text=f"{counts} {when}",
        reason=f"in the last {WEEKS} weeks",
        brief=f"in {WEEKS} weeks",
        customer=table.customer(handle),
    )
    return Found(line=line, harm=(Rank.OTHER, 0), customer=handle, last=True)
