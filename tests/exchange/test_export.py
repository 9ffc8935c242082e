"""The export: every kind, in one order, byte for byte the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec import json

from opsdesk.core.actions import Action
from opsdesk.core.kinds import KINDS
from opsdesk.core.settings import Settings
from opsdesk.exchange.export import FORMAT, encoded, whole
from opsdesk.store.sqlite import SqliteStore

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def filled(folder: Path, count: int) -> SqliteStore:
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        for number in range(count):
            work.add(Action(title=f"Number {number} 日本"))
    return store


def test_every_kind_is_there_by_name_also_when_empty(tmp_path: Path) -> None:
    records = whole(filled(tmp_path, 0), Settings())["records"]
    assert list(records) == sorted(shape.kind for shape in KINDS)
    assert not any(records.values())


def test_records_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    actions = json.decode(encoded(filled(tmp_path, 12), Settings()))["records"]["actions"]
    assert [each["id"] for each in actions] == [f"A-{n}" for n in range(1, 13)]


def test_the_same_desk_gives_the_same_bytes(tmp_path: Path) -> None:
    first = encoded(filled(tmp_path / "one", 3), Settings(company="Acme"))
    assert first == encoded(filled(tmp_path / "two", 3), Settings(company="Acme"))
    assert first.endswith(b"}\n")


def test_records_are_read_back_as_they_were(tmp_path: Path) -> None:
    store = filled(tmp_path, 2)
    document = json.decode(encoded(store, Settings()))
    assert document["opsdesk"] == FORMAT
    assert [json.decode(json.encode(a), type=Action) for a in document["records"]["actions"]] == list(store.all(Action))
