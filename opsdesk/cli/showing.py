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

    from opsdesk.core.journal import Change, Transaction
    from opsdesk.desk import Desk
    from opsdesk.insight.trail import Step

HEADED = {"minutes": "minutes", "moved": "meeting skipped or moved"}


@click.command()
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="The whole record as one JSON object.")
@click.option("--trail", is_flag=True, help="Also everything that happened to it, from the journal.")
@click.pass_obj
def show(wiring: Wiring, id: str, as_json: bool, trail: bool) -> None:
    """Shows one record, by its id or handle."""
    desk = wiring.existing()
    record = _record(desk, id)
    happened = _trail(desk, record) if trail else []
    if as_json:
        write_json(_whole(record, happened if trail else None))
        return
    say(f"{record.id}  {_headed(record)}")
    _write(desk, record)
    if happened:
        say("Trail")
    for step in happened:
        _write_step(step, record, desk.settings.zone)


def _record(desk: Desk, id: str) -> Record:
    from opsdesk.cli.fields import shape_of
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
        found = _handled(desk, handle)
        if found is None:
            raise
        return found
    return desk.read.get(shape, id.upper())


def _handled(desk: Desk, handle: str) -> Record | None:
    """The record of a register that is named so."""
    from opsdesk.core.registers import registers

    kinds = [register.shape for register in registers().values() if "handle" in register.shape.__struct_fields__]
    return next((record for shape in kinds for record in desk.read.where(shape, handle=handle)), None)


def _headed(record: Record) -> str:
    from opsdesk.core.kinds import OWN

    if type(record) in OWN:
        return HEADED.get(record.kind) or type(record).__name__.lower()
    from opsdesk.core.registers import registers

    return registers()[record.kind].one


def _trail(desk: Desk, record: Record) -> list[Step]:
    from opsdesk.insight.trail import trail

    return trail(desk.trail(record.id), record.kind, record.id)


def _whole(record: Record, happened: list[Step] | None) -> dict[str, Any]:
    whole: dict[str, Any] = {name: record[name] for name in record}
    if happened is not None:
        whole["trail"] = [_fields(step.tx, step.change) for step in happened]
    return whole


def _fields(tx: Transaction, change: Change) -> dict[str, Any]:
    made = {"seq": tx.seq, "at": tx.at, "by": tx.by, "command": tx.command}
    return {**made, "before": change.before, "after": change.after}


def _write(desk: Desk, record: Record) -> None:
    from opsdesk.core.meeting import Meeting

    if not isinstance(record, Meeting):
        _write_fields(record, desk.settings.zone)
        if record.kind == "minutes":
            talk(f"opsdesk minutes {record.id} prints them.")
        return
    from opsdesk.cli.meeting_text import Place, page

    place = Place(desk.people.person_name, desk.people.customer_name, desk.settings.zone, desk.now())
    for line in page(record, desk.meetings.said(record.id), place):
        say(line)


def _write_fields(record: Record, zone: ZoneInfo) -> None:
    from opsdesk.cli.columns import width
    from opsdesk.insight.fields import described

    fields = described(record, zone)
    widest = max(width(label) for label, _ in fields)
    for label, text in fields:
        say(f"  {label:<{widest}}  {text}")


def _write_step(step: Step, record: Record, zone: ZoneInfo) -> None:
    from opsdesk.core.overtaken import Voice
    from opsdesk.insight.trail import told

    say(f"  {step.tx.at.astimezone(zone):%Y-%m-%d %H:%M}  {step.tx.by}  {step.tx.command}")
    for line in told(step.change, type(record), Voice(zone=zone)):
        say(f"      {line}")
