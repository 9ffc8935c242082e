"""Logs that SQLite itself has written: whole, torn at every byte, damaged in each frame."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from opsdesk.core.guard import Finding
from opsdesk.store.guard import log
from opsdesk.store.header import FRAME_HEADER, LOG_HEADER

PAGE = 512
FRAME = FRAME_HEADER + PAGE


class Written:
    """A database of 512-byte pages with a log of several transactions, some of more than one frame."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as db:
            db.execute(f"pragma page_size={PAGE}")
            db.execute("pragma journal_mode=wal")
            db.execute("create table t(x)")
            db.execute("pragma wal_checkpoint(truncate)")
            self.states = [(0, 0)]
            for number in range(5):
                db.execute("begin")
                for _ in range(1 + number % 3):
                    db.execute("insert into t values(?)", ("x" * 300 * (1 + number % 2),))
                db.execute("commit")
                rows = db.execute("select count(*) from t").fetchone()[0]
                self.states.append(((folder / "desk.db-wal").stat().st_size, rows))
            self.database = (folder / "desk.db").read_bytes()
            self.log = (folder / "desk.db-wal").read_bytes()
            self.index = (folder / "desk.db-shm").read_bytes()

    def seen(self, folder: Path, data: bytes) -> int:
        """How many rows SQLite sees with this log."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "desk.db").write_bytes(self.database)
        (folder / "desk.db-wal").write_bytes(data)
        with closing(sqlite3.connect(folder / "desk.db")) as db:
            return int(db.execute("select count(*) from t").fetchone()[0])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return Written(tmp_path_factory.mktemp("written"))


def findings(data: bytes, index: bytes = b"") -> list[Finding]:
    return log.findings(log.read(data, index, PAGE))


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


def test_every_frame_of_a_whole_log_counts(written: Written) -> None:
    found = log.read(written.log, written.index)
    assert len(found.frames) == (len(written.log) - LOG_HEADER) // FRAME >= 10
    assert all(frame.counts and frame.intact and frame.own for frame in found.frames)
    assert found.committed == found.written == len(found.frames)
    assert [LOG_HEADER + FRAME * frame.number for frame in found.frames if frame.size] == [
        size for size, _ in written.states[1:]
    ]
    assert log.findings(found) == []


def test_a_log_torn_at_any_byte_is_taken_as_far_as_sqlite_takes_it(written: Written, tmp_path: Path) -> None:
    for size in range(0, len(written.log), 1):
        found = log.read(written.log[:size], b"", PAGE)
        ended = max(end for end, _ in written.states if end <= size)
        assert LOG_HEADER + FRAME * found.committed == (ended or LOG_HEADER)
        told = log.findings(found)
        assert not any(finding.grave for finding in told), size
        assert bool(told) == (size not in (ended, *range(LOG_HEADER + 16))) or size - ended < 16
    for size in range(LOG_HEADER, len(written.log), 97):
        rows = max(rows for end, rows in written.states if end <= size)
        assert written.seen(tmp_path / "torn", written.log[:size]) == rows


def test_a_log_cut_short_that_was_saved_is_lost(written: Written) -> None:
    for size in range(0, len(written.log) - 1, 61):
        (finding,) = findings(written.log[:size], written.index)
        assert finding.grave
        assert finding.place == "log"
    assert "has lost" in findings(b"", written.index)[0].what


def test_what_is_copied_into_the_file_already_is_not_lost_with_the_log(written: Written) -> None:
    found = log.read(b"", written.index)
    assert log.findings(found._replace(copied=found.written)) == []


def test_an_index_of_another_log_tells_nothing(written: Written, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert log.read(written.log, Written(tmp_path / "other").index).written == 0
    assert log.read(written.log, flipped(written.index, 17)).written == 0


def test_damage_in_any_frame_but_the_last_is_grave(written: Written, tmp_path: Path) -> None:
    frames = log.read(written.log).frames
    for frame in frames:
        for at in (frame.start + 100, frame.start - 20, frame.start - 13, frame.start - 5):
            damaged = flipped(written.log, at)
            found = log.read(damaged)
            told = log.findings(found)
            assert told, f"frame {frame.number}, byte {at - frame.start}"
            salted = at == frame.start - 13
            assert told[0].grave == (salted or frame is not frames[-1]), (
                f"frame {frame.number}, byte {at - frame.start}"
            )
            rows = max(rows for end, rows in written.states if end <= LOG_HEADER + FRAME * found.committed or not end)
            assert written.seen(tmp_path / "flipped", damaged) == rows
            assert findings(damaged, written.index)[0].grave


@pytest.mark.parametrize("at", range(LOG_HEADER))
def test_damage_in_the_header_is_grave(written: Written, at: int) -> None:
    (finding,) = findings(flipped(written.log, at))
    assert finding.grave
    assert "beginning" in finding.what


def test_frames_of_an_older_generation_are_nothing(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "desk.db", isolation_level=None)) as db:
        db.execute("pragma journal_mode=wal")
        db.execute("create table t(x)")
        for number in range(10):
            db.execute("insert into t values(?)", (number,))
        db.execute("pragma wal_checkpoint(restart)")
        db.execute("insert into t values(1)")
        data, index = (tmp_path / "desk.db-wal").read_bytes(), (tmp_path / "desk.db-shm").read_bytes()
    found = log.read(data, index)
    assert [frame.own for frame in found.frames].count(True) == found.committed == found.written == 1
    assert len(found.frames) > 5
    assert log.findings(found) == []


def test_the_frames_applied_are_what_sqlite_sees(written: Written, tmp_path: Path) -> None:
    for end, rows in written.states:
        image = log.applied(written.database, log.read(written.log[: max(end, LOG_HEADER)]))
        (tmp_path / "image.db").write_bytes(image)
        with closing(sqlite3.connect(f"file:{tmp_path}/image.db?immutable=1", uri=True)) as db:
            assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
            assert db.execute("select count(*) from t").fetchone() == (rows,)
