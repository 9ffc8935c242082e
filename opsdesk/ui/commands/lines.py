"""The verbs of a line, on whichever screen it stands."""

from __future__ import annotations

from opsdesk.ui.commands.command import ACTION, AGENDA_ITEM, LISTS, Command, Need, Situation, letter

TABLES = ("room", "today", "outage", "customer")


def _or_named(need: Need, verb: str) -> tuple[Need, ...]:
    """Met too where the record at hand has a verb of its own on that key."""
    return (Need(lambda s: need.holds(s) or verb in s.labels, need.else_),)


def _turnable(now: Situation) -> bool:
    from opsdesk.core.actions import Action
    from opsdesk.core.entries import Item
    from opsdesk.core.kinds import shape_of
    from opsdesk.core.register import Registered
    from opsdesk.core.scores import Score

    shape = shape_of(now.line) if now.line else None
    return shape is not None and issubclass(shape, Registered | Action | Item | Score)


TURNABLE = Need(_turnable, "nothing is under the cursor that could be turned into something else")
INCIDENT = Need(lambda s: not s.line.startswith("I-"), "the line under the cursor is an incident")

LINE_COMMANDS: tuple[Command, ...] = (
    Command(
        id="done",
        keys=letter("x"),
        shown="x",
        label="done",
        where=LISTS,
        verb=True,
        apt=lambda s: s.screen == "walk",
        help="The line under the cursor is done: an action, an agenda item, whatever is over in a register.",
        needs=_or_named(AGENDA_ITEM, "done"),
    ),
    Command(
        id="start",
        keys=letter("s"),
        shown="s",
        label="start",
        where=LISTS,
        verb=True,
        help="Work on it has started, or goes on to its next state.",
        needs=_or_named(ACTION, "start"),
    ),
    Command(
        id="wait",
        keys=letter("w"),
        shown="w",
        label="wait",
        where=LISTS,
        help="It waits: on whom or what, until when; or what waiting is in its register.",
        needs=_or_named(ACTION, "wait"),
    ),
    Command(
        id="give",
        keys=("at",),
        shown="@",
        label="give to",
        where=LISTS,
        help="Give it to somebody else.",
        needs=_or_named(ACTION, "give"),
    ),
    Command(
        id="date",
        keys=letter("t"),
        shown="t",
        label="date",
        where=LISTS,
        apt=lambda s: s.screen == "walk",
        help="A new date, and why; the old one stays in the slip ledger.",
        needs=_or_named(ACTION, "date"),
    ),
    Command(
        id="escalate",
        keys=letter("e"),
        shown="e",
        label="escalate",
        where=LISTS,
        verb=True,
        help="Put it before the Escalation Review.",
        needs=_or_named(AGENDA_ITEM, "escalate"),
    ),
    Command(
        id="drop",
        keys=("delete",),
        shown="Del",
        label="drop",
        where=LISTS,
        help="Drop it, with the reason.",
        needs=_or_named(AGENDA_ITEM, "drop"),
    ),
    Command(
        id="turn",
        keys=("greater_than_sign",),
        shown=">",
        label="turn into …",
        where=TABLES,
        help="The line leads to an action, an incident or an escalation; each names the other.",
        needs=(TURNABLE,),
    ),
    Command(
        id="to_incident",
        label="turn into an incident",
        where=TABLES,
        help="The line leads to an incident, which takes over what is known of it.",
        needs=(TURNABLE, INCIDENT),
    ),
)
