"""How everybody is called: one index of names for quick entry, made anew only when somebody has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from opsdesk.core.customers import Customer
from opsdesk.core.names import Directory, Names, fold
from opsdesk.core.people import Person
from opsdesk.core.registers import registers

if TYPE_CHECKING:
    from opsdesk.core.fieldvalues import Directories
    from opsdesk.core.ports import Reader
    from opsdesk.core.register import Register

ME = "me"


class People(Directory):
    """In which "me" is whoever is at the keyboard, if that is one of them; never somebody whose name begins so."""

    def __init__(self, known: Iterable[Person], by: str) -> None:
        super().__init__(*_entries(known))
        self._by = by

    def find(self, typed: str) -> tuple[str, ...]:
        return self.exactly(typed) if fold(typed) == ME else super().find(typed)

    def exactly(self, typed: str) -> tuple[str, ...]:
        found = super().exactly(typed)
        return found or (super().exactly(self._by) if fold(typed) == ME else ())


class NameBook:
    """`reader` must give the same sequence again while nothing has changed; `by`: who is at the keyboard."""

    def __init__(self, reader: Reader, by: str) -> None:
        self._reader = reader
        self._by = by
        self._read: tuple[Sequence[Person], Sequence[Customer]] = ((), ())
        self._names = Names()

    def names(self, only: str = "") -> Names:
        """Everybody and every customer; with `only` (a handle) no customer but that one."""
        people, customers = self._reader.all(Person), self._reader.all(Customer)
        if people is not self._read[0] or customers is not self._read[1]:
            self._read = (people, customers)
            self._names = Names(People(people, self._by), Directory(*_entries(customers)))
        if not only:
            return self._names
        return Names(self._names.people, Directory(*_entries(each for each in customers if each.handle == only)))


def _entries(known: Iterable[Person | Customer]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(handle, name) of those who are here, and of those who were."""
    everybody = [(each.handle, each.name, each.active) for each in known]
    return (
        [(handle, name) for handle, name, active in everybody if active],
        [(handle, name) for handle, name, active in everybody if not active],
    )


def has_handles(register: Register) -> bool:
    return "handle" in register.shape.__struct_fields__


def open_to(customer: str, read: Reader) -> Directories:
    """Of every register that is named by handle what tells that customer (a handle) of no other one."""
    from opsdesk.insight.others import Others

    tells = Others(read, customer).named_in
    found = {}
    for kind, register in registers().items():
        if has_handles(register):
            names = ((each["handle"], each[register.text]) for each in read.all(register.shape))
            found[kind] = Directory(pair for pair in names if not any(map(tells, pair)))
    return found
