"""The commands for an entry that was made before."""

from __future__ import annotations

from opsdesk.ui.commands.command import ENTRY, ROOM, Command, Need
from opsdesk.ui.commands.lines import TURNABLE

TO_ACTION = Need(lambda s: ENTRY.holds(s) or TURNABLE.holds(s), ENTRY.else_)

ENTRY_COMMANDS: tuple[Command, ...] = (
    Command(
        id="amend",
        label="correct",
        where=ROOM,
        help="Correct the entry under the cursor (Enter does the same).",
        needs=(ENTRY,),
    ),
    Command(
        id="to_action",
        label="turn into an action",
        where=ROOM,
        help="What was said here becomes an action; any other line leads to one.",
        needs=(TO_ACTION,),
    ),
    Command(
        id="to_decision",
        label="turn into a decision",
        where=ROOM,
        help="The entry becomes a decision.",
        needs=(ENTRY,),
    ),
    Command(id="to_note", label="turn into a note", where=ROOM, help="The entry becomes a note.", needs=(ENTRY,)),
    Command(id="to_parked", label="turn into a parked item", where=ROOM, help="The entry is parked.", needs=(ENTRY,)),
    Command(
        id="remove",
        label="remove entry",
        where=ROOM,
        help="Take the entry out of this meeting's record.",
        needs=(ENTRY,),
    ),
)
