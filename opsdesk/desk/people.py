"""The people of the company and its customers: who there is, and how they are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.names import Names, fold, handle_for
from opsdesk.core.people import Person
from opsdesk.core.text import clean
from opsdesk.desk.context import Context

if TYPE_CHECKING:
    from opsdesk.core.ports import Reader

Known = Person | Customer
Letter = Literal["p", "c"]


class People:
    """Handles name people and customers for good; names may change."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def names(self, only: str = "") -> Names:
        """Everybody and every customer, for quick entry; with `only` (a handle) no customer but that one."""
        return self._context.book.names(only)

    def person_name(self, handle: str) -> str:
        """The name; the handle itself where nobody has it."""
        return self.names().people.name(handle)

    def me(self) -> str:
        """The handle that "me" stands for: of whoever is at the keyboard, unless somebody is called so."""
        return next(iter(self.names().people.exactly("me")), self._context.by)

    def customer_name(self, handle: str) -> str:
        """The name; the handle itself where no customer has it."""
        return self.names().customers.name(handle)

    def add(self, name: str, department: str = "", handle: str = "", email: str = "") -> Person:
        """Without a handle, one is made from the name. Raises Invalid where it is taken, or without a name."""
        with self._context.work(f"Add {clean(name)}") as work:
            free = free_handle(name, handle, work.all(Person), "p")
            return work.add(Person(handle=free, name=name, department=department, email=email))

    def add_customer(
        self, name: str, owner: str = "", handle: str = "", onboarding: bool = False, revenue: float = 0
    ) -> Customer:
        """`owner`: a person's handle. Raises Invalid as add, or where nobody has that handle."""
        with self._context.work(f"Add {clean(name)}") as work:
            free = free_handle(name, handle, work.all(Customer), "c")
            check_person(work, owner)
            return work.add(Customer(handle=free, name=name, owner=owner, onboarding=onboarding, revenue=revenue))

    def rename(self, handle: str, name: str) -> Person:
        """Another name under the same handle. Raises NotFound, Invalid without a name."""
        with self._context.work(f"Rename {handle}") as work:
            person = next(iter(work.where(Person, handle=handle)), None)
            if person is None:
                raise NotFound(f"Nobody has the handle {handle}.", "opsdesk list people shows who there is.")
            return work.put(replace(person, name=name))

    def rename_customer(self, handle: str, name: str) -> Customer:
        """Another name under the same handle. Raises NotFound, Invalid without a name."""
        with self._context.work(f"Rename {handle}") as work:
            customer = next(iter(work.where(Customer, handle=handle)), None)
            if customer is None:
                raise NotFound(f"No customer has the handle {handle}.", "opsdesk list customers shows who there is.")
            return work.put(replace(customer, name=name))

    def retire(self, who: Known, *, back: bool = False) -> Known:
        """Offered no more where names are typed; everything that is theirs stays. `back`: here again.

        A customer was one until today.
        """
        with self._context.work(f"{'Bring back' if back else 'Retire'} {who.handle}") as work:
            if isinstance(who, Customer):
                return work.put(replace(who, active=back, left=None if back else who.left or self._context.today()))
            return work.put(replace(who, active=back))


def free_handle(name: str, wanted: str, known: Iterable[Known], letter: Letter) -> str:
    """The wanted handle as handles are written, else one made from the name. Raises Invalid where it is taken."""
    if not clean(name):
        raise Invalid("A name is missing.", "Type one.")
    names = {each.handle: each.name for each in known}
    handle = as_handle(wanted)
    if handle in names:
        raise Invalid(f"The handle {handle} is {names[handle]}'s.", "Choose another one.")
    return handle or handle_for(name, names, letter)


def as_handle(typed: str) -> str:
    """In lower case, without sigil and accents, and with nothing but what a handle may hold; perhaps nothing."""
    plain = fold(typed).lstrip("@#!").replace(" ", ".")
    return "".join(each for each in plain if each.isascii() and (each.isalnum() or each in "._-")).lstrip("._-")


def check_person(reader: Reader, handle: str) -> None:
    """Raises Invalid where nobody has this handle; nobody ("") is fine."""
    if handle and not reader.where(Person, handle=handle):
        raise Invalid(f"Nobody has the handle {handle}.", "opsdesk list people shows who there is.")
