"""Whether a meeting may be started now, in the words of the message line."""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.boards.meets import Meet
from opsdesk.core.meeting import Meeting

ENDED = {"draft": "closed as a draft"}
NONE_ON = "No meeting is switched on. ctrl+p, which meetings we hold: switches one on."


def refusal(meet: Meet | None, on: str, *, beside: bool = False, early: bool = False) -> str:
    """Why not, and what to do instead; empty where it may be started.

    `on`: the meeting that is running. `beside`: asked to be started beside it; `early`: asked to be held today though
    it is planned for a later day.
    """
    if meet is None:
        return NONE_ON
    if not (meet.today or early):
        return f"{meet.title} is on {meet.on}. ctrl+p, start it now, holds it today instead."
    if on and not beside:
        return busy(on, ", or ctrl+p, start beside it" if meet.today else "")
    return ""


def busy(on: str, others: str = "") -> str:
    return f"{on} is running: 5 returns to it; close it first{others}."


def ended(meetings: Iterable[Meeting]) -> str:
    """`Daily Operations Sync #41 closed as a draft`."""
    return " · ".join(f"{each.title} #{each.number} {ENDED.get(each.state, each.state)}" for each in meetings)
