"""Scores as tests say them: days before or after Monday 23 November 2026, 15:00."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.register import Look
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Settings
from tests.clock import START

PLAIN = Settings(time_zone="UTC")
LOOK = Look(START, PLAIN)
LETTERS: dict[str, Level] = {"r": "red", "o": "orange", "g": "green", "u": "unknown"}


def at(days: float = 0) -> datetime:
    return START + timedelta(days=days)


def day(days: int = 0) -> date:
    return at(days).date()


def look(days: float = 0, settings: Settings = PLAIN) -> Look:
    return Look(at(days), settings)


def score(level: str, days: float = 0, since: float | None = None, **more: Any) -> Score:
    """Said `days` after Monday; a level by its letter."""
    given = {"customer": "acme", "measure": "Support", **more}
    return Score(level=LETTERS[level], at=at(days), since=at(days if since is None else since), **given)


def history(*said: tuple[float, str], **more: Any) -> tuple[Score, ...]:
    """One cell's: (day, letter) each, numbered in this order, `was` and `since` as the desk sets them."""
    found: list[Score] = []
    for number, (days, level) in enumerate(said, 1):
        new = score(level, days, id=f"S-{number}", **more)
        if found:
            since = found[-1].since if found[-1].level == new.level else new.at
            beneath = found[-1].open_flag if new.level == "unknown" else ""
            new = replace(new, was=found[-1].level, since=since, beneath=beneath)
        found.append(new)
    return tuple(found)


def review(outcome: str, days: float, meeting: str, **more: Any) -> FlagReview:
    given = {"customer": "acme", "measure": "Support", "score": "S-1", "level": "red", "section": "Flags", **more}
    return FlagReview(outcome=outcome, entered=at(days), left=at(days) + timedelta(minutes=4), meeting=meeting, **given)
