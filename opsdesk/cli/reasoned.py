"""Why records of registers are on the table, for whoever lists or shows them: the reason, its weight, conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from opsdesk.core.register import Registered
    from opsdesk.desk import Desk


class Reasoned(msgspec.Struct, frozen=True):
    """Why one record is on the table, how bad that is with what it runs into, and what that is."""

    reason: str
    weight: str
    conflicts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """In one line, the conflicts behind the reason."""
        return " · ".join(filter(None, (self.reason, *self.conflicts)))


def reasoned(desk: Desk, records: Iterable[Registered]) -> Mapping[str, Reasoned]:
    """Of records of one kind, by id."""
    from opsdesk.boards.conflicting import conflicts_of
    from opsdesk.boards.registered import beside
    from opsdesk.core.registers import registers

    found, look, scene = list(records), desk.registers.look(), desk.scene()
    named = conflicts_of(desk.read, scene, found[0].kind) if found else {}
    told: dict[str, Reasoned] = {}
    for each in found:
        register, runs_into = registers()[each.kind], named.get(each.id, ())
        _, weight = beside((), register.weight(each, look), runs_into)
        conflicts = tuple(clause.words for clause, _ in runs_into)
        told[each.id] = Reasoned(register.reason(each, look), weight, conflicts)
    return told


def whole(record: Registered, why: Reasoned) -> dict[str, Any]:
    """The record as JSON has it, with why it is on the table."""
    return {**{name: record[name] for name in record}, **msgspec.structs.asdict(why)}
