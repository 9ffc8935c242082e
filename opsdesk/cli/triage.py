"""The verbs of an action or an agenda item, by id: done, start, wait, give, redate, escalate, drop."""

from __future__ import annotations

from collections.abc import Sequence

import click

from opsdesk.cli.out import say, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.record import Record

as_json_option = click.option("--json", "as_json", is_flag=True, help="The changed records as one JSON array.")


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@as_json_option
@click.pass_obj
def done(wiring: Wiring, ids: tuple[str, ...], as_json: bool) -> None:
    """Finishes actions, settles agenda items."""
    desk = wiring.desk()
    actions = [id.upper() for id in ids if not item(id)]
    settled = [desk.items.settle(id.upper()) for id in ids if item(id)]
    finished = desk.actions.done(*actions) if actions else ()
    tell("done", [*finished, *settled], as_json)


@click.command()
@click.argument("id")
@click.option("--why", required=True, help="The reason, kept with it.")
@as_json_option
@click.pass_obj
def drop(wiring: Wiring, id: str, why: str, as_json: bool) -> None:
    """Gives an action or item up, with the reason."""
    desk = wiring.desk()
    dropped = desk.items.drop(id.upper(), why) if item(id) else desk.actions.drop(id.upper(), why)
    tell("dropped", [dropped], as_json)


@click.command()
@click.argument("id")
@click.option("--why", default="", help="The reason, kept with it.")
@as_json_option
@click.pass_obj
def escalate(wiring: Wiring, id: str, why: str, as_json: bool) -> None:
    """Puts an action or item before the Escalation Review."""
    desk = wiring.desk()
    raised = desk.items.escalate(id.upper(), why) if item(id) else desk.actions.escalate(id.upper(), why)
    tell("escalated", [raised], as_json)


@click.command()
@click.argument("id")
@as_json_option
@click.pass_obj
def start(wiring: Wiring, id: str, as_json: bool) -> None:
    """Begins work on an action."""
    tell("started", [wiring.desk().actions.start(id.upper())], as_json)


@click.command()
@click.argument("id")
@click.argument("to", metavar="HANDLE")
@as_json_option
@click.pass_obj
def give(wiring: Wiring, id: str, to: str, as_json: bool) -> None:
    """Hands an action to somebody else."""
    given = wiring.desk().actions.give(id.upper(), to.lstrip("@").lower())
    tell(f"given to @{given.owner}", [given], as_json)


@click.command()
@click.argument("id")
@click.argument("on", metavar="WHOM")
@click.option("--until", metavar="DATE", help="When to ask again: fri, +3d, 27.11. …")
@as_json_option
@click.pass_obj
def wait(wiring: Wiring, id: str, on: str, until: str | None, as_json: bool) -> None:
    """Lets an action wait on somebody or something."""
    desk = wiring.desk()
    waits = desk.actions.wait(id.upper(), on, desk.actions.day(until) if until else None)
    tell(f"waits on {waits.waiting_on}", [waits], as_json)


@click.command()
@click.argument("id")
@click.argument("due", metavar="DATE")
@click.option("--why", default="", help="The reason, kept with the old date.")
@as_json_option
@click.pass_obj
def redate(wiring: Wiring, id: str, due: str, why: str, as_json: bool) -> None:
    """Moves the due date; the first one stays on record."""
    desk = wiring.desk()
    moved = desk.actions.redate(id.upper(), desk.actions.day(due), why)
    tell(f"due {moved.due}", [moved], as_json)


def item(id: str) -> bool:
    return id.upper().startswith("T-")


def tell(what: str, records: Sequence[Record], as_json: bool) -> None:
    if as_json:
        write_json(records)
        return
    for record in records:
        say(f"{record.id}  {what}  {record['title' if 'title' in record else 'text']}")
