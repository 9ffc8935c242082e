"""Steps of an incident that are told after they happened, and updates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from opsdesk.core.errors import Invalid
from opsdesk.core.register import Look, Verb
from opsdesk.core.registers.incidents import Incident, next_due
from opsdesk.core.stepping import step


def stepped(
    incident: Incident, *, verb: Verb, at: datetime | None, look: Look, by: str, values: Mapping[str, Any]
) -> Incident:
    """As stepping.step; `at`: when it happened, which the last of the verb's instants then says, where it is not known.

    Raises Invalid as that.
    """
    name = verb.stamps[-1] if verb.stamps else ""
    if at is None or not name or incident[name] is not None:
        return step(incident, verb, look, by, values)
    return step(incident, replace(verb, asks=(*verb.asks, name)), look, by, {**values, name: at})


def updated(incident: Incident, *, at: datetime | None, due: datetime | None, said: bool, look: Look) -> Incident:
    """After an update at `at` (None: now). `said`: whether somebody said when the next one is `due`; else it is half an
    hour later while the incident is major, else at no time. One that is told late moves no later date.

    Raises Invalid for an incident that is over.
    """
    if not incident.live:
        raise Invalid(f"{incident.id} is {incident.state}: there are no more updates on it.", "A note can be written.")
    if said:
        return replace(incident, next_update=due)
    after = next_due(replace(incident, next_update=None), Look(at or look.now, look.settings))
    if at is None or incident.next_update is None or after.next_update is None:
        return after
    return replace(after, next_update=max(after.next_update, incident.next_update))
