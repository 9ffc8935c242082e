"""The embedded engine in a desk's folder: the one door to it; who wires a desk knows no file of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opsdesk.store.files import NAME

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from opsdesk.core.ports import Guard, Store


class Embedded:
    """`place`: the file that holds the desk, to be named in a sentence."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = folder / NAME

    def there(self) -> bool:
        """Whether there is a desk. Raises OSError where nobody lets this person look."""
        return self.place.exists()

    def empty(self) -> bool:
        """Whether its file holds nothing at all. Raises OSError."""
        return not self.place.stat().st_size

    def open(self) -> Store:
        """Made where there was none. Raises Unavailable."""
        from opsdesk.store.sqlite import SqliteStore

        return SqliteStore(self.folder)

    def guard(self) -> Guard:
        from opsdesk.store.guard import SqliteGuard

        return SqliteGuard(self.folder)

    def kept(self, day: date) -> bool:
        """Whether the backup of this day is made; loads nothing of what makes it. Raises OSError."""
        from opsdesk.store.days import made

        return made(self.folder, day)

    @property
    def backups(self) -> Path:
        """Where its own backups are kept."""
        from opsdesk.store.days import BACKUPS

        return self.folder / BACKUPS

    def has_backups(self) -> bool:
        from opsdesk.store.guard.belonging import has_copies

        return has_copies(self.folder)

    def network(self) -> str:
        """The kind of network file system it is on, "" for a disk of this machine."""
        from opsdesk.store.place import network

        return network(self.folder)
