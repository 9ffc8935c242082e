"""What is said when something fails that nobody foresaw."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from opsdesk.cli.faults import Reporter
from opsdesk.cli.wiring import Wiring


def reported(folder: Path, error: BaseException) -> None:
    try:
        raise error
    except BaseException as caught:
        Reporter(Wiring(folder))(type(caught), caught, caught.__traceback__)


def test_one_sentence_is_said_and_the_rest_is_in_the_desks_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reported(tmp_path, KeyError("lost\nline"))
    assert capsys.readouterr().err == (
        "opsdesk: Something failed that nobody foresaw (KeyError: 'lost\\nline'). "
        f"The details are in {tmp_path}/errors.log.\n"
    )
    assert "Traceback (most recent call last)" in (tmp_path / "errors.log").read_text()


def test_the_log_grows(tmp_path: Path) -> None:
    reported(tmp_path, KeyError("first"))
    reported(tmp_path, KeyError("second"))
    assert (tmp_path / "errors.log").read_text().count("Traceback") == 2


def test_without_a_folder_the_details_are_kept_among_temporary_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    reported(tmp_path / "missing", KeyError("lost"))
    (log,) = tmp_path.glob("opsdesk-*.log")
    assert str(log) in capsys.readouterr().err
    assert "KeyError" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_an_interruption_is_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reported(tmp_path, KeyboardInterrupt())
    assert capsys.readouterr().err == ""
    assert list(tmp_path.iterdir()) == []


def test_a_very_long_failure_is_cut(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reported(tmp_path, ValueError("x" * 10_000))
    assert len(capsys.readouterr().err) < 500 + len(str(tmp_path))
