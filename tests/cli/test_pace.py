"""The word about how far long work has come."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from opsdesk.cli import pace
from opsdesk.cli.pace import CLEAR, EVERY, paced


def test_only_a_terminal_is_told_and_its_line_goes_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(paced(range(EVERY), "rows")) == list(range(EVERY))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(pace, "SOON", 0.0)
    assert list(paced(range(EVERY + 1), "rows")) == list(range(EVERY + 1))
    assert capsys.readouterr().err == f"{CLEAR}1,000 rows …{CLEAR}"
    assert list(paced(range(3), "rows")) == [0, 1, 2]
    assert capsys.readouterr().err == ""


def test_an_interruption_leaves_no_half_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(pace, "SOON", 0.0)

    def interrupted() -> Iterator[int]:
        yield from range(EVERY)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(paced(interrupted(), "rows"))
    assert capsys.readouterr().err == f"{CLEAR}1,000 rows …{CLEAR}"


def test_progress_is_shown_of_long_work_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for terminal, shown in ((False, ""), (True, "\r\x1b[Kcopied 40 % …\r\x1b[K")):
        monkeypatch.setattr("sys.stderr.isatty", lambda terminal=terminal: terminal)
        monkeypatch.setattr(pace, "SOON", 0.0)
        with pace.progress() as told:
            told("copied 40 %")
            told("copied 41 %")
        assert capsys.readouterr().err == shown


def test_work_that_is_done_at_once_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with pace.progress() as told:
        told("copied 100 %")
    assert capsys.readouterr().err == ""
