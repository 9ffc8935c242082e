"""Deliveries: what a customer was told it would get, and when it really will."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.actions import Slip
from opsdesk.core.errors import Invalid
from opsdesk.core.record import Text
from opsdesk.core.register import Look, Register, Registered, Verb, Weight, Who, Whose, give
from opsdesk.core.slips import explained
from opsdesk.core.spans import away, days, named

State = Literal["planned", "started", "delivered", "dropped"]
SOON = timedelta(days=2)
OPEN = ("planned", "started")


class Delivery(Registered, frozen=True, kw_only=True):
    """`promised`: the date that the customer was told first, which stays; `planned`: our own; `forecast`: what is
    likely now, in `slips` what it was before; `told`: the date that the customer was told last.
    """

    kind: ClassVar[str] = "deliveries"
    prefix: ClassVar[str] = "DL"
    states: ClassVar = {"planned": (), "started": (), "delivered": ("delivered",), "dropped": ()}
    closed: ClassVar = ("delivered", "dropped")
    together: ClassVar = (("state", "why", "delivered"), ("forecast", "slips"))
    title: Annotated[Text, Meta(title="What", min_length=1)]
    customer: Annotated[Whose, Meta(title="Customer")] = ""
    owner: Annotated[Who, Meta(title="Owner")] = ""
    promised: Annotated[date | None, Meta(title="Promised")] = None
    planned: Annotated[date | None, Meta(title="Planned")] = None
    forecast: Annotated[date | None, Meta(title="Forecast")] = None
    told: Annotated[date | None, Meta(title="Customer told")] = None
    delivered: Annotated[date | None, Meta(title="Delivered")] = None
    slips: Annotated[tuple[Slip, ...], Meta(title="Slips")] = ()
    state: Annotated[State, Meta(title="State")] = "planned"

    @property
    def expected(self) -> date | None:
        """When it is likely to come: as forecast, else as planned, else as promised."""
        return self.forecast or self.planned or self.promised


def slipped(before: Delivery, after: Delivery, look: Look, by: str) -> Delivery:
    """The date before stays on record; the same date again says why the last one did not stay."""
    was = before.expected
    if was is not None and was == after.forecast and after.slips and after.why not in ("", before.why):
        return replace(after, slips=explained(after.slips, after.why), why=before.why)
    if was is None or was == after.forecast:
        return after
    return replace(after, slips=(*after.slips, Slip(was=was, at=look.now, why=after.why)), why=before.why)


def again(before: Delivery, after: Delivery, look: Look, by: str) -> Delivery:
    """What was delivered goes on, what was dropped is planned again."""
    state: State = "planned" if before.state == "dropped" else "started"
    return replace(after, state=state, why=after.why if after.why != before.why else "")


def tell(before: Delivery, after: Delivery, look: Look, by: str) -> Delivery:
    """Of the date it is expected for, where none is said. A later one is the new forecast, and says why. Raises Invalid
    where it does not.
    """
    if after.told == before.told or after.told is None:
        return replace(after, told=after.expected)
    if before.expected is None or after.told <= before.expected:
        return after
    if after.why in ("", before.why):
        raise Invalid(
            f"{before.id or 'It'} is expected for {before.expected}: say why it comes later.",
            f'As in opsdesk do {before.id} tell "{after.told} their test data came late".',
        )
    return slipped(before, replace(after, forecast=after.told), look, by)


def stays(before: Delivery, after: Delivery, look: Look) -> Delivery:
    """Raises Invalid where a promise that was given would be another one."""
    if before.promised is None or after.promised == before.promised:
        return after
    raise Invalid(
        f"{before.id} was promised for {before.promised}, and that stays: the first date counts.",
        f'The customer was told another date: opsdesk do {before.id} tell "DATE why".',
    )


def unaware(delivery: Delivery) -> bool:
    """Expected for a later day than the customer was told of."""
    known = max(filter(None, (delivery.promised, delivery.told)), default=None)
    return delivery.live and known is not None and delivery.expected is not None and delivery.expected > known


def late(delivery: Delivery, look: Look) -> int:
    """Days by which the promise is missed, or will be as it looks now; below 0 where there is room."""
    if delivery.promised is None:
        return 0
    expected = delivery.delivered or max(filter(None, (delivery.expected, look.today)), default=look.today)
    return (expected - delivery.promised).days


def order(delivery: Delivery, look: Look) -> tuple[Any, ...]:
    return (not delivery.live, -max(late(delivery, look), 0), delivery.expected or date.max)


def reason(delivery: Delivery, look: Look) -> str:
    """As in "promised for yesterday · forecast in 3 days · moved twice"."""
    if not delivery.live:
        return delivery.why or delivery.state
    promised = f"promised for {named(delivery.promised, look.today)}" if delivery.promised else "no date promised"
    parts = [promised, _forecast(delivery, look), _moved(len(delivery.slips))]
    return " · ".join(filter(None, parts))


def _forecast(delivery: Delivery, look: Look) -> str:
    expected, promised = delivery.forecast or delivery.planned, delivery.promised
    if expected is None or expected == promised:
        return ""
    past = (expected - promised).days if promised else 0
    return f"forecast {days(past)} past it" if past > 0 else f"forecast {away(expected, look.today)}"


def _moved(times: int) -> str:
    return {0: "", 1: "moved once", 2: "moved twice"}.get(times, f"moved {times} times")


def weight(delivery: Delivery, look: Look) -> Weight:
    if not delivery.live or delivery.promised is None:
        return "none"
    if delivery.promised < look.today:
        return "red"
    return "orange" if late(delivery, look) > 0 or delivery.promised - look.today <= SOON else "green"


REGISTER = Register(
    shape=Delivery,
    one="delivery",
    title="Deliveries",
    text="title",
    owner="owner",
    customer="customer",
    day="promised",
    columns=("title", "customer", "owner", "promised", "forecast", "state", "delivered"),
    kept=("state", "why", "forecast", "slips"),
    ahead=("promised", "planned", "forecast"),
    verbs=(
        Verb(id="start", label="Start", key="s", frm=("planned",), to="started"),
        Verb(
            id="deliver",
            label="Delivered",
            key="x",
            frm=OPEN,
            to="delivered",
            stamps=("delivered",),
            asks=("why", "delivered"),
        ),
        Verb(
            id="forecast",
            label="New forecast",
            key="t",
            frm=OPEN,
            asks=("why", "forecast"),
            needs=("forecast",),
            then=slipped,
        ),
        Verb(id="tell", label="Customer knows", key="w", frm=OPEN, asks=("why", "told"), then=tell),
        Verb(id="drop", label="Drop", key="delete", frm=OPEN, to="dropped", asks=("why",), needs=("why",)),
        Verb(
            id="reopen",
            label="Reopen",
            frm=("delivered", "dropped"),
            clears=("delivered",),
            asks=("why",),
            then=again,
        ),
        give(frm=OPEN),
    ),
    follows=stays,
    order=order,
    reason=reason,
    weight=weight,
    open_to="customer",
)
