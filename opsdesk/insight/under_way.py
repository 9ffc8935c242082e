"""The incidents that were open when a meeting met, as lines of its minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from opsdesk.core.journal import Transaction, fields
from opsdesk.core.minutes import ChangedLine
from opsdesk.core.registers.incidents import Incident
from opsdesk.insight.minute_lines import Lines, by_number


def open_before(incidents: Iterable[Incident], later: Iterable[Transaction]) -> tuple[Incident, ...]:
    """Those that were open before these transactions, as they stood then, the worst first."""
    back = sorted(later, key=lambda tx: -tx.seq)
    found = (_before(each, back) for each in by_number(incidents))
    return tuple(sorted((each for each in found if each is not None and each.live), key=lambda each: each.sev))


def _before(incident: Incident, back: Iterable[Transaction]) -> Incident | None:
    """None for one that was not there yet. `back`: the newest first."""
    known = fields(incident) or {}
    for change in (change for tx in back for change in tx.changes if change.id == incident.id):
        if change.before is None:
            return None
        known = {**known, **change.before}
    return msgspec.convert(known, Incident)


def open_lines(incidents: Iterable[Incident], lines: Lines, inside: bool) -> tuple[ChangedLine, ...]:
    """ "was open: SEV-2, identified; hits Acme; informed: Sales 14:20"; to a customer no more than the state."""
    return tuple(
        ChangedLine(id=each.id, text=each.title, what="; ".join(_told(each, lines, inside))) for each in incidents
    )


def _told(incident: Incident, lines: Lines, inside: bool) -> Iterator[str]:
    yield f"was open: SEV-{incident.sev}, {incident.state}"
    if not inside:
        return
    yield f"owner: {lines.person(incident.owner)}" if incident.owner else "nobody owns it"
    if incident.customers:
        yield f"hits {', '.join(map(lines.customer, incident.customers))}"
    told = ", ".join(f"{lines.person(each.who)} {lines.moment(each.at)}" for each in incident.informed)
    yield f"informed: {told}" if told else "nobody informed"
