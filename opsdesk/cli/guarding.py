"""The one place that makes the guard of a desk, and what is done with it beside the verbs that name it."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from opsdesk.cli.out import talk
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import OpsDeskError

if TYPE_CHECKING:
    from datetime import date

    from opsdesk.core.guard import Told
    from opsdesk.core.ports import Guard


def guard(wiring: Wiring) -> Guard:
    return wiring.engine.guard()


def due(wiring: Wiring, today: date) -> bool:
    """Whether today's backup may be to be made; loads nothing of what makes it.

    A pretended clock makes none, as it would put away what it must not; nor has a demo desk any.
    """
    with suppress(OSError):
        if os.environ.get("OPSDESK_NOW") or wiring.engine.kept(today):
            return False
    return not is_demo(wiring)


def is_demo(wiring: Wiring) -> bool:
    from opsdesk.config import read_marker

    return bool(read_marker(wiring.folder))


def daily(wiring: Wiring, today: date, told: Told) -> str:
    """Makes today's backup, unless nothing has happened. What a person should know of it; empty where all is well.

    What `told` raises gives it up.
    """
    try:
        return guard(wiring).daily(today, told)
    except OpsDeskError as error:
        return f"No backup of today was made. {error}"


def today(wiring: Wiring) -> date:
    return wiring.existing().today()


def afterwards(wiring: Wiring) -> None:
    """What is due once a verb has answered: it has done its work, and nothing here makes it fail."""
    if not wiring.writes:
        return
    with suppress(KeyboardInterrupt):
        for said in (*new(wiring), _daily(wiring)):
            if said:
                talk(said)


def _daily(wiring: Wiring) -> str:
    """Where it takes long a line says so; who does not wait for it presses ctrl+c."""
    day = today(wiring)
    if not due(wiring, day):
        return ""
    from opsdesk.cli.pace import progress

    with progress() as told:
        return daily(wiring, day, lambda words: told(f"The daily backup: {words}"))


def new(wiring: Wiring) -> tuple[str, ...]:
    """What is to be said of a desk that has just been made."""
    if not wiring.makes:
        return ()
    return (on_network(wiring),)


def tell_damaged(wiring: Wiring) -> None:
    """The records that a verb has met and that were damaged in the file."""
    damaged = wiring.damaged()
    if damaged:
        from opsdesk.core.damage import read_from_journal

        talk(read_from_journal(damaged))


def on_network(wiring: Wiring) -> str:
    """A warning where the folder is on another machine's disk, else nothing."""
    kind = wiring.engine.network()
    if not kind:
        return ""
    what = f"{wiring.folder} is on a network file system ({kind}), where a file can break when two machines write to it"
    return f"{what}: keep the desk on a disk of this machine."
