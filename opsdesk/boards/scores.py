"""The score sheet as a meeting needs it: what changed since the last run, and what nobody has confirmed."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from opsdesk.boards.flags import active
from opsdesk.boards.lay import Found, Table
from opsdesk.boards.words import Rank, days, unsaid_days
from opsdesk.core.meeting import Meeting
from opsdesk.core.scores import Score

NEWS = {"red": Rank.RED, "orange": Rank.ORANGE}


def find(table: Table) -> Iterable[Found]:
    run = next(iter(table.runs()), None)
    for score in active(table):
        if _changed(score, run):
            moved = f"{score.was} → {score.level}"
            yield _ranked(table.flag(score, f"{moved}{_since(run)}", moved), score)
        elif score.stale(table.scene.look):
            yield _stale(table, score)


def _changed(score: Score, run: Meeting | None) -> bool:
    return score.was != score.level and (run is None or score.at > (run.ended or run.last))


def _since(run: Meeting | None) -> str:
    return f" since #{run.number}" if run else ""


def _ranked(found: Found, score: Score) -> Found:
    return msgspec.structs.replace(found, harm=(NEWS.get(score.level, Rank.DUE_TODAY), 0))


def _stale(table: Table, score: Score) -> Found:
    unsaid = unsaid_days(score, table.scene.look)
    reason = f"{score.level}, stale: last said {days(unsaid)} ago, valid for {score.valid}"
    found = table.flag(score, reason, f"{score.level}, stale {unsaid} d")
    line = msgspec.structs.replace(found.line, weight="none")
    return msgspec.structs.replace(found, line=line, harm=(Rank.OTHER, -unsaid))
