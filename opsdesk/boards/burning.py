"""What burns: major incidents, broken promises and deliveries past theirs, promises for today, overdue actions, red
flags without an exit.
"""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.boards.delays import deliveries
from opsdesk.boards.lay import Found, Table
from opsdesk.boards.registered import lines
from opsdesk.boards.words import Rank, rank
from opsdesk.core.actions import Action
from opsdesk.core.registers import incidents
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.scores import Score

BURNS = (Rank.BROKEN, Rank.PROMISED_TODAY, Rank.OVERDUE)
FIRST = -1


def find(table: Table) -> Iterable[Found]:
    majors = [each for each in table.reader.live(incidents.Incident) if each.major]
    yield from lines(table, incidents.REGISTER, majors, first=FIRST)
    yield from _past_promise(table)
    for action in table.reader.live(Action):
        if rank(action, table.today) in BURNS and not table.made_here(action):
            yield table.action(action)
    for score in table.reader.live(Score):
        if score.level == "red" and not score.exit:
            yield table.flag(score)


def _past_promise(table: Table) -> Iterable[Found]:
    """Deliveries among the broken promises, by the days they are late."""
    found = table.reader.live(Delivery)
    return deliveries(table, [each for each in found if each.promised is not None and each.promised < table.today])
