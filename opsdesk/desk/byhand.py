"""Which fields of actions, people and customers are set by hand, and which verbs set the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from opsdesk.core import progress
from opsdesk.core.actions import Action
from opsdesk.core.declared import title_of
from opsdesk.core.errors import Invalid
from opsdesk.core.record import R, Record

BY_HAND = {
    "actions": ("title", "owner", "customer", "work"),
    "people": ("name", "department", "limit", "email"),
    "customers": ("name", "owner", "since", "onboarding", "revenue"),
}
STATE = "start, wait, done, drop, reopen"
BY_VERB = {
    "actions": {
        "due": "redate",
        "state": STATE,
        "waiting_on": "wait",
        "wait_until": "wait",
        "why": "drop",
        "promise": "add, with ! in its line",
    },
    "people": {"active": "retire"},
    "customers": {"active": "retire"},
}


def refuse(id: str, shape: type[Record], names: Iterable[str]) -> None:
    """Raises Invalid for what is not set by hand, naming what is."""
    allowed = BY_HAND.get(shape.kind)
    if allowed is None:
        what = f"{id} is of {shape.kind}: they are not set by hand."
        raise Invalid(what, f"{', '.join(BY_HAND)} and whatever is in a register are.")
    name = next((each for each in names if each not in allowed), "")
    if not name:
        return
    if name == "handle":
        raise Invalid("A handle never changes: everything names it.")
    verb, title = BY_VERB[shape.kind].get(name, ""), title_of(shape, name)
    if verb:
        raise Invalid(f"{id}: {title} is set by a verb.", f"That is opsdesk {verb}.")
    raise Invalid(f"{id}: {title} is not set by hand.", f"{', '.join(allowed)} are.")


def changed(record: R, *, values: Mapping[str, Any]) -> R:
    """The record with these fields."""
    return _action(record, values) if isinstance(record, Action) else replace(record, **values)


def _action(action: Any, values: Mapping[str, Any]) -> Any:
    """What a customer was told stays; another owner takes it over."""
    said = dict(values)
    if action.promise and said.get("customer", action.customer) != action.customer:
        raise Invalid(f"{action.id} was promised to {action.customer or 'nobody named'}, and that stays.")
    owner = said.pop("owner", action.owner)
    given = progress.give(action, owner) if owner != action.owner else action
    return replace(given, **said)
