"""`opsdesk rename` and `opsdesk retire`: people and customers, by handle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from opsdesk.cli.out import say, talk
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid, NotFound

if TYPE_CHECKING:
    from opsdesk.core.customers import Customer
    from opsdesk.core.people import Person
    from opsdesk.desk import Desk


@click.command()
@click.argument("handle")
@click.argument("name", nargs=-1, required=True)
@click.pass_obj
def rename(wiring: Wiring, handle: str, name: tuple[str, ...]) -> None:
    """Gives a person (@sue) or a customer (#globex) another name; the handle stays."""
    from opsdesk.core.people import Person

    desk = wiring.existing(writes=True)
    known = the_one(desk, handle)
    change = desk.people.rename if isinstance(known, Person) else desk.people.rename_customer
    say(f"{known.handle}  {known.name} is {change(known.handle, ' '.join(name)).name} now")


@click.command()
@click.argument("handle")
@click.option("--back", is_flag=True, help="They are here again.")
@click.pass_obj
def retire(wiring: Wiring, handle: str, back: bool) -> None:
    """Offers a person (@sue) or a customer (#globex) no more where names are typed; what is theirs stays."""
    desk = wiring.existing(writes=True)
    known = the_one(desk, handle)
    if known.active == back:
        raise Invalid(f"{known.name} is {'here' if back else 'retired'} already.")
    desk.people.retire(known, back=back)
    say(f"{known.handle}  {known.name} is {'here again' if back else 'retired'}")
    _tell_what_is_left(desk, known)


def the_one(desk: Desk, typed: str) -> Person | Customer:
    """Whoever has the handle; @ says a person, # a customer. Raises NotFound, Invalid where it could be either."""
    from opsdesk.core.customers import Customer
    from opsdesk.core.people import Person

    handle = typed.lstrip("@#").lower()
    people = () if typed.startswith("#") else desk.read.where(Person, handle=handle)
    customers = () if typed.startswith("@") else desk.read.where(Customer, handle=handle)
    found: list[Person | Customer] = [*people, *customers]
    if not found:
        raise NotFound(f"Nobody has the handle {typed!r}.", "opsdesk list people and list customers show who there is.")
    if len(found) > 1:
        raise Invalid(f"{handle} is a person and a customer.", f"Write '@{handle}' or '#{handle}'.")
    return found[0]


def _tell_what_is_left(desk: Desk, known: Person | Customer) -> None:
    from opsdesk.core.actions import Action

    whose = "owner" if "department" in known else "customer"
    count = sum(action[whose] == known.handle for action in desk.read.live(Action))
    if count:
        talk(f"Still open: {count}. opsdesk list actions --open --{whose} {known.handle} shows them.")
