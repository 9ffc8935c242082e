"""`opsdesk export`: everything out."""

from __future__ import annotations

from pathlib import Path

import click

from opsdesk.cli.files import keep
from opsdesk.cli.out import talk, write
from opsdesk.cli.wiring import Wiring


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON document (the only format there is).")
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE")
@click.pass_obj
def export(wiring: Wiring, as_json: bool, output: Path | None) -> None:
    """Writes everything: records, journal, settings and one's own agendas."""
    from opsdesk import agendas
    from opsdesk.exchange.export import document

    if not as_json:
        raise click.UsageError("Say --json: there is no other format.")
    desk = wiring.existing()
    pieces = document(desk.read, desk.history(), wiring.stored(), agendas.texts(wiring.folder))
    if output is None or str(output) == "-":
        for piece in pieces:
            write(piece)
    else:
        keep(output, pieces, over=True)
        talk(f"Everything is in {output}.")
