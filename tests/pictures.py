"""make screens: the pictures of the README, drawn from the demo desk at one fixed moment, and its two tables."""

from __future__ import annotations

import asyncio
import tempfile
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
from tests.clock import Clock
from tests.svg import svg

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
README = ROOT / "README.md"
SEED = 7
SIZE = (120, 32)
PLACES = {"everywhere": "everywhere", "today": "Today", "room": "Room", "gate": "closing", "typing": "typing"}


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
        await app.workers.wait_for_complete()
        await pilot.pause()
        (FOLDER / f"{name}.svg").write_text(svg(app, name), encoding="utf-8")


async def pictures() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        desk = demo(Path(folder) / "desk", clock)
        await draw(desk, "today-dark", "dark")
        await draw(desk, "today-light", "light")
        meeting = desk.meetings.start("daily-operations-sync")
        clock.forward(minutes=4)
        await draw(desk, "room-dark", "dark", "a", *"Tell Globex what we know @", "tab", *" fri !")
        await draw(desk, "room-light", "light")
        desk.meetings.close(meeting.id)
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
    context = click.Context(cli, info_name="opsdesk")
    found = {verb: cli.get_command(context, verb) for verb in cli.list_commands(context)}
    rows = [f"| `{usage(verb, command)}` | {sentence(command)} |" for verb, command in found.items() if command]
    return "\n".join(["| | |", "|---|---|", "| `opsdesk` | Opens the desk. |", *rows, ""])


def usage(verb: str, command: click.Command) -> str:
    given = [p.make_metavar(click.Context(command)) for p in command.params if isinstance(p, click.Argument)]
    return " ".join(["opsdesk", verb, *given]).replace("|", "\\|")


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
