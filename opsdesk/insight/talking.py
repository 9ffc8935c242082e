"""Talking points: what those who speak with customers may say of an incident, and what not."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from opsdesk.core.agenda import Audience
from opsdesk.core.errors import Invalid
from opsdesk.core.instants import readable
from opsdesk.core.register import Look
from opsdesk.core.registers.incidents import Incident, Talk

TITLES = {
    "known": "Do we know of it",
    "affected": "Who is affected",
    "works": "What works",
    "workaround": "Workaround",
    "doing": "What we are doing",
    "not_say": "Do not say",
}
NEXT = "Next update at"
NEVER = "no time by which it is mended, no guess at the cause"
UNSAID = "not said yet"
NEEDED = ("known", "affected", "doing")


class Point(msgspec.Struct, frozen=True):
    title: str
    text: str


def talking_points(incident: Incident, audience: Audience, look: Look) -> tuple[Point, ...]:
    """What may be shown to this audience: all of it once it is approved, to a customer never anything."""
    if audience == "customer" or incident.talk is None or incident.talk.approved is None:
        return ()
    return draft_points(incident, look)


def draft_points(incident: Incident, look: Look) -> tuple[Point, ...]:
    """Every point as it stands, for whoever writes or approves them."""
    talk = incident.talk or Talk()
    said = {name: getattr(talk, name) or UNSAID for name in TITLES}
    if not talk.workaround and talk.approved is None and incident.workaround:
        said["workaround"] = incident.workaround
    said["not_say"] = "; ".join(filter(None, [NEVER, talk.not_say]))
    found = [Point(title, said[name]) for name, title in TITLES.items()]
    return (*found[:-1], Point(NEXT, _next(incident, look)), found[-1])


def with_points(incident: Incident, points: dict[str, str]) -> Incident:
    """With these words (by the names in TITLES); what is not named stays. A change takes the approval back.

    Raises Invalid for a point that there is not.
    """
    unknown = next((name for name in points if name not in TITLES), "")
    if unknown:
        raise Invalid(f'There is no talking point "{unknown}".', f"There are {', '.join(map(typed, TITLES))}.")
    before = incident.talk or Talk()
    after = replace(before, **points)
    if after == before:
        return incident
    return replace(incident, talk=replace(after, approved=None, approved_by=""))


def approved(incident: Incident, look: Look, by: str) -> Incident:
    """With the points as they stand approved by somebody (a handle), the workaround of the incident among them.

    Raises Invalid while one of those is missing without which nobody could speak, or where they are approved already.
    """
    talk = incident.talk or Talk()
    if talk.approved is not None:
        raise Invalid(f"The talking points of {incident.id} are approved already.")
    missing = [typed(name) for name in NEEDED if not getattr(talk, name)]
    if missing:
        hint = f"opsdesk incident talk {incident.id} {' '.join(f'{name}=…' for name in missing)} says it."
        raise Invalid(f"The talking points of {incident.id} lack {', '.join(missing)}.", hint)
    workaround = talk.workaround or incident.workaround
    return replace(incident, talk=replace(talk, workaround=workaround, approved=look.now, approved_by=by))


def typed(name: str) -> str:
    """A point as it is typed."""
    return name.replace("_", "-")


def _next(incident: Incident, look: Look) -> str:
    if incident.resolved is not None:
        return f"none: resolved at {readable(incident.resolved, look.now, look.settings)}"
    if incident.next_update is None:
        return "none is due"
    at = readable(incident.next_update, look.now, look.settings)
    return f"{at} (overdue)" if incident.next_update < look.now else at
