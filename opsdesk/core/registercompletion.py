"""Completing the word somebody is typing in a register's line: @people, #customers, fields, and what one may be."""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.core.completion import SHOWN, Completion, fitting
from opsdesk.core.declared import title_of
from opsdesk.core.entrywords import Slots, Token, tokens
from opsdesk.core.fieldvalues import Directories, choices, field_called, names_in
from opsdesk.core.names import Directory, fold


def complete(text: str, cursor: int, slots: Slots, directories: Directories) -> tuple[Completion, ...]:
    """What the word at the cursor (0 to len(text)) can become, at most 8, the likeliest first; () for plain words.

    In the line of a verb a plain word can become a field that it asks for.
    """
    token = next((each for each in tokens(text) if each.start < cursor <= each.end), None)
    if token is None or token.quoted:
        return ()
    if token.text[0] in "@#":
        return _sigil(token, cursor, slots, directories)
    if not token.name:
        return _fields(token, text[token.start : cursor], slots)
    name = field_called(slots.shape, token.name)
    if not name or (slots.only and name not in slots.only):
        return ()
    return _value(name, token, text[:cursor], slots, directories)


def _sigil(token: Token, cursor: int, slots: Slots, directories: Directories) -> tuple[Completion, ...]:
    sign, slot = token.text[0], slots.owner if token.text[0] == "@" else slots.customer
    known = directories.get("people" if sign == "@" else "customers", Directory())
    typed = token.text[1 : cursor - token.start]
    handles = fitting(known, typed)[:SHOWN] if slot else []
    return tuple(Completion(sign + handle, token.start, token.end, known.name(handle)) for handle in handles)


def _fields(token: Token, begun: str, slots: Slots) -> tuple[Completion, ...]:
    names = [name for name in slots.only if name and _called(slots, name, begun)]
    return tuple(Completion(f"{name}:", token.start, token.end, title_of(slots.shape, name)) for name in names)


def _called(slots: Slots, name: str, begun: str) -> bool:
    """By the start of its name or its title."""
    return bool(_starting((name, title_of(slots.shape, name)), begun))


def _value(name: str, token: Token, typed: str, slots: Slots, directories: Directories) -> tuple[Completion, ...]:
    """Of several behind one colon the last."""
    start = max(token.start + len(token.name) + 1, typed.rfind(",") + 1)
    known = directories.get(names_in(slots.shape).get(name, ""))
    begun = typed[start:]
    if known is not None:
        return tuple(Completion(each, start, token.end, known.name(each)) for each in fitting(known, begun)[:SHOWN])
    return tuple(Completion(each, start, token.end, each) for each in _starting(choices(slots.shape, name), begun))


def _starting(values: Iterable[str], typed: str) -> list[str]:
    return [each for each in values if each and fold(each).startswith(fold(typed))][:SHOWN]
