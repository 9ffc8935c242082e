"""A record of a register made from its values, and changed by hand: what has to be there, and what only verbs set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from opsdesk.core.declared import initial, title_of
from opsdesk.core.errors import Invalid
from opsdesk.core.fieldvalues import typeable
from opsdesk.core.register import Look, Register, Registered
from opsdesk.core.stepping import early, happened, wrong


def made(register: Register, values: Mapping[str, Any], look: Look) -> Registered:
    """Raises Invalid where something is missing, or cannot be."""
    shape = register.shape
    for name, default in initial(shape).items():
        if default is msgspec.NODEFAULT and not values.get(name):
            sign = {register.owner: "@handle", register.text: "a few words"}.get(name, f"{name}:…")
            raise Invalid(f"{title_of(shape, name)} is missing.", f"Type {sign}.")
    record: Registered = register.made(shape(**values), look)
    told = early(record, tuple(name for name in happened(register) if name in values), look) or wrong(record)
    if told:
        raise Invalid(told)
    return record


def settable(register: Register) -> tuple[str, ...]:
    """The fields that are set by hand."""
    return tuple(name for name in dict.fromkeys(typeable(register.shape).values()) if name not in register.kept)


def refuse_kept(id: str, register: Register, names: Iterable[str]) -> None:
    """Raises Invalid for a field that only verbs set, naming them."""
    name = next((each for each in names if each in register.kept), "")
    if not name:
        return
    title = title_of(register.shape, name)
    verbs = [verb.id for verb in register.verbs if name in verb.asks or (verb.to and name in ("state", "why"))]
    if name == "handle":
        raise Invalid("A handle never changes: everything names it.")
    if not verbs:
        raise Invalid(
            f"{id}: {title} is kept by the desk itself.", f"opsdesk set takes {', '.join(settable(register))}."
        )
    raise Invalid(f"{id}: {title} is set by a verb.", f"opsdesk do {id} {' | '.join(verbs)}.")


def changed(record: Registered, *, register: Register, values: Mapping[str, Any], look: Look) -> Registered:
    """With these fields. Raises Invalid for what cannot be."""
    after = msgspec.structs.replace(record, **values)
    if register.follows is not None:
        after = register.follows(record, after, look)
    told = early(after, tuple(name for name in happened(register) if name in values), look) or wrong(after)
    if told:
        raise Invalid(f"{record.id}: {told}")
    return after
