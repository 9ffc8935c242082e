"""Priorities: what keeps coming back and was not finished."""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.boards.lay import Found, Table
from opsdesk.core.actions import Action


def find(table: Table) -> Iterable[Found]:
    """Open actions that a meeting has listed again, those that somebody must choose about among them."""
    return [table.action(action) for action in table.reader.live(Action) if action.relisted]
