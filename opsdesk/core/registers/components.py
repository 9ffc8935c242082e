"""Components: what customers use and what incidents hit, each with the uptime that was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from opsdesk.core.names import fold
from opsdesk.core.record import Handle, Text
from opsdesk.core.register import Look, Part, Register, Registered, Who, give


class Component(Registered, frozen=True, kw_only=True):
    """Named everywhere by `handle`, which never changes. `slo`: per cent of the time that it shall be up; None or
    0: as each policy of the settings says. `depends`: what it needs to work, for whoever looks for the cause; its
    uptime counts its own outages alone.
    """

    kind: ClassVar[str] = "components"
    prefix: ClassVar[str] = "K"
    handle: Annotated[Handle, Meta(title="Handle", min_length=1)]
    name: Annotated[Text, Meta(title="Name", min_length=1)]
    owner: Annotated[Who, Meta(title="Owner")] = ""
    slo: Annotated[Annotated[float, Meta(ge=0, le=100)] | None, Meta(title="SLO %")] = None
    depends: Annotated[tuple[Part, ...], Meta(title="Depends on")] = ()


def among(component: Component, others: Sequence[Component]) -> str:
    """Two of one name could not be told apart, and nothing depends on itself."""
    twin = next((each for each in others if fold(each.name) == fold(component.name)), None)
    if twin is not None:
        return f'There is a component "{twin.name}" already: {twin.id}, handle {twin.handle}. Choose another name.'
    way = _circle(component, {each.handle: each.depends for each in others})
    return f"{' → '.join(way)}: nothing can depend on itself. Leave one of them out of depends." if way else ""


def _circle(component: Component, depends: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The handles from it back to itself; none where no way leads there."""
    ways, seen = [[component.handle, each] for each in component.depends], set[str]()
    for way in ways:
        last = way[-1]
        if last == component.handle:
            return way
        if last not in seen:
            seen.add(last)
            ways += [[*way, each] for each in depends.get(last, ())]
    return []


def order(component: Component, look: Look) -> tuple[Any, ...]:
    return (component.name.casefold(), component.handle)


REGISTER = Register(
    shape=Component,
    one="component",
    title="Components",
    text="name",
    owner="owner",
    columns=("handle", "name", "owner", "slo", "depends"),
    kept=("handle",),
    verbs=(give(),),
    order=order,
    among=among,
    open_to="company",
)
