"""Records of registers as lines, and the board that shows one register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from opsdesk.boards import section
from opsdesk.boards.clauses import Clause, brief_of, clauses, reason_of
from opsdesk.boards.conflicting import Conflict, Conflicts, conflicts
from opsdesk.boards.lay import HARM, Find, Found, Table
from opsdesk.boards.reasons import why
from opsdesk.boards.table import Line, Weight
from opsdesk.core.register import Register, Registered
from opsdesk.core.registers import registers
from opsdesk.insight.shown import may_show, reduced

Reasons = Callable[[Table, Register, Registered], Sequence[Clause]]

CUSTOMERS = 11
"""Characters of several customers; where there is little room no list shows more."""


def register_board(kind: str) -> Find:
    """What is open in one register, as it orders, weighs and explains its records; with what the section asked for."""

    def find(table: Table) -> Iterable[Found]:
        register = registers()[kind]
        yield from section.find(table)
        yield from lines(table, register, table.reader.live(register.shape), conflicts(table))

    return find


def lines(
    table: Table,
    register: Register,
    records: Iterable[Registered],
    named: Conflicts | None = None,
    first: int = 0,
    said: Reasons = why,
) -> list[Found]:
    """Those of the records that this room may see. `named`: what each runs into; `first`: the place of this kind;
    `said`: why each is on the table.
    """
    look, room = table.scene.look, table.scene.room
    shown = [each for each in records if concerns(table, register, each)]
    ordered = sorted((reduced(each, room) for each in shown), key=lambda each: register.order(each, look))
    laid: list[Found] = []
    for place, each in enumerate(ordered):
        told, weight = beside(said(table, register, each), register.weight(each, look), (named or {}).get(each.id, ()))
        laid.append(found(table, register, each, told, weight, (first, place)))
    return laid


def concerns(table: Table, register: Register, record: Registered) -> bool:
    """Whether it may be shown in this room, and is about the customer whom the meeting is about."""
    whose, about = customers(register, record), table.scene.customer
    return may_show(record, table.scene.room, table.reader) and (not about or not whose or about in whose)


def customers(register: Register, record: Registered) -> tuple[str, ...]:
    """Handles."""
    value: Any = record[register.customer] if register.customer else ()
    return value if isinstance(value, tuple) else tuple(filter(None, (value,)))


def beside(said: Sequence[Clause], own: Weight, named: Sequence[Conflict]) -> tuple[tuple[Clause, ...], Weight]:
    """What is said of a record, with what it runs into. A conflict worse than the record by itself stands in front."""
    graver = [clause for clause, weight in named if HARM[weight] < HARM[own]]
    others = [clause for clause, weight in named if HARM[weight] >= HARM[own]]
    return (*said[:1], *graver, *said[1:], *others), worst(own, *(weight for _, weight in named))


def found(
    table: Table,
    register: Register,
    record: Registered,
    said: Sequence[Clause],
    weight: Weight,
    place: tuple[int, ...],
) -> Found:
    """The line of a record, with its reason in clauses."""
    handles = customers(register, record)
    said = said or clauses(register.one)
    line = Line(
        id=record.id,
        text=register.text_of(record, table.person),
        reason=reason_of(said),
        brief=brief_of(said),
        weight=weight,
        owner=table.person(record[register.owner]) if register.owner else "",
        customer=_several(table, handles),
    )
    return Found(line=line, harm=place, customer=handles[0] if handles else "")


def worst(*weights: Weight) -> Weight:
    return min(weights, key=lambda each: HARM[each])


def _several(table: Table, handles: Sequence[str]) -> str:
    """ "Globex", "Globex +2"; "3 customers" where that would not fit."""
    if not handles:
        return ""
    name = table.customer(handles[0])
    several = f"{name} +{len(handles) - 1}"
    return name if len(handles) == 1 else several if len(several) <= CUSTOMERS else f"{len(handles)} customers"
