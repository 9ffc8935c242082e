"""`field=value field=value …` as one types it: which fields of a register are set to what."""

from __future__ import annotations

import re
from collections.abc import Mapping

from opsdesk.core.declared import title_of, titles
from opsdesk.core.errors import Invalid
from opsdesk.core.fieldvalues import field_called, said_of, value_of
from opsdesk.core.register import ORIGIN, Register
from opsdesk.insight.shown import lists_of_customers
from opsdesk.ui.register.says import Says

_SIGN = re.compile(r"(?<=[^\s=])\s*=\s*")
LONGEST_TITLE = 3  # words


def settings(says: Says, text: str) -> Mapping[str, str]:
    """Field → what was typed for it. Raises Invalid for what is none, and for what is no value of it."""
    found = _split(says.register, text)
    for name, typed in found.items():
        value_of(says.register.shape, name, typed, says.directories, says.look)
        if says.room.audience == "customer" and name in lists_of_customers(says.register.shape):
            title = title_of(says.register.shape, name)
            raise Invalid(f"{title} are not set while a customer listens: others may be among them, unseen.")
    return found


def told(says: Says, text: str) -> list[tuple[str, str]]:
    """(title, value) as they are understood. Raises Invalid as `settings`."""
    shape, found = says.register.shape, []
    for name, typed in _split(says.register, text).items():
        value = value_of(shape, name, typed, says.directories, says.look)
        found.append((title_of(shape, name), said_of(shape, name, value, says.directories, says.look)))
    return found


def able(register: Register) -> tuple[str, ...]:
    """The fields that are set by hand."""
    kept = ("id", "rev", "handle", *ORIGIN, *register.kept)
    return tuple(name for name in titles(register.shape) if name not in kept)


def _split(register: Register, text: str) -> dict[str, str]:
    """Field → its words. Before each `=` stands a field's name or title, before that the value of the one before."""
    before, *values = _SIGN.split(text)
    found: dict[str, str] = {}
    rest, name = _named(register, before) if values else (text, "")
    if rest or not values:
        raise Invalid("Type field=value.", f"{', '.join(able(register))} are set by hand.")
    for value in values[:-1]:
        found[name], name = _named(register, value)
    return {**found, name: values[-1].strip()}


def _named(register: Register, words: str) -> tuple[str, str]:
    """What stands before the field that the words end with, and the field. Raises Invalid for one that is none."""
    parts = words.split()
    for count in range(min(LONGEST_TITLE, len(parts)), 0, -1):
        name = field_called(register.shape, " ".join(parts[-count:]))
        if name in able(register):
            return " ".join(parts[:-count]), name
    word = parts[-1] if parts else ""
    raise Invalid(_refusal(register, word, field_called(register.shape, word)), f"{', '.join(able(register))} are.")


def _refusal(register: Register, word: str, name: str) -> str:
    if name:
        return f"{title_of(register.shape, name)} is not set by hand: a verb does."
    return f'{register.title} have no field "{word.strip()}" that is set by hand.'
