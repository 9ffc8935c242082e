"""`opsdesk do`: the verbs of registers; and what the verbs of actions mean for a record of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from opsdesk.cli.telling import tell
from opsdesk.cli.triage import as_json_option, rev_option, yes_option
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.core.registers import register_of, registers

if TYPE_CHECKING:
    from opsdesk.desk import Desk

ESCALATE = "escalate"


class Do(click.Command):
    """With every verb there is behind its help."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        listed = [(kind, ", ".join(verb.id for verb in each.verbs)) for kind, each in registers().items() if each.verbs]
        with formatter.section("Verbs, and escalate of any"):
            formatter.write_dl(listed)


@click.command("do", cls=Do)
@click.argument("words", nargs=-1, required=True, metavar="ID… VERB [WORDS]…")
@rev_option
@yes_option
@as_json_option
@click.pass_obj
def do(wiring: Wiring, words: tuple[str, ...], rev: int | None, yes: bool, as_json: bool) -> None:
    """Does one of its verbs with a record of a register, or with several at once.

    opsdesk do I-7 resolve 'disk was full'; WORDS are what the verb asks for, typed as in add. A component or an
    environment may be named instead of its ID: opsdesk do staging hold @tom fri.
    """
    desk = wiring.existing(writes=True)
    ids, rest = _parted(desk, words)
    if not rest:
        raise click.UsageError(_which_verb(desk, ids))
    if rest[0].lower() == ESCALATE:
        escalate(desk, ids, " ".join(rest[1:]), as_json)
        return
    use = desk.registers.anyway if yes else desk.registers
    tell(desk, use.act(ids, rest[0], " ".join(rest[1:]), seen=seen_at(desk, ids, rev)), as_json)


def in_registers(ids: Sequence[str]) -> bool:
    """Whether each is the id of a record of a register."""
    from opsdesk.core.kinds import OWN, shape_of

    shapes = [shape_of(id.upper()) for id in ids]
    return all(shape is not None and shape not in OWN and register_of(shape) is not None for shape in shapes)


def act(desk: Desk, ids: Sequence[str], verb: str, words: str, rev: int | None, as_json: bool) -> None:
    """A verb of actions, of each record what it means in its register. Raises Invalid, naming what there is instead."""
    wanted = [id.upper() for id in ids]
    for id in wanted:
        found = desk.triage.meaning(id, verb)
        if found.verb is None:
            raise Invalid(found.why_not, f"opsdesk do {id} {' | '.join(_verbs(desk, id))}.")
    tell(desk, desk.triage.act(wanted, verb, words, seen=seen_at(desk, wanted, rev)), as_json)


def escalate(desk: Desk, ids: Sequence[str], why: str, as_json: bool) -> None:
    """Puts it before the Escalation Review: an item there that names it, and that it names. Raises UsageError."""
    from opsdesk.cli.triage import tell as tell_made

    if len(ids) > 1:
        raise click.UsageError("Escalate one at a time.")
    made = desk.turn(ids[0].upper(), "escalation", why=why)
    tell_made(f"came of {ids[0].upper()} and goes to the Escalation Review", [made], as_json)


def seen_at(desk: Desk, ids: Sequence[str], rev: int | None) -> list[Record] | None:
    """The records as they were at the rev that was named, if one was. Raises UsageError for several."""
    from opsdesk.cli.fields import shape_of

    if rev is None:
        return None
    if len(ids) > 1:
        raise click.UsageError("--rev is of one record.")
    return [desk.reading(shape_of(ids[0]), ids[0], rev)]


def _parted(desk: Desk, words: Sequence[str]) -> tuple[list[str], Sequence[str]]:
    """The ids, and what stands behind them. Raises UsageError where there is none."""
    from opsdesk.cli.named import named_so

    ids = _leading(words)
    if ids:
        return ids, words[len(ids) :]
    found = named_so(desk, words[0])
    if found is None:
        raise click.UsageError(f"Say with which record: {words[0]!r} is not the id or the name of one.")
    return [found.id], words[1:]


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
    verbs = _verbs(desk, ids[0])
    if not verbs:
        return f"{ids[0]} is in no register: verbs such as done, start and drop stand alone."
    return f"Say what to do with {ids[0]}: {', '.join(verbs)}."


def _verbs(desk: Desk, id: str) -> list[str]:
    """What can be done with it now; nothing with what is in no register."""
    from opsdesk.core.kinds import shape_of

    shape = shape_of(id)
    record = desk.read.get(shape, id) if shape else None
    if not isinstance(record, Registered):
        return []
    return [*(verb.id for verb in desk.registers.possible(record)), ESCALATE]
