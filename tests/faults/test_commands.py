"""The command line under every fault: one sentence, exit 1, nothing changed; and what was answered is there."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from opsdesk.core.actions import Action
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.faults.forge import ROOT, Ack, Forge
from tests.faults.ledger import audited, disk, no_id_twice

LOOKING = (["list", "actions"], ["show", "A-1"])
CHANGING = (["add", "One more @sue"], ["done", "A-1"], ["undo"])
EVERY = (*LOOKING, *CHANGING)
LONG = ["add", "x" * 9_000]
NOBODY = 65534
PROCESSES = 40

Run = Callable[..., Ack]


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A desk as the command line makes it, with enough in it that there is something to damage."""
    place = tmp_path / "desk"
    assert run("add", "Call Globex back").get("code") == 0
    with closing(SqliteStore(place)) as store, store.work("fill", by="sue", at=START) as work:
        for number in range(60):
            work.add(Action(title=f"Number {number} " + "x" * 200))
    assert [path.name for path in place.iterdir() if "-" in path.name] == []
    return place


@pytest.fixture
def run(forge: Forge, tmp_path: Path) -> Run:
    said = {"OPSDESK_DESK": str(tmp_path / "desk"), "OPSDESK_USER": "sue", "OPSDESK_NOW": START.isoformat()}

    def run(*argv: str, limit: int = 0, **more: str) -> Ack:
        named: dict[str, Any] = {**said, "XDG_CONFIG_HOME": str(tmp_path / "config"), **more}
        return forge.fork("tests.faults.verbs:run", argv, named, limit).finish()[0]

    return run


def refused(ran: Ack, *words: str) -> None:
    """One sentence on stderr, and nothing else anywhere."""
    assert (ran["code"], ran["out"]) == (1, "")
    assert re.fullmatch(r"opsdesk: [^\n]+\.\n", ran["err"]), ran["err"]
    assert "Traceback" not in ran["err"]
    assert "nobody foresaw" not in ran["err"]
    assert any(word in ran["err"] for word in words), ran["err"]


def garbage(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:4096] + random.Random(1).randbytes(len(content) - 4096))


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2 // 4096 * 4096)


def cut_within_a_page(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2 + 77)


def cut_to_its_header(file: Path) -> None:
    os.truncate(file, 100)


def empty(file: Path) -> None:
    os.truncate(file, 0)


def text(file: Path) -> None:
    file.write_text("Minutes of last Friday\n" * 999)


def another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as db:
        db.execute("create table bookmarks(x)")
        db.commit()


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("pragma user_version=99")
        db.commit()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


FAULTS: dict[Callable[[Path], None], tuple[str, ...]] = {
    garbage: ("damaged",),
    cut: ("damaged", "cut short"),
    cut_within_a_page: ("damaged", "cut short"),
    cut_to_its_header: ("damaged", "cut short"),
    empty: ("is empty",),
    text: ("is not a desk",),
    another_program: ("another program",),
    newer: ("newer OpsDesk",),
    a_folder: ("Is a directory", "is a folder"),
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_file_that_cannot_be_used_is_one_sentence_and_left_alone(
    run: Run, folder: Path, fault: Callable[[Path], None]
) -> None:
    fault(folder / "desk.db")
    before = disk(folder)
    for verb in EVERY:
        refused(run(*verb), *FAULTS[fault])
        assert disk(folder) == before


def test_a_folder_that_may_not_be_written_can_be_read(run: Run, folder: Path) -> None:
    before = disk(folder)
    (folder / "desk.db").chmod(0o400)
    folder.chmod(0o500)
    for verb in LOOKING:
        assert run(*verb)["code"] == 0
    for verb in CHANGING:
        refused(run(*verb), "may not be written")
    folder.chmod(0o700)
    assert disk(folder) == before


def test_a_folder_of_somebody_else_is_one_sentence(run: Run, folder: Path) -> None:
    before = disk(folder)
    folder.chmod(0o700 if os.getuid() == 0 else 0)
    if os.getuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    for verb in EVERY:
        refused(run(*verb), "cannot be looked into", "Permission denied")
    if os.getuid() == 0:
        os.chown(folder, 0, 0)
    folder.chmod(0o700)
    assert disk(folder) == before


def test_a_file_of_somebody_else_is_one_sentence(run: Run, folder: Path) -> None:
    before = disk(folder)
    (folder / "desk.db").chmod(0)
    for verb in EVERY:
        refused(run(*verb), "Permission denied", "may not be opened", "cannot be opened")
    (folder / "desk.db").chmod(0o600)
    assert disk(folder) == before


def test_a_folder_that_is_gone_is_one_sentence_and_stays_gone(run: Run, folder: Path) -> None:
    shutil.rmtree(folder)
    for verb in (["done", "A-1"], ["undo"], ["show", "A-1"]):
        refused(run(*verb), "There is no")
        assert not folder.exists()


def test_a_folder_that_is_a_file_is_one_sentence(run: Run, folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("mine")
    for verb in EVERY:
        refused(run(*verb), "is a file")
    assert folder.read_text() == "mine"


@pytest.mark.parametrize("room", [100, 5_000, 34_000])
def test_no_room_is_one_sentence_and_changes_nothing(run: Run, folder: Path, room: int) -> None:
    before = run("list", "actions", "--json")["out"]
    verbs = [LONG] if room == 34_000 else CHANGING
    for verb in verbs:
        refused(run(*verb, limit=room), "disk")
    assert run("list", "actions", "--json")["out"] == before
    with closing(SqliteStore(folder)) as store:
        assert len(audited(store)) == 2
    assert run("done", "A-1")["code"] == 0
    assert run("add", "There is room again")["out"].startswith("A-62 ")


def started(folder: Path, title: str) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    verb = [sys.executable, "-m", "opsdesk", "--desk", str(folder), "--as", "sue", "add", f"{title} nodate"]
    return subprocess.Popen(verb, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=ROOT)


def whole_life(folder: Path) -> float:
    begun = perf_counter()
    assert started(folder, "left alone").wait() == 0
    return perf_counter() - begun


def test_whatever_a_killed_process_had_answered_is_there(tmp_path: Path) -> None:
    """Whole processes, from the interpreter's start: most kills fall before the command, some into it or after."""
    chance, answered, folder = random.Random(1), list[str](), tmp_path / "desk"
    whole, killed = min(whole_life(tmp_path / f"tried-{number}") for number in range(3)), 0
    for number in range(PROCESSES):
        ran = started(folder, f"Number {number}")
        try:
            ran.wait(chance.uniform(0.5, 1.5) * whole)
        except subprocess.TimeoutExpired:
            ran.kill()
        out, err = ran.communicate()
        assert ran.returncode in (0, -signal.SIGKILL), err
        killed += ran.returncode != 0
        answered += re.findall(r"^(A-\d+)  (Number \d+)$", out.decode(), re.MULTILINE)
        with closing(SqliteStore(folder)) as store:
            history = audited(store)
            titles = {action.id: action.title for action in store.all(Action)}
            assert dict(answered).items() <= titles.items()
            assert len(answered) <= len(history) <= len(answered) + killed
    no_id_twice([id for id, _ in answered])
    assert killed > 0
    assert answered
