"""Output that cannot be written, or not in every letter."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

FULL = Path("/dev/full")
Opsdesk = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def opsdesk(folder: Path) -> Opsdesk:
    """Runs one verb in a process of its own, on a terminal that knows the letters of Latin-1."""

    def run(*argv: str, output: str = "") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "opsdesk", "--desk", str(folder), *argv]
        with open(output or os.devnull, "wb") as place:
            stdout = place if output else subprocess.PIPE
            environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
            return subprocess.run(command, env=environment, stdout=stdout, stderr=subprocess.PIPE, check=False)

    return run


def test_letters_the_terminal_lacks_are_question_marks(opsdesk: Opsdesk) -> None:
    told = opsdesk("list", "actions")
    assert (told.returncode, told.stderr) == (0, b"")
    assert b"?????????" in told.stdout


def test_json_is_whole_whatever_the_terminal_shows(opsdesk: Opsdesk) -> None:
    told = opsdesk("list", "actions", "--json")
    assert json.loads(told.stdout.decode())[1]["title"] == "荷物のラベルを直す"


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(
    ("argv", "kept"),
    [
        (
            ("add", "Call"),
            "A-4 was made, but the output could not be written: No space left on device. opsdesk show A-4",
        ),
        (("done", "A-1"), "A-1 done, but the output could not be written"),
        (("list", "actions"), "The output could not be written"),
    ],
)
def test_what_is_kept_is_told_where_the_output_is_lost(opsdesk: Opsdesk, argv: tuple[str, ...], kept: str) -> None:
    told = opsdesk(*argv, output=str(FULL))
    assert told.returncode == 1
    said = re.sub(r"opsdesk --desk \S+ ", "opsdesk ", told.stderr.decode())
    assert said.startswith(f"opsdesk: {kept}")
