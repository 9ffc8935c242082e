"""The word about how far long work has come."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from opsdesk.cli.pace import CLEAR, EVERY, paced


def test_only_a_terminal_is_told_and_its_line_goes_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(paced(range(EVERY), "rows")) == list(range(EVERY))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(paced(range(EVERY + 1), "rows")) == list(range(EVERY + 1))
    assert capsys.readouterr().err == f"{CLEAR}5,000 rows …{CLEAR}"
    assert list(paced(range(3), "rows")) == [0, 1, 2]
    assert capsys.readouterr().err == ""


def test_an_interruption_leaves_no_half_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    def interrupted() -> Iterator[int]:
        yield from range(EVERY)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(paced(interrupted(), "rows"))
    assert capsys.readouterr().err.endswith(CLEAR)
