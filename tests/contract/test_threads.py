"""One thread reads for the screen while another writes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from msgspec.structs import replace
from tinydb import Query

from opsdesk.core.actions import Action
from opsdesk.store.sqlite import TableStore
from tests.clock import START
from tests.contract.conftest import capture

PATIENCE = 10


def running(target: Callable[[], None]) -> Thread:
    thread = Thread(target=target, daemon=True)
    thread.start()
    return thread


def test_reading_neither_waits_for_nor_sees_an_open_command(store: TableStore) -> None:
    (one,) = capture(store, "one")
    written, seen = Event(), Event()

    def write() -> None:
        with store.work("x", by="sue", at=START) as work:
            work.put(replace(one, title="two"))
            work.add(Action(title="new"))
            store.table(Action).insert({"title": "newer"})
            written.set()
            assert seen.wait(PATIENCE)

    worker = running(write)
    assert written.wait(PATIENCE)
    assert list(store.all(Action)) == list(store.live(Action)) == list(store.where(Action)) == [one]
    assert store.get(Action, one.id) == one
    assert [d["title"] for d in store.table(Action).search(Query().title.exists())] == ["one"]
    assert (len(store.history()), list(store.news())) == (1, [])
    seen.set()
    worker.join(PATIENCE)
    assert [a.title for a in store.all(Action)] == ["two", "new", "newer"]
    assert list(store.news()) == []


def test_what_is_first_read_during_an_open_command_is_not_kept_when_it_fails(store: TableStore) -> None:
    capture(store, "one")
    written, seen, failed = Event(), Event(), Event()

    def write() -> None:
        try:
            with store.work("x", by="sue", at=START) as work:
                work.add(Action(title="two"))
                assert len(work.all(Action)) == len(work.live(Action)) == 2
                written.set()
                assert seen.wait(PATIENCE)
                raise LookupError
        except LookupError:
            failed.set()

    worker = running(write)
    assert written.wait(PATIENCE)
    assert len(store.all(Action)) == 1
    seen.set()
    worker.join(PATIENCE)
    assert failed.is_set()
    assert len(store.all(Action)) == len(store.live(Action)) == 1


def test_two_threads_take_turns(store: TableStore) -> None:
    def write() -> None:
        for _ in range(20):
            capture(store, "x")

    for thread in [running(write) for _ in range(3)]:
        thread.join(60)
    assert [a.id for a in store.all(Action)] == [f"A-{n}" for n in range(1, 61)]
    assert [tx.seq for tx in store.history()] == list(range(1, 61))


def test_polling_and_reading_while_another_thread_writes(store: TableStore) -> None:
    over = Event()

    def write() -> None:
        for _ in range(50):
            capture(store, "x")
        over.set()

    worker, counts = running(write), [0]
    while not over.is_set():
        assert list(store.news()) == []
        counts.append(len(store.all(Action)))
    worker.join(PATIENCE)
    assert counts == sorted(counts)
    assert len(store.all(Action)) == len(store.live(Action)) == 50
