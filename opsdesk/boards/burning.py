"""What burns: broken promises, promises for today, overdue actions, red flags without an exit."""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.boards.lay import Found, Table
from opsdesk.boards.words import Rank, rank
from opsdesk.core.actions import Action
from opsdesk.core.scores import Score

BURNS = (Rank.BROKEN, Rank.PROMISED_TODAY, Rank.OVERDUE)


def find(table: Table) -> Iterable[Found]:
    for action in table.reader.live(Action):
        if rank(action, table.today) in BURNS and not table.made_here(action):
            yield table.action(action)
    for score in table.reader.live(Score):
        if score.level == "red" and not score.exit:
            yield table.flag(score)
