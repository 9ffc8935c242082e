"""What is asked about a register's line before it is kept: names that nobody has, fields that there are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from opsdesk.core.declared import title_of
from opsdesk.core.entrywords import Slots, Token
from opsdesk.core.fieldvalues import ONE_OF, Directories, field_called, typeable
from opsdesk.core.names import Directory, fold
from opsdesk.core.register import Registered

KEEPS_TEXT = "Correct it, or put it in quotes to keep it as text."
NEAR, FEW = 0.6, 3
SHORTEST_PORT = 3  # digits


def doubts(
    kept: Sequence[Token], unknown: Mapping[str, bool], slots: Slots, directories: Directories
) -> tuple[str, ...]:
    """A sentence each. `kept`: the words that were taken for text; `unknown`: names with their sigil → whether they
    could be several.
    """
    return (*_strangers(unknown, directories), *_unowned(kept, slots, directories), *_fields(kept, slots))


def _strangers(unknown: Mapping[str, bool], directories: Directories) -> Iterator[str]:
    for name, several in unknown.items():
        kind = "people" if name[0] == "@" else "customers"
        known = directories.get(kind, Directory())
        if several:
            found = known.find(name[1:])
            yield f"{name} could be {' or '.join(name[0] + each for each in found[:FEW])}."
        elif any(letter.isalpha() for letter in name):
            near = [name[0] + each for each in _near(name[1:], known.starting(""))]
            yield f"{name} is no {ONE_OF[kind]} here{_meant(near)}"


def _unowned(kept: Sequence[Token], slots: Slots, directories: Directories) -> Iterator[str]:
    """Somebody who is named in a new record of a register that nobody owns, or a customer where it has none."""
    for token in kept if not slots.only else ():
        kind, owned = ("people", slots.owner) if token.text[:1] == "@" else ("customers", slots.customer)
        named = not token.quoted and token.text[:1] in ("@", "#") and not owned
        if named and directories.get(kind, Directory()).find(token.text[1:].rstrip(".,;:!?")):
            lacks = "owner" if kind == "people" else "customer"
            yield f"{token.text} is kept as text: there is no {lacks} here."


def _fields(kept: Sequence[Token], slots: Slots) -> Iterator[str]:
    """What looks like field:value and is none; in a verb's words only what names a field that it does not take."""
    for token in kept:
        if token.quoted or not token.name or _is_place(token.value):
            continue
        name = field_called(slots.shape, token.name)
        if name:
            yield f"{title_of(slots.shape, name)} is not taken here{_taken(slots)}"
        elif not slots.only:
            yield f'There is no field "{token.name}"{_meant(_near_fields(slots.shape, token.name))}'


def _is_place(value: str) -> bool:
    """As in "http://…", "std::…", "redis:6379"; nothing at all is no value either."""
    number = value.rstrip(",.;)")
    return not value or value[0] in "/:\\" or (number.isdecimal() and len(number) >= SHORTEST_PORT)


def _taken(slots: Slots) -> str:
    titles = ", ".join(title_of(slots.shape, name) for name in slots.only if name)
    return f": it takes {titles}." if titles else "."


def _meant(near: Sequence[str]) -> str:
    return f": did you mean {' or '.join(near)}?" if near else "."


def _near_fields(shape: type[Registered], word: str) -> list[str]:
    called = typeable(shape)
    found = [called[each] for each in _near(fold(word), tuple(called))]
    return list(dict.fromkeys(found))


def _near(word: str, known: Sequence[str]) -> list[str]:
    """Those that look most like it, the nearest first."""
    from difflib import get_close_matches

    return get_close_matches(word.lower(), known, FEW, NEAR)
