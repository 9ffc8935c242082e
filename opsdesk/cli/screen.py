"""Opening the screen: the only place of the command line that reaches Textual."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from opsdesk.core.meeting import Meeting
    from opsdesk.core.settings import Settings
    from opsdesk.desk import Desk
    from opsdesk.ui.hands import Hands, Sheet


def open_screen(wiring: Wiring, meeting: str = "") -> None:
    """The full screen until its person leaves it; with the id of a meeting, in the Room."""
    need_terminal()
    desk = wiring.desk()
    from opsdesk.ui.app import OpsDesk

    app = OpsDesk(desk, hands(wiring), start=meeting)
    app.run()
    for words in app.drafts.told():
        click.echo(words, err=True)


def need_terminal() -> None:
    """Raises Invalid where nothing can be typed or drawn: the screen would wait for ever."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise Invalid(
            "The screen needs a terminal to draw on and to type into.",
            "Without one there are add, done, list, show, minutes, cadence and more: opsdesk --help lists them.",
        )


@click.command()
@click.argument("slug")
@click.option("--customer", default="", metavar="HANDLE", help="Whose status call it is.")
@click.pass_obj
def run(wiring: Wiring, slug: str, customer: str) -> None:
    """Opens a meeting: starts it, or goes back into it."""
    need_terminal()
    whose = customer.lstrip("#").lower()
    open_screen(wiring, wiring.change(lambda desk: _entered(desk, slug.lower(), whose)).id)


def _entered(desk: Desk, slug: str, customer: str) -> Meeting:
    """The one that runs, else one that starts now."""
    running = (m for m in desk.meetings.running() if (m.agenda, m.customer) == (slug, customer))
    return next(running, None) or desk.meetings.start(slug, customer=customer)


def hands(wiring: Wiring) -> Hands:
    """What the screen is handed, because it knows no files."""
    from opsdesk.cli.addressing import addressed
    from opsdesk.cli.drafts import DraftFile
    from opsdesk.config import read_preferences, remember
    from opsdesk.ui.hands import Hands

    backup = Backup(wiring)
    drafts = DraftFile(wiring.folder, wiring.by())
    return Hands(
        read_table=_read_table,
        remember=remember,
        settle=lambda settings: _settle(wiring, settings),
        make_demo=lambda: _make_demo(wiring),
        save=lambda name, text: _save(wiring.folder, name, text),
        preferences={key: value for key, value in read_preferences().items() if isinstance(value, str)},
        problems=lambda: problems(wiring),
        daily=backup.made,
        abandon=backup.abandon,
        addressed=lambda text: addressed(text, wiring.chosen),
        drafts=drafts.read(),
        keep_drafts=drafts.keep,
    )


class Backup:
    """The day's, made beside the screen: the desk itself, which may just be opened anew, is left alone."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._abandoned = False

    def made(self) -> str:
        from opsdesk.cli.guarding import daily, due
        from opsdesk.cli.wiring import clock

        today = clock()().astimezone(self._wiring.settings().zone).date()
        return daily(self._wiring, today, self._go_on) if due(self._wiring, today) else ""

    def abandon(self) -> None:
        """Nobody waits for it on a screen that is left: it is made where the desk is left, or next time."""
        self._abandoned = True

    def _go_on(self, _: str) -> None:
        if self._abandoned:
            raise Unavailable("The desk was left.", "The backup is made next time.")


def problems(wiring: Wiring) -> tuple[str, ...]:
    """What in the desk's own files cannot be used, and what it lies on badly, each as one sentence."""
    from opsdesk.cli.guarding import on_network

    broken = sorted({mistake.file for mistake in wiring.loaded().mistakes})
    told = [f"{file} has mistakes and is not used: `opsdesk agenda check` lists them." for file in broken]
    return tuple(each for each in (*told, on_network(wiring)) if each)


def _read_table(document: bytes | str) -> Sheet:
    from opsdesk.exchange.tables import read_table
    from opsdesk.ui.hands import Sheet

    table = read_table(document)
    return Sheet(headers=table.headers, rows=table.rows, problems=table.problems)


def _settle(wiring: Wiring, settings: Settings) -> Desk:
    from opsdesk.config import write_settings

    write_settings(wiring.folder, settings)
    return wiring.reopen()


def _make_demo(wiring: Wiring) -> Desk:
    from opsdesk.cli.demo import demo_folder, ready

    wiring.folder = ready(demo_folder())
    return wiring.desk()


def _save(folder: Path, name: str, text: str) -> Path:
    """Kept in the desk's folder under the name, stripped of any path. Raises Invalid, Unavailable."""
    from opsdesk.cli.files import keep

    plain = Path(name).name
    if plain in ("", ".."):
        raise Invalid(f"{name!r} is no name of a file.", "Give one such as minutes.txt.")
    place = folder / "minutes" / plain
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    keep(place, [text.encode()], over=True)
    return place
