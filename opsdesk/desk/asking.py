"""What is asked before something typed is kept, and kept only where somebody says that it is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from opsdesk.core.errors import Invalid
from opsdesk.core.registers import register_of
from opsdesk.core.stepping import past
from opsdesk.desk.naming import with_names

if TYPE_CHECKING:
    from opsdesk.core.entrywords import Entry
    from opsdesk.core.names import Directory
    from opsdesk.core.register import Look, Register

MEANT = "say that it is meant: --yes, on the screen ctrl+o."


def refuse_past(register: Register | None, values: Mapping[str, Any], look: Look) -> None:
    """Raises Invalid for a day that lies ahead as a rule and has passed."""
    told = past(register, values, look) if register is not None else ""
    if told:
        raise Invalid(told, f"Type another date, or {MEANT}")


def refuse_asked(entry: Entry) -> None:
    """Raises Invalid for names that nobody has, and for fields that there are not."""
    if entry.asked:
        raise Invalid(entry.asked[0], f"Correct it, put it in quotes to keep it as text, or {MEANT}")


def refuse_doubtful(before: Any, after: Any, look: Look, people: Directory) -> None:
    """Raises Invalid for what the register doubts, people by their names."""
    register = register_of(type(after))
    if register is not None and register.doubt(before, after, look):
        was, is_now = with_names(before, people.name), with_names(after, people.name)
        raise Invalid(f"{after.id}: {register.doubt(was, is_now, look)}", f"Ask first, or {MEANT}")
