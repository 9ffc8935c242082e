"""Environments: dev, staging and the like: whether they work, who holds them, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.dates import readable
from opsdesk.core.names import fold
from opsdesk.core.record import Text
from opsdesk.core.register import Look, Register, Registered, Verb, Weight, Who
from opsdesk.core.spans import named

State = Literal["working", "degraded", "broken"]
HARM = {"broken": 0, "degraded": 1, "working": 2}


class Environment(Registered, frozen=True, kw_only=True):
    """Held since the day `since`; `until`: the last day for which its holder asked for it."""

    kind: ClassVar[str] = "environments"
    prefix: ClassVar[str] = "E"
    states: ClassVar = {"working": (), "degraded": (), "broken": ()}
    together: ClassVar = (("state", "why"), ("holder", "since", "until"))
    name: Annotated[Text, Meta(title="Name", min_length=1)]
    holder: Annotated[Who, Meta(title="Holder")] = ""
    since: Annotated[date | None, Meta(title="Since")] = None
    until: Annotated[date | None, Meta(title="Until")] = None
    state: Annotated[State, Meta(title="State")] = "working"

    def overheld(self, today: date) -> bool:
        """Held past its time."""
        return bool(self.holder) and self.until is not None and self.until < today


def made(environment: Environment, look: Look) -> Environment:
    return replace(environment, since=look.today) if environment.holder else environment


def taken(before: Environment, after: Environment, look: Look) -> Environment:
    """Held since today where somebody else holds it now."""
    if after.holder == before.holder:
        return after
    return replace(after, since=look.today if after.holder else None)


def held(before: Environment, after: Environment, look: Look, by: str) -> Environment:
    """By whoever says so, where nobody is named and nobody holds it."""
    return taken(before, after if after.holder else replace(after, holder=by), look)


def among(environment: Environment, others: Sequence[Environment]) -> str:
    """Two of one name could not be told apart."""
    twin = next((each for each in others if fold(each.name) == fold(environment.name)), None)
    return f'There is an environment "{twin.name}" already: {twin.id}. Choose another name.' if twin else ""


def away(before: Environment, after: Environment, look: Look) -> str:
    """Whoever holds it is asked before somebody else does."""
    if not before.holder or after.holder in ("", before.holder):
        return ""
    until = f" until {readable(before.until, look.today)}" if before.until else ""
    return f"{before.name} is held by {before.holder}{until}: {after.holder} would take it away."


def order(environment: Environment, look: Look) -> tuple[Any, ...]:
    return (HARM[environment.state], not environment.overheld(look.today), not environment.holder, environment.name)


def reason(environment: Environment, look: Look) -> str:
    """As in "broken: disk full · held by tom until yesterday"."""
    state = f"{environment.state}: {environment.why}" if environment.why else environment.state
    return " · ".join(filter(None, [state, _held(environment, look)]))


def _held(environment: Environment, look: Look) -> str:
    if not environment.holder:
        return "free"
    if environment.until is None:
        return f"held by {environment.holder}"
    past = "held past its time" if environment.overheld(look.today) else "held"
    return f"{past} by {environment.holder} until {named(environment.until, look.today)}"


def weight(environment: Environment, look: Look) -> Weight:
    if environment.state == "broken":
        return "red"
    late = environment.overheld(look.today)
    return "orange" if late or environment.state == "degraded" else "none"


REGISTER = Register(
    shape=Environment,
    one="environment",
    title="Environments",
    text="name",
    owner="holder",
    day="until",
    until="until",
    columns=("name", "state", "holder", "until", "why"),
    kept=("state", "why", "since"),
    verbs=(
        Verb(id="hold", label="Hold", key="@", asks=("holder", "until"), needs=("holder",), then=held),
        Verb(id="keep", label="Held until", key="w", asks=("until", "holder"), needs=("until",), then=held),
        Verb(id="free", label="Free", key="x", clears=("holder", "since", "until")),
        Verb(id="extend", label="Until", key="t", asks=("until",), needs=("until",)),
        Verb(id="mend", label="Works again", key="s", frm=("degraded", "broken"), to="working", asks=("why",)),
        Verb(id="degrade", label="Degraded", frm=("working", "broken"), to="degraded", asks=("why",), needs=("why",)),
        Verb(id="break", label="Broken", frm=("working", "degraded"), to="broken", asks=("why",), needs=("why",)),
    ),
    made=made,
    follows=taken,
    means_nothing={"drop": "An environment is not dropped: x frees it."},
    order=order,
    reason=reason,
    weight=weight,
    among=among,
    doubt=away,
    open_to="company",
)
