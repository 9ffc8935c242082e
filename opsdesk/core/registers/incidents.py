"""Incidents: what is down or impaired, whom it hits, and how far its mending has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.incidentlog import entries
from opsdesk.core.instants import readable
from opsdesk.core.record import Handle, Text
from opsdesk.core.register import Look, Part, Register, Registered, Verb, Weight, Who, Whose, give
from opsdesk.core.spans import between

State = Literal["investigating", "identified", "monitoring", "resolved"]
Impact = Literal["down", "partial"]
MAJOR = 2
UPDATE_EVERY = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)
OPEN = ("investigating", "identified", "monitoring")


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """What those who speak with customers may say; shown to them once it is approved."""

    known: Text = ""
    affected: Text = ""
    works: Text = ""
    workaround: Text = ""
    doing: Text = ""
    not_say: Text = ""
    approved: datetime | None = None
    approved_by: Handle = ""

    @property
    def words(self) -> str:
        """As in "known: yes; doing: rolling back; approved"."""
        names = ("known", "affected", "works", "workaround", "doing", "not_say")
        said = [f"{name.replace('_', ' ')}: {text}" for name in names if (text := getattr(self, name))]
        return "; ".join([*said, *(("approved",) if self.approved else ())])


class Informed(msgspec.Struct, frozen=True, kw_only=True):
    """Who was told of it (a department or somebody in it), when, by whom (a handle) and how."""

    who: Text
    at: datetime
    by: Handle = ""
    how: Text = ""

    @property
    def words(self) -> str:
        return self.who


class Incident(Registered, frozen=True, kw_only=True):
    """1 is the worst; 1 and 2 are major. In doubt the higher: where nobody says which, it is major."""

    kind: ClassVar[str] = "incidents"
    prefix: ClassVar[str] = "I"
    states: ClassVar = {
        "investigating": ("started", "detected"),
        "identified": ("started", "detected", "acknowledged"),
        "monitoring": ("started", "detected", "acknowledged", "mitigated"),
        "resolved": ("started", "detected", "resolved"),
    }
    closed: ClassVar = ("resolved",)
    in_order: ClassVar = ("started", "detected", "acknowledged", "mitigated", "resolved")
    together: ClassVar = (("state", "why", "acknowledged", "mitigated", "resolved"), ("talk",))
    title: Annotated[Text, Meta(title="What", min_length=1)]
    sev: Annotated[int, Meta(title="SEV", ge=1, le=5)] = MAJOR
    state: Annotated[State, Meta(title="State")] = "investigating"
    impact: Annotated[Impact, Meta(title="Impact")] = "down"
    started: Annotated[datetime | None, Meta(title="Started")] = None
    detected: Annotated[datetime | None, Meta(title="Detected")] = None
    acknowledged: Annotated[datetime | None, Meta(title="Acknowledged")] = None
    mitigated: Annotated[datetime | None, Meta(title="Mitigated")] = None
    resolved: Annotated[datetime | None, Meta(title="Resolved")] = None
    components: Annotated[tuple[Part, ...], Meta(title="Components")] = ()
    customers: Annotated[tuple[Whose, ...], Meta(title="Customers")] = ()
    owner: Annotated[Who, Meta(title="Owner")] = ""
    next_update: Annotated[datetime | None, Meta(title="Next update")] = None
    workaround: Annotated[Text, Meta(title="Workaround")] = ""
    talk: Annotated[Talk | None, Meta(title="Talking points")] = None
    informed: Annotated[tuple[Informed, ...], Meta(title="Informed")] = ()

    @property
    def major(self) -> bool:
        return self.sev <= MAJOR


def made(incident: Incident, look: Look) -> Incident:
    """Begun and noticed now, where nobody says otherwise: noticed when it began where only that is said, and over where
    its end is. Of a major one that is open an update is due in half an hour.
    """
    detected = incident.detected or incident.started or look.now
    state: State = "resolved" if incident.resolved and incident.state == "investigating" else incident.state
    return next_due(replace(incident, started=incident.started or detected, detected=detected, state=state), look)


def assumed(values: Mapping[str, Any]) -> str:
    return "" if "sev" in values else f"SEV-{MAJOR}, nobody said: sev:3 lowers it"


def next_due(incident: Incident, look: Look) -> Incident:
    """Half an hour from now, while it is major and nobody has said another time."""
    due = incident.next_update
    if incident.live and incident.major and (due is None or due <= look.now):
        return replace(incident, next_update=look.now + UPDATE_EVERY)
    return incident


def raised(before: Incident, after: Incident, look: Look) -> Incident:
    """One that becomes worse and is major owes an update within half an hour from then on, unless another time is said
    with it; what was due sooner stays.
    """
    if not (after.live and after.major and after.sev < before.sev) or after.next_update != before.next_update:
        return after
    due = look.now + UPDATE_EVERY
    return replace(after, next_update=min(after.next_update or due, due))


def goes_on(before: Incident, after: Incident, look: Look, by: str) -> Incident:
    """Steps leave the clock alone: only an update is one. After the last none is due; what is back owes one again."""
    if not after.live:
        return replace(after, next_update=None)
    return after if before.live else next_due(after, look)


def remark(incident: Incident, look: Look) -> str:
    """That the next update is further away than it should be, as a sentence; empty where it is not."""
    due = incident.next_update
    if due is None or not incident.live or not incident.major or due - look.now < UPDATE_EVERY + MINUTE:
        return ""
    rule = f"{UPDATE_EVERY // MINUTE} min of SEV-{incident.sev}"
    return f"The next update, {readable(due, look.now, look.settings)}, is later than the {rule}."


def overdue(incident: Incident, look: Look) -> bool:
    """Its next update should have been given by now."""
    return incident.live and incident.next_update is not None and incident.next_update < look.now


def order(incident: Incident, look: Look) -> tuple[Any, ...]:
    """The one order of incidents, wherever they are listed: what burns above what is only watched, then by severity. Of
    one severity first whatever owes an update, then what is down above what is so in part, and what nobody has taken up
    above what has an owner and is acknowledged.
    """
    since, taken = incident.started or look.now, bool(incident.owner) and incident.acknowledged is not None
    harm = (weight(incident, look) != "red", incident.sev, not overdue(incident, look), incident.impact == "partial")
    return (not incident.live, *harm, taken, -len(incident.customers), since)


def reason(incident: Incident, look: Look) -> str:
    """As in "SEV-1 for 42 min · update overdue"."""
    began, ended = incident.started, incident.resolved
    lasted = f"SEV-{incident.sev} for {between(began or look.now, ended or look.now)}"
    if not incident.live:
        return f"{lasted}, resolved"
    unowned = "" if incident.owner else "nobody owns it"
    return " · ".join(
        filter(None, [lasted, incident.state, "update overdue" if overdue(incident, look) else "", unowned])
    )


def weight(incident: Incident, look: Look) -> Weight:
    if not incident.live:
        return "green"
    return "red" if incident.major and (incident.state != "monitoring" or overdue(incident, look)) else "orange"


NOW_KNOWN = ("acknowledged",)
REGISTER = Register(
    shape=Incident,
    one="incident",
    title="Incidents",
    text="title",
    owner="owner",
    customer="customers",
    columns=("sev", "title", "state", "impact", "customers", "components", "owner", "started", "next_update"),
    kept=("state", "why", "talk", "informed"),
    verbs=(
        Verb(id="acknowledge", label="Acknowledge", key="s", frm=("investigating",), stamps=NOW_KNOWN, then=goes_on),
        Verb(
            id="identify",
            label="Cause found",
            key="s",
            frm=("investigating",),
            to="identified",
            stamps=NOW_KNOWN,
            asks=("why", "workaround", "next_update"),
            wants=True,
            named=("next_update",),
            then=goes_on,
        ),
        Verb(
            id="mitigate",
            label="Mitigated, watching",
            key="s",
            frm=("investigating", "identified"),
            to="monitoring",
            stamps=("acknowledged", "mitigated"),
            asks=("why", "workaround", "next_update"),
            named=("next_update",),
            then=goes_on,
        ),
        Verb(
            id="resolve",
            label="Resolve",
            key="x",
            frm=OPEN,
            to="resolved",
            stamps=("resolved",),
            asks=("why",),
            then=goes_on,
        ),
        Verb(
            id="reopen",
            label="Reopen",
            frm=("monitoring", "resolved"),
            to="investigating",
            clears=("mitigated", "resolved"),
            asks=("why",),
            needs=("why",),
            then=goes_on,
        ),
        Verb(
            id="update",
            label="Next update",
            key="t",
            frm=OPEN,
            asks=("next_update",),
            needs=("next_update",),
        ),
        give(frm=OPEN),
    ),
    means_nothing={
        "wait": "An incident waits for nobody: t says when its next update is due.",
        "drop": "An incident is not dropped: x resolves it, with the reason.",
    },
    made=made,
    follows=raised,
    remark=remark,
    assumed=assumed,
    beside=entries,
    order=order,
    reason=reason,
    weight=weight,
    open_to="customer",
)
