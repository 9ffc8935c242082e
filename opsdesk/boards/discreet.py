"""Before a customer: no word that tells of another one stands on any line, wherever people typed it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from opsdesk.boards.table import Line, Scene
from opsdesk.core.customers import Customer
from opsdesk.core.kinds import shape_of
from opsdesk.core.names import fold
from opsdesk.core.ports import Reader
from opsdesk.core.registers import registers
from opsdesk.core.registers.components import Component

SHORT = 4
"""A shorter name counts only where it stands as a word of its own."""
NEUTRAL = "open"
PARTS = ("components", "component")


class Others:
    """The names and handles of all customers but one, and of the components that only others use."""

    def __init__(self, reader: Reader, scene: Scene) -> None:
        customers = reader.all(Customer)
        own = [each for each in customers if each.handle == scene.customer]
        others = [each for each in customers if each.handle != scene.customer]
        self._own = _pattern(name for each in own for name in (each.name, each.handle))
        strange = [name for each in others for name in (each.name, each.handle)]
        strange += [name for each in _foreign(reader, scene.customer) for name in (each.name, each.handle)]
        mine = {fold(name) for each in own for name in (each.name, each.handle)}
        strange = [name for name in strange if fold(name) not in mine]
        self._strange = _pattern(strange)
        self._longer = _pattern(name for name in strange if any(each in fold(name) for each in mine if each))

    def named_in(self, text: str) -> bool:
        """Its own name hides none that stands in it: "Acme Europe" tells nothing of "Acme"."""
        folded = fold(text)
        if self._longer and self._longer.search(folded):
            return True
        rest = self._own.sub(" ", folded) if self._own else folded
        return self._strange is not None and self._strange.search(rest) is not None

    def without(self, line: Line) -> Line:
        """What tells of another is left out: the line stays, and says what kind of thing it is."""
        told = {name: self.named_in(getattr(line, name)) for name in ("text", "reason", "brief", "owner", "customer")}
        if not any(told.values()):
            return line
        safe = {"text": _what(line.id), "reason": NEUTRAL, "brief": NEUTRAL, "owner": "", "customer": ""}
        return replace(line, **{name: safe[name] for name, names in told.items() if names})


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    folded = sorted({fold(name) for name in names} - {""}, key=len, reverse=True)
    if not folded:
        return None
    return re.compile("|".join(re.escape(each) if len(each) >= SHORT else _word(each) for each in folded))


def _word(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def _what(id: str) -> str:
    shape = shape_of(id)
    if shape is None:
        return "something else"
    register = registers().get(shape.kind)
    return register.one if register else shape.kind.removesuffix("s")


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
