"""`opsdesk minutes`: the minutes of a meeting on standard output or in a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opsdesk.cli.out import say, talk
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opsdesk.core.minutes import MinutesRecord
    from opsdesk.minutes import Format

DEFAULT = "txt"


@click.command()
@click.argument("what", default="last", metavar="[SLUG|ID|CUSTOMER|last]")
@click.option("--format", "name", type=click.Choice(["md", "txt", "json"]), help="Else by FILE's ending, else txt.")
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), help="Into FILE instead of standard output.")
@click.option("--force", is_flag=True, help="Also over a file that is there.")
@click.option("--list", "listing", is_flag=True, help="Only list which minutes there are.")
@click.pass_obj
def minutes(wiring: Wiring, what: str, name: str | None, file: Path | None, force: bool, listing: bool) -> None:
    """Prints the minutes of a meeting: the last one, the last of an agenda or a customer, or one by its id."""
    if listing:
        _list(wiring.desk().minutes.all())
        return
    form = _format(name, file)
    rendered = form.render(wiring.desk().minutes.find(what).minutes).encode()
    if file is None or str(file) == "-":
        click.echo(rendered, nl=False)
        return
    _write(file, rendered, force)
    talk(f"Written to {file}.")


def _format(name: str | None, file: Path | None) -> Format:
    from opsdesk.minutes import FORMATS

    by_ending = {form.suffix: form for form in FORMATS.values()}
    if name:
        return FORMATS[name]
    ending = file.suffix.lower() if file else ""
    if ending and ending not in by_ending:
        known = ", ".join(by_ending)
        raise Invalid(f"{ending} is no ending of a minutes format.", f"Choose one of {known}, or add --format.")
    return by_ending.get(ending, FORMATS[DEFAULT])


def _list(records: Sequence[MinutesRecord]) -> None:
    from opsdesk.minutes.words import day, title

    if not records:
        talk("There are no minutes yet. Minutes are made when a meeting is closed.")
    for record in records:
        kept = record.minutes
        state = "" if kept.state == "closed" else f"  {kept.state}"
        say(f"{record.id:<6}  {record.meeting:<6}  {day(kept.scheduled)}  {title(kept)}{state}")


def _write(file: Path, content: bytes, force: bool) -> None:
    """Whole or not at all. Raises Invalid where something is in the way, Unavailable where it cannot be written."""
    place = file.resolve()
    if place.exists() and not place.is_file():
        raise Invalid(f"{file} is not a file.", "Name a file to write the minutes into.")
    if place.exists() and not force:
        raise Invalid(f"{file} is there already.", "Add --force to replace it, or name another file.")
    try:
        _replace(place, content)
    except OSError as error:
        raise Unavailable(f"{file} cannot be written: {error.strerror}.", "Name another place with -o.") from error


def _replace(place: Path, content: bytes) -> None:
    """Written beside its place and moved there, so that nobody ever reads half of it."""
    beside = place.with_name(f".{place.name[:200]}.{os.getpid()}")
    try:
        with open(beside, "xb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        os.replace(beside, place)
    finally:
        beside.unlink(missing_ok=True)
