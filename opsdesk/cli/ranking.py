"""The order of priorities: an agenda item's place in its section."""

from __future__ import annotations

import click

from opsdesk.cli.triage import as_json_option, taken, tell
from opsdesk.cli.wiring import Wiring

ITEMS = ("items",)


@click.command()
@click.argument("id")
@click.argument("place", type=click.IntRange(min=1))
@as_json_option
@click.pass_obj
def rank(wiring: Wiring, id: str, place: int, as_json: bool) -> None:
    """Puts an agenda item at that place of its section, 1 the first; the others move on."""
    desk = wiring.existing(writes=True)
    (id,) = taken(desk, "rank", [id], ITEMS)
    item = desk.items.rank(id, place)
    at, of = desk.items.place(id)
    tell(f"{at} of {of} in {item.section}", [item], as_json)
