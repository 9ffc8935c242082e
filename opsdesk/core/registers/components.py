"""Components: what customers use and what incidents hit, each with the uptime that was agreed."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from msgspec import Meta

from opsdesk.core.record import Handle, Text
from opsdesk.core.register import Look, Part, Register, Registered, Who, give


class Component(Registered, frozen=True, kw_only=True):
    """Named everywhere by `handle`, which never changes. `slo`: per cent of the time that it shall be up; None or
    0: as each policy of the settings says.
    """

    kind: ClassVar[str] = "components"
    prefix: ClassVar[str] = "K"
    handle: Annotated[Handle, Meta(title="Handle", min_length=1)]
    name: Annotated[Text, Meta(title="Name", min_length=1)]
    owner: Annotated[Who, Meta(title="Owner")] = ""
    slo: Annotated[Annotated[float, Meta(ge=0, le=100)] | None, Meta(title="SLO %")] = None
    depends: Annotated[tuple[Part, ...], Meta(title="Depends on")] = ()


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
    open_to="company",
)
