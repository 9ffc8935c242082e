"""What ids and fields somebody names: which kind, which field, whether it may be set, whether it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from opsdesk.core import filling
from opsdesk.core.declared import title_of
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.fieldvalues import field_called, names_in
from opsdesk.core.kinds import shape_of
from opsdesk.core.names import handle_for
from opsdesk.core.record import Record
from opsdesk.core.references import BY_HANDLE
from opsdesk.core.register import Register, Registered, Verb, no_trouble
from opsdesk.core.registers import register_of, registers
from opsdesk.desk import byhand
from opsdesk.desk.directory import has_handles
from opsdesk.desk.people import as_handle

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
    """Raises NotFound for the id of a record that is not there, Invalid for one of another kind than is meant."""
    for name, value in values.items():
        target = names_in(shape).get(name)
        if not value or target is None or target in BY_HANDLE:
            continue
        for each in value if isinstance(value, tuple) else (value,):
            found = shape_of(str(each))
            if found is not None and target not in ("", found.kind):
                raise Invalid(f"{title_of(shape, name)}: {each} is of {found.kind}.", f"Name one of {target}.")
            if found is not None:
                read.get(found, str(each))


def handled(register: Register, values: Mapping[str, Any], read: Reader) -> dict[str, Any]:
    """With a free handle, where records of the kind have one. Raises Invalid for one that is taken."""
    if not has_handles(register):
        return dict(values)
    taken = {each["handle"] for each in read.all(register.shape)}
    handle = as_handle(str(values.get("handle", "")))
    if handle in taken:
        first = next(each.id for each in read.all(register.shape) if each["handle"] == handle)
        raise Invalid(f"The handle {handle} is taken by {first}.", "Choose another one.")
    name = str(values.get(register.text, ""))
    return {**values, "handle": handle or handle_for(name, taken, register.shape.prefix.lower())}


def refuse_among(read: Reader, register: Register, after: Registered, before: Registered | None = None) -> None:
    """Raises Invalid for what cannot be beside the others of its kind, where it was not so `before`."""
    if register.among is no_trouble:
        return
    others = [each for each in read.all(register.shape) if each.id != after.id]
    told = register.among(after, others)
    if told and (before is None or not register.among(before, others)):
        raise Invalid(told)


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


def verb_called(register: Register, word: str) -> Verb:
    """By its id or an unambiguous start of it. Raises NotFound, naming what there is."""
    wanted = word.lower().replace("_", "-")
    exact = [verb for verb in register.verbs if verb.id == wanted]
    found = exact or [verb for verb in register.verbs if wanted and verb.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(verb.id for verb in found or register.verbs)
    if not register.verbs:
        raise NotFound(f"{register.title} have no verbs.", "opsdesk set changes their fields.")
    raise NotFound(f'"{word}" is {"several verbs" if found else "no verb"} of {register.kind}.', f"There are {known}.")


def with_names(record: Registered, person: Callable[[str], str]) -> Registered:
    """The record with the names of people where it has their handles."""
    named = [name for name, kind in names_in(type(record)).items() if kind == "people" and "." not in name]
    return replace(record, **{name: person(record[name]) for name in named if isinstance(record[name], str)})
