"""Who is expected in a meeting and who takes which role, from an agenda's departments and handles."""

from __future__ import annotations

from collections.abc import Sequence

from opsdesk.core.agenda import Agenda
from opsdesk.core.customers import Customer
from opsdesk.core.people import Person

EVERYBODY = "everybody"


def expected(agenda: Agenda, people: Sequence[Person], by: str, customer: Customer | None = None) -> tuple[str, ...]:
    """Handles of the active people a meeting is for, in the order of their ids.

    An agenda names departments, handles or "everybody"; words that name neither add nobody. Whoever sits at the
    keyboard and the customer's owner are there too.
    """
    named = {name.casefold() for name in agenda.participants}
    there = {by, customer.owner if customer else ""}
    return tuple(each.handle for each in people if _is_for(each, named) or each.handle in there)


def holder(role: str, people: Sequence[Person], *, prefer: str = "", besides: str = "") -> str:
    """The handle a role (a department or a handle) falls to: the preferred person if they are in it, else the first.

    Empty where nobody is.
    """
    fitting = [each.handle for each in people if _is_for(each, {role.casefold()}) and each.handle != besides]
    return prefer if prefer in fitting else next(iter(fitting), "")


def _is_for(person: Person, named: set[str]) -> bool:
    return bool(named & {person.department.casefold(), person.handle} - {""}) or EVERYBODY in named
