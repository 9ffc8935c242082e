"""Whom a customer must not read of: the names and handles of all other customers, and of parts that tell of them.

A part tells of a customer whose name is in its own, and of those who alone use it where its name is no single word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from opsdesk.core.customers import Customer
from opsdesk.core.names import fold
from opsdesk.core.ports import Reader
from opsdesk.core.registers import registers
from opsdesk.core.registers.components import Component

SHORT = 4
"""A shorter name counts only where it stands as a word of its own."""
PARTS = ("components", "component")


class Others:
    """All but this one customer (a handle)."""

    def __init__(self, reader: Reader, customer: str) -> None:
        own: list[str] = []
        strange: list[str] = []
        for each in reader.all(Customer):
            (own if each.handle == customer else strange).extend((each.name, each.handle))
        after = _pattern(map(fold, strange))
        strange += [name for each in reader.all(Component) if _named(after, each) for name in (each.name, each.handle)]
        strange += [each.name for each in _foreign(reader, customer) if " " in each.name]
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


def _foreign(reader: Reader, customer: str) -> list[Component]:
    """Components that records of other customers name, and none of this one."""
    components = reader.all(Component)
    theirs: set[str] = set()
    others: set[str] = set()
    for register in registers().values() if components else ():
        part = next((name for name in PARTS if name in register.shape.__struct_fields__), "")
        if register.customer and part:
            for record in reader.all(register.shape):
                whose = _tuple(record[register.customer])
                if customer in whose:
                    theirs.update(_tuple(record[part]))
                if any(each != customer for each in whose):
                    others.update(_tuple(record[part]))
    return [each for each in components if each.handle in others - theirs]


def _tuple(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else tuple(filter(None, (value,)))
