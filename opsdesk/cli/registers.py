"""`opsdesk add --kind`, `opsdesk set` and `opsdesk do`: records of every kind, their fields and their verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from opsdesk.cli.out import kept, say, talk, write_json
from opsdesk.cli.triage import as_json_option, rev_option
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.core.registers import register_of, registers

if TYPE_CHECKING:
    from opsdesk.core.entrywords import Entry
    from opsdesk.desk import Desk

PLACED = "They are made in a meeting: opsdesk run SLUG starts one."


def add_record(wiring: Wiring, kind: str, line: str, dry_run: bool, as_json: bool) -> None:
    """A record of a register from one line; a person or a customer from a name. Raises UsageError for other kinds."""
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
        entry, made = wiring.change(
            lambda desk: (desk.registers.draft(shape.kind, line), _made(desk, shape.kind, line))
        )
        with kept(f"{made.id} was made", f"opsdesk show {made.id} shows it."):
            _tell(wiring.looking(), [made], as_json, one=True)
        _doubt(entry)


def _made(desk: Desk, kind: str, line: str) -> Registered:
    return desk.registers.add(kind, line)


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
    if entry.unknown:
        talk(f"Not known here: {', '.join(entry.unknown)}. opsdesk list people and opsdesk list customers show who is.")


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
@as_json_option
@click.pass_obj
def set_fields(wiring: Wiring, words: tuple[str, ...], rev: int | None, as_json: bool) -> None:
    """Sets fields of records, of all of them at once.

    opsdesk set I-7 I-9 sev=1 components=login,api; a FIELD is named as it is in show --json or by its title, a VALUE is
    typed as in add: a handle, a date, the start of a word. Nothing behind = empties a field. A person may be named
    @sue, a customer '#globex'. What only verbs set, such as a state, is refused with their names.
    """
    names, values = _parted(words)
    desk = wiring.existing(writes=True)
    ids = [_id(desk, each) for each in names]
    changed = desk.registers.set(ids, values, seen=_seen(desk, ids, rev))
    _tell(desk, changed, as_json)


class Do(click.Command):
    """With every verb there is behind its help."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        listed = [(kind, ", ".join(verb.id for verb in each.verbs)) for kind, each in registers().items() if each.verbs]
        with formatter.section("Verbs"):
            formatter.write_dl(listed)


@click.command("do", cls=Do)
@click.argument("words", nargs=-1, required=True, metavar="ID… VERB [WORDS]…")
@rev_option
@as_json_option
@click.pass_obj
def do(wiring: Wiring, words: tuple[str, ...], rev: int | None, as_json: bool) -> None:
    """Does one of its verbs with a record of a register, or with several at once.

    opsdesk do I-7 resolve 'disk was full'; WORDS are what the verb asks for, typed as in add.
    """
    desk = wiring.existing(writes=True)
    ids = _leading(words)
    if not ids:
        raise click.UsageError(f"Say with which record: {words[0]!r} is not the id of one.")
    if len(ids) == len(words):
        raise click.UsageError(_which_verb(desk, ids))
    done = desk.registers.act(ids, words[len(ids)], " ".join(words[len(ids) + 1 :]), seen=_seen(desk, ids, rev))
    _tell(desk, done, as_json)


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
    """An id as it is written, also of somebody named by a handle."""
    from opsdesk.cli.fields import shape_of
    from opsdesk.cli.people import the_one

    if typed[0:1] in ("@", "#"):
        return the_one(desk, typed).id
    shape_of(typed)
    return typed.upper()


def _leading(words: Sequence[str]) -> list[str]:
    from opsdesk.core.kinds import shape_of

    ids: list[str] = []
    for word in words:
        head, _, number = word.partition("-")
        if not head or not number.isdecimal() or shape_of(word.upper()) is None:
            break
        ids.append(word.upper())
    return ids


def _which_verb(desk: Desk, ids: Sequence[str]) -> str:
    """What can be done with the first of them now."""
    from opsdesk.core.kinds import shape_of

    shape = shape_of(ids[0])
    record = desk.read.get(shape, ids[0]) if shape else None
    if not isinstance(record, Registered):
        return f"{ids[0]} is in no register: verbs such as done, start and drop stand alone."
    verbs = ", ".join(verb.id for verb in desk.registers.possible(record))
    return f"Say what to do with {ids[0]}: {verbs}." if verbs else f"There is nothing to do with {ids[0]} now."


def _seen(desk: Desk, ids: Sequence[str], rev: int | None) -> list[Record] | None:
    """The records as they were at the rev that was named, if one was. Raises UsageError for several."""
    from opsdesk.cli.fields import shape_of

    if rev is None:
        return None
    if len(ids) > 1:
        raise click.UsageError("--rev is of one record.")
    return [desk.reading(shape_of(ids[0]), ids[0], rev)]


def _tell(desk: Desk, records: Sequence[Record], as_json: bool, one: bool = False) -> None:
    ids = ", ".join(record.id for record in records)
    with kept(f"{ids} changed", f"opsdesk show {records[0].id} shows it."):
        if as_json:
            write_json(records[0] if one else records)
            return
        for record in records:
            say("  ".join(filter(None, [record.id, *_line(desk, record)])))
            _tell_conflicts(desk, record)


def _tell_conflicts(desk: Desk, record: Record) -> None:
    """What it runs into is talk: a script reads the line."""
    from opsdesk.insight.foreseen import foreseen

    for reason in foreseen(record, desk.read, desk.registers.look()) if isinstance(record, Registered) else ():
        talk(f"{record.id}: {reason}.")


def _line(desk: Desk, record: Record) -> list[str]:
    """What it is, and why it is on the table."""
    register = register_of(type(record))
    if register is None:
        return [str(record["title" if "title" in record else "name"])]
    return [register.text_of(record), register.reason(record, desk.registers.look())]
