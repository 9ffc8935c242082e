"""Conflicts on the table: each named on the line of the window it concerns, and on those it runs into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from opsdesk.boards.clauses import Clause
from opsdesk.boards.lay import Table
from opsdesk.boards.table import Weight
from opsdesk.core.people import Person
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.registers.releases import Release
from opsdesk.insight.clashes import Around, Clash, of_window

AHEAD = timedelta(days=31)
"""Windows further ahead are not looked at."""

Conflict = tuple[Clause, Weight]
Conflicts = Mapping[str, Sequence[Conflict]]


def conflicts(table: Table) -> Conflicts:
    """By the id of a record: what it runs into. Nothing before a customer; before the company nothing about persons."""
    if table.scene.audience == "customer":
        return {}
    windows = [each for each in table.reader.live(Maintenance) if _near(table, each)]
    if not windows:
        return {}
    around = _around(table, windows)
    named: dict[str, list[Conflict]] = {}
    for clash in (each for window in windows for each in of_window(window, around)):
        if table.scene.audience == "team" or not _personal(clash):
            named.setdefault(clash.id, []).append((Clause(clash.reason, _few(clash)), clash.weight))
            for other in clash.others:
                if not other.startswith(f"{Maintenance.prefix}-"):
                    named.setdefault(other, []).append((Clause(f"conflicts with {clash.id}"), "none"))
    return named


def _near(table: Table, window: Maintenance) -> bool:
    return window.starts is not None and window.starts <= table.scene.now + AHEAD


def _around(table: Table, windows: Sequence[Maintenance]) -> Around:
    reader, today = table.reader, table.today
    touched = {part for window in windows for part in window.components}
    return Around(
        look=table.scene.look,
        windows=windows,
        incidents=[each for each in reader.live(Incident) if not touched.isdisjoint(each.components)],
        absences=[each for each in reader.live(Absence) if each.ends is None or each.ends >= today],
        releases=reader.live(Release),
        components=reader.live(Component),
        names={person.handle: person.name for person in reader.live(Person)},
    )


def _personal(clash: Clash) -> bool:
    return any(other.startswith(f"{Absence.prefix}-") for other in clash.others)


def _few(clash: Clash) -> str:
    others = ", ".join(clash.others)
    return f"conflict: {others}" if others else "conflict"
