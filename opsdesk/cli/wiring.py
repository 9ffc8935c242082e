"""The one place that puts a desk together: folder, store, clock, person, settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from opsdesk.core.errors import Invalid

if TYPE_CHECKING:
    from opsdesk.agendas import Loaded
    from opsdesk.core.agenda import Agenda
    from opsdesk.core.ports import Clock
    from opsdesk.core.settings import Settings
    from opsdesk.desk import Desk


class Wiring:
    """What every verb is given: where the desk is, who is at it, and the desk itself once asked for."""

    def __init__(self, folder: Path | None = None, person: str = "") -> None:
        self._folder = folder
        self.person = person
        self._desk: Desk | None = None
        self._loaded: Loaded | None = None

    @property
    def folder(self) -> Path:
        """--desk, else OPSDESK_DESK, else the place this system keeps a person's data in."""
        named = self._folder or os.environ.get("OPSDESK_DESK")
        if named:
            return Path(named)
        from opsdesk.config import data_folder

        return data_folder() / "desk"

    @folder.setter
    def folder(self, folder: Path) -> None:
        self.close()
        self._folder = folder

    @property
    def chosen(self) -> Path | None:
        """The folder named with --desk, if any was."""
        return self._folder

    def desk(self) -> Desk:
        """The desk, opened once. Raises OpsDeskError where its files or settings cannot be read."""
        if self._desk is None:
            self._desk = self._open()
        return self._desk

    def reopen(self) -> Desk:
        self.close()
        return self.desk()

    def close(self) -> None:
        self._loaded = None
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def settings(self) -> Settings:
        """The company's, with this machine's time zone where it has chosen none."""
        from msgspec.structs import replace

        from opsdesk.config import read_settings

        settings = read_settings(self.folder)
        return settings if settings.time_zone else replace(settings, time_zone=machine_zone())

    def agendas(self) -> Mapping[str, Agenda]:
        return self.loaded().agendas

    def loaded(self) -> Loaded:
        """The agendas, read once a desk, with the mistakes in those of one's own."""
        from opsdesk import agendas

        if self._loaded is None:
            self._loaded = agendas.load(self.folder)
        return self._loaded

    def by(self) -> str:
        """--as, else OPSDESK_USER, else who the desk or this person's preferences name, else the login name."""
        from opsdesk.config import read_marker

        named = self.person or os.environ.get("OPSDESK_USER", "") or read_marker(self.folder).get("me", "")
        return handle(named or preferred() or login()) or "me"

    def _open(self) -> Desk:
        from opsdesk.desk import Desk
        from opsdesk.store.sqlite import SqliteStore

        settings = self.settings()
        return Desk(SqliteStore(self.folder), clock(), self.by(), settings, self.agendas)


def clock() -> Clock:
    """Now; for demonstrations and tests, a clock that starts at the instant in OPSDESK_NOW and runs on from there."""
    pretended = os.environ.get("OPSDESK_NOW")
    if not pretended:
        return lambda: datetime.now(UTC)
    try:
        start = datetime.fromisoformat(pretended)
    except ValueError:
        raise Invalid(f"OPSDESK_NOW says {pretended!r}, which is no instant.", "Write 2026-11-23T15:00Z.") from None
    ahead = (start if start.tzinfo else start.replace(tzinfo=UTC)) - datetime.now(UTC)
    return lambda: datetime.now(UTC) + ahead


def machine_zone() -> str:
    """The name of this machine's time zone, "UTC" where it has none that is known."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    for name in (os.environ.get("TZ", "").lstrip(":"), _linked_zone()):
        try:
            if name:
                return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"


def _linked_zone() -> str:
    """The name behind /etc/localtime; on other systems there is none, and UTC is shown until a zone is set."""
    try:
        target = os.path.realpath("/etc/localtime")
    except OSError:
        return ""
    return target.partition("zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")


def preferred() -> str:
    from opsdesk.config import read_preferences

    me = read_preferences().get("me", "")
    return me if isinstance(me, str) else ""


def login() -> str:
    """The name this person logged in with, as the system's environment tells it."""
    return next((os.environ[name] for name in ("LOGNAME", "USER", "USERNAME") if os.environ.get(name)), "")


def handle(name: str) -> str:
    """A name as a handle: lower case letters, digits, dots, dashes and underscores."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name.lower())
    return kept.lstrip("._-")[:40]
