"""The day's backup as verbs and screen make it: asked for cheaply, said where it takes long, given up at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from opsdesk.cli import guarding, pace
from opsdesk.cli.pace import CLEAR
from opsdesk.cli.screen import Backup
from opsdesk.cli.wiring import Wiring
from opsdesk.store.guard import copying
from tests.cli.conftest import Run

LOADED = """
import sys
from opsdesk.cli.group import cli
try:
    cli(["--desk", sys.argv[1], "add", "Call"])
except SystemExit:
    print(*sorted(name for name in sys.modules if name.startswith(("opsdesk.store.guard", "opsdesk.core.guard"))))
"""


@pytest.fixture
def wiring(opsdesk: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Wiring:
    """Of a desk that has no backup of today."""
    monkeypatch.delenv("OPSDESK_NOW", raising=False)
    assert opsdesk("add", "Call").exit_code == 0
    for kept in (folder / "backups").iterdir():
        kept.unlink()
    return Wiring(folder)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "backups").iterdir() if path.name != ".lock")


def test_where_there_is_one_already_nothing_of_the_guard_is_loaded(wiring: Wiring, folder: Path) -> None:
    call = [sys.executable, "-c", LOADED, str(folder)]
    first, second = (subprocess.run(call, capture_output=True, text=True, check=True).stdout for _ in range(2))
    assert "opsdesk.store.guard" in first
    assert second.splitlines()[1:] == [""]
    assert names(folder)


def test_one_that_is_given_up_leaves_nothing_and_is_made_when_the_desk_is_left(
    wiring: Wiring, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "PAGES", 1)
    backup = Backup(wiring)
    backup.abandon()
    assert backup.made() == "No backup of today was made. The desk was left. The backup is made next time."
    assert names(folder) == []
    wiring.existing(writes=True)
    guarding.afterwards(wiring)
    wiring.close()
    assert len(names(folder)) == 1
    assert backup.made() == ""


def test_one_that_takes_long_is_said_on_a_terminal(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pace, "SOON", 0.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    wiring.existing(writes=True)
    guarding.afterwards(wiring)
    wiring.close()
    told = capsys.readouterr().err
    assert told.startswith(f"{CLEAR}The daily backup: copied 100 % …")
    assert told.endswith(CLEAR)
