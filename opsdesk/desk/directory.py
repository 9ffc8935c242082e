"""How everybody is called: one index of names for quick entry, made anew only when somebody has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from opsdesk.core.customers import Customer
from opsdesk.core.names import Directory, Names
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader


class NameBook:
    """`reader` must give the same sequence again while nothing has changed."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._read: tuple[Sequence[Person], Sequence[Customer]] = ((), ())
        self._names = Names()

    def names(self, only: str = "") -> Names:
        """Everybody and every customer; with `only` (a handle) no customer but that one."""
        people, customers = self._reader.all(Person), self._reader.all(Customer)
        if people is not self._read[0] or customers is not self._read[1]:
            self._read = (people, customers)
            self._names = Names(_directory(people), _directory(customers))
        if not only:
            return self._names
        return Names(self._names.people, _directory(each for each in customers if each.handle == only))


def _directory(known: Iterable[Person | Customer]) -> Directory:
    everybody = [(each.handle, each.name, each.active) for each in known]
    return Directory(
        ((handle, name) for handle, name, active in everybody if active),
        ((handle, name) for handle, name, active in everybody if not active),
    )
