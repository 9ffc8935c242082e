"""The banner of an outage: the worst incident that is open, in one line, for every screen of every open desk."""

from __future__ import annotations

from collections.abc import Sequence

from opsdesk.boards.discreet import what
from opsdesk.boards.table import Scene
from opsdesk.core.ports import Reader
from opsdesk.core.registers.incidents import REGISTER, Incident, overdue
from opsdesk.insight.others import Others
from opsdesk.insight.outage import since, update_clock
from opsdesk.insight.shown import may_show


def open_incidents(reader: Reader, scene: Scene) -> tuple[Incident, ...]:
    """Those that this room may see, the worst first: before a customer those that concern it, too."""
    shown = [each for each in reader.live(Incident) if may_show(each, scene.room, reader)]
    return tuple(sorted(shown, key=lambda each: REGISTER.order(each, scene.look)))


def banner(reader: Reader, scene: Scene) -> tuple[str, ...] | None:
    """The clauses of the line, most important first: "SEV-1", title, "since 14:05 (42 min)", "next update in 12 min" or
    "update overdue for 5 min", "2 more", or "2 more, update overdue" where that of one of them is. None where nothing
    is open that this room may see.

    A customer is not told that an update is overdue, and no title that names another one.
    """
    found = open_incidents(reader, scene)
    if not found:
        return None
    worst = found[0]
    clauses = (
        f"SEV-{worst.sev}",
        title_for(worst, reader, scene),
        since(worst, scene.look),
        _update(worst, scene),
        _more(found[1:], scene),
    )
    return tuple(filter(None, clauses))


def _more(others: Sequence[Incident], scene: Scene) -> str:
    if not others:
        return ""
    late = scene.audience != "customer" and any(overdue(each, scene.look) for each in others)
    return f"{len(others)} more, update overdue" if late else f"{len(others)} more"


def title_for(incident: Incident, reader: Reader, scene: Scene) -> str:
    """As this room may read it."""
    if scene.audience != "customer" or not Others(reader, scene.customer).named_in(incident.title):
        return incident.title
    return what(incident.id)


def _update(incident: Incident, scene: Scene) -> str:
    clock = update_clock(incident, scene.look)
    return "" if clock.overdue and scene.audience == "customer" else clock.words
