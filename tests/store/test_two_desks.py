from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.errors import Unavailable
from opsdesk.core.journal import Transaction
from opsdesk.store import connections
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.sqlite import SqliteStore
from tests.contract.conftest import capture

Open = Callable[[], SqliteStore]

ADD = """
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from opsdesk.core.actions import Action
from opsdesk.store.sqlite import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    with store.work("capture", by=sys.argv[3], at=datetime(2026, 11, 23, 15, tzinfo=UTC)) as work:
        work.add(Action(title=f"{sys.argv[3]} {number}"))
store.close()
"""


def start(folder: Path, count: int, by: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", ADD, str(folder), str(count), by], stderr=subprocess.PIPE)


def test_two_processes_at_once_lose_nothing(folder: Path, opened: Open) -> None:
    desk, processes = opened(), [start(folder, 40, by) for by in ("bob", "eve")]
    capture(desk, *[f"sue {n}" for n in range(3)])
    news: list[Transaction] = []
    for process in processes:
        assert process.communicate(timeout=60)[1] == b""
        news += desk.news()
    assert sorted(tx.by for tx in news) == ["bob"] * 40 + ["eve"] * 40
    assert [a.id for a in desk.all(Action)] == [f"A-{n}" for n in range(1, 84)]
    assert sorted(a.title for a in desk.all(Action) if a.title.startswith("eve")) == sorted(
        f"eve {n}" for n in range(40)
    )
    assert [tx.seq for tx in desk.history()] == list(range(1, 82))


def test_processes_that_make_the_same_desk_at_once(folder: Path, opened: Open) -> None:
    processes = [start(folder, 1, by) for by in ("bob", "eve", "kim")]
    assert [process.communicate(timeout=60)[1] for process in processes] == [b"", b"", b""]
    assert [a.id for a in opened().all(Action)] == ["A-1", "A-2", "A-3"]


def test_threads_that_make_the_same_desk_at_the_same_moment(tmp_path: Path) -> None:
    for round in range(12):
        place, barrier, failed = tmp_path / f"desk-{round}", threading.Barrier(6), []

        def make(place: Path = place, barrier: threading.Barrier = barrier, failed: list[str] = failed) -> None:
            barrier.wait()
            try:
                SqliteStore(place).close()
            except Unavailable as error:
                failed.append(str(error))

        threads = [threading.Thread(target=make) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []


def test_another_desk_that_does_not_finish_is_one_sentence(
    folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.01)
    desk = opened()
    (made,) = capture(desk, "one")
    other = sqlite3.connect(folder / "desk.db", isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(Unavailable, match="Another desk is writing") as refused:
        capture(desk, "two")
    assert "try again" in refused.value.hint
    assert list(desk.all(Action)) == [made]
    other.execute("rollback")
    other.close()
    assert [a.id for a in capture(desk, "two")] == ["A-2"]


def test_a_copy_put_back_under_an_open_desk_is_seen(folder: Path, tmp_path: Path, opened: Open) -> None:
    desk = opened()
    (made,) = capture(desk, "one")
    SqliteGuard(folder).backup(tmp_path / "copy.db")
    capture(desk, "two")
    assert len(desk.all(Action)) == 2
    copy, live = sqlite3.connect(tmp_path / "copy.db"), sqlite3.connect(folder / "desk.db")
    copy.backup(live)
    copy.close()
    live.close()
    assert [tx.seq for tx in desk.news()] == [1]
    assert list(desk.all(Action)) == [made]
    assert [a.id for a in capture(desk, "two again")] == ["A-2"]
    assert [tx.seq for tx in desk.history()] == [1, 2]


def test_a_copy_put_back_is_seen_also_where_its_journal_is_as_long_or_longer(
    folder: Path, tmp_path: Path, opened: Open
) -> None:
    desk = opened()
    SqliteGuard(folder).backup(tmp_path / "copy.db")
    capture(desk, "one", "one more")
    assert len(desk.all(Action)) == 2
    copy, live = sqlite3.connect(tmp_path / "copy.db"), sqlite3.connect(folder / "desk.db")
    copy.backup(live)
    copy.close()
    live.close()
    other = opened()
    made = capture(other, "another", by="bob") + capture(other, "still another", by="bob")
    assert [tx.seq for tx in desk.news()] == [2]
    assert list(desk.all(Action)) == made
    assert [a.id for a in capture(desk, "three")] == ["A-3"]


def test_a_desk_migrated_under_an_open_one_is_left_alone(folder: Path, opened: Open) -> None:
    desk = opened()
    capture(desk, "one")
    other = sqlite3.connect(folder / "desk.db")
    other.execute("pragma user_version=99")
    other.commit()
    other.close()
    with pytest.raises(Unavailable, match="newer OpsDesk"):
        capture(desk, "two")
    assert len(desk.history()) == 1
    for _ in range(2):
        with pytest.raises(Unavailable, match="newer OpsDesk"):
            desk.news()


def test_an_older_desk_put_under_an_open_one_is_left_alone(folder: Path, opened: Open) -> None:
    desk = opened()
    capture(desk, "one")
    old = f"{(Path(__file__).parent / 'fixtures' / 'format-1.db').as_uri()}?immutable=1"
    with closing(sqlite3.connect(old, uri=True)) as copy, closing(sqlite3.connect(folder / "desk.db")) as live:
        copy.backup(live)
    for use in (lambda: capture(desk, "two"), lambda: desk.all(Action), desk.news):
        with pytest.raises(Unavailable, match="older OpsDesk") as refused:
            use()
        assert "open it again" in refused.value.hint
    assert len(opened().all(Action)) == 5
