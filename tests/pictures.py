"""make screens: the pictures of the README, drawn from the demo desk at one fixed moment, and its two tables."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click

from opsdesk import agendas
from opsdesk.cli.group import cli
from opsdesk.demo import DEMO_SETTINGS, USER, Moment, build
from opsdesk.desk import Desk
from opsdesk.store.sqlite import SqliteStore
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.commands import COMMANDS
from opsdesk.ui.hands import Hands, Sheet
from tests.clock import START, Clock
from tests.svg import svg

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
README = ROOT / "README.md"
AGENDA = "daily-operations-sync"
SEED = 7
SIZE = (120, 32)
LATER = 0.6  # seconds, in which what is read beside a screen is asked for
PLACES = {
    "everywhere": "everywhere",
    "today": "Today",
    "room": "Room",
    "gate": "closing",
    "scores": "Scores",
    "customer": "Customer",
    "typing": "typing",
}


def demo(folder: Path, clock: Clock) -> Desk:
    """The demo company's desk as it is at the clock's time."""
    known, store, moment = agendas.read(None), SqliteStore(folder), Moment(clock())
    build(lambda by: Desk(store, moment, by, DEMO_SETTINGS, lambda: known), moment, SEED)
    return Desk(store, clock, USER, DEMO_SETTINGS, lambda: known)


def hands(desk: Desk) -> Hands:
    """A screen that keeps nothing."""
    return Hands(
        read_table=lambda document: Sheet(headers=(), rows=()),
        remember=lambda key, value: None,
        settle=lambda settings: desk,
        make_demo=lambda: desk,
        save=lambda name, text: FOLDER / name,
    )


async def draw(desk: Desk, name: str, theme: str, *keys: str) -> None:
    app = OpsDesk(desk, hands(desk))
    app.theme = theme
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await pilot.pause(LATER)
        await app.workers.wait_for_complete()
        await pilot.pause()
        (FOLDER / f"{name}.svg").write_text(svg(app, name), encoding="utf-8")


async def pictures() -> None:
    """Monday afternoon: before the Daily Operations Sync, and in its fourth section."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock(START + timedelta(hours=1, minutes=12))
        desk = demo(Path(folder) / "desk", clock)
        await draw(desk, "today-dark", "dark")
        await draw(desk, "today-light", "light")
        await draw(desk, "scores-dark", "dark", "2", "down", "down", "r")
        await draw(desk, "scores-light", "light", "2", "down", "down")
        clock.forward(minutes=18)
        meeting = desk.meetings.start(AGENDA).id
        desk.meetings.act(meeting, "Tell Sales what to say about the customs export @lena today")
        desk.meetings.decide(meeting, "No release to the EU before Thursday")
        clock.forward(minutes=5, seconds=40)
        desk.meetings.next(meeting)
        desk.meetings.note(meeting, "The carrier answers again since 15:40")
        clock.forward(minutes=3, seconds=20)
        desk.meetings.next(meeting)
        clock.forward(minutes=1, seconds=10)
        desk.meetings.next(meeting)
        clock.forward(minutes=2, seconds=58)
        await draw(desk, "room-dark", "dark", "a", *"Call back with the workaround @ana #initech fri !")
        await draw(desk, "room-light", "light")
        desk.close()


def key_table() -> str:
    """The keys as Markdown, from the table that the screen is bound to."""
    rows = [
        f"| `{command.shown}` | {', '.join(PLACES.get(place, place) for place in command.where)} | {command.help} |"
        for command in COMMANDS
        if command.shown
    ]
    return "\n".join(["| key | where | what it does |", "|---|---|---|", *rows, ""])


def verb_table() -> str:
    """The command line's verbs as Markdown, from their own help."""
    rows = [f"| `{usage}` | {sentence(command)} |" for usage, command in verbs(cli, "opsdesk")]
    return "\n".join(["| | |", "|---|---|", "| `opsdesk` | Opens the desk. |", *rows, ""])


def verbs(group: click.Group, words: str) -> Iterator[tuple[str, click.Command]]:
    """Every verb with how it is typed, verbs of a group one by one."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield f"{words} {name}", command
            yield from verbs(command, f"{words} {name}")
        elif command is not None:
            yield " ".join([words, name, *given(command)]).replace("|", "\\|"), command


def given(command: click.Command) -> Iterator[str]:
    """What has to follow the verb: its arguments, and the options it cannot do without."""
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            yield parameter.make_metavar(click.Context(command))
        elif parameter.required:
            yield f"{parameter.opts[0]} {parameter.make_metavar(click.Context(command))}"


def sentence(command: click.Command) -> str:
    """The first paragraph of its help."""
    return " ".join((command.help or "").split("\n\n")[0].split())


def between(name: str, text: str) -> str:
    """What stands in the README between <!-- name --> and <!-- end of name -->."""
    return text.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- end of {name} -->")[0]


def write_tables() -> None:
    text = README.read_text(encoding="utf-8")
    for name, table in (("keys", key_table()), ("verbs", verb_table())):
        head, mark, rest = text.partition(f"<!-- {name} -->\n")
        _, end, tail = rest.partition(f"<!-- end of {name} -->")
        text = "".join((head, mark, table, end, tail))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_tables()
    asyncio.run(pictures())
