"""Maintenance: windows in which something is taken down on purpose, and who has been told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.errors import Invalid
from opsdesk.core.instants import readable
from opsdesk.core.record import Text
from opsdesk.core.register import Look, Owes, Part, Register, Registered, Verb, Weight, Whose
from opsdesk.core.spans import between

State = Literal["planned", "running", "done", "cancelled"]
Risk = Literal["low", "medium", "high"]
SOON = timedelta(hours=24)
USUAL = timedelta(hours=1)
NOTED_LATE = timedelta(hours=1)
"""So long after its end nobody takes for granted that a window has ended only now."""
RISKS = {"high": 0, "medium": 1, "low": 2}


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """When a customer (a handle) was told of the window."""

    who: Whose
    at: datetime

    @property
    def words(self) -> str:
        return self.who


class Maintenance(Registered, frozen=True, kw_only=True):
    """`starts` and `ends` are the window as announced, `ended` when it really was over or was given up while it ran.
    `announced`: to whom first it was. `told`: customers who know, in `notices` since when; one without a notice since
    it was announced. `moved`: when it was moved after it had been announced, until it is announced again.
    """

    kind: ClassVar[str] = "maintenance"
    prefix: ClassVar[str] = "W"
    states: ClassVar = {"planned": (), "running": (), "done": ("ended",), "cancelled": ()}
    closed: ClassVar = ("done", "cancelled")
    in_order: ClassVar = ("announced", "ended")
    together: ClassVar = (("state", "why", "ended", "result"), ("starts", "ends"), ("told", "notices"))
    title: Annotated[Text, Meta(title="What", min_length=1)]
    components: Annotated[tuple[Part, ...], Meta(title="Components")] = ()
    starts: Annotated[datetime | None, Meta(title="Starts")] = None
    ends: Annotated[datetime | None, Meta(title="Ends")] = None
    ended: Annotated[datetime | None, Meta(title="Ended")] = None
    risk: Annotated[Risk, Meta(title="Risk")] = "low"
    announced: Annotated[datetime | None, Meta(title="Announced")] = None
    customers: Annotated[tuple[Whose, ...], Meta(title="Customers")] = ()
    told: Annotated[tuple[Whose, ...], Meta(title="Customers told")] = ()
    notices: Annotated[tuple[Notice, ...], Meta(title="Told at")] = ()
    state: Annotated[State, Meta(title="State")] = "planned"
    result: Annotated[Text, Meta(title="Result")] = ""
    moved: Annotated[datetime | None, Meta(title="Moved since announced")] = None

    def wrong(self) -> str:
        if self.starts and self.ends and self.ends <= self.starts:
            return "The window ends before it starts: say both, such as fri 22:00 until sat 02:00."
        if self.starts and self.ended and self.ended < self.starts:
            return "It cannot have ended before its window starts: move it where it began earlier, cancel it where not."
        return ""


def made(window: Maintenance, look: Look) -> Maintenance:
    """An hour long, where nobody says until when; announced to all its customers, where it is said when."""
    return to_all(lasting(window))


def lasting(window: Maintenance) -> Maintenance:
    return replace(window, ends=window.starts + USUAL) if window.starts and not window.ends else window


def to_all(window: Maintenance) -> Maintenance:
    return replace(window, told=window.told or window.customers) if window.announced else window


def dated(before: Maintenance, after: Maintenance, look: Look) -> Maintenance:
    """Announced by hand it is to all its customers."""
    return to_all(after) if not before.announced else after


def moved(before: Maintenance, after: Maintenance, look: Look, by: str) -> Maintenance:
    """As long as before, where only its start is said. What was announced is not what it is now, and nobody was told
    of it. Raises Invalid for one that runs and shall only end later.
    """
    if before.starts and before.ends and after.starts and after.ends == before.ends:
        after = replace(after, ends=after.starts + (before.ends - before.starts))
    after = lasting(after)
    longer = before.ends is None or after.ends is None or after.ends > before.ends
    if after.starts == before.starts and not longer:
        return after
    if before.state == "running" and after.starts == before.starts:
        raise Invalid(f"{before.id} runs: what goes past its window counts as down.", "done says when it ended.")
    again = look.now if before.announced or before.told else before.moved
    return replace(after, announced=None, told=(), notices=(), moved=again)


def told(before: Maintenance, after: Maintenance, look: Look, by: str) -> Maintenance:
    """Whoever is named was told then, without a name all who had not been; whoever was told before stays told since
    then. Raises Invalid for a name where it concerns every customer.
    """
    at, named = after.announced or look.now, after.told
    if named and not before.customers:
        raise Invalid(
            f"{before.id or 'It'} names no customer, so it concerns them all and is announced to all at once.",
            f"opsdesk set {before.id} customers=… says whom it concerns.",
        )
    new = [each for each in named or before.customers if each not in before.told]
    notices = (*before.notices, *(Notice(who=each, at=at) for each in new))
    return replace(
        after, announced=min(before.announced or at, at), told=(*before.told, *new), notices=notices, moved=None
    )


def missing(window: Maintenance, look: Look) -> str:
    """Whoever has not been told, as it is typed."""
    return " ".join(f"#{each}" for each in untold(window))


def known_since(window: Maintenance, customer: str) -> datetime | None:
    """When the customer (a handle) was told; None where it has not been. Without customers it concerns all of them,
    and was announced to all.
    """
    found = next((each.at for each in window.notices if each.who == customer), None)
    meant = customer in window.told or not window.customers
    return found or (window.announced if meant else None)


def over_by(window: Maintenance, look: Look) -> Owes | None:
    """Long after its window somebody has to say when it ended."""
    if window.ends is None or look.now - window.ends <= NOTED_LATE:
        return None
    should = readable(window.ends, look.now, look.settings)
    local = window.ends.astimezone(look.settings.zone)
    return Owes("ended", f"It should have ended {should}: say when it ended.", f"{local:%Y-%m-%d %H:%M}")


def given_up(before: Maintenance, after: Maintenance, look: Look, by: str) -> Maintenance:
    """One that runs was down until now."""
    began = before.state == "running" and (before.starts is None or before.starts <= look.now)
    return replace(after, ended=look.now) if began else after


def overrun(window: Maintenance, look: Look) -> bool:
    return window.live and window.ends is not None and window.ends < look.now


def untold(window: Maintenance) -> tuple[str, ...]:
    """The customers (handles) that it concerns and that have not been told."""
    return tuple(each for each in window.customers if each not in window.told)


def within_notice(window: Maintenance, look: Look) -> bool:
    """Whether it starts before the longest notice has passed that a policy asks for where it excludes maintenance."""
    notice = max((each.notice_hours for each in look.settings.sla if each.maintenance == "excluded"), default=0)
    return window.starts is not None and window.starts - look.now <= timedelta(hours=notice)


def order(window: Maintenance, look: Look) -> tuple[Any, ...]:
    far = window.starts.timestamp() if window.starts else float("inf")
    return (not window.live, not overrun(window, look), window.state != "running", far, RISKS[window.risk])


def reason(window: Maintenance, look: Look) -> str:
    """As in "maintenance in 18 h · high risk · not announced"."""
    if not window.live:
        return window.result or window.state
    risk = f"{window.risk} risk" if window.risk != "low" else ""
    return " · ".join(filter(None, [_when(window, look), risk, unannounced(window)]))


def unannounced(window: Maintenance) -> str:
    """As in "not announced"; empty where it is."""
    if window.announced:
        return ""
    return "moved, not announced again" if window.moved else "not announced"


def _when(window: Maintenance, look: Look) -> str:
    if window.starts is None:
        return "no window yet"
    if window.ends is not None and overrun(window, look):
        return f"past its window by {between(window.ends, look.now)}"
    if window.starts <= look.now:
        return "running" if window.state == "running" else f"should have begun {between(window.starts, look.now)} ago"
    return f"maintenance in {between(look.now, window.starts)}"


def weight(window: Maintenance, look: Look) -> Weight:
    if not window.live:
        return "none"
    if overrun(window, look):
        return "red"
    if untold(window):
        return "red" if within_notice(window, look) else "orange"
    soon = window.starts is not None and window.starts - look.now <= SOON
    return "orange" if soon and (window.risk == "high" or not window.announced) else "none"


OPEN = ("planned", "running")
REGISTER = Register(
    shape=Maintenance,
    one="maintenance window",
    title="Maintenance",
    text="title",
    customer="customers",
    day="starts",
    until="ends",
    columns=("starts", "ends", "title", "state", "risk", "components", "customers", "announced", "result"),
    kept=("state", "why", "told", "notices", "starts", "ends", "moved"),
    verbs=(
        Verb(
            id="announce",
            label="Announced",
            key="w",
            frm=OPEN,
            stamps=("announced",),
            clears=("told", "announced"),
            asks=("told", "announced"),
            likely=missing,
            then=told,
        ),
        Verb(id="run", label="Begin", key="s", frm=("planned",), to="running"),
        Verb(
            id="done",
            label="Done",
            key="x",
            frm=OPEN,
            to="done",
            stamps=("ended",),
            asks=("result", "ended"),
            owes=over_by,
        ),
        Verb(
            id="move",
            label="Move",
            key="t",
            frm=OPEN,
            asks=("why", "starts", "ends"),
            needs=("starts",),
            clears=("why",),
            then=moved,
        ),
        Verb(
            id="cancel",
            label="Cancel",
            key="delete",
            frm=OPEN,
            to="cancelled",
            asks=("why",),
            needs=("why",),
            then=given_up,
        ),
        Verb(id="reopen", label="Plan again", frm=("done", "cancelled"), to="planned", clears=("ended", "result")),
    ),
    means_nothing={"give": "A maintenance window has no owner: its components have."},
    made=made,
    follows=dated,
    order=order,
    reason=reason,
    weight=weight,
    open_to="customer",
)
