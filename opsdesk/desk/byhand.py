"""What may be changed by hand in what is in no register, as the records themselves declare it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from opsdesk.core import progress
from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.declared import title_of
from opsdesk.core.errors import Invalid
from opsdesk.core.people import Person
from opsdesk.core.record import R, Record

if TYPE_CHECKING:
    from opsdesk.core.register import Look

SET: tuple[type[Record], ...] = (Action, Person, Customer)
"""Kinds whose fields are set one by one; what is said in a meeting is corrected there."""


def refuse(id: str, shape: type[Record], names: Iterable[str]) -> None:
    """Raises Invalid for what is not set by hand, naming what is."""
    if shape not in SET:
        what = f"{id} is of {shape.kind}: they are not set by hand."
        raise Invalid(what, f"{', '.join(each.kind for each in SET)} and whatever is in a register are.")
    name = next((each for each in names if each not in shape.by_hand), "")
    if name:
        raise Invalid(f"{id}: {title_of(shape, name)} is not set by hand.", f"{_sentence(instead(shape, name, id))}")


def instead(shape: type[Record], name: str, id: str) -> str:
    """What is done in place of changing this field by hand."""
    told = shape.instead.get(name) or shape.instead.get("", "it is not changed by hand")
    return told.replace("{id}", id)


def changed(record: R, *, values: Mapping[str, Any], look: Look, why: str = "") -> R:
    """The record with these fields; `why`: the reason of an action's new date. Raises Invalid for what cannot be."""
    return _action(record, values, look, why) if isinstance(record, Action) else replace(record, **values)


def _action(action: Any, values: Mapping[str, Any], look: Look, why: str) -> Any:
    """What a customer was told stays, another owner takes it over, and the date before stays on record."""
    said = dict(values)
    _refuse_promised(action, said, why)
    owner = said.pop("owner", action.owner)
    given = progress.give(action, owner) if owner != action.owner else action
    if "due" in said:
        given = progress.redate(given, said.pop("due"), why, look.now, look.today)
    return replace(given, **said)


def _refuse_promised(action: Action, said: Mapping[str, Any], why: str) -> None:
    if not action.promise:
        return
    if said.get("customer", action.customer) != action.customer:
        raise Invalid(f"{action.id} was promised to {action.customer or 'nobody named'}, and that stays.")
    due = said.get("due")
    if due is not None and not why.strip():
        raise Invalid(
            f"{action.id} is a promise: its date is not moved without a reason.",
            f"Use opsdesk redate {action.id} {due} --why TEXT.",
        )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
