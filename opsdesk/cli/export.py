"""`opsdesk export`: everything out, as one document for a desk or as sheets for people."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opsdesk.cli.fields import kind_named
from opsdesk.cli.files import keep, place_named, refuse
from opsdesk.cli.out import talk, write
from opsdesk.cli.pace import paced
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from opsdesk.core.record import Record
    from opsdesk.desk import Desk

ALL = "all"
ENOUGH = 1 << 16
SEPARATORS = {",": ",", ";": ";", "tab": "\t", "\t": "\t"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON document, which import brings back.")
@click.option("--csv", "kind", metavar="KIND", help="The records of one kind as a sheet; all: a sheet for each kind.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Into FILE instead of standard output; for --csv all a folder that is new or empty.",
)
@click.option("--force", is_flag=True, help="Also over a file that is there.")
@click.option(
    "--separator",
    type=click.Choice(list(SEPARATORS)),
    metavar="SIGN",
    help="What parts the cells of a sheet: , or ; or tab. A German or French Excel wants ;",
)
@click.pass_obj
def export(
    wiring: Wiring, as_json: bool, kind: str | None, output: str | None, force: bool, separator: str | None
) -> None:
    """Writes everything: records, journal, settings and one's own agendas; or records as CSV.

    A sheet's headings are the names of the fields. What a spreadsheet could take for a formula stands behind an
    apostrophe, which import takes away again.
    """
    if as_json == bool(kind):
        raise click.UsageError("Say --json for everything, or --csv KIND for a sheet.")
    if separator and not kind:
        raise click.UsageError("--separator is for sheets: say --csv KIND.")
    whole = bool(kind) and str(kind).lower() == ALL
    place = None if output in (None, "-") else _place(str(output), folder=whole)
    sign = SEPARATORS[separator or ","]
    if not kind:
        _put(_document(wiring), place, "Everything is", force)
    elif whole:
        _folder(wiring.existing(), place, sign)
    else:
        shape = kind_named(kind)
        _one(wiring.existing(), shape, place, sign, force)


def _place(typed: str, *, folder: bool) -> Path:
    """A folder may be one that is yet to be made."""
    return place_named(typed.rstrip("/") or typed if folder else typed)


def _put(pieces: Iterator[bytes], output: Path | None, what: str, over: bool) -> None:
    if output is None:
        for piece in _gathered(pieces):
            write(piece)
    else:
        keep(output, pieces, over=over)
        talk(f"{what} in {output}.")


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Not a write for every line."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= ENOUGH:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def _document(wiring: Wiring) -> Iterator[bytes]:
    from opsdesk import agendas
    from opsdesk.config import read_zone
    from opsdesk.exchange.export import document, journal, moment

    desk = wiring.existing()
    now = moment(desk.read, desk.history)
    entries = paced(journal(desk.history, now.seq), "entries of the journal")
    folder = wiring.folder
    return document(now, entries, wiring.stored(), agendas.texts(folder), read_zone(folder))


def _one(desk: Desk, shape: type[Record], output: Path | None, sign: str, over: bool) -> None:
    from opsdesk.core.counting import counted
    from opsdesk.exchange.export import moment
    from opsdesk.exchange.sheets import MARK

    records = moment(desk.read, desk.history, [shape]).records[shape.kind]
    mark = b"" if output is None else MARK
    told = f"{counted(shape.kind, len(records))} {'is' if len(records) == 1 else 'are'}"
    _put(_sheet(shape, records, mark, sign), output, told, over)


def _sheet(shape: type[Record], records: Iterable[Record], mark: bytes, sign: str) -> Iterator[bytes]:
    from opsdesk.core.counting import called
    from opsdesk.exchange.sheets import sheet

    yield mark
    yield from sheet(shape, paced(records, called(shape.kind, 2)), sign)


def _folder(desk: Desk, output: Path | None, sign: str) -> None:
    """All sheets or none: they are written beside, and the folder is put in its place at once."""
    from opsdesk.core.parts import part_name
    from opsdesk.exchange.export import moment
    from opsdesk.store.guard.copying import tidy

    if output is None:
        raise click.UsageError("Name a folder for the sheets with -o.")
    refuse(output)
    _refuse_used(output)
    now = moment(desk.read, desk.history)
    beside = output.absolute().with_name(part_name(output.absolute().name))
    try:
        tidy(beside.parent)
        _write_all(beside, now.records, sign)
        beside.replace(output)
    except OSError as error:
        raise Unavailable(f"{output} cannot be written: {error.strerror}.", "Name another place.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    talk(f"{sum(map(len, now.records.values())):,} records are in {output}, a sheet for each kind.")


def _refuse_used(output: Path) -> None:
    try:
        used = output.exists() and (not output.is_dir() or any(output.iterdir()))
    except OSError as error:
        raise Unavailable(f"{output} cannot be looked into: {error.strerror}.", "Name another place.") from error
    if used:
        raise Invalid(f"{output} is there and not empty.", "Name a folder that is new or empty.")


def _write_all(folder: Path, records: Mapping[str, Iterable[Record]], sign: str) -> None:
    """Raises OSError."""
    from opsdesk.cli.fields import shape_named
    from opsdesk.config import write_whole
    from opsdesk.exchange.sheets import MARK

    folder.mkdir(mode=0o700)
    for kind, each in records.items():
        write_whole(folder / f"{kind}.csv", _sheet(shape_named(kind), each, MARK, sign))
