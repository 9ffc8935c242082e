"""`opsdesk demo`: a company that never was, to look at and to practise on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from opsdesk.cli.out import say, talk
from opsdesk.cli.wiring import Wiring, clock, machine_zone
from opsdesk.core.errors import Invalid

SEED = 7


@click.command()
@click.option("--no-screen", is_flag=True, help="Only write the demo desk.")
@click.option("--seed", default=SEED, show_default=True, help="Another number, another history.")
@click.option("--fresh", is_flag=True, help="Make it anew; the one that is there is moved aside.")
@click.pass_obj
def demo(wiring: Wiring, no_screen: bool, seed: int, fresh: bool) -> None:
    """Opens the desk of a demo company. It has a folder of its own, never that of your desk."""
    from opsdesk.cli.screen import need_terminal, open_screen

    if not no_screen:
        need_terminal()
    folder = wiring.chosen or demo_folder()
    if fresh:
        _move_aside(folder)
    if not folder.exists():
        talk("Making eight weeks of Northwind Systems …")
    wiring.folder = ready(folder, seed)
    if no_screen:
        say(str(folder))
        return
    open_screen(wiring)


def demo_folder() -> Path:
    from opsdesk.config import data_folder

    return data_folder() / "demo"


def ready(folder: Path, seed: int = SEED) -> Path:
    """The folder with a demo desk in it, made now if none was there.

    Raises Invalid where it holds something else: a desk of one's own is never written into.
    """
    from opsdesk.config import read_marker

    if read_marker(folder):
        return folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Invalid(f"{folder} holds something that is no demo desk.", "Name another place with --desk PATH.")
    _make(folder, seed)
    return folder


def _make(folder: Path, seed: int) -> None:
    """Made beside and moved into place, so that a demo desk is there whole or not at all."""
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        _write(beside, seed)
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(folder: Path, seed: int) -> None:
    from msgspec.structs import replace

    from opsdesk import agendas
    from opsdesk.config import write_marker, write_settings
    from opsdesk.demo import DEMO_SETTINGS, USER, Moment, build
    from opsdesk.desk import Desk
    from opsdesk.store.sqlite import SqliteStore

    now = clock()()
    folder.mkdir(parents=True, mode=0o700)
    settings = replace(DEMO_SETTINGS, time_zone=machine_zone())
    write_settings(folder, settings)
    store, moment, known = SqliteStore(folder), Moment(now), agendas.read(None)
    build(lambda by: Desk(store, moment, by, settings, lambda: known), moment, seed)
    store.close()
    write_marker(folder, {"me": USER, "seed": seed, "made": now.isoformat()})


def _move_aside(folder: Path) -> None:
    from opsdesk.config import read_marker

    if read_marker(folder):
        folder.rename(folder.with_name(f"{folder.name}-{clock()():%Y%m%d-%H%M%S}"))
