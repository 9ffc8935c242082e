"""`opsdesk show ID`: one record by the titles of its fields, and what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from opsdesk.cli.out import say, talk, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import NotFound
from opsdesk.core.record import Record

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from opsdesk.cli.reasoned import Reasoned
    from opsdesk.core.journal import Transaction
    from opsdesk.desk import Desk
    from opsdesk.insight.trail import Step


@click.command()
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="The whole record as one JSON object.")
@click.option("--trail", is_flag=True, help="Also everything that happened to it, from the journal.")
@click.pass_obj
def show(wiring: Wiring, id: str, as_json: bool, trail: bool) -> None:
    """Shows one record, by its id or handle; with --trail also one that is not there any more."""
    desk = wiring.existing()
    try:
        record = _record(desk, id)
    except NotFound:
        _show_gone(desk, id, trail, as_json)
        return
    happened = _trail(desk, record.kind, record.id) if trail else []
    if as_json:
        write_json(_whole(desk, record, happened if trail else None))
        return
    say(f"{record.id}  {_headed(type(record))}")
    _write(desk, record)
    _write_why(desk, record)
    _write_trail(desk, happened, type(record))


def _show_gone(desk: Desk, typed: str, trail: bool, as_json: bool) -> None:
    """What the journal knows of a record that is no more. Raises NotFound where it knows nothing, or is not asked."""
    from opsdesk.cli.fields import shape_of

    shape, id = shape_of(typed), typed.upper()
    happened = _trail(desk, shape.kind, id)
    if not happened:
        desk.read.get(shape, id)
    if not trail:
        raise NotFound(f"{id} is not there any more.", f"`opsdesk show {id} --trail` tells what happened to it.")
    if as_json:
        write_json({"id": id, "kind": shape.kind, "there": False, "trail": list(map(_fields, happened))})
        return
    say(f"{id}  {_headed(shape)}, not there any more")
    _write_trail(desk, happened, shape)


def _record(desk: Desk, id: str) -> Record:
    from opsdesk.cli.fields import shape_of
    from opsdesk.cli.named import named_so
    from opsdesk.core.customers import Customer
    from opsdesk.core.people import Person

    handle = id.lstrip("@#").lower()
    shapes: tuple[type[Record], ...] = (Customer, Person)
    named = [record for shape in shapes for record in desk.read.where(shape, handle=handle)]
    if named:
        return named[0]
    try:
        shape = shape_of(id)
    except NotFound:
        found = named_so(desk, id)
        if found is None:
            raise
        return found
    return desk.read.get(shape, id.upper())


def _headed(shape: type[Record]) -> str:
    from opsdesk.insight.fields import called

    return called(shape)


def _trail(desk: Desk, kind: str, id: str) -> list[Step]:
    from opsdesk.insight.trail import trail

    return trail(desk.trail(id), kind, id)


def _whole(desk: Desk, record: Record, happened: list[Step] | None) -> dict[str, Any]:
    why = _why(desk, record)
    whole: dict[str, Any] = {name: record[name] for name in record}
    if why is not None:
        whole |= {"reason": why.reason, "weight": why.weight, "conflicts": why.conflicts}
    if happened is not None:
        whole["trail"] = list(map(_fields, happened))
    return whole


def _fields(step: Step) -> dict[str, Any]:
    turns = [{"what": "redo" if tx.redoes else "undo", **_head(tx)} for tx in step.turns]
    change = step.change
    return {**_head(step.tx), "undone": step.undone, "turns": turns, "before": change.before, "after": change.after}


def _head(tx: Transaction) -> dict[str, Any]:
    return {"seq": tx.seq, "at": tx.at, "by": tx.by, "command": tx.command}


def _write(desk: Desk, record: Record) -> None:
    from opsdesk.core.meeting import Meeting

    if not isinstance(record, Meeting):
        _write_fields(_readable(desk, record), desk.settings.zone)
        if record.kind == "minutes":
            talk(f"opsdesk minutes {record.id} prints them.")
        return
    from opsdesk.cli.meeting_text import Place, page

    place = Place(desk.people.person_name, desk.people.customer_name, desk.settings.zone, desk.now())
    for line in page(record, desk.meetings.said(record.id), place):
        say(line)


def _readable(desk: Desk, record: Record) -> Record:
    """Of a register with the names of people and customers."""
    from opsdesk.core.register import Registered
    from opsdesk.insight.fields import with_names

    people = desk.people
    return with_names(record, people.person_name, people.customer_name) if isinstance(record, Registered) else record


def _write_fields(record: Record, zone: ZoneInfo) -> None:
    from opsdesk.cli.columns import width
    from opsdesk.insight.fields import described

    fields = described(record, zone)
    widest = max(width(label) for label, _ in fields)
    for label, text in fields:
        say(f"  {label:<{widest}}  {text}")


def _why(desk: Desk, record: Record) -> Reasoned | None:
    """Why a record of a register is on the table."""
    from opsdesk.core.register import Registered

    if not isinstance(record, Registered):
        return None
    from opsdesk.cli.reasoned import reasoned

    return reasoned(desk, [record])[record.id]


def _write_why(desk: Desk, record: Record) -> None:
    why = _why(desk, record)
    if why is None:
        return
    if why.reason:
        say(f"Why  {why.reason}")
    for words in why.conflicts:
        say(f"Conflict  {words}")


def _write_trail(desk: Desk, happened: list[Step], shape: type[Record]) -> None:
    if happened:
        say("Trail")
    for step in happened:
        _write_step(step, shape, desk)


def _write_step(step: Step, shape: type[Record], desk: Desk) -> None:
    from opsdesk.core.overtaken import Voice
    from opsdesk.insight.trail import told, turned

    people, zone = desk.people, desk.settings.zone
    voice = Voice(person=people.person_name, customer=people.customer_name, zone=zone)
    since = turned(step, voice)
    mark = f"  ({since})" if since else ""
    say(f"  {step.tx.at.astimezone(zone):%Y-%m-%d %H:%M}  {voice.person(step.tx.by)}  {step.tx.command}{mark}")
    for line in told(step.change, shape, voice):
        say(f"      {line}")
