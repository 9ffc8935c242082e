"""`opsdesk list KIND`: records as aligned text, or whole as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from opsdesk.cli.out import say, talk, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid
from opsdesk.core.record import Record

if TYPE_CHECKING:
    from opsdesk.desk import Desk

EMPTY = {
    "actions": 'opsdesk add "Call back @sue fri" makes one.',
    "people": "opsdesk import people FILE brings them in.",
    "customers": "opsdesk import customers FILE brings them in.",
    "meetings": "opsdesk cadence shows what meets next, opsdesk run SLUG starts it.",
    "series": "opsdesk agenda list shows what a company can run.",
}
SAID = "They are made in a meeting: opsdesk run SLUG starts one."


@click.command("list")
@click.argument("kind")
@click.option("--open", "only_open", is_flag=True, help="Only what is not settled yet.")
@click.option("--owner", metavar="HANDLE", help="Only this person's; me for one's own.")
@click.option("--customer", metavar="HANDLE", help="Only this customer's.")
@click.option("--json", "as_json", is_flag=True, help="Whole records, as one JSON array.")
@click.pass_obj
def list_records(
    wiring: Wiring, kind: str, only_open: bool, owner: str | None, customer: str | None, as_json: bool
) -> None:
    """Lists records of one kind.

    KIND is actions, decisions, people, customers, meetings, items, notes, scores, minutes, series or moved.
    """
    from opsdesk.cli.fields import shape_named

    shape, desk = shape_named(kind), wiring.desk()
    me = desk.by if owner == "me" else owner
    found = _found(desk, shape, only_open, {"owner": me, "customer": customer})
    if as_json:
        write_json(found)
    elif found:
        _write_table(desk, shape, found)
    else:
        talk(
            f"No {shape.kind} here{' that match' * bool(only_open or owner or customer)}. {EMPTY.get(shape.kind, SAID)}"
        )


def _found(desk: Desk, shape: type[Record], only_open: bool, wanted: dict[str, str | None]) -> Sequence[Record]:
    equal = {name: handle.lstrip("@#").lower() for name, handle in wanted.items() if handle is not None}
    for name in equal:
        if name not in shape.__struct_fields__:
            raise Invalid(f"{shape.kind} have no {name}.", f"List them without --{name}.")
    found = desk.read.live(shape) if only_open else desk.read.all(shape)
    return [r for r in found if all(r[name] == handle for name, handle in equal.items())]


def _write_table(desk: Desk, shape: type[Record], found: Sequence[Record]) -> None:
    from opsdesk.cli.columns import aligned, room
    from opsdesk.cli.fields import columns
    from opsdesk.insight.fields import words

    headers = columns(shape)
    zone = desk.settings.zone
    rows = [[words(record[name], zone) for name in headers] for record in found]
    for line in aligned(list(headers.values()), rows, room()):
        say(line)
