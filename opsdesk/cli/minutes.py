"""`opsdesk minutes`: the minutes of a meeting on standard output or in a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opsdesk.cli.files import keep, place_named
from opsdesk.cli.out import say, talk, write, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid, NotFound, OpsDeskError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opsdesk.core.minutes import MinutesRecord
    from opsdesk.desk import Desk
    from opsdesk.minutes import Format

DEFAULT = "txt"


@click.command()
@click.argument("what", default="last", metavar="[SLUG|ID|CUSTOMER|last]")
@click.option("--format", "name", type=click.Choice(["md", "txt", "json"]), help="Else by FILE's ending, else txt.")
@click.option("-o", "--output", metavar="FILE", help="Into FILE instead of standard output.")
@click.option("--force", is_flag=True, help="Also over a file that is there.")
@click.option("--list", "listing", is_flag=True, help="Only list which minutes there are.")
@click.option("--json", "as_json", is_flag=True, help="With --list: as one JSON array; else as --format json.")
@click.pass_obj
def minutes(
    wiring: Wiring, what: str, name: str | None, output: str | None, force: bool, listing: bool, as_json: bool
) -> None:
    """Prints the minutes of a meeting: the last one, the last of an agenda or a customer, or one by its id."""
    if listing:
        _list(wiring.existing().minutes.all(), as_json)
        return
    if as_json and name not in (None, "json"):
        raise click.UsageError(f"--json and --format {name} are two formats: choose one.")
    file = None if output in (None, "-") else place_named(str(output))
    form = _format("json" if as_json else name, file)
    desk = wiring.existing()
    record = _found(desk, what)
    rendered = form.render(record.minutes).encode()
    if file is None:
        write(rendered)
        if not sys.stdout.isatty():
            _note(desk, record, "printed")
        return
    keep(file, [rendered], over=force)
    talk(f"Written to {file}.")
    _note(desk, record, "saved", str(file))


def _note(desk: Desk, record: MinutesRecord, how: str, to: str = "") -> None:
    """What has left has left, also where the desk cannot be written."""
    try:
        desk.minutes.left(record.id, how, to)
    except OpsDeskError as error:
        talk(f"That {record.id} has left the desk could not be kept: {error.message}")


def _found(desk: Desk, what: str) -> MinutesRecord:
    """Raises NotFound; Invalid for the id of a record that has no minutes."""
    try:
        return desk.minutes.find(what)
    except NotFound:
        _check_id(desk, what)
        raise


def _check_id(desk: Desk, what: str) -> None:
    """Raises NotFound for the id of nothing, Invalid for that of anything but a meeting; nothing for what is no id."""
    from opsdesk.cli.fields import called, shape_of
    from opsdesk.core.meeting import Meeting

    try:
        shape = shape_of(what)
    except NotFound:
        return
    found = desk.read.get(shape, what.upper())
    if shape is not Meeting:
        raise Invalid(f"{found.id} is {called(shape)}: minutes are of meetings.", "See `opsdesk minutes --list`.")


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


def _list(records: Sequence[MinutesRecord], as_json: bool) -> None:
    from opsdesk.minutes.words import day, title

    if as_json:
        write_json([_head(record) for record in records])
        return
    if not records:
        talk("There are no minutes yet. Minutes are made when a meeting is closed.")
    for record in records:
        kept = record.minutes
        state = "" if kept.state == "closed" else f"  {kept.state}"
        say(f"{record.id:<6}  {record.meeting:<6}  {day(kept.scheduled)}  {title(kept)}{state}")


def _head(record: MinutesRecord) -> dict[str, Any]:
    from opsdesk.minutes.words import title

    kept = record.minutes
    about = {"id": record.id, "meeting": record.meeting, "agenda": record.agenda, "customer": record.customer}
    return {**about, "scheduled": kept.scheduled, "title": title(kept), "state": kept.state}
