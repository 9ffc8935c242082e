"""Why an incident is on the table of the section that asks who has been told: that first, then its state."""

from __future__ import annotations

from opsdesk.boards.clauses import Clause, clauses, listed
from opsdesk.boards.lay import Table
from opsdesk.boards.reasons import Clauses, of_incident, why
from opsdesk.core.people import Person
from opsdesk.core.register import Register, Registered
from opsdesk.core.registers.incidents import Incident
from opsdesk.insight.outage import uninformed

NOBODY = "nobody told yet"


def who_knows(table: Table, register: Register, record: Registered) -> Clauses:
    """Sales not told, identified, SEV-2 for 58 min, next update 16:33; nothing of who knows before a customer."""
    if not isinstance(record, Incident) or not record.live or table.scene.audience == "customer":
        return why(table, register, record)
    lasted, *others = (each for each in of_incident(table, record) if each.words not in (record.state, NOBODY))
    lasted = Clause(lasted.words, f"SEV-{record.sev}")
    return (_knows(table, record), *clauses(record.state), lasted, *others)


def _knows(table: Table, incident: Incident) -> Clause:
    """ "Sales and Support not told", in few words "Sales not told" or "2 not told"."""
    missing = uninformed(incident, table.reader.live(Person), table.scene.settings)
    if not incident.informed:
        return Clause(NOBODY)
    if not missing:
        return Clause("all who speak with customers know", "all told")
    few = f"{missing[0]} not told" if len(missing) == 1 else f"{len(missing)} not told"
    return Clause(f"{listed(missing)} not told", few)
