"""The plain board: what this section carries over, and what it asked for that is now due."""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.boards.lay import Found, Table
from opsdesk.core.actions import Action


def find(table: Table) -> Iterable[Found]:
    """Open actions that came from this section of this agenda and are past due or due today."""
    scene = table.scene
    for action in table.reader.live(Action):
        here = (action.agenda, action.section) == (scene.agenda, scene.section) and not table.made_here(action)
        if here and (not scene.customer or action.customer == scene.customer) and _due(table, action):
            yield table.action(action)


def _due(table: Table, action: Action) -> bool:
    return action.broken(table.today) or (action.due is not None and action.due <= table.today)
