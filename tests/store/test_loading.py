"""While one thread reads a whole kind for the first time, others read and write on; nothing is lost or stale."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread, get_ident

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.entries import Note
from opsdesk.core.errors import Unavailable
from opsdesk.core.ports import Store
from opsdesk.core.record import Record
from opsdesk.store import committed, shelf
from opsdesk.store.memory import MemoryStore
from opsdesk.store.shelf import Shelf, by_number
from opsdesk.store.sqlite import SqliteStore, TableStore
from tests.clock import START
from tests.contract.conftest import capture

PATIENCE = 10
VERBS = ("add", "edit", "remove", "undo", "many")


@contextmanager
def interrupted(hooks: dict[int, Callable[[], object]], slice: int = 2, many: int = 500) -> Iterator[None]:
    """Each hook runs once, after a kind of which so many records are read already."""
    every = Shelf.every

    def hooked(self: Shelf) -> Iterator[Record]:
        for number, record in enumerate(chain(every(self), [None])):
            hooks.pop(number, lambda: None)()
            if record is not None:
                yield record

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Shelf, "every", hooked)
        patched.setattr(shelf, "SLICE", slice)
        patched.setattr(committed, "MANY", many)
        yield


def change(store: Store, verb: str, number: int) -> None:
    """Without reading the whole kind."""
    with store.work(verb, by="bob", at=START) as work:
        found = [action for n in range(1, 9) for action in work.where(Action, meeting=f"M-{n}")]
        chosen = found[number % len(found)] if found else work.add(Action(title="first", meeting="M-1"))
        if verb == "add":
            work.add(Action(title="more", meeting="M-7"))
        elif verb == "remove":
            work.remove(Action, chosen.id)
        elif verb == "undo" and store.history():
            work.undo(store.history()[-1])
        else:
            for each in found if verb == "many" else [chosen]:
                work.put(replace(work.get(Action, each.id), title=f"{verb} {number}"))


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 7),
    st.dictionaries(st.integers(0, 8), st.tuples(st.booleans(), st.sampled_from(VERBS), st.integers(0, 9)), max_size=4),
)
def test_what_is_committed_while_a_kind_is_read_is_in_it(there: int, during: dict[int, tuple[bool, str, int]]) -> None:
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        with closing(SqliteStore(folder)) as before:
            for number in range(there):
                capture(before, "x", meeting=f"M-{number + 1}")
        mine, other = (stack.enter_context(closing(SqliteStore(folder))) for _ in range(2))
        hooks = {
            at: lambda own=own, verb=verb, number=number: change(mine if own else other, verb, number)
            for at, (own, verb, number) in during.items()
        }
        with interrupted(hooks, many=3):
            found = list(mine.all(Action))
        fresh = stack.enter_context(closing(SqliteStore(folder)))
        assert found == list(fresh.all(Action)) == list(mine.all(Action))
        assert list(mine.live(Action)) == list(fresh.live(Action))
        assert found == sorted(found, key=by_number)


def test_a_journal_put_back_while_a_kind_is_read_begins_it_again(folder: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        kept = [*capture(store, "one"), *capture(store, "two"), *capture(store, "three")][:1]

    def put_back() -> None:
        with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as db:
            db.executescript("begin; delete from journal where seq>1; delete from docs where number>1; commit")

    with closing(SqliteStore(folder)) as store, interrupted({2: put_back}):
        assert list(store.all(Action)) == kept


def test_a_kind_that_could_not_be_read_is_read_again(folder: Path) -> None:
    def fail() -> None:
        raise LookupError

    with closing(SqliteStore(folder)) as store:
        made = capture(store, "one", "two")
        with interrupted({2: fail}):
            with pytest.raises(LookupError):
                store.all(Action)
            made += capture(store, "three")
            assert list(store.all(Action)) == made


class Loading:
    """A thread that reads all actions and stands still in the middle of it."""

    def __init__(self, store: TableStore) -> None:
        self.store = store
        self.begun, self.go_on = Event(), Event()
        self.found: list[Action] = []
        self.thread = Thread(target=self.load, daemon=True)

    def load(self) -> None:
        self.ident = get_ident()
        self.found = list(self.store.all(Action))

    def pause(self) -> None:
        if get_ident() == self.ident:
            self.begun.set()
            assert self.go_on.wait(PATIENCE)

    def __enter__(self) -> Loading:
        self.thread.start()
        assert self.begun.wait(PATIENCE)
        return self

    def __exit__(self, *failure: object) -> None:
        self.go_on.set()
        self.thread.join(PATIENCE)


@pytest.mark.parametrize("disk", [True, False])
def test_others_read_and_write_on_while_a_kind_is_read(folder: Path, disk: bool) -> None:
    with closing(SqliteStore(folder) if disk else MemoryStore()) as store:
        one, two, three = capture(store, "one", "two", "three", meeting="M-1")
        loading = Loading(store)
        with interrupted({3: loading.pause}), loading:
            assert store.get(Action, "A-3") == three
            assert list(store.live(Action)) == list(store.where(Action, meeting="M-1")) == [one, two, three]
            assert list(store.all(Note)) == list(store.news()) == []
            with store.work("edit", by="sue", at=START) as work:
                changed = work.put(replace(one, title="changed"))
                work.remove(Action, "A-2")
                new = work.add(Action(title="new"))
            assert store.get(Action, "A-1") == changed
            assert len(store.history()) == len(store.trail("A-3")) + 1 == 2
            assert loading.thread.is_alive()
        assert loading.found == list(store.all(Action)) == [changed, three, new]


def test_two_threads_read_a_kind_once(folder: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        made = capture(store, "one", "two", "three")
        first, second = Loading(store), Loading(store)
        with interrupted({2: first.pause}):
            with first:
                second.thread.start()
            second.thread.join(PATIENCE)
        assert first.found == second.found == made
        assert all(a is b for a, b in zip(first.found, second.found, strict=True))


def test_a_desk_closed_while_a_kind_is_read_says_so(folder: Path) -> None:
    store = SqliteStore(folder)
    capture(store, "one", "two", "three")
    with interrupted({1: store.close}), pytest.raises(Unavailable, match="closed"):
        store.all(Action)
