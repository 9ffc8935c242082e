"""What one person had typed and not kept when they left a desk: a file of theirs on this machine, never in the desk."""

from __future__ import annotations

from hashlib import sha256
from json import JSONDecodeError, dumps, loads
from pathlib import Path
from threading import Lock
from typing import Any

from opsdesk.core.errors import Unavailable

PRIVATE = 0o700


class DraftFile:
    """One for each desk and person. Two screens that one person has open take nothing from each other."""

    def __init__(self, folder: Path, by: str) -> None:
        from opsdesk.config import preferences_file

        named = sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        self._file = preferences_file().parent / "drafts" / f"{named}-{by}.json"
        self._mine: list[Any] = []
        self._one = Lock()  # beside the screen, and when it is left

    def read(self) -> str:
        """JSON, as it was kept; empty where nothing is, or nothing that can be read."""
        self._mine = self._there()
        return dumps(self._mine) if self._mine else ""

    def keep(self, text: str) -> None:
        """In the place of what was read or kept before. Raises Unavailable."""
        mine = loads(text) if text else []
        with self._one:
            if mine != self._mine:
                others = [line for line in self._there() if line not in self._mine]
                self._write([*others, *mine])
                self._mine = mine

    def _there(self) -> list[Any]:
        try:
            found = loads(self._file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, JSONDecodeError, RecursionError):
            return []
        return found if isinstance(found, list) else []

    def _write(self, lines: list[Any]) -> None:
        from opsdesk.config import write_whole

        try:
            if lines:
                self._file.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
                write_whole(self._file, [dumps(lines).encode()])
            else:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            raise Unavailable(f"{self._file} cannot be written: {error.strerror}.", "Make room there.") from error
