"""core.ports.Guard over a desk's folder. Each verb is a file of its own, read when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opsdesk.core.guard import Finding, Repair, Told, silent
from opsdesk.store.days import BACKUPS, made
from opsdesk.store.faults import Spoken
from opsdesk.store.files import NAME

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from opsdesk.core.copies import Copy, Exchange


class SqliteGuard:
    """The guard of the embedded store: one file, its log, and the copies beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def check(self, told: Told = silent) -> Sequence[Finding]:
        from opsdesk.store.guard.check import check

        return check(self.folder, told)

    def repair(self, told: Told = silent) -> Repair:
        from opsdesk.store.guard.repair import repair

        return repair(self.folder, told)

    def rehearse(self, told: Told = silent) -> Repair:
        from opsdesk.store.guard.rehearsal import rehearse

        return rehearse(self.folder, told)

    def look(self) -> Copy:
        from opsdesk.store.guard.reading import looked_at

        return looked_at(self.folder / NAME)

    def copies(self, told: Told = silent) -> Sequence[Copy]:
        from opsdesk.store.guard.backups import copies

        return copies(self.folder, told)

    def backup(self, target: Path, *, over: bool = False, told: Told = silent) -> Copy:
        from opsdesk.store.guard.backups import backup

        return backup(self.folder, target, over=over, told=told)

    def compare(self, source: Path, told: Told = silent) -> Exchange:
        from opsdesk.store.guard.restore import compared

        return compared(self.folder, source, told)

    def restore(self, source: Path, told: Told = silent) -> Exchange:
        from opsdesk.store.guard.restore import restore

        return restore(self.folder, source, told=told)

    def daily(self, today: date, told: Told = silent) -> str:
        with Spoken(str(self.folder / BACKUPS)):
            if made(self.folder, today):
                return ""
        from opsdesk.store.guard.daily import daily

        return daily(self.folder, today, told)
