"""`opsdesk demo`: a company that never was, to look at and to practise on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

import click

from opsdesk.cli.out import say, talk
from opsdesk.cli.wiring import Wiring, clock
from opsdesk.cli.zone import machine_zone
from opsdesk.core.errors import Invalid, Unavailable

SEED = 7


@click.command()
@click.option("--no-screen", is_flag=True, help="Only write the demo desk.")
@click.option("--seed", type=int, show_default=str(SEED), help="Another number, another history.")
@click.option("--fresh", is_flag=True, help="Make it anew; the one that is there is moved aside.")
@click.pass_obj
def demo(wiring: Wiring, no_screen: bool, seed: int | None, fresh: bool) -> None:
    """Opens the desk of a demo company. It has a folder of its own, never that of your desk."""
    from opsdesk.cli.screen import need_terminal, open_screen

    if not no_screen:
        need_terminal()
    folder = resolved(wiring.chosen or demo_folder())
    with _reachable(folder):
        _prepare(folder, seed, fresh)
    wiring.folder = ready(folder, SEED if seed is None else seed)
    if no_screen:
        say(str(folder))
        return
    open_screen(wiring)


def demo_folder() -> Path:
    from opsdesk.config import data_folder

    return data_folder() / "demo"


def resolved(folder: Path) -> Path:
    """What a link leads to, so that a desk is moved and not the link to it."""
    return Path(os.path.realpath(folder))


@contextmanager
def _reachable(folder: Path) -> Iterator[None]:
    """Raises Unavailable for what the system refuses."""
    try:
        yield
    except OSError as error:
        raise Unavailable(f"{folder}: {error.strerror}.", "Name another place with --desk PATH.") from error


def _prepare(folder: Path, seed: int | None, fresh: bool) -> None:
    from opsdesk.config import read_marker

    marker = read_marker(folder)
    if marker and fresh:
        talk(f"The demo desk that was there is in {_move_aside(folder)} now.")
    elif marker and seed not in (None, marker.get("seed")):
        talk("--seed is ignored: there is a demo desk already. Add --fresh to make it anew.")
    if not folder.exists():
        talk("Making eight weeks of Northwind Systems …")


def ready(folder: Path, seed: int = SEED) -> Path:
    """The folder with a demo desk in it, made now if none was there.

    Raises Invalid where it holds something else: a desk of one's own is never written into; Unavailable.
    """
    from opsdesk.config import read_marker

    folder = resolved(folder)
    with _reachable(folder):
        if not read_marker(folder):
            _check_free(folder)
            _make(folder, seed)
    return folder


def _check_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Invalid(f"{folder} holds something that is no demo desk.", "Name another place with --desk PATH.")


def _make(folder: Path, seed: int) -> None:
    """Made beside and moved into place, so that a demo desk is there whole or not at all.

    Where somebody else has made one meanwhile, theirs stays.
    """
    from opsdesk.config import read_marker

    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        _write(beside, seed)
        beside.replace(folder)
    except OSError:
        if not read_marker(folder):
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(folder: Path, seed: int) -> None:
    from msgspec.structs import replace

    from opsdesk import agendas
    from opsdesk.config import write_marker, write_settings
    from opsdesk.demo import DEMO_SETTINGS, USER, Moment, build
    from opsdesk.desk import Desk
    from opsdesk.store.embedded import Embedded

    now = clock()()
    folder.mkdir(parents=True, mode=0o700)
    settings = replace(DEMO_SETTINGS, time_zone=machine_zone())
    write_settings(folder, settings)
    store, moment, known = Embedded(folder).open(), Moment(now), agendas.read(None)
    build(lambda by: Desk(store, moment, by, settings, lambda: known), moment, seed)
    store.close()
    write_marker(folder, {"me": USER, "seed": seed, "made": now.isoformat()})


def _move_aside(folder: Path) -> Path:
    """Where it is now: beside, under a name with the time that nothing else has."""
    stem = f"{folder.name}-{clock()():%Y%m%d-%H%M%S}"
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    aside = next(place for name in names if not (place := folder.with_name(name)).exists())
    return folder.rename(aside)
