"""What ids and fields somebody names: which kind, which field, whether it may be set, whether it is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from opsdesk.core import filling
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.fieldvalues import field_called, names_in
from opsdesk.core.kinds import shape_of
from opsdesk.core.record import Record
from opsdesk.core.register import Register
from opsdesk.core.registers import register_of, registers
from opsdesk.desk import byhand

if TYPE_CHECKING:
    from opsdesk.core.ports import Reader


def field(shape: type[Record], word: str) -> str:
    """Raises Invalid, naming what there is."""
    name = field_called(shape, word)
    if not name:
        register = register_of(shape)
        known = filling.settable(register) if register else shape.by_hand
        raise Invalid(f'{shape.kind.capitalize()} have no field "{word}".', f"There are {', '.join(known)}.")
    return name


def refuse(id: str, shape: type[Record], words: Iterable[str]) -> None:
    """Raises Invalid for a field that is not set by hand."""
    register = register_of(shape)
    if register is not None:
        filling.refuse_kept(id, register, [field(shape, word) for word in words])
    else:
        byhand.refuse(id, shape, [field(shape, word) for word in words if shape in byhand.SET])


def check_links(read: Reader, shape: type[Record], values: Mapping[str, Any]) -> None:
    """Raises NotFound for the id of a record that is not there."""
    for name, value in values.items():
        if value and names_in(shape).get(name) in ("", "meetings"):
            found = shape_of(str(value))
            if found is not None:
                read.get(found, str(value))


def shape_at(id: str) -> type[Record]:
    """Raises NotFound."""
    found = shape_of(id)
    if found is None:
        raise NotFound(f'There is no "{id}".', "opsdesk list KIND shows what there is.")
    return found


def register_at(id: str) -> Register:
    """Raises NotFound, and Invalid for the id of what is in no register."""
    shape = shape_at(id)
    found = register_of(shape)
    if found is None:
        raise Invalid(f"{id} is of {shape.kind}, which are no register.", f"There are {', '.join(registers())}.")
    return found
