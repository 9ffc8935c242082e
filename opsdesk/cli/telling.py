"""What became of records of a register, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opsdesk.cli.columns import brief
from opsdesk.cli.out import kept, say, talk, write_json
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.core.registers import register_of
from opsdesk.desk.naming import with_names

if TYPE_CHECKING:
    from opsdesk.desk import Desk


def tell(desk: Desk, records: Sequence[Record], as_json: bool, one: bool = False) -> None:
    """As JSON whole; `one`: as an object and not as an array."""
    ids = ", ".join(record.id for record in records)
    with kept(f"{ids} changed", f"opsdesk show {records[0].id} shows it."):
        if as_json:
            write_json(records[0] if one else records)
            return
        for record in records:
            say("  ".join(filter(None, [record.id, *_line(desk, record)])))
            _tell_conflicts(desk, record)


def _tell_conflicts(desk: Desk, record: Record) -> None:
    """What it runs into is talk: a script reads the line."""
    from opsdesk.insight.foreseen import foreseen

    register, look = register_of(type(record)), desk.registers.look()
    if register is None or not isinstance(record, Registered):
        return
    for reason in foreseen(record, desk.read, look):
        talk(f"{record.id}: {reason}.")
    if register.remark(record, look):
        talk(f"{record.id}: {register.remark(record, look)}")


def _line(desk: Desk, record: Record) -> list[str]:
    """What it is, and why it is on the table; people by their names."""
    register = register_of(type(record))
    if register is None or not isinstance(record, Registered):
        return [brief(str(record["title" if "title" in record else "name"]))]
    named = with_names(record, desk.people.person_name)
    return [brief(register.text_of(named)), register.reason(named, desk.registers.look())]
