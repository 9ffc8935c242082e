"""What a red flag owes: an owner, an exit criterion, and a plan within two working days."""

from __future__ import annotations

from datetime import date
from typing import Literal

from opsdesk.core.register import Look
from opsdesk.core.scores import Score
from opsdesk.core.settings import Settings
from opsdesk.insight.carryover import next_working_day

WORKING_DAYS = 2
Part = Literal["owner", "exit", "plan"]


def plan_due(score: Score, settings: Settings) -> date:
    """The last day to make a plan: the second working day after the cell turned red."""
    day = score.since.astimezone(settings.zone).date()
    for _ in range(WORKING_DAYS):
        day = next_working_day(day, settings)
    return day


def owes(score: Score, look: Look) -> tuple[Part, ...]:
    """What a red flag does not have; a plan date that has passed while it is red still is none. Nothing else owes."""
    if score.level != "red":
        return ()
    planned = score.plan is not None and score.plan >= look.today
    has: tuple[tuple[Part, bool], ...] = (("owner", bool(score.owner)), ("exit", bool(score.exit)), ("plan", planned))
    return tuple(part for part, there in has if not there)


def late(score: Score, look: Look) -> bool:
    """Whether it owes something that it should have by now."""
    return bool(owes(score, look)) and look.today > plan_due(score, look.settings)
