"""A table is shown before it is taken in, and whoever is at the terminal is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.terminal.desks import environment

TABLE = "Customer;Measure;Level;Comment\r\nGlobex;Support;Rot;two days without an answer\r\nGlobex;Foo;g;\r\n"


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "opsdesk", "--desk", str(folder), *words]


def scored(folder: Path) -> str:
    """The levels of Globex, as they stand."""
    env = {**os.environ, **environment(folder), "NO_COLOR": "1"}
    told = subprocess.run(
        command(folder, "scores", "--customer", "globex", "--csv"), env=env, check=True, capture_output=True
    )
    return told.stdout.decode().splitlines()[-1]


@pytest.mark.parametrize(
    ("answer", "said", "status", "levels"),
    [
        ("y", "1 flag taken in", 0, "globex,Globex,red,red,,,,20,,red,,,"),
        ("n", "opsdesk: Nothing was taken in.", 1, "globex,Globex,unknown,unknown,,,,0,,,,,"),
        ("", "opsdesk: Nothing was taken in.", 1, "globex,Globex,unknown,unknown,,,,0,,,,,"),
    ],
)
def test_good_lines_are_taken_once_somebody_agrees(
    company: Path, tmp_path: Path, answer: str, said: str, status: int, levels: str
) -> None:
    file = tmp_path / "scores.csv"
    file.write_bytes(TABLE.encode())
    env = environment(company)
    home = Path(env.pop("HOME"))
    with Terminal(*command(company, "import", "scores", str(file)), home=home, **env) as terminal:
        shown = terminal.wait("Take in 1 flag? [y/N]:")
        assert "1 flag would be taken in" in shown
        assert "customer: globex, measure: Support, level: red, comment: two days without an answer" in shown
        assert 'line 3: "Foo" is no measure' in shown
        terminal.type(f"{answer}\r")
        terminal.wait(said)
        assert terminal.wait_exit() == status
    assert scored(company) == levels
