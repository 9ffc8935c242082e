"""Promises to one customer, or to all: the open ones, and how those were kept that ended since the last call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from opsdesk.boards.lay import Found, Table
from opsdesk.boards.table import Line
from opsdesk.boards.words import Rank, day, short_day
from opsdesk.core.actions import Action
from opsdesk.core.meeting import Meeting
from opsdesk.insight.promises import WEEKS, was_kept

FIRST_RUN_DAYS = 7


def find(table: Table) -> Iterable[Found]:
    """Every open promise; where the agenda asks for promises first, also those finished in the last 8 weeks.

    Of these, what was finished before this series met last is one line.
    """
    promises = table.reader.where(Action, promise=True)
    theirs = [a for a in promises if table.scene.customer in ("", a.customer) and table.visible(a.customer)]
    yield from (table.action(action) for action in theirs if action.live)
    if _is_first(table):
        yield from _past(table, theirs)


def _is_first(table: Table) -> bool:
    """Whether no earlier section of this agenda has shown the promises already."""
    scene = table.scene
    agenda = scene.agendas.get(scene.agenda)
    titles = [section.title for section in agenda.sections if section.board == "promises"] if agenda else []
    return scene.section not in titles[1:]


def _past(table: Table, promises: Sequence[Action]) -> Iterable[Found]:
    run = next(iter(table.runs()), None)
    last = (run.ended or run.last) if run else table.scene.now - timedelta(days=FIRST_RUN_DAYS)
    since = table.scene.now - timedelta(weeks=WEEKS)
    done = [(a.finished, a) for a in promises if a.state == "done" and a.finished and a.finished >= since]
    yield from (_finished(table, action, at) for at, action in done if at > last)
    before = [action for at, action in done if at <= last]
    if before:
        yield _folded(table, before, _until(run))


def _until(run: Meeting | None) -> str:
    if run is None:
        return f"more than {FIRST_RUN_DAYS} days ago"
    return "before the last call" if run.customer else "before the last meeting"


def _finished(table: Table, action: Action, at: datetime) -> Found:
    kept = was_kept(action, table.scene.settings.zone)
    done, word = table.local(at), "kept" if kept else "late"
    told = f", promised for {day(action.first_due, table.today)}" if action.first_due else ""
    reason, brief = f"{word}: done {day(done, table.today)}{told}", f"{word}, done {short_day(done, table.today)}"
    found = table.action(action, reason, brief)
    line = msgspec.structs.replace(found.line, weight="green" if kept else "none")
    return msgspec.structs.replace(found, line=line, harm=(Rank.OTHER, 1 + kept))


def _folded(table: Table, done: Sequence[Action], when: str) -> Found:
    """One line for all of them; it is no record and has no id."""
    kept = sum(was_kept(action, table.scene.settings.zone) for action in done)
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
