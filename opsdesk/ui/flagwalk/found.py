"""What the Room reads of a walk over the flags, and where it stands a moment later."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.flagwalk import Turn, Walk
from opsdesk.core.register import Look
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from opsdesk.insight.reviewed import reviewed


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """`walk` as it was at `at`; `words`: of the current flag, as in "red 12 d, skipped twice"."""

    walk: Walk
    at: datetime
    words: str = ""

    def turn(self, now: datetime) -> Turn | None:
        """The current one; its clock goes on without anything being read."""
        turn = self.walk.current
        if turn is None or not self.walk.on:
            return turn
        return replace(turn, used=turn.used + max(timedelta(), now - self.at))

    @property
    def reds(self) -> int:
        """How many red ones wait after the current one."""
        return sum(each.score.level == "red" for each in self.walk.left)


def found(desk: Desk, meeting: str) -> Found | None:
    """None where the meeting is not in a section that walks the flags, or there is none. Raises NotFound."""
    now = desk.now()
    walk = desk.walk.state(meeting)
    if not (walk.on and walk.total):
        return None
    turn = walk.current
    return Found(walk=walk, at=now, words=_words(desk, turn.score, Look(now, desk.settings)) if turn else "")


def _words(desk: Desk, score: Score, look: Look) -> str:
    cell = {"customer": score.customer, "measure": score.measure}
    told = reviewed(desk.read.where(Score, **cell), desk.read.where(FlagReview, **cell), look).words
    return told or f"{score.level} now"
