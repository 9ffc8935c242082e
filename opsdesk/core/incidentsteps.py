"""Steps of an incident that are told after they happened, and updates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from opsdesk.core.errors import Invalid
from opsdesk.core.instants import readable
from opsdesk.core.names import fold
from opsdesk.core.register import Look, Verb
from opsdesk.core.registers.incidents import Incident, Informed, next_due
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


def informed(
    incident: Incident, *, who: Sequence[str], by: str, at: datetime | None, how: str, look: Look, typist: str
) -> Incident:
    """With these (departments or handles) told of it. Whoever was told before stays; a time, a channel or who told them
    that is said now corrects it, so that nobody stands there twice.

    Raises Invalid where nothing is new.
    """
    known = {fold(each.who): each for each in incident.informed}
    for name in who:
        was = known.get(fold(name), Informed(who=name, at=at or look.now, by=by or typist))
        known[fold(name)] = Informed(who=was.who, at=at or was.at, by=by or was.by, how=how.strip() or was.how)
    told = tuple(known.values())
    if told == incident.informed:
        last = max(known[fold(name)].at for name in who)
        raise Invalid(
            f"{', '.join(who)}: informed already, at {readable(last, look.now, look.settings)}.",
            "A time or how corrects it, as in 14:05 Sales phone; not Sales takes it out.",
        )
    return replace(incident, informed=told)


def not_informed(incident: Incident, *, who: Sequence[str]) -> Incident:
    """Without these. Raises Invalid for one that nobody has told."""
    known = {fold(each.who) for each in incident.informed}
    strange = next((name for name in who if fold(name) not in known), "")
    if strange:
        raise Invalid(f"{strange} was not informed of {incident.id}.", "opsdesk incident status shows who was.")
    gone = {fold(name) for name in who}
    return replace(incident, informed=tuple(each for each in incident.informed if fold(each.who) not in gone))
