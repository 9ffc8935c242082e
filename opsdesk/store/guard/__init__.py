"""core.ports.Guard over a desk's folder. Each verb is a file of its own, read when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opsdesk.core.guard import Finding, Repair, Told, silent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path


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

    def backup(self, target: Path) -> None:
        from opsdesk.store.guard.backups import backup

        backup(self.folder, target)

    def restore(self, source: Path) -> str:
        from opsdesk.store.guard.restore import restore

        return restore(self.folder, source)

    def daily(self, today: date) -> str:
        from opsdesk.store.guard.rotation import daily

        return daily(self.folder, today)
