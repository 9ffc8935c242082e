"""Escalations: a customer, or a ticket of one, that needs attention from above, until the customer says it is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.errors import Invalid
from opsdesk.core.record import Text
from opsdesk.core.register import Look, Owes, Register, Registered, Verb, Weight, Who, Whose, give
from opsdesk.core.settings import Settings
from opsdesk.core.spans import away

What = Literal["account", "attention"]
Severity = Literal["critical", "high", "medium", "low"]
State = Literal["opened", "acknowledged", "plan agreed", "monitoring", "closed"]
OPEN = ("opened", "acknowledged", "plan agreed", "monitoring")
SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low")
WORKING: Mapping[str, int] = {"critical": 1, "high": 2}
CALENDAR: Mapping[str, int] = {"medium": 7, "low": 14}
"""Severity → days until the next update, of the first two working days."""

DAY = timedelta(days=1)


class Escalation(Registered, frozen=True, kw_only=True):
    """`what`: of the whole account, or attention for a ticket. `update`: when the customer next hears of it. `exit`:
    what has to be true before it closes. `risk`: revenue per year that it may cost. `news`: the last update, in words.
    `confirmed`: who of the customer says that it is over.
    """

    kind: ClassVar[str] = "escalations"
    prefix: ClassVar[str] = "ES"
    states: ClassVar = {**dict.fromkeys(OPEN, ("opened",)), "closed": ("opened", "ended")}
    closed: ClassVar = ("closed",)
    in_order: ClassVar = ("opened", "ended")
    together: ClassVar = (("state", "why", "ended", "confirmed"), ("severity", "update"))
    title: Annotated[Text, Meta(title="What", min_length=1)]
    customer: Annotated[Whose, Meta(title="Customer", min_length=1)]
    what: Annotated[What, Meta(title="Kind")] = "account"
    severity: Annotated[Severity, Meta(title="Severity")] = "high"
    owner: Annotated[Who, Meta(title="Owner")] = ""
    update: Annotated[date | None, Meta(title="Next update")] = None
    news: Annotated[Text, Meta(title="Last update")] = ""
    exit: Annotated[Text, Meta(title="Exit criterion")] = ""
    risk: Annotated[float, Meta(title="Revenue at risk", ge=0)] = 0
    opened: Annotated[datetime | None, Meta(title="Opened")] = None
    ended: Annotated[datetime | None, Meta(title="Closed")] = None
    confirmed: Annotated[Text, Meta(title="Confirmed by")] = ""
    state: Annotated[State, Meta(title="State")] = "opened"

    def wrong(self) -> str:
        if not self.live and not self.confirmed:
            return "It is closed, and nobody of the customer has confirmed that it is over: say who."
        return ""


def next_update(severity: str, today: date, settings: Settings) -> date:
    """The day by which the customer hears of it again: a working day, where the settings know any soon."""
    day, working = today + timedelta(days=CALENDAR.get(severity, 0)), WORKING.get(severity, 0)
    for _ in range(working):
        day = _working(day + DAY, settings)
    return _working(day, settings)


def _working(day: date, settings: Settings) -> date:
    """The day itself, or the first working day after it."""
    return next((each for n in range(31) if settings.is_working_day(each := day + n * DAY)), day)


def made(escalation: Escalation, look: Look) -> Escalation:
    """Opened now, the next update as its severity asks, where nobody says otherwise."""
    after = escalation if escalation.opened else replace(escalation, opened=look.now)
    return armed(after, look) if after.live and after.update is None else after


def armed(escalation: Escalation, look: Look) -> Escalation:
    return replace(escalation, update=next_update(escalation.severity, look.today, look.settings))


def updated(before: Escalation, after: Escalation, look: Look, by: str) -> Escalation:
    """The next one is due as the severity asks, where no day is said."""
    return after if after.update != before.update else armed(after, look)


def raised(before: Escalation, after: Escalation, look: Look, by: str) -> Escalation:
    """One step up, where nobody says how far. Raises Invalid for what is critical already, and for a step down."""
    place = SEVERITIES.index(before.severity)
    if after.severity == before.severity:
        if place == 0:
            raise Invalid(f"{before.id} is critical already: there is nothing above it.")
        after = replace(after, severity=SEVERITIES[place - 1])
    if SEVERITIES.index(after.severity) > place:
        raise Invalid(f"{before.id} is {before.severity}: {after.severity} is no step up. Set severity by hand.")
    return sooner(before, after, look)


def sooner(before: Escalation, after: Escalation, look: Look) -> Escalation:
    """Of a higher severity the update is due as that asks, unless it is sooner already or a day is said."""
    higher = SEVERITIES.index(after.severity) < SEVERITIES.index(before.severity)
    if not higher or not after.live or after.update != before.update:
        return after
    due = next_update(after.severity, look.today, look.settings)
    return replace(after, update=min(filter(None, (due, before.update))))


def closed(before: Escalation, after: Escalation, look: Look, by: str) -> Escalation:
    return replace(after, update=None)


def reopened(before: Escalation, after: Escalation, look: Look, by: str) -> Escalation:
    return armed(after, look)


def exit_owed(escalation: Escalation, look: Look) -> Owes | None:
    if escalation.exit:
        return None
    return Owes("exit", "a plan says what has to be true before it closes.", "exports are through for two weeks")


def past_update(escalation: Escalation, look: Look) -> bool:
    return escalation.live and escalation.update is not None and escalation.update < look.today


def order(escalation: Escalation, look: Look) -> tuple[Any, ...]:
    place = SEVERITIES.index(escalation.severity)
    late = past_update(escalation, look)
    return (not escalation.live, not (late or place == 0), place, escalation.update or date.max, -escalation.risk)


def reason(escalation: Escalation, look: Look) -> str:
    """As in "critical · update was due yesterday · nobody owns it"."""
    if not escalation.live:
        return " · ".join(filter(None, ["closed", f"confirmed by {escalation.confirmed}", escalation.why]))
    unowned = "" if escalation.owner else "nobody owns it"
    bare = "no exit criterion" if not escalation.exit and escalation.state not in ("opened", "acknowledged") else ""
    return " · ".join(filter(None, [escalation.severity, _due(escalation, look), unowned, escalation.state, bare]))


def _due(escalation: Escalation, look: Look) -> str:
    if escalation.update is None:
        return "no update due"
    word = "was due" if past_update(escalation, look) else "due"
    return f"update {word} {away(escalation.update, look.today)}"


def weight(escalation: Escalation, look: Look) -> Weight:
    if not escalation.live:
        return "none"
    if escalation.severity == "critical" or past_update(escalation, look):
        return "red"
    return "orange" if escalation.severity == "high" or not escalation.owner else "none"


REGISTER = Register(
    shape=Escalation,
    one="escalation",
    title="Escalations",
    text="title",
    owner="owner",
    customer="customer",
    day="update",
    word="severity",
    columns=("severity", "title", "customer", "state", "owner", "update", "exit", "risk", "what", "opened"),
    kept=("state", "why", "ended", "confirmed"),
    ahead=("update",),
    verbs=(
        Verb(id="acknowledge", label="Acknowledge", key="s", frm=("opened",), to="acknowledged", asks=("owner",)),
        Verb(
            id="plan",
            label="Plan agreed",
            key="s",
            frm=("opened", "acknowledged"),
            to="plan agreed",
            asks=("exit", "owner"),
            wants=True,
            owes=exit_owed,
        ),
        Verb(id="monitor", label="Monitor", key="s", frm=("plan agreed",), to="monitoring", asks=("why",)),
        Verb(id="update", label="Updated", key="w", frm=OPEN, asks=("news", "update"), wants=True, then=updated),
        Verb(id="date", label="Next update", key="t", frm=OPEN, asks=("update",), needs=("update",)),
        Verb(id="raise", label="Raise", key="e", frm=OPEN, asks=("severity",), then=raised),
        Verb(
            id="close",
            label="Close",
            key="x",
            frm=OPEN,
            to="closed",
            stamps=("ended",),
            asks=("confirmed", "why"),
            needs=("confirmed",),
            then=closed,
        ),
        Verb(
            id="reopen",
            label="Reopen",
            frm=("closed",),
            to="opened",
            asks=("why",),
            needs=("why",),
            clears=("ended", "confirmed"),
            then=reopened,
        ),
        give(frm=OPEN),
    ),
    means_nothing={"drop": "An escalation is not dropped: x closes it, with who of the customer says that it is over."},
    made=made,
    follows=sooner,
    order=order,
    reason=reason,
    weight=weight,
)
