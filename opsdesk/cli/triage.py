"""The verbs of an action or an agenda item, by id: done, start, wait, give, redate, escalate, drop, reopen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from opsdesk.cli.columns import brief
from opsdesk.cli.out import kept, say, talk, write_json
from opsdesk.cli.reasons import reasoned
from opsdesk.cli.wiring import Wiring
from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.errors import Invalid
from opsdesk.core.record import R, Record

if TYPE_CHECKING:
    from opsdesk.desk import Desk

TAKEN = {"actions": "actions", "items": "agenda items"}
ACTIONS = ("actions",)

rev_option = click.option(
    "--rev",
    type=click.IntRange(min=1),
    metavar="N",
    help="As it was read (its rev in show ID --json): what others changed since stays, the same field is refused.",
)
yes_option = click.option("--yes", is_flag=True, help="What would be asked about is meant.")
as_json_option = click.option("--json", "as_json", is_flag=True, help="The changed records as one JSON array.")


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@rev_option
@as_json_option
@click.pass_obj
def done(wiring: Wiring, ids: tuple[str, ...], rev: int | None, as_json: bool) -> None:
    """Finishes actions, settles agenda items; in a register it is what is over there, such as deliver or resolve."""
    if rev is not None and len(ids) > 1:
        raise click.UsageError("--rev is of one record: name one ID with it.")
    desk = wiring.existing(writes=True)
    if _elsewhere(desk, "done", ids, "", rev, as_json):
        return
    chosen = taken(desk, "done", ids, rev=rev)
    is_item = chosen[0].startswith(f"{Item.prefix}-")
    seen = at(desk, Item, chosen[0], rev) if is_item else at(desk, Action, chosen[0], rev)
    tell("done", desk.triage.done(*chosen, seen=seen), as_json)


@click.command()
@click.argument("id")
@click.option("--why", required=True, help="The reason, kept with it.")
@rev_option
@as_json_option
@click.pass_obj
def drop(wiring: Wiring, id: str, why: str, rev: int | None, as_json: bool) -> None:
    """Gives an action or item up, with the reason; or a record of a register."""
    desk = wiring.existing(writes=True)
    if _elsewhere(desk, "drop", [id], _quoted(why), rev, as_json):
        return
    (id,) = taken(desk, "drop", [id], rev=rev)
    with reasoned(why):
        dropped = _dropped(desk, id, why, rev)
    tell("dropped", [dropped], as_json)


@click.command()
@click.argument("id")
@click.option("--why", default="", help="The reason, kept with it.")
@rev_option
@as_json_option
@click.pass_obj
def escalate(wiring: Wiring, id: str, why: str, rev: int | None, as_json: bool) -> None:
    """Puts an action or item, or a record of a register, before the Escalation Review."""
    desk = wiring.existing(writes=True)
    if _of_registers([id]):
        from opsdesk.cli.doing import escalate as turned

        turned(desk, [id], why, as_json)
        return
    (id,) = taken(desk, "escalate", [id], rev=rev)
    tell("escalated", [_escalated(desk, id, why, rev)], as_json)


@click.command()
@click.argument("id")
@rev_option
@as_json_option
@click.pass_obj
def start(wiring: Wiring, id: str, rev: int | None, as_json: bool) -> None:
    """Begins work on an action; or on a record of a register."""
    desk = wiring.existing(writes=True)
    if _elsewhere(desk, "start", [id], "", rev, as_json):
        return
    (id,) = taken(desk, "start", [id], ACTIONS, rev)
    started = desk.actions.start(id, seen=at(desk, Action, id, rev))
    tell("started", [started], as_json)
    warning = desk.actions.over_limit(started.owner)
    if warning:
        talk(f"{warning}.")


@click.command()
@click.argument("id")
@click.argument("to", metavar="HANDLE")
@rev_option
@as_json_option
@click.pass_obj
def give(wiring: Wiring, id: str, to: str, rev: int | None, as_json: bool) -> None:
    """Hands an action, or a record of a register, to somebody else."""
    desk = wiring.existing(writes=True)
    if _elsewhere(desk, "give", [id], f"@{to.lstrip('@')}", rev, as_json):
        return
    (id,) = taken(desk, "give", [id], ACTIONS, rev)
    given = desk.actions.give(id, to, seen=at(desk, Action, id, rev))
    tell(f"given to @{given.owner}", [given], as_json)


@click.command()
@click.argument("id")
@click.argument("on", metavar="WHOM")
@click.option("--until", metavar="DATE", help="When to ask again: fri, +3d, 27.11. …")
@rev_option
@as_json_option
@click.pass_obj
def wait(wiring: Wiring, id: str, on: str, until: str | None, rev: int | None, as_json: bool) -> None:
    """Lets an action wait on somebody or something."""
    desk = wiring.existing(writes=True)
    if _elsewhere(desk, "wait", [id], f"{on} {until or ''}".strip(), rev, as_json):
        return
    (id,) = taken(desk, "wait", [id], ACTIONS, rev)
    day = desk.actions.day(until) if until else None
    waits = desk.actions.wait(id, on, day, seen=at(desk, Action, id, rev))
    tell(f"waits on {waits.waiting_on}", [waits], as_json)


@click.command()
@click.argument("id")
@click.argument("due", metavar="DATE")
@click.option("--why", default="", help="The reason, kept with the old date.")
@rev_option
@as_json_option
@click.pass_obj
def redate(wiring: Wiring, id: str, due: str, why: str, rev: int | None, as_json: bool) -> None:
    """Moves the due date; the first one stays on record. In a register it is its date, such as a forecast."""
    desk = wiring.existing(writes=True)
    if _elsewhere(desk, "date", [id], f"{_quoted(why)} {due}".strip(), rev, as_json):
        return
    (id,) = taken(desk, "redate", [id], ACTIONS, rev)
    with reasoned(why):
        moved = desk.actions.redate(id, desk.actions.day(due), why, seen=at(desk, Action, id, rev))
    tell(f"due {moved.due}", [moved], as_json)


@click.command()
@click.argument("id")
@rev_option
@as_json_option
@click.pass_obj
def reopen(wiring: Wiring, id: str, rev: int | None, as_json: bool) -> None:
    """Opens an action again that was done or dropped; or a record of a register."""
    desk = wiring.existing(writes=True)
    if _of_registers([id]):
        from opsdesk.cli.doing import seen_at
        from opsdesk.cli.telling import tell as tell_records

        ids = [id.upper()]
        tell_records(desk, desk.registers.act(ids, "reopen", seen=seen_at(desk, ids, rev)), as_json)
        return
    (id,) = taken(desk, "reopen", [id], ACTIONS, rev)
    tell("open again", [desk.actions.reopen(id, seen=at(desk, Action, id, rev))], as_json)


def _of_registers(ids: Sequence[str]) -> bool:
    """Asked without looking for registers where the ids are of actions and items."""
    if all(id.upper().startswith((f"{Action.prefix}-", f"{Item.prefix}-")) for id in ids):
        return False
    from opsdesk.cli.doing import in_registers

    return in_registers(ids)


def _elsewhere(desk: Desk, verb: str, ids: Sequence[str], words: str, rev: int | None, as_json: bool) -> bool:
    """Whether they are of registers; there the verb is what it means for each."""
    if not _of_registers(ids):
        return False
    from opsdesk.cli.doing import act

    act(desk, ids, verb, words, rev, as_json)
    return True


def _quoted(why: str) -> str:
    """As text of a line, whatever stands in it."""
    doubled = why.replace('"', '""')
    return f'"{doubled}"' if why.strip() else ""


def taken(
    desk: Desk, verb: str, ids: Sequence[str], kinds: Sequence[str] = tuple(TAKEN), rev: int | None = None
) -> tuple[str, ...]:
    """The ids as they are written. Raises NotFound, and Invalid for a record that the verb does not take.

    With `rev` the record may have been removed since: the verb says by whom.
    """
    from opsdesk.cli.fields import called, shape_of

    for id in ids:
        shape = shape_of(id)
        if rev is None:
            desk.read.get(shape, id.upper())
        if shape.kind not in kinds:
            words = " and ".join(TAKEN[kind] for kind in kinds)
            raise Invalid(
                f"{id.upper()} is {called(shape)}: {verb} takes {words}.",
                f"opsdesk list {kinds[0]} shows which there are.",
            )
    return tuple(id.upper() for id in ids)


def at(desk: Desk, shape: type[R], id: str, rev: int | None) -> R | None:
    """The record as it was at the rev that was named, if one was."""
    return None if rev is None else desk.reading(shape, id, rev)


def _dropped(desk: Desk, id: str, why: str, rev: int | None) -> Record:
    if id.startswith("T-"):
        return desk.items.drop(id, why, seen=at(desk, Item, id, rev))
    return desk.actions.drop(id, why, seen=at(desk, Action, id, rev))


def _escalated(desk: Desk, id: str, why: str, rev: int | None) -> Record:
    if id.startswith("T-"):
        return desk.items.escalate(id, why, seen=at(desk, Item, id, rev))
    return desk.actions.escalate(id, why, seen=at(desk, Action, id, rev))


def tell(what: str, records: Sequence[Record], as_json: bool) -> None:
    ids = [record.id for record in records]
    with kept(f"{', '.join(ids)} {what}", f"opsdesk show {ids[0]} shows it."):
        if as_json:
            write_json(records)
            return
        for record in records:
            say(f"{record.id}  {what}  {brief(record['title' if 'title' in record else 'text'])}")
