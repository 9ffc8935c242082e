"""The top of an outage: what it is, and first of all whether an update is owed."""

from __future__ import annotations

from textwrap import wrap

from opsdesk.core.registers.incidents import REGISTER
from opsdesk.insight.outage import since, update_clock
from opsdesk.ui.ink import Ink, flag, shorten
from opsdesk.ui.outage.rows import Page

HEAD = 7
"""Lines of the top."""


def heading(page: Page, cells: int) -> list[list[Ink]]:
    """What it is, when the next update is due, since when, whom it hits, who is on it, by lines of at most `cells`.

    What does not fit into one line goes on in the next; of what has no room in HEAD lines the end is cut.
    """
    incident = page.incident
    mark = flag(REGISTER.weight(incident, page.look))
    first = [Ink(f"{mark.text} ", f"{mark.role}!"), Ink(shorten(incident.title, cells - 2), "bright!")]
    rest = (
        _due(page),
        (f"{REGISTER.reason(incident, page.look)}", "ink"),
        (" · ".join(filter(None, (_whom(page), _parts(page)))), "dim"),
        (_owner(page), "dim"),
    )
    told = [(words, role) for words, role in rest if words]
    free, rows = HEAD - 1 - len(told), [first]
    for words, role in told:
        parts = wrap(words, cells - 2)
        taken, free = parts[: free + 1], max(0, free + 1 - len(parts))
        if len(taken) < len(parts):
            taken[-1] = " ".join(parts[len(taken) - 1 :])
        rows += [[Ink("  "), Ink(shorten(part, cells - 2), role)] for part in taken]
    return rows


def _whom(page: Page) -> str:
    return ", ".join(map(page.called.customer, page.incident.customers)) or "no customer named: all of them"


def _parts(page: Page) -> str:
    incident = page.incident
    impaired = "impaired" if incident.impact == "partial" else "down"
    return f"{', '.join(map(page.called.component, incident.components))} {impaired}" if incident.components else ""


def _owner(page: Page) -> str:
    incident = page.incident
    owner = f"{page.called.person(incident.owner)} owns it" if incident.owner else ""
    around = f"workaround: {incident.workaround}" if incident.workaround else ""
    return " · ".join(filter(None, (owner, around)))


def _due(page: Page) -> tuple[str, str]:
    incident = page.incident
    clock = update_clock(incident, page.look)
    if not incident.live:
        return f"resolved {page.time(incident.resolved)} · {since(incident, page.look)} · → shows its review", "green"
    if clock.due is None:
        return "no update is due · t says when the next one is", "dim"
    owed = owed_to(page)
    was = "was due" if clock.overdue else "due"
    return f"next update {was} {page.time(clock.due)}" + (
        f" · owed to {owed}" if owed else ""
    ), clock.weight if clock.weight in ("red", "orange") else "ink"


def owed_to(page: Page) -> str:
    """To whom the next update is."""
    return ", ".join(map(page.called.person, page.found.clock.owed))
