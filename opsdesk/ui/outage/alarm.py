"""The banner: read beside the screen, and put into words from these values whenever the clock has moved."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from opsdesk.boards.banner import open_incidents, title_for
from opsdesk.boards.table import Scene
from opsdesk.core.instants import readable
from opsdesk.core.ports import Reader
from opsdesk.core.register import Look
from opsdesk.core.registers.incidents import REGISTER, Incident
from opsdesk.insight.outage import update_clock
from opsdesk.ui.ink import Ink, flag, shorten, width

LEAST = 16  # cells of the title, however narrow the line
KEY, WORDS = "o", " how it stands"


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """The worst open incident that the room may see, its title as the room may read it, and how many more there are."""

    incident: Incident
    more: int = 0
    customer: bool = False


def alarm(reader: Reader, scene: Scene) -> Alarm | None:
    """None where nothing is open that this room may see."""
    found = open_incidents(reader, scene)
    if not found:
        return None
    worst = replace(found[0], title=title_for(found[0], reader, scene))
    return Alarm(incident=worst, more=len(found) - 1, customer=scene.audience == "customer")


def pieces(alarm: Alarm, look: Look, room: int, key: str = KEY) -> list[Ink]:
    """One line of at most so many cells: what it is, since when, when the next update is due, and the key to it."""
    incident = alarm.incident
    mark = flag(REGISTER.weight(incident, look))
    head = f"{mark.text} SEV-{incident.sev} "
    rest = "".join(f" · {clause}" for clause in _clauses(alarm, look))
    title = shorten(incident.title, max(LEAST, room - width(head) - width(rest)))
    free = room - width(head + title)
    said = [Ink(head, f"{mark.role}!"), Ink(title, "bright!"), Ink(shorten(rest, free), _tone(alarm, look))]
    gap = free - width(rest) - width(key + WORDS)
    return [*said, Ink(" " * gap), Ink(key, "bright!"), Ink(WORDS, "dim")] if gap > 1 else said


def _clauses(alarm: Alarm, look: Look) -> Sequence[str]:
    incident = alarm.incident
    since = f"since {readable(incident.started or look.now, look.now, look.settings)}"
    return tuple(filter(None, (since, _update(alarm, look), f"{alarm.more} more" if alarm.more else "")))


def _update(alarm: Alarm, look: Look) -> str:
    """A customer is not told that an update is overdue."""
    clock = update_clock(alarm.incident, look)
    if clock.due is None or (clock.overdue and alarm.customer):
        return ""
    return clock.words if clock.overdue else f"next update due {readable(clock.due, look.now, look.settings)}"


def _tone(alarm: Alarm, look: Look) -> str:
    """Quiet until an update is near or late."""
    weight = update_clock(alarm.incident, look).weight
    return weight if weight in ("red", "orange") and not alarm.customer else "dim"
