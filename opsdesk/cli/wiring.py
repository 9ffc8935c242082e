"""The one place that puts a desk together: folder, store, clock, person, settings."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from opsdesk.cli.out import talk
from opsdesk.cli.person import handle, login, preferred
from opsdesk.cli.zone import machine_zone
from opsdesk.core.errors import Invalid, NotFound, Unavailable

if TYPE_CHECKING:
    from opsdesk.agendas import Loaded
    from opsdesk.core.agenda import Agenda
    from opsdesk.core.ports import Clock
    from opsdesk.core.settings import Settings
    from opsdesk.desk import Desk
    from opsdesk.store.embedded import Embedded

Made = TypeVar("Made")
EARLIEST, LATEST = 1971, 2999


class Wiring:
    """What every verb is given: where the desk is, who is at it, and the desk itself once asked for."""

    def __init__(self, folder: Path | None = None, person: str = "") -> None:
        self._folder = folder
        self.person = person
        self.writes = self.makes = self.begins = False
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
    def engine(self) -> Embedded:
        """What keeps the desk in that folder."""
        from opsdesk.store.embedded import Embedded

        return Embedded(self.folder)

    @property
    def chosen(self) -> Path | None:
        """The folder named with --desk, if any was."""
        return self._folder

    @property
    def made(self) -> bool:
        """Whether there is a desk already.

        Raises Unavailable where nobody lets this person look, or where there was one and its file is gone: nothing may
        pass for that desk or begin another one in its place, unless this verb itself has put there what is there.
        """
        from opsdesk.cli.gone import refuse_gone

        try:
            found = self.engine.there()
            if not found and not self.begins:
                refuse_gone(self.engine)
            return found
        except OSError as error:
            hint = "Ask whoever it belongs to, or name another folder with --desk."
            raise Unavailable(f"{self.folder} cannot be looked into: {error.strerror}.", hint) from error

    def desk(self) -> Desk:
        """The desk, opened once, and made where there was none.

        Raises Invalid where the folder is none, OpsDeskError where its files or settings cannot be read.
        """
        return self._once(makes=True, writes=True)

    def existing(self, *, writes: bool = False) -> Desk:
        """The desk, for what makes none: to look, or to change what is there. Raises NotFound, and as `desk`."""
        return self._once(makes=False, writes=writes)

    def change(self, act: Callable[[Desk], Made]) -> Made:
        """What `act` does to the desk. Where there is none it is made, but not for what is refused or changes nothing.

        `act` is then first tried on one that is kept nowhere. Raises as `desk` and as `act`.
        """
        if not self.made:
            self._check(makes=True)
            desk = self._imagined()
            tried = act(desk)
            if not desk.history():
                return tried
        return act(self.desk())

    def looking(self) -> Desk:
        """The desk to look at; where there is none, an empty one that is kept nowhere, and a word about it."""
        if self.made:
            return self.existing()
        if self._desk is None:
            self._check(makes=True)
            self._desk = self._imagined()
            talk(f"There is no desk at {self.folder} yet: this is what a new one shows.")
        return self._desk

    def _imagined(self) -> Desk:
        from opsdesk.desk import Desk
        from opsdesk.store.memory import MemoryStore

        return Desk(MemoryStore(), clock(), self.by(), self.settings(), self.agendas)

    def _once(self, *, makes: bool, writes: bool) -> Desk:
        self.writes |= writes
        if self._desk is None:
            self._check(makes)
            self._desk = self._open(makes)
            if writes:
                self._warn(self._desk)
        return self._desk

    def _check(self, makes: bool) -> None:
        made = self.made
        there = next((place for place in (self.folder, *self.folder.parents) if place.exists()), None)
        if there is not None and not there.is_dir():
            raise Invalid(f"{there} is a file, and a desk is a folder.", "Name it with --desk or OPSDESK_DESK.")
        if not makes and not made:
            option = f" --desk {self._folder}" if self._folder else ""
            hint = f"opsdesk{option} add … or opsdesk{option} makes one."
            raise NotFound(f"There is no desk at {self.folder}.", hint)
        if made:
            self._refuse_emptied()

    def _refuse_emptied(self) -> None:
        """A file that was cut to nothing must not pass for a new desk: the zone is written once a desk is made."""
        from opsdesk.config import read_zone

        if self.engine.empty() and read_zone(self.folder):
            hint = "`opsdesk restore` puts a backup in its place; without one, move the folder away to begin anew."
            raise Unavailable(f"The desk's file is empty: {self.engine.place}.", hint)

    def _warn(self, desk: Desk) -> None:
        """A name that was mistyped after --as stands in the journal for good."""
        from opsdesk.core.people import Person

        if self.person and desk.read.live(Person) and not desk.read.where(Person, handle=desk.by):
            talk(f"{desk.by} is not among the people here: opsdesk list people shows who is.")

    def reopen(self) -> Desk:
        self.close()
        return self.desk()

    def damaged(self) -> Sequence[str]:
        return self._desk.damaged if self._desk is not None else ()

    def close(self) -> None:
        self._loaded = None
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def settings(self) -> Settings:
        """The company's; where it has chosen no time zone that the desk was made in, else this machine's."""
        from msgspec.structs import replace

        from opsdesk.config import read_zone

        settings = self.stored()
        zone = settings.time_zone or read_zone(self.folder) or machine_zone()
        return replace(settings, time_zone=zone)

    def stored(self) -> Settings:
        """The company's, as its file says."""
        from opsdesk.config import read_settings

        return read_settings(self.folder)

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

        if self.person and handle(self.person) != self.person.lower():
            raise Invalid(f"{self.person!r} is no handle.", "Name who is at the keyboard with --as, as in --as sue.")
        named = self.person or os.environ.get("OPSDESK_USER", "") or read_marker(self.folder).get("me", "")
        return handle(named or preferred() or login()) or "me"

    def _open(self, makes: bool) -> Desk:
        from opsdesk.config import keep_zone
        from opsdesk.desk import Desk

        settings = self.settings()
        self.makes = not self.made
        store = self.engine.open()
        if makes:
            keep_zone(self.folder, settings.time_zone)
        return Desk(store, clock(), self.by(), settings, self.agendas)


def clock() -> Clock:
    """Now; for demonstrations and tests, a clock that starts at the instant in OPSDESK_NOW and runs on from there."""
    pretended = os.environ.get("OPSDESK_NOW")
    if not pretended:
        return lambda: datetime.now(UTC)
    try:
        start = datetime.fromisoformat(pretended)
    except ValueError:
        raise Invalid(f"OPSDESK_NOW says {pretended!r}, which is no instant.", "Write 2026-11-23T15:00Z.") from None
    if not EARLIEST <= start.year <= LATEST:
        hint = f"Name one in the years from {EARLIEST} to {LATEST}."
        raise Invalid(f"OPSDESK_NOW says {pretended!r}, and no desk is kept then.", hint)
    ahead = (start if start.tzinfo else start.replace(tzinfo=UTC)) - datetime.now(UTC)
    return lambda: datetime.now(UTC) + ahead
