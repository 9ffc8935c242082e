"""The verbs of a line, on whichever screen it stands."""

from __future__ import annotations

from opsdesk.ui.commands.command import ACTION, AGENDA_ITEM, LISTS, Command, letter

LINE_COMMANDS: tuple[Command, ...] = (
    Command(
        id="done",
        keys=letter("x"),
        shown="x",
        label="done",
        where=LISTS,
        verb=True,
        help="The action or agenda item under the cursor is done.",
        needs=(AGENDA_ITEM,),
    ),
    Command(
        id="start",
        keys=letter("s"),
        shown="s",
        label="start",
        where=LISTS,
        verb=True,
        help="Work on the action has started.",
        needs=(ACTION,),
    ),
    Command(
        id="wait",
        keys=letter("w"),
        shown="w",
        label="wait",
        where=LISTS,
        help="The action waits: on whom or what, until when.",
        needs=(ACTION,),
    ),
    Command(
        id="give",
        keys=("at",),
        shown="@",
        label="give to",
        where=LISTS,
        help="Give the action to somebody else.",
        needs=(ACTION,),
    ),
    Command(
        id="date",
        keys=letter("t"),
        shown="t",
        label="date",
        where=LISTS,
        help="A new date, and why; the old one stays in the slip ledger.",
        needs=(ACTION,),
    ),
    Command(
        id="escalate",
        keys=letter("e"),
        shown="e",
        label="escalate",
        where=LISTS,
        verb=True,
        help="Put the action or item before the Escalation Review.",
        needs=(AGENDA_ITEM,),
    ),
    Command(
        id="drop",
        keys=("delete",),
        shown="Del",
        label="drop",
        where=LISTS,
        help="Drop the action or item, with the reason.",
        needs=(AGENDA_ITEM,),
    ),
)
