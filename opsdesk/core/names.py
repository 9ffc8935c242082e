"""Names and handles: how people and customers are found by what somebody types of them."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Container, Iterable
from itertools import filterfalse

import msgspec

HANDLE_LENGTH = 40
# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def fold(text: str) -> str:
    """For comparing: without case, accents and doubled spaces; folding again changes nothing."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(filterfalse(unicodedata.combining, apart)).translate(_PLAIN)
    return " ".join(text.casefold().split())


def handle_for(name: str, taken: Container[str], letter: str = "p") -> str:
    """A free handle for this name: "sue", else "sue.park", else "sue2"; "p1" for a name without Latin letters."""
    words = "".join(each if each.isascii() and each.isalnum() else " " for each in fold(name)).split()
    for candidate in (words[:1], words[:2]):
        handle = ".".join(candidate)[:HANDLE_LENGTH].rstrip(".")
        if handle and handle not in taken:
            return handle
    stem, number = (words[0][: HANDLE_LENGTH - 6], 2) if words else (letter, 1)
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


class Directory:
    """Handles and names of one kind, made once and asked at every key.

    `entries` and `former` are (handle, name); those in `former` are found by their exact handle only.
    """

    def __init__(self, entries: Iterable[tuple[str, str]] = (), former: Iterable[tuple[str, str]] = ()) -> None:
        current = dict(entries)
        self._names = dict(former) | current
        self._folded = {handle: fold(current[handle]) for handle in sorted(current)}
        self._whole = _whole_names(self._folded)
        self._starts = sorted(
            (start, handle) for handle, name in self._folded.items() for start in {handle, name, *name.split()}
        )

    def __contains__(self, handle: object) -> bool:
        return handle in self._names

    def name(self, handle: str) -> str:
        """The name of this handle, the handle itself where it is not known."""
        return self._names.get(handle, handle)

    def find(self, typed: str) -> tuple[str, ...]:
        """Handles meant by what was typed: one if it is clear, several if it is not, none if nobody is.

        Looked for in this order: the handle, the whole name, the start of a handle, of the name or a word of it.
        """
        key = fold(typed)
        return self.exactly(key) or self._whole.get(key) or (self.starting(key) if key else ())

    def exactly(self, typed: str) -> tuple[str, ...]:
        """The handle that was typed, if it is one."""
        key = fold(typed)
        return (key,) if key in self._names else ()

    def starting(self, typed: str) -> tuple[str, ...]:
        """Current handles that start with it, or whose name or a word of it does; sorted."""
        key = fold(typed)
        if not key:
            return tuple(self._folded)
        found = set()
        for start, handle in self._starts[bisect_left(self._starts, (key, "")) :]:
            if not start.startswith(key):
                break
            found.add(handle)
        return tuple(sorted(found))

    def containing(self, typed: str) -> tuple[str, ...]:
        """Current handles with it anywhere in handle or name; sorted."""
        key = fold(typed)
        return tuple(handle for handle, name in self._folded.items() if key in handle or key in name)


def _whole_names(folded: dict[str, str]) -> dict[str, tuple[str, ...]]:
    whole: dict[str, tuple[str, ...]] = {}
    for handle, name in folded.items():
        for key in {name, name.replace(" ", "")}:
            whole[key] = (*whole.get(key, ()), handle)
    return whole


class Names(msgspec.Struct, frozen=True):
    """Whom the sigils name: @ and ! people, # customers."""

    people: Directory = Directory()
    customers: Directory = Directory()
