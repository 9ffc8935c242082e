"""`opsdesk add --kind` and `opsdesk set`: records of every kind and their fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from opsdesk.cli.doing import seen_at
from opsdesk.cli.out import kept, say, talk, write_json
from opsdesk.cli.telling import tell
from opsdesk.cli.triage import as_json_option, rev_option, yes_option
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.core.registers import register_of

if TYPE_CHECKING:
    from opsdesk.core.entrywords import Entry
    from opsdesk.desk import Desk

PLACED = "They are made in a meeting: opsdesk run SLUG starts one."


def add_record(wiring: Wiring, kind: str, line: str, dry_run: bool, as_json: bool, meant: bool = False) -> None:
    """A record of a register from one line; a person or a customer from a name. `meant`: whatever is asked about it is.

    Raises UsageError for other kinds.
    """
    from opsdesk.cli.fields import shape_named

    try:
        shape = shape_named(kind)
    except NotFound as error:
        raise click.UsageError(str(error)) from error
    if register_of(shape) is None:
        _add_own(wiring, shape, line, dry_run, as_json)
    elif dry_run:
        _preview(wiring.looking(), shape.kind, line, as_json)
    else:
        made = wiring.change(lambda desk: _made(desk, shape.kind, line, meant))
        with kept(f"{made.id} was made", f"opsdesk show {made.id} shows it."):
            tell(wiring.looking(), [made], as_json, one=True)


def _made(desk: Desk, kind: str, line: str, meant: bool) -> Registered:
    use = desk.registers.anyway if meant else desk.registers
    return use.add(kind, line)


def _preview(desk: Desk, kind: str, line: str, as_json: bool) -> None:
    """Raises Invalid for what cannot be read."""
    from opsdesk.core.fieldvalues import said_of

    entry, register = desk.registers.draft(kind, line), desk.registers.register(kind)
    if entry.problems:
        raise Invalid(entry.problems[0], " ".join(entry.problems[1:]))
    if as_json:
        write_json(dict(entry.values))
        return
    look, directories = desk.registers.look(), desk.registers.directories()
    from opsdesk.core.declared import title_of

    for name, value in entry.values.items():
        say(f"  {title_of(register.shape, name)}  {said_of(register.shape, name, value, directories, look)}")
    _doubt(entry)


def _doubt(entry: Entry) -> None:
    for words in entry.asked:
        talk(words)


def _add_own(wiring: Wiring, shape: type[Record], line: str, dry_run: bool, as_json: bool) -> None:
    if shape.kind not in ("people", "customers"):
        raise click.UsageError(f"{shape.kind.capitalize()} are not added so. {PLACED}")
    if dry_run:
        raise click.UsageError(f"{shape.kind.capitalize()} are added without --dry-run.")
    made = wiring.change(
        lambda desk: desk.people.add(line) if shape.kind == "people" else desk.people.add_customer(line)
    )
    with kept(f"{made.id} was made", f"opsdesk show {made.id} shows it."):
        if as_json:
            write_json(made)
        else:
            say(f"{made.id}  {made.handle}  {made.name}")


@click.command("set")
@click.argument("words", nargs=-1, required=True, metavar="ID… FIELD=VALUE…")
@rev_option
@yes_option
@as_json_option
@click.pass_obj
def set_fields(wiring: Wiring, words: tuple[str, ...], rev: int | None, yes: bool, as_json: bool) -> None:
    """Sets fields of records, of all of them at once.

    opsdesk set I-7 I-9 sev=1 components=login,api; a FIELD is named as it is in show --json or by its title, a VALUE is
    typed as in add: a handle, a date, the start of a word. Nothing behind = empties a field. A person may be named
    @sue, a customer '#globex', a component or an environment by its name. What only verbs set, such as a state, is
    refused with their names.
    """
    names, values = _parted(words)
    desk = wiring.existing(writes=True)
    ids = [_id(desk, each) for each in names]
    use = desk.registers.anyway if yes else desk.registers
    tell(desk, use.set(ids, values, seen=seen_at(desk, ids, rev)), as_json)


def _parted(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Ids, and fields with their values. Raises UsageError."""
    names = [word for word in words if "=" not in word]
    pairs = [word.partition("=")[::2] for word in words if "=" in word]
    if not pairs:
        raise click.UsageError("Say what to set: FIELD=VALUE, as in sev=1.")
    if not names or "=" in "".join(words[: len(names)]):
        raise click.UsageError("Say the ids first and then FIELD=VALUE, a value of several words in quotes.")
    return names, dict(pairs)


def _id(desk: Desk, typed: str) -> str:
    """An id as it is written, also of what is named by a handle or its name. Raises NotFound."""
    from opsdesk.cli.fields import shape_of
    from opsdesk.cli.named import named_so
    from opsdesk.cli.people import the_one

    if typed[0:1] in ("@", "#"):
        return the_one(desk, typed).id
    try:
        shape_of(typed)
    except NotFound:
        found = named_so(desk, typed)
        if found is None:
            raise
        return found.id
    return typed.upper()
