"""The commands of two stages of the Room: the walk over the open flags, and the scan of the score sheet before it.

A stage takes keys of the Room over: there `o` is a level, and F10 still leads to the outage.
"""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.ui.commands.command import Command, Situation, letter

STAGES = {"walk": "room", "scan": "room"}
"""A stage, and the screen that it is one of."""

WALK_COMMANDS: tuple[Command, ...] = (
    Command(
        id="walk_skip",
        keys=letter("b"),
        shown="b",
        label="bypass",
        where=("walk",),
        footer=3,
        help="Go on without speaking of this flag, with the reason.",
    ),
    Command(
        id="walk_oranges",
        keys=("ampersand",),
        shown="&",
        label="keep the oranges",
        where=("walk",),
        help="All orange flags that are left stay what they are, in one go; a new exit date and a reason may be given.",
    ),
)


def staged(id: str, now: Situation, commands: Iterable[Command]) -> str:
    """The command that the key of this one runs on the stage: what is urgent keeps its key."""
    mine = next((each for each in commands if each.id == id), None)
    if mine is None or now.screen not in STAGES or mine.urgent(now):
        return id
    taken = (c for c in commands if now.screen in c.where and c.typing == mine.typing and set(c.keys) & set(mine.keys))
    return next((each.id for each in taken), id)
