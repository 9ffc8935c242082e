"""`opsdesk keys`: every key of the screen, from the same table the screen is bound to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from opsdesk.cli.columns import aligned, room
from opsdesk.cli.out import say, write_json

if TYPE_CHECKING:
    from opsdesk.ui.commands import Command

PLACES = {
    "everywhere": "Everywhere",
    "today": "Today",
    "room": "Room",
    "walk": "Room, while it walks over the flags",
    "scan": "Room, at the score sheet",
    "gate": "Closing gate",
    "typing": "Typing",
    "conflict": "Where somebody changed the same",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Id, key, label, help and place of each, as one JSON array.")
def keys(as_json: bool) -> None:
    """Prints every key of the screen."""
    from opsdesk.ui.commands import COMMANDS

    if as_json:
        write_json([_plain(command) for command in COMMANDS])
        return
    places = list(dict.fromkeys([*PLACES, *(place for c in COMMANDS for place in c.where)]))
    for number, place in enumerate(places):
        _write_place(place, [c for c in COMMANDS if c.shown and place in c.where], first=number == 0)
    say("")
    say("Commands without a key of their own are in the palette: ctrl+p.")


def _plain(command: Command) -> dict[str, object]:
    return {
        "id": command.id,
        "keys": command.keys,
        "shown": command.shown,
        "label": command.label,
        "help": command.help,
        "where": command.where,
        "typing": command.typing,
    }


def _write_place(place: str, commands: list[Command], *, first: bool) -> None:
    if not commands:
        return
    if not first:
        say("")
    rows = [(f"  {c.shown}", c.label, c.help) for c in commands]
    _, *lines = aligned(("", "", ""), rows, room())
    say(PLACES.get(place, place.capitalize()))
    for line in lines:
        say(line)
