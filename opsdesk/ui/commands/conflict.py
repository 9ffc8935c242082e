"""The keys of the moment at which two people have changed the same. They hold there and nowhere else."""

from __future__ import annotations

from opsdesk.ui.commands.command import Command, Need, Situation, letter

CONFLICT = ("conflict",)


def _asked(now: Situation) -> bool:
    return now.screen == "conflict"


ASKED = Need(_asked, "nobody has changed what you were typing")
BOTH = Need(lambda s: not _asked(s) or s.both, "only one of the two can be true")

CONFLICT_COMMANDS: tuple[Command, ...] = (
    Command(
        id="theirs",
        keys=letter("t"),
        shown="t",
        label="theirs",
        where=CONFLICT,
        footer=1,
        help="What they made of it stays; of yours, what nobody else has changed is kept.",
        needs=(ASKED,),
    ),
    Command(
        id="mine",
        keys=letter("m"),
        shown="m",
        label="mine",
        where=CONFLICT,
        footer=2,
        help="Yours takes the place of theirs.",
        needs=(ASKED,),
    ),
    Command(
        id="both",
        keys=letter("b"),
        shown="b",
        label="both",
        where=CONFLICT,
        footer=3,
        help="Theirs and yours, one after the other, where both can be true.",
        needs=(ASKED, BOTH),
    ),
    Command(
        id="later",
        shown="esc",
        label="type it again",
        where=CONFLICT,
        footer=4,
        help="Theirs stays, and your words stand in the bar again.",
        needs=(ASKED,),
    ),
)
