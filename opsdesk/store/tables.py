"""TinyDB's two extension points: a Storage that is handed only what changed, and a Table that hands it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, ItemsView, Iterator, Mapping, MutableMapping
from datetime import date, datetime
from typing import Any

import msgspec
from tinydb.storages import Storage
from tinydb.table import Table

from opsdesk.core.errors import Invalid
from opsdesk.core.record import R, Record, checked

Fields = dict[str, Any]
KEPT = (date, datetime)
NESTED = (tuple, list, dict)


class Deltas(Storage):
    """A Storage that is handed changed records instead of the whole world."""

    @abstractmethod
    def find(self, kind: type[Record], id: str) -> Record | None: ...

    @abstractmethod
    def every(self, kind: type[Record]) -> tuple[Record, ...]: ...

    @abstractmethod
    def save(self, kind: type[Record], changed: Mapping[str, Record | None]) -> None: ...

    @abstractmethod
    def next_id(self, kind: type[Record]) -> str: ...

    def read(self) -> None:
        """Tables ask for their own kind instead."""
        return None

    def write(self, data: Any) -> None:
        raise Invalid("A desk is never written anew as a whole.", "Remove records one by one.")


class Documents(Mapping[str, Fields]):
    """A kind's records as TinyDB's documents: a fresh dict each, so that nobody edits what is kept."""

    def __init__(self, storage: Deltas, kind: type[Record]) -> None:
        self.storage, self.kind = storage, kind

    def __getitem__(self, id: str) -> Fields:
        found = self.storage.find(self.kind, id)
        if found is None:
            raise KeyError(id)
        return document(found)

    def __iter__(self) -> Iterator[str]:
        return (record.id for record in self.storage.every(self.kind))

    def __len__(self) -> int:
        return len(self.storage.every(self.kind))

    def items(self) -> ItemsView[str, Fields]:
        return Pairs(self)


class Pairs(ItemsView[str, Fields]):
    """All at once, without looking each of them up."""

    _mapping: Documents

    def __iter__(self) -> Iterator[tuple[str, Fields]]:
        documents = self._mapping
        return ((record.id, document(record)) for record in documents.storage.every(documents.kind))


def document(record: Record) -> Fields:
    """JSON's shapes, but dates stay dates, so that a Query can compare them."""
    built: Fields = msgspec.to_builtins(record, builtin_types=KEPT)
    return {name: listed(value) if type(value) in NESTED else value for name, value in built.items()}


def listed(value: Any) -> Any:
    """Tuples as lists, at any depth."""
    if isinstance(value, dict):
        return {name: listed(each) for name, each in value.items()}
    return [listed(each) for each in value] if isinstance(value, tuple | list) else value


class Draft(MutableMapping[str, Any]):
    """What a TinyDB updater sees: reads fall through and are noted, as they may be edited in place."""

    def __init__(self, base: Mapping[str, Fields]) -> None:
        self.base = base
        self.noted: dict[str, Any] = {}

    def __getitem__(self, id: str) -> Any:
        if id not in self.noted:
            self.noted[id] = self.base[id]
        if self.noted[id] is None:
            raise KeyError(id)
        return self.noted[id]

    def __setitem__(self, id: str, fields: Any) -> None:
        self.noted[id] = fields

    def __delitem__(self, id: str) -> None:
        if id not in self:
            raise KeyError(id)
        self.noted[id] = None

    def __contains__(self, id: object) -> bool:
        return self.noted[str(id)] is not None if id in self.noted else id in self.base

    def __iter__(self) -> Iterator[str]:
        yield from (id for id in self.base if self.noted.get(id, id) is not None)
        yield from (id for id, fields in self.noted.items() if fields is not None and id not in self.base)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        for id in list(self):
            self.noted[id] = None


class Tables(dict[type[Record], "Records"]):
    """Each kind's, made when first asked for; two threads that ask at once are given the same."""

    def __init__(self, storage: Deltas) -> None:
        super().__init__()
        self._storage = storage

    def __missing__(self, kind: type[Record]) -> Records:
        return self.setdefault(kind, Records(self._storage, kind))


class Records(Table):
    """One kind. Ids are the desk's own, and no query is cached, so that none goes stale."""

    def __init__(self, storage: Deltas, kind: type[Record]) -> None:
        super().__init__(storage, kind.kind, cache_size=0)
        self.document_id_class: Any = str
        self.kind, self.deltas = kind, storage
        self.documents = Documents(storage, kind)

    def put(self, id: str, record: Record | None) -> None:
        """One record as it shall be; None removes it. What an update of TinyDB's comes to, without its draft."""
        self.deltas.save(self.kind, {id: record})

    def _get_next_id(self) -> str:
        return self.deltas.next_id(self.kind)

    def _read_table(self) -> Any:
        return self.documents

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        draft = Draft(self.documents)
        updater(draft)
        self.deltas.save(self.kind, dict(self._changed(draft.noted)))

    def _changed(self, noted: Mapping[str, Any]) -> Iterator[tuple[str, Record | None]]:
        """What an updater has only looked at is left alone."""
        for id, value in noted.items():
            if value is None:
                yield id, None
            elif (record := self._record(id, value)) != self.deltas.find(self.kind, id):
                yield id, record

    def _record(self, id: str, values: Mapping[str, Any]) -> Record:
        """A field that the kind does not have would be lost without a word."""
        unknown = next((name for name in values if name not in self.kind.__struct_fields__), None)
        if unknown is not None:
            raise Invalid(f"{id}: {self.kind.kind} have no field {unknown!r}.", "Look at the kind's fields.")
        return checked(shaped(self.kind, {**values, "id": id}))


def shaped(kind: type[R], values: Mapping[str, Any]) -> R:
    """The record of these field values. Raises Invalid."""
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise Invalid(f"{values['id']}: {error}.") from error
