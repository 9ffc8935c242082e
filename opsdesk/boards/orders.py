"""In which order the lines of a board stand, once the most harmful have been put first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opsdesk.boards.lay import Found, Table

Order = Callable[["Table", Sequence["Found"]], list["Found"]]


def by_harm(table: Table, ordered: Sequence[Found]) -> list[Found]:
    return list(ordered)


def by_colour_and_customer(table: Table, ordered: Sequence[Found]) -> list[Found]:
    """Of one colour those of one customer stand together, the worst off first."""
    return _together(ordered, lambda each: (each.line.weight, each.customer or each.line.id))


def by_customer(table: Table, ordered: Sequence[Found]) -> list[Found]:
    """All that is of one customer stands together, the worst off first."""
    return _together(ordered, lambda each: each.customer or each.line.id)


def _together(ordered: Sequence[Found], group: Callable[[Found], Hashable]) -> list[Found]:
    """Each directly below the most harmful one of its group."""
    first: dict[Hashable, int] = {}
    for place, each in enumerate(ordered):
        first.setdefault(group(each), place)
    return sorted(ordered, key=lambda each: first[group(each)])
