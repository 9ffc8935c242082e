"""How Northwind Systems walks its flags: the reds at length, then out of time, the oranges in one go."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from opsdesk.core.flagwalk import Cell, Turn
from opsdesk.core.meeting import Section
from opsdesk.core.moves import FLAGS
from opsdesk.demo.office import Office
from opsdesk.desk import Desk

UNSPOKEN = (
    "their owner is away",
    "waits for an answer from them",
    "nothing new since last week",
    "is the subject of a call tomorrow",
)
KEPT = ("the new version is to be tested first", "they asked for two more weeks", "")
TOGETHER = "looked at on Thursday, with their owners"
SHARE = 0.3
"""Of the section's time, so that the rest of what is said in it comes when it would without a walk."""


class Walked:
    """One walk. It throws dice of its own, so that it changes nothing else that happens, and takes its time from what
    its section has.
    """

    def __init__(self, office: Office, desk: Desk, meeting: str, section: Section) -> None:
        self._office, self._desk, self._meeting = office, desk, meeting
        self._dice = Random(meeting)
        self._time = section.seconds * SHARE
        self._on = section.board == FLAGS and desk.walk.begin(meeting).current is not None

    def reaches(self, cell: Cell) -> bool:
        """Goes on to this flag, if its turn is still to come and it is not too far."""
        ahead = [turn.cell for turn in self._desk.walk.state(self._meeting).ahead] if self._on else []
        if cell not in ahead[:4]:
            return False
        for _ in ahead[: ahead.index(cell)]:
            self._one()
        self._spend(90)
        return True

    def finish(self) -> None:
        """The reds that are left one by one, as long as there is time, and then all oranges together."""
        while self._on and (turn := self._turn()) and turn.score.level == "red":
            self._one()
        walk = self._desk.walk
        if self._on and walk.state(self._meeting).oranges and self._dice.random() < 0.6:
            walk.keep_oranges(self._meeting, why=TOGETHER)

    def _turn(self) -> Turn | None:
        return self._desk.walk.state(self._meeting).current if self._time > 0 else None

    def _one(self) -> None:
        walk, luck = self._desk.walk, self._dice.random()
        if luck < 0.2:
            walk.skip(self._meeting, self._dice.choice(UNSPOKEN))
        elif luck < 0.45:
            self._spend(70)
            walk.kept(self._meeting, self._office.later(self._dice.choice((4, 5, 9))), self._dice.choice(KEPT))
        else:
            self._spend(50)
            walk.discussed(self._meeting)

    def _spend(self, seconds: int) -> None:
        spent = min(seconds * self._dice.choice((0.6, 1.0, 1.7)), max(0.0, self._time))
        self._time -= spent
        self._office.moment.now += timedelta(seconds=int(spent))
