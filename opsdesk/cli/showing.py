"""`opsdesk show ID`: one record by the titles of its fields, and what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from opsdesk.cli.out import say, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.record import Record

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from opsdesk.core.journal import Change, Transaction
    from opsdesk.desk import Desk

HIDDEN = ("id", "rev")


@click.command()
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="The whole record as one JSON object.")
@click.option("--trail", is_flag=True, help="Also everything that happened to it, from the journal.")
@click.pass_obj
def show(wiring: Wiring, id: str, as_json: bool, trail: bool) -> None:
    """Shows one record, by its id or handle."""
    desk = wiring.desk()
    record = _record(desk, id)
    happened = _trail(desk, record) if trail else []
    if as_json:
        write_json(_whole(record, happened if trail else None))
        return
    say(f"{record.id}  {type(record).__name__.lower()}")
    _write_fields(record, desk.settings.zone)
    if happened:
        say("Trail")
    for transaction, change in happened:
        _write_step(transaction, change, desk.settings.zone)


def _record(desk: Desk, id: str) -> Record:
    from opsdesk.cli.fields import shape_of
    from opsdesk.core.customers import Customer
    from opsdesk.core.people import Person

    handle = id.lstrip("@#").lower()
    shapes: tuple[type[Record], ...] = (Customer, Person)
    named = [record for shape in shapes for record in desk.read.where(shape, handle=handle)]
    if named:
        return named[0]
    return desk.read.get(shape_of(id), id.upper())


def _trail(desk: Desk, record: Record) -> list[tuple[Transaction, Change]]:
    from opsdesk.core.journal import in_effect

    steps = [(tx, c) for tx in reversed(in_effect(desk.history())) for c in tx.changes]
    return [(tx, c) for tx, c in steps if (c.kind, c.id) == (record.kind, record.id)]


def _whole(record: Record, happened: list[tuple[Transaction, Change]] | None) -> dict[str, Any]:
    whole: dict[str, Any] = {name: record[name] for name in record}
    if happened is not None:
        whole["trail"] = [
            {"seq": tx.seq, "at": tx.at, "by": tx.by, "command": tx.command, "before": c.before, "after": c.after}
            for tx, c in happened
        ]
    return whole


def _write_fields(record: Record, zone: ZoneInfo) -> None:
    from opsdesk.cli.columns import width
    from opsdesk.cli.fields import titles, words

    named = titles(type(record))
    labels = {name: named.get(name) or name.replace("_", " ").capitalize() for name in record if name not in HIDDEN}
    told = [(label, text) for name, label in labels.items() if (text := words(record[name], zone))]
    widest = max(width(label) for label, _ in told)
    for label, text in told:
        say(f"  {label:<{widest}}  {text}")


def _write_step(transaction: Transaction, change: Change, zone: ZoneInfo) -> None:
    say(f"  {transaction.at.astimezone(zone):%Y-%m-%d %H:%M}  {transaction.by}  {transaction.command}")
    before, after = change.before, change.after
    if before is not None and after is not None:
        for name, value in after.items():
            say(f"      {name}: {_plain(before.get(name))} → {_plain(value)}")


def _plain(value: Any) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    return str(len(value)) if isinstance(value, (list, dict)) else str(value)
