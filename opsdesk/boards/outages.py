"""Outages: the incidents that are open, and those that were resolved since this agenda met last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from opsdesk.boards import section
from opsdesk.boards.conflicting import conflicts
from opsdesk.boards.informing import who_knows
from opsdesk.boards.lay import Found, Table
from opsdesk.boards.registered import lines
from opsdesk.core.registers.incidents import REGISTER, Incident

FIRST_RUN = timedelta(days=1)


def find(table: Table) -> Iterable[Found]:
    """Before the first run of a series: those resolved in the last 24 hours."""
    run = next(iter(table.runs()), None)
    since = (run.ended or run.last) if run else table.scene.now - FIRST_RUN
    over = table.reader.where(Incident, lambda each: each.resolved is not None and each.resolved > since)
    yield from section.find(table)
    yield from lines(table, REGISTER, table.reader.live(Incident), conflicts(table), said=who_knows)
    yield from lines(table, REGISTER, [each for each in over if not each.live], first=1)
