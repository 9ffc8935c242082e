"""A desk that cannot be opened: one sentence, exit 1, and the terminal as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.terminal.desks import opened


def refused(terminal: Terminal) -> str:
    """The one sentence that the program ended with."""
    assert terminal.wait_exit() == 1
    written = terminal.raw.decode()
    assert "\x1b" not in written
    assert "Traceback" not in written
    lines = written.split("\r\n")
    assert lines.pop() == ""
    (said,) = lines
    assert said.startswith("opsdesk: ")
    return said


def test_a_damaged_file(company: Path) -> None:
    (company / "desk.db").write_bytes(b"no database at all, " * 500)
    with opened(company, size=(400, 24)) as terminal:
        assert str(company / "desk.db") in refused(terminal)


def test_a_file_cut_short(company: Path) -> None:
    file = company / "desk.db"
    with file.open("r+b") as database:
        database.truncate(file.stat().st_size // 2)
    with opened(company, size=(400, 24)) as terminal:
        assert str(file) in refused(terminal)


def test_settings_that_cannot_be_read(company: Path) -> None:
    (company / "settings.toml").write_text("company = \x1b[31m", encoding="utf-8")
    with opened(company, size=(400, 24)) as terminal:
        assert "settings.toml" in refused(terminal)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with opened(tmp_path / "file" / "desk", size=(400, 24), HOME=str(tmp_path)) as terminal:
        assert str(tmp_path / "file") in refused(terminal)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("not a folder", encoding="utf-8")
    with opened(tmp_path / "desk", size=(400, 24)) as terminal:
        assert "is a file, and a desk is a folder." in refused(terminal)


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is writable for root")
@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_desk_that_may_not_be_written(company: Path, mode: int) -> None:
    company.chmod(mode)
    with opened(company, size=(400, 24)) as terminal:
        assert str(company) in refused(terminal)
    company.chmod(0o700)
