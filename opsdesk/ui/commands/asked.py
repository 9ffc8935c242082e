"""The commands of the Room for what its section is about: a new record of its register, the order of priorities."""

from __future__ import annotations

from opsdesk.ui.commands.command import MEETING, ROOM, Command

ASKED_COMMANDS: tuple[Command, ...] = (
    Command(
        id="new_here",
        keys=("ctrl+n", "insert"),
        shown="ctrl+n",
        label="new record",
        where=ROOM,
        apt=lambda s: s.running and not s.closing and "new_here" in s.labels,
        help="In a section about a register: a new record of it in one line, such as what a customer asks for.",
        needs=(MEETING,),
    ),
    Command(
        id="rank_up",
        keys=("ctrl+up",),
        shown="ctrl+↑",
        label="rank higher",
        where=ROOM,
        verb=True,
        help="In a section of priorities: the agenda item under the cursor goes one place up.",
        needs=(MEETING,),
    ),
    Command(
        id="rank_down",
        keys=("ctrl+down",),
        shown="ctrl+↓",
        label="rank lower",
        where=ROOM,
        verb=True,
        help="In a section of priorities: the agenda item under the cursor goes one place down.",
        needs=(MEETING,),
    ),
)
