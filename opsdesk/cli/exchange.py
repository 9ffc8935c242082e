"""`opsdesk import`: tables in."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import click

from opsdesk.cli.out import kept, say, talk
from opsdesk.cli.wiring import Wiring
from opsdesk.core.columns import COLUMNS
from opsdesk.core.errors import Invalid

if TYPE_CHECKING:
    from opsdesk.desk import Desk
    from opsdesk.desk.intake import Preview, Sheet


@click.command("import")
@click.argument("kind", type=click.Choice(["people", "customers", "actions"], case_sensitive=False))
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Only say what would be taken in.")
@click.pass_obj
def take(wiring: Wiring, kind: str, file: BinaryIO, dry_run: bool) -> None:
    """Takes in people, customers or actions.

    FILE is a table (CSV with , ; or tab); - reads standard input. All of it is taken in, or nothing.
    """
    from opsdesk.desk.intake import counted
    from opsdesk.exchange.tables import read_table

    kind, table = kind.lower(), read_table(file.read())
    if dry_run:
        preview = _previewed(wiring.looking(), kind, table)
        _tell_ignored(preview)
        say(f"{counted(kind, len(preview.records))} would be taken in")
        return
    preview = wiring.change(lambda desk: _taken(desk, kind, table))
    _tell_ignored(preview)
    taken = f"{counted(kind, len(preview.records))} taken in"
    with kept(taken, f"opsdesk list {kind} shows what is there."):
        say(taken)


def _taken(desk: Desk, kind: str, table: Sheet) -> Preview:
    preview = _previewed(desk, kind, table)
    desk.intake.take(preview)
    return preview


def _previewed(desk: Desk, kind: str, table: Sheet) -> Preview:
    """Raises Invalid where a line cannot be taken in, and tells each of them."""
    preview = desk.intake.preview(kind, table)
    for line, problem in preview.problems:
        talk(f"line {line}: {problem}")
    if preview.problems:
        _tell_ignored(preview)
        raise Invalid("Nothing was taken in.", "Mend these lines and import again.")
    return preview


def _tell_ignored(preview: Preview) -> None:
    if preview.ignored:
        talk(f"Not used: {', '.join(preview.ignored)}. Known columns are {', '.join(COLUMNS[preview.kind])}.")
