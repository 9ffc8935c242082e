"""`opsdesk list KIND`: records as aligned text, or whole as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

import click

from opsdesk.cli.out import say, talk, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import NotFound
from opsdesk.core.record import Record

if TYPE_CHECKING:
    from opsdesk.core.register import Register, Registered
    from opsdesk.desk import Desk

EMPTY = {
    "actions": 'opsdesk add "Call back @sue fri" makes one.',
    "people": "opsdesk import people FILE brings them in.",
    "customers": "opsdesk import customers FILE brings them in.",
    "meetings": "opsdesk cadence shows what meets next, opsdesk run SLUG starts it.",
    "moved": "opsdesk cadence skip and opsdesk cadence move make them.",
    "flag-reviews": "They are made where a meeting walks its flags: opsdesk run customer-success.",
    "series": "opsdesk agenda list shows what a company can run.",
}
REASON = 24
"""Cells that a reason has in a list at least; in a narrower terminal it is left out."""
SAID = "They are made in a meeting: opsdesk run SLUG starts one."


@click.command("list")
@click.argument("kind")
@click.option("--open", "only_open", is_flag=True, help="Only what is not settled yet.")
@click.option("--owner", metavar="HANDLE", help="Only this person's; me for one's own.")
@click.option("--customer", metavar="HANDLE", help="Only this customer's.")
@click.option("--json", "as_json", is_flag=True, help="Whole records, as one JSON array.")
@click.pass_obj
def list_records(
    wiring: Wiring, kind: str, only_open: bool, owner: str | None, customer: str | None, as_json: bool
) -> None:
    """Lists records of one kind.

    KIND is actions, decisions, people, customers, meetings, items, notes, scores, minutes, series or moved; or a
    register such as incidents, maintenance or deliveries, of which the most harmful come first, each with its reason
    where the terminal is wide enough.
    """
    shape = _shape(kind, {"owner": owner, "customer": customer})
    desk = wiring.looking()
    me = owner is not None and plain(owner) == "me"
    found = _found(desk, shape, only_open, {"owner": desk.people.me() if me else owner, "customer": customer})
    if not found:
        _check_known(desk, None if me else owner, customer)
    if as_json:
        write_json(_whole(desk, shape, found))
    elif found:
        _write_table(desk, shape, found)
    else:
        talk(f"No {shape.kind} here{' that match' * bool(only_open or owner or customer)}. {_how(shape)}")


def _whole(desk: Desk, shape: type[Record], found: Sequence[Record]) -> Sequence[object]:
    """Of a register's records also why they are on the table."""
    if _register(shape) is None:
        return found
    from opsdesk.cli.reasoned import reasoned, whole

    records = cast("Sequence[Registered]", found)
    why = reasoned(desk, records)
    return [whole(each, why[each.id]) for each in records]


def _shape(kind: str, wanted: dict[str, str | None]) -> type[Record]:
    """The kind that is meant. Raises UsageError where there is none, or it lacks what it is to be chosen by."""
    from opsdesk.cli.fields import kind_named

    shape = kind_named(kind)
    for name in (name for name, handle in wanted.items() if handle is not None):
        if not _field(shape, name):
            raise click.UsageError(f"{shape.kind.capitalize()} have no {name}: list them without --{name}.")
    return shape


def _found(desk: Desk, shape: type[Record], only_open: bool, wanted: dict[str, str | None]) -> Sequence[Record]:
    equal = {name: plain(typed) for name, typed in wanted.items() if typed is not None}
    found = desk.read.live(shape) if only_open else desk.read.all(shape)
    chosen = [r for r in found if all(_holds(r[_field(shape, name)], handle) for name, handle in equal.items())]
    register = _register(shape)
    if register is None:
        return chosen
    look = desk.registers.look()
    if only_open:
        chosen = [each for each in chosen if register.is_open(cast("Registered", each), look)]
    return sorted(chosen, key=lambda record: register.order(record, look))


def _holds(value: object, handle: str) -> bool:
    """Whether a field is this handle, or has it among its own."""
    return handle in value if isinstance(value, tuple) else value == handle


def _register(shape: type[Record]) -> Register | None:
    from opsdesk.core.kinds import OWN

    if shape in OWN:
        return None
    from opsdesk.core.registers import register_of

    return register_of(shape)


def _field(shape: type[Record], name: str) -> str:
    """The field that an owner or a customer stands in; empty where there is none."""
    register = _register(shape)
    if register is not None:
        return register.owner if name == "owner" else register.customer
    return name if name in shape.__struct_fields__ else ""


def _how(shape: type[Record]) -> str:
    """How the first of a kind comes about."""
    if _register(shape) is not None:
        return f'opsdesk add --kind {shape.kind} "…" makes one.'
    return EMPTY.get(shape.kind, SAID)


def _check_known(desk: Desk, owner: str | None, customer: str | None) -> None:
    """An empty list is no answer about somebody who is not there. Raises NotFound."""
    from opsdesk.core.customers import Customer
    from opsdesk.core.people import Person

    asked: tuple[tuple[str | None, type[Person | Customer], str], ...] = (
        (owner, Person, "Nobody here"),
        (customer, Customer, "No customer"),
    )
    for typed, shape, nobody in asked:
        known = [each.handle for each in desk.read.all(shape)] if typed else []
        if typed and plain(typed) not in known:
            raise NotFound(f"{nobody} has the handle {typed!r}.", _close(plain(typed), known, shape.kind))


def _close(typed: str, known: Sequence[str], kind: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(typed, known, n=3, cutoff=0.5)
    return f"Close are {', '.join(near)}." if near else f"opsdesk list {kind} shows who there is."


def plain(typed: str) -> str:
    return typed.lstrip("@#").lower()


def _write_table(desk: Desk, shape: type[Record], found: Sequence[Record]) -> None:
    from opsdesk.cli.columns import aligned, room
    from opsdesk.cli.fields import columns
    from opsdesk.insight.fields import words

    headers, zone = columns(shape), desk.settings.zone
    state = _state_of(desk, shape)
    rows = [[state(each) if name == "state" else words(each[name], zone) for name in headers] for each in found]
    titles = [*headers.values()]
    if _register(shape) is not None and _has_room(titles, rows, room()):
        from opsdesk.cli.reasoned import reasoned

        why = reasoned(desk, cast("Sequence[Registered]", found))
        titles, rows = [*titles, "Why"], [[*row, why[each.id].words] for row, each in zip(rows, found, strict=True)]
    for line in aligned(titles, rows, room()):
        say(line)


def _has_room(titles: Sequence[str], rows: Sequence[Sequence[str]], limit: int | None) -> bool:
    """Whether the reason would not take the room of what else stands in the line."""
    from opsdesk.cli.columns import aligned, width

    lines = aligned([*titles, "Why"], [[*row, "x" * REASON] for row in rows])
    return limit is None or max(map(width, lines)) <= limit


def _state_of(desk: Desk, shape: type[Record]) -> Callable[[Record], str]:
    """What a record is listed as: one whose day has passed may be over, though nobody has said so."""
    from opsdesk.core.register import Look

    register, look = _register(shape), Look(desk.now(), desk.settings)
    return lambda record: register.state(record, look) if register else str(record["state"])
