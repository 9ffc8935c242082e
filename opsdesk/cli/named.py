"""Records of a register by their name or handle, as "login" or "staging", where that says which one is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from opsdesk.core.errors import Invalid
from opsdesk.core.names import fold
from opsdesk.core.record import Record

if TYPE_CHECKING:
    from opsdesk.desk import Desk


def named_so(desk: Desk, typed: str) -> Record | None:
    """None where nothing is called so. Raises Invalid where several are."""
    found = list(_called(desk, typed.strip().lstrip("@#")))
    exact = [each for each in found if "handle" in each and each["handle"] == fold(typed)]
    chosen = exact or found
    if len(chosen) > 1:
        raise Invalid(f'"{typed}" could be {" or ".join(each.id for each in chosen)}.', "Say which by its id.")
    return chosen[0] if chosen else None


def _called(desk: Desk, typed: str) -> Iterator[Record]:
    from opsdesk.core.registers import registers

    wanted = fold(typed)
    for register in registers().values() if wanted else ():
        names = [name for name in ("handle", "name") if name in register.shape.__struct_fields__]
        for record in desk.read.all(register.shape) if names else ():
            if any(fold(str(record[name])) == wanted for name in names):
                yield record
