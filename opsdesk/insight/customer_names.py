"""Finding a customer by any part of its name or handle, as one types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from opsdesk.core.customers import Customer
from opsdesk.core.names import fold

WHOLE, START, WORD, INSIDE = range(4)


class CustomerNames:
    """Folded once and asked at every key."""

    def __init__(self, customers: Iterable[Customer]) -> None:
        self._known = [
            (f"{name} {handle}", name, handle, each)
            for each in customers
            for name, handle in ((fold(each.name), fold(each.handle)),)
        ]
        self._known.sort(key=lambda known: (not known[3].active, known[1], known[2]))

    def find(self, words: str) -> Sequence[Customer]:
        """Those with every word: of that very name or handle first, then what begins so; customers that left last.

        All of them where nothing is typed; "#" in front is no part of a name.
        """
        wanted = fold(words).removeprefix("#").split()
        if not wanted:
            return [customer for *_, customer in self._known]
        whole = " ".join(wanted)
        held = [known for known in self._known if all(word in known[0] for word in wanted)]
        placed = sorted(held, key=lambda known: (not known[3].active, _place(whole, known[1], known[2])))
        return [customer for *_, customer in placed]

    def exactly(self, words: str) -> Sequence[Customer]:
        """Those of that handle, id or whole name; a handle is one customer's."""
        whole = fold(words).removeprefix("#")
        own = [each for _, _, handle, each in self._known if whole in (handle, each.id.lower())]
        return own or [each for _, name, _, each in self._known if whole and name == whole]


def _place(whole: str, name: str, handle: str) -> int:
    if whole in (name, handle):
        return WHOLE
    if name.startswith(whole) or handle.startswith(whole):
        return START
    return WORD if f" {whole}" in name else INSIDE
