"""What is known to have been in a desk, by what still names it: its last entry, and its records' numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import MsgspecError

from opsdesk.core.kinds import prefixes, shape_named, shape_of
from opsdesk.core.record import decoder
from opsdesk.core.references import BY_HANDLE, fields_of, values
from opsdesk.store.guard.trust import Spoiled
from opsdesk.store.rows import Doc, number

REACH = 100_000
"""A number that is further from all others was never given: it is damaged itself."""
SEQ = re.compile(rb'\{"seq":(\d{1,18})[,}]')
Place = tuple[str, int]


def last_seq(last: int, revs: Iterable[int], spoiled: Sequence[Spoiled]) -> int:
    """The highest seq that anything names; `last` of the entries that were found.

    The seq of a damaged row may be what is damaged: it counts where its body says the same, or it is the next.
    """
    highest = max((seq for seq in (*revs, last) if seq <= last + REACH), default=last)
    for seq in sorted(each.seq for each in spoiled if isinstance(each.seq, int)):
        said = any(each.seq == seq and _says(each.row[4]) == seq for each in spoiled)
        if seq == highest + 1 or (said and highest < seq <= highest + REACH):
            highest = seq
    return highest


def _says(body: object) -> int:
    found = SEQ.match(body) if isinstance(body, bytes) else None
    return int(found[1]) if found else 0


class Known:
    """`missing` numbers by kind, of records that were and are not in `docs`; numbers are given one after the other.

    `kept`: those whose place must stay taken: the highest of each kind, and what a record that is there names.
    """

    def __init__(self, docs: Mapping[Place, Doc], spoiled: Iterable[Spoiled]) -> None:
        given: dict[str, set[int]] = {}
        for kind, place in docs:
            given.setdefault(kind, set()).add(place)
        highest = {kind: max(numbers) for kind, numbers in given.items()}
        self.kept: set[Place] = set()
        for kind, place in (*_named(docs.values()), *_spoiled(spoiled)):
            if place not in given.get(kind, ()) and 0 < place <= highest.get(kind, 0) + REACH:
                self.kept.add((kind, place))
        for kind, place in self.kept:
            highest[kind] = max(highest.get(kind, 0), place)
        gone = {kind: sorted(set(range(1, last)) | {last}) for kind, last in highest.items() if last <= REACH * 10}
        lacking = {
            kind: [each for each in numbers if each not in given.get(kind, ())] for kind, numbers in gone.items()
        }
        self.missing = {kind: numbers for kind, numbers in lacking.items() if numbers}


def _named(docs: Iterable[Doc]) -> Iterator[Place]:
    """What records name in their fields."""
    for kind, _, _, _, body, _ in docs:
        shape = shape_named(kind)
        if shape is None or body is None:
            continue
        try:
            record = decoder(shape).decode(body)
        except (MsgspecError, UnicodeError):
            continue
        for path, target in fields_of(kind).items():
            if target not in BY_HANDLE:
                yield from (place for id in values(record, path) if (place := _place(id)) is not None)


def _place(id: object) -> Place | None:
    shape = shape_of(id) if isinstance(id, str) else None
    place = number(shape, str(id)) if shape is not None else None
    return None if shape is None or place is None else (shape.kind, place)


def _spoiled(spoiled: Iterable[Spoiled]) -> Iterator[Place]:
    """Damaged rows whose body still says the id that their key says."""
    for each in spoiled:
        kind, place, body = each.row[0], each.row[1], each.row[4]
        if each.seq or not isinstance(place, int) or not isinstance(kind, str) or kind not in prefixes():
            continue
        if isinstance(body, bytes) and f'"{prefixes()[kind]}-{place}"'.encode() in body:
            yield kind, place
