"""`opsdesk import`: tables in."""

from __future__ import annotations

from typing import BinaryIO

import click

from opsdesk.cli.out import say, talk
from opsdesk.cli.wiring import Wiring
from opsdesk.core.columns import COLUMNS
from opsdesk.core.errors import Invalid


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

    desk = wiring.desk()
    preview = desk.intake.preview(kind.lower(), read_table(file.read()))
    for line, problem in preview.problems:
        talk(f"line {line}: {problem}")
    if preview.ignored:
        talk(f"Not used: {', '.join(preview.ignored)}. Known columns are {', '.join(COLUMNS[preview.kind])}.")
    if preview.problems:
        raise Invalid("Nothing was taken in.", "Mend these lines and import again.")
    count = len(preview.records) if dry_run else desk.intake.take(preview)
    say(f"{counted(preview.kind, count)} {'would be taken in' if dry_run else 'taken in'}")
