"""Which fields name other records, and those that name one that is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from opsdesk.core.declared import naming
from opsdesk.core.guard import Finding
from opsdesk.core.kinds import OWN, shape_of, shapes
from opsdesk.core.record import Record

PERSON, CUSTOMER, COMPONENT = "people", "customers", "components"
BY_HANDLE = {PERSON, CUSTOMER, COMPONENT}
ANY = ""
"""A record of any kind."""

OF_OWN: dict[str, dict[str, str]] = {
    "actions": {
        "meeting": "meetings",
        "relisted": "meetings",
        "told.meeting": "meetings",
        "blocked_by": "actions",
        "came_of": ANY,
        "led_to": ANY,
        "owner": PERSON,
        "customer": CUSTOMER,
    },
    "customers": {"owner": PERSON},
    "decisions": {"meeting": "meetings", "supersedes": "decisions"},
    "flag-reviews": {"meeting": "meetings", "customer": CUSTOMER},
    "items": {
        "meeting": "meetings",
        "settled_in": "meetings",
        "parked_in": "meetings",
        "relisted": "meetings",
        "ref": ANY,
        "customer": CUSTOMER,
    },
    "meetings": {
        "customer": CUSTOMER,
        "chair": PERSON,
        "deputy": PERSON,
        "minute_taker": PERSON,
        "settling": "actions",
    },
    "minutes": {"meeting": "meetings", "customer": CUSTOMER},
    "moved": {"customer": CUSTOMER},
    "notes": {"meeting": "meetings"},
    "scores": {"meeting": "meetings", "customer": CUSTOMER, "owner": PERSON},
    "series": {"customer": CUSTOMER},
}
"""Who typed something need not be among the people, so `by` and its like are none of these."""

BELONGS = {("notes", "meeting"), ("decisions", "meeting"), ("minutes", "meeting")}
"""Seen only through what they name: without it they are lost."""

SHOWN = 3


def fields_of(kind: str) -> Mapping[str, str]:
    """Field → the kind of record that it names, in a kind of this name; of a register as its fields declare it."""
    shape = shapes().get(kind)
    return OF_OWN.get(kind, {}) if shape is None or shape in OWN else naming(shape)


def dangling(records: Mapping[str, Collection[Record]], removed: Collection[str]) -> Iterator[Finding]:
    """`records` by kind; `removed`: ids that a command of the journal took out, which is never grave."""
    handles = {kind: {getattr(each, "handle", "") for each in records.get(kind, ())} for kind in BY_HANDLE}
    known = {kind: {each.id for each in found} for kind, found in records.items()}
    strangers: dict[tuple[str, str], dict[str, None]] = {}
    for kind, found in records.items():
        for path, target in fields_of(kind).items():
            for record in found:
                for named in values(record, path):
                    if target in BY_HANDLE:
                        if named not in handles[target]:
                            strangers.setdefault((target, named), {})[record.id] = None
                    elif named not in known.get(target or kind_of(named), ()):
                        yield _gone(record, path, named, named in removed)
    yield from (_stranger(kind, handle, list(ids)) for (kind, handle), ids in strangers.items() if handles[kind])


def values(record: Any, path: str) -> Iterator[str]:
    """What a field names, also inside a value or in each of several."""
    head, _, rest = path.partition(".")
    value = getattr(record, head)
    for each in value if isinstance(value, tuple) else (value,):
        if each is None or each == "":
            continue
        if rest:
            yield from values(each, rest)
        else:
            yield each


def kind_of(id: str) -> str:
    shape = shape_of(id)
    return shape.kind if shape else ""


def unplaced(names: Iterable[str]) -> str:
    """A-1, A-2, A-3 and 4 more."""
    listed = list(names)
    more = f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else ""
    return ", ".join(listed[:SHOWN]) + more


def _gone(record: Record, path: str, named: str, removed: bool) -> Finding:
    field = path.partition(".")[0].replace("_", " ")
    if removed:
        return Finding(record.id, f"Its {field} {named} was removed since.", grave=False)
    grave = (record.kind, path) in BELONGS
    return Finding(record.id, f"Its {field} {named} is not there.", grave=grave)


def _stranger(kind: str, handle: str, ids: list[str]) -> Finding:
    what = f"{handle}, named by {unplaced(ids)}, is not among the {kind}."
    return Finding(ids[0], what, grave=False)
