"""Every record kind there is: the one table that store, export and command line read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import overload

from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.meeting import Meeting
from opsdesk.core.minutes import MinutesRecord
from opsdesk.core.people import Person
from opsdesk.core.record import Record
from opsdesk.core.scores import Score
from opsdesk.core.series import Moved, Series

OWN: tuple[type[Record], ...] = (
    Action,
    Customer,
    Decision,
    FlagReview,
    Item,
    Meeting,
    MinutesRecord,
    Moved,
    Note,
    Person,
    Score,
    Series,
)
"""Those that are no registers."""

Kinds = tuple[type[Record], ...]


class AllKinds(Sequence[type[Record]]):
    """The kinds above and then the registers, which are found when somebody first walks along."""

    @overload
    def __getitem__(self, place: int) -> type[Record]: ...
    @overload
    def __getitem__(self, place: slice) -> Kinds: ...
    def __getitem__(self, place: int | slice) -> type[Record] | Kinds:
        return _all()[place]

    def __len__(self) -> int:
        return len(_all())

    def __iter__(self) -> Iterator[type[Record]]:
        return iter(_all())

    def __contains__(self, kind: object) -> bool:
        return kind in OWN or kind in _all()


KINDS: Sequence[type[Record]] = AllKinds()


def shapes() -> Mapping[str, type[Record]]:
    """Kind → its records' class."""
    return _by_kind(_all())


def prefixes() -> Mapping[str, str]:
    """Kind → what its ids begin with."""
    return _prefixes(_all())


def shape_of(id: str) -> type[Record] | None:
    """The kind of record that an id such as "A-12" belongs to, if there is one; of the own kinds without a search."""
    prefix = id.partition("-")[0]
    own = next((shape for shape in OWN if shape.prefix == prefix), None)
    return own or next((shape for shape in _all() if shape.prefix == prefix), None)


def shape_named(kind: str) -> type[Record] | None:
    """The kind of this name, if there is one; of the own kinds without a search."""
    own = next((shape for shape in OWN if shape.kind == kind), None)
    return own or shapes().get(kind)


def _all() -> Kinds:
    from opsdesk.core.registers import registers

    return _with(tuple(register.shape for register in registers().values()))


@cache
def _with(registered: Kinds) -> Kinds:
    return (*OWN, *registered)


@cache
def _by_kind(kinds: Kinds) -> Mapping[str, type[Record]]:
    return {kind.kind: kind for kind in kinds}


@cache
def _prefixes(kinds: Kinds) -> Mapping[str, str]:
    return {kind.kind: kind.prefix for kind in kinds}
