"""`opsdesk export` and `opsdesk import`: everything out, tables in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import click

from opsdesk.cli.out import say, talk
from opsdesk.cli.wiring import Wiring
from opsdesk.core.columns import COLUMNS
from opsdesk.core.errors import Invalid, Unavailable


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON document (the only format there is).")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), metavar="FILE")
@click.pass_obj
def export(wiring: Wiring, as_json: bool, output: Path | None) -> None:
    """Writes every record and the settings."""
    from opsdesk.exchange.export import encoded

    if not as_json:
        raise click.UsageError("Say --json: there is no other format.")
    desk = wiring.desk()
    document = encoded(desk.read, desk.settings)
    if output is None or str(output) == "-":
        click.echo(document, nl=False)
    else:
        keep(output, document)
        talk(f"Everything is in {output}.")


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


def keep(file: Path, document: bytes) -> None:
    """Writes the file whole or not at all, readable by its owner only. Raises Unavailable."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(document)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Unavailable(f"{file}: {error.strerror}.", "Nothing was written.") from error
