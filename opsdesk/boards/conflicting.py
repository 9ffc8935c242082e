"""Conflicts on the table: each named on the line of the window it concerns, and on those it runs into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from opsdesk.boards.clauses import Clause
from opsdesk.boards.lay import Table
from opsdesk.boards.table import Scene, Weight
from opsdesk.core.ports import Reader
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.registers.releases import Release
from opsdesk.insight.clashes import Clash, of_window
from opsdesk.insight.foreseen import around, facing

RUNNING_INTO = tuple(shape.kind for shape in (Maintenance, Incident, Absence, Release))
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
    found = around(table.reader, table.scene.look, windows)
    by_id = {window.id: window for window in windows}
    named: dict[str, list[Conflict]] = {}
    for clash in (each for window in windows for each in of_window(window, found)):
        if table.scene.audience == "team" or not _personal(clash):
            named.setdefault(clash.id, []).append((Clause(clash.reason, _few(clash)), clash.weight))
            for other in clash.others:
                if not other.startswith(f"{Maintenance.prefix}-"):
                    facing_it = Clause(facing(by_id[clash.id]), f"conflict: {clash.id}")
                    named.setdefault(other, []).append((facing_it, clash.weight))
    return named


def conflicts_of(reader: Reader, scene: Scene, kind: str) -> Conflicts:
    """The same for whoever lists one kind alone; nothing where records of it run into nothing."""
    return conflicts(Table(reader, scene)) if kind in RUNNING_INTO else {}


def _near(table: Table, window: Maintenance) -> bool:
    return window.starts is not None and window.starts <= table.scene.now + AHEAD


def _personal(clash: Clash) -> bool:
    return any(other.startswith(f"{Absence.prefix}-") for other in clash.others)


def _few(clash: Clash) -> str:
    others = ", ".join(clash.others)
    return f"conflict: {others}" if others else "conflict"
