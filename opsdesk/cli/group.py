"""The verbs, each loaded when it is called, and the options that hold for all of them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import IO, Any

import click

from opsdesk.cli.addressing import here
from opsdesk.cli.guarding import afterwards, tell_damaged
from opsdesk.cli.out import until_seen
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.text import clean

VERBS = {
    "add": "opsdesk.cli.capture:add",
    "agenda": "opsdesk.cli.agenda:agenda",
    "backup": "opsdesk.cli.guard:backup",
    "cadence": "opsdesk.cli.cadence:cadence",
    "check": "opsdesk.cli.guard:check",
    "coverage": "opsdesk.cli.coverage:coverage",
    "customer": "opsdesk.cli.customer:customer",
    "demo": "opsdesk.cli.demo:demo",
    "done": "opsdesk.cli.triage:done",
    "do": "opsdesk.cli.doing:do",
    "drop": "opsdesk.cli.triage:drop",
    "escalate": "opsdesk.cli.triage:escalate",
    "export": "opsdesk.cli.export:export",
    "find": "opsdesk.cli.find:find_records",
    "give": "opsdesk.cli.triage:give",
    "import": "opsdesk.cli.exchange:take",
    "incident": "opsdesk.cli.incident:incident",
    "keys": "opsdesk.cli.keys:keys",
    "list": "opsdesk.cli.listing:list_records",
    "minutes": "opsdesk.cli.minutes:minutes",
    "override": "opsdesk.cli.scores:override",
    "prep": "opsdesk.cli.prep:prep",
    "rank": "opsdesk.cli.ranking:rank",
    "redate": "opsdesk.cli.triage:redate",
    "redo": "opsdesk.cli.undo:redo",
    "rename": "opsdesk.cli.people:rename",
    "reopen": "opsdesk.cli.triage:reopen",
    "restore": "opsdesk.cli.guard:restore",
    "retire": "opsdesk.cli.people:retire",
    "run": "opsdesk.cli.screen:run",
    "score": "opsdesk.cli.scores:score",
    "scores": "opsdesk.cli.scores:scores",
    "set": "opsdesk.cli.registers:set_fields",
    "show": "opsdesk.cli.showing:show",
    "start": "opsdesk.cli.triage:start",
    "undo": "opsdesk.cli.undo:undo",
    "uptime": "opsdesk.cli.uptime:uptime",
    "wait": "opsdesk.cli.triage:wait",
}


class Refused(click.ClickException):
    """A desk's error as one line on stderr, exit 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"opsdesk: {clean(self.message)}", file=file, err=True)


class Folder(click.Path):
    """One that is named: nothing is no name of the folder one happens to be in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            self.fail("It names no folder.", param, ctx)
        return super().convert(value, param, ctx)


def _place(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    context.ensure_object(Wiring)
    if folder is not None:
        context.obj.folder = folder


def _person(context: click.Context, _: click.Parameter, handle: str | None) -> None:
    context.ensure_object(Wiring)
    if handle is not None:
        context.obj.person = handle


def common() -> list[click.Parameter]:
    """The options that may stand before or after any verb."""
    return [
        click.Option(
            ["--desk"],
            type=Folder(),
            callback=_place,
            expose_value=False,
            help="The folder of the desk (OPSDESK_DESK).",
        ),
        click.Option(
            ["--as", "person"],
            metavar="HANDLE",
            callback=_person,
            expose_value=False,
            help="Who is at the keyboard (OPSDESK_USER).",
        ),
    ]


def with_common(command: click.Command) -> click.Command:
    """The verb, and the verbs inside it, with the common options added once."""
    if not any(each.name == "person" for each in command.params):
        command.params.extend(common())
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            with_common(inner)
    return command


class Verbs(click.Group):
    """A group whose verbs are named in a table and imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = VERBS.get(cmd_name)
        if place is None:
            return None
        module, name = place.split(":")
        command: click.Command = getattr(import_module(module), name)
        return with_common(command)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with until_seen():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with until_seen():
                result = super().invoke(ctx)
            afterwards(ctx.obj)
            return result
        except OpsDeskError as error:
            raise Refused(here(str(error))) from error
        except KeyboardInterrupt:
            ctx.exit(130)
        finally:
            tell_damaged(ctx.obj)


ENVIRONMENT = """\b
Environment:
  OPSDESK_DESK  the folder of the desk
  OPSDESK_USER  the handle of whoever is at the keyboard
  OPSDESK_NOW   an instant such as 2026-11-23T15:00Z that the clock starts at, for demonstrations and tests
"""


@click.group(
    cls=Verbs,
    params=common(),
    epilog=ENVIRONMENT,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="opsdesk", message="opsdesk %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Runs the meetings that hold a company together. Without a verb the desk opens on the full screen."""
    context.call_on_close(context.obj.close)
    if context.invoked_subcommand is None:
        from opsdesk.cli.screen import open_screen

        open_screen(context.obj)
