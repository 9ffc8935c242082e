"""The commands of an outage: how it stands, and a new incident."""

from __future__ import annotations

from opsdesk.ui.commands.command import ANY, Command, Need, also_typing, letter

OUTAGE = Need(lambda s: bool(s.outage), "no incident is open")

OUTAGE_COMMANDS: tuple[Command, ...] = (
    *also_typing(
        Command(
            id="outage",
            keys=letter("o"),
            shown="o",
            label="outage",
            where=ANY,
            help="How the worst open incident stands; there u, n and i type an update, a note, who was informed.",
            needs=(OUTAGE,),
        ),
        key="f10",
        shown="F10",
        help="How the worst open incident stands, while typing.",
    ),
    Command(
        id="open_incident",
        label="open an incident …",
        where=ANY,
        help="Open an incident from one line: what, @owner, #customer, sev:2.",
    ),
)
