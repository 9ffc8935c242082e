"""The last decisions of this series, the newest first; superseded ones are left out."""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.boards.lay import Found, Table
from opsdesk.boards.table import Line
from opsdesk.boards.words import day, short_day
from opsdesk.core.entries import Decision

LAST_RUNS = 8
MOST = 12


def find(table: Table) -> Iterable[Found]:
    numbers = {run.id: run.number for run in table.runs()[:LAST_RUNS]}
    taken = table.reader.where(Decision, lambda decision: decision.meeting in numbers)
    replaced = {decision.supersedes for decision in taken}
    newest = sorted((each for each in taken if each.id not in replaced), key=lambda each: each.at, reverse=True)
    return [_found(table, decision, numbers[decision.meeting], n) for n, decision in enumerate(newest[:MOST])]


def _found(table: Table, decision: Decision, number: int, place: int) -> Found:
    on = table.local(decision.at)
    reason, brief = f"decided in #{number}, {day(on, table.today)}", f"#{number}, {short_day(on, table.today)}"
    line = Line(id=decision.id, text=decision.text, reason=reason, brief=brief)
    return Found(line=line, harm=(10, place), customer=table.scene.customer)
