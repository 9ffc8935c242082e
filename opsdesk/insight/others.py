"""Whom a customer must not read of: the names and handles of all other customers, and of parts named after them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from opsdesk.core.customers import Customer
from opsdesk.core.names import fold
from opsdesk.core.ports import Reader
from opsdesk.core.registers.components import Component

SHORT = 4
"""A shorter name counts only where it stands as a word of its own."""


class Others:
    """All but this one customer (a handle)."""

    def __init__(self, reader: Reader, customer: str) -> None:
        own: list[str] = []
        strange: list[str] = []
        for each in reader.all(Customer):
            (own if each.handle == customer else strange).extend((each.name, each.handle))
        after = _pattern(map(fold, strange))
        strange += [name for each in reader.all(Component) if _named(after, each) for name in (each.name, each.handle)]
        mine = {fold(name) for name in own} - {""}
        self._own = _pattern(mine)
        self._strange = _pattern(each for each in map(fold, strange) if each not in mine)
        self._longer = _pattern(
            each for each in map(fold, strange) if any(name in each and name != each for name in mine)
        )

    def named_in(self, text: str) -> bool:
        """Its own name tells of nobody, also where another's is part of it: "Acme Europe" tells nothing of "Acme"."""
        folded = fold(text)
        if self._longer is not None and self._longer.search(folded):
            return True
        rest = self._own.sub(" ", folded) if self._own else folded
        return self._strange is not None and self._strange.search(rest) is not None


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted({each for each in names if each}, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile("|".join(re.escape(each) if len(each) >= SHORT else _word(each) for each in longest_first))


def _word(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def _named(after: re.Pattern[str] | None, component: Component) -> bool:
    return after is not None and after.search(fold(component.name)) is not None
