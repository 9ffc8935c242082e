"""Before a customer: no word that tells of another one stands on any line, wherever people typed it."""

from __future__ import annotations

from msgspec.structs import replace

from opsdesk.boards.table import Line
from opsdesk.core.kinds import shape_of
from opsdesk.core.registers import registers
from opsdesk.insight.others import Others

OPEN = "open"


def without(others: Others, line: Line) -> Line:
    """What tells of another is left out: the line stays, and says what kind of thing it is."""
    safe = {"text": what(line.id), "reason": OPEN, "brief": OPEN, "owner": "", "customer": ""}
    told = {name: words for name, words in safe.items() if others.named_in(getattr(line, name))}
    return replace(line, **told) if told else line


def what(id: str) -> str:
    """As in "incident"."""
    shape = shape_of(id)
    if shape is None:
        return "something else"
    register = registers().get(shape.kind)
    return register.one if register else shape.kind.removesuffix("s")
