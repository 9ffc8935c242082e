"""The export: every kind, in one order, byte for byte the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec import json

from opsdesk.core.actions import Action
from opsdesk.core.journal import Transaction
from opsdesk.core.kinds import KINDS
from opsdesk.core.settings import Settings
from opsdesk.exchange.export import FORMAT, document, journal, moment
from opsdesk.store.sqlite import SqliteStore

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def filled(folder: Path, count: int) -> SqliteStore:
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        for number in range(count):
            work.add(Action(title=f"Number {number} 日本"))
    return store


def encoded(store: SqliteStore, settings: Settings | None = None, agendas: dict[str, str] | None = None) -> bytes:
    now = moment(store, store.history)
    return b"".join(document(now, journal(store.history, now.seq), settings or Settings(), agendas or {}))


def test_every_kind_is_there_by_name_also_when_empty(tmp_path: Path) -> None:
    whole = json.decode(encoded(filled(tmp_path, 0)))
    assert list(whole) == ["opsdesk", "settings", "zone", "agendas", "records", "journal"]
    assert list(whole["records"]) == sorted(shape.kind for shape in KINDS)
    assert not any(whole["records"].values())
    assert (whole["opsdesk"], whole["journal"], whole["agendas"]) == (FORMAT, [], {})


def test_records_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    actions = json.decode(encoded(filled(tmp_path, 12)))["records"]["actions"]
    assert [each["id"] for each in actions] == [f"A-{n}" for n in range(1, 13)]


def test_the_same_desk_gives_the_same_bytes(tmp_path: Path) -> None:
    mine = {"b": "title = 'B'\n", "a": "title = 'A'\n"}
    first = encoded(filled(tmp_path / "one", 3), Settings(company="Acme"), mine)
    assert first == encoded(filled(tmp_path / "two", 3), Settings(company="Acme"), dict(reversed(mine.items())))
    assert first.endswith(b"}\n")


def test_records_and_journal_are_read_back_as_they_were(tmp_path: Path) -> None:
    store = filled(tmp_path, 2)
    whole = json.decode(encoded(store, agendas={"own": "title = '日本'"}))
    assert [json.decode(json.encode(a), type=Action) for a in whole["records"]["actions"]] == list(store.all(Action))
    assert [json.decode(json.encode(t), type=Transaction) for t in whole["journal"]] == list(store.history())
    assert whole["agendas"] == {"own": "title = '日本'"}


def test_every_record_has_a_line_of_its_own(tmp_path: Path) -> None:
    lines = encoded(filled(tmp_path, 3)).decode().splitlines()
    assert [json.decode(line.rstrip(","))["id"] for line in lines if "Number" in line and "seq" not in line] == [
        "A-1",
        "A-2",
        "A-3",
    ]
