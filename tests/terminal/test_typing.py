"""Typed fast into a real terminal while another desk commits every few milliseconds: every letter, in its order."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from opsdesk.core.clocks import current
from opsdesk.core.entries import Note
from opsdesk.core.meeting import Meeting
from opsdesk.store.sqlite import SqliteStore
from tests.terminal import Terminal
from tests.terminal.desks import TYPING, opened

LINES = 4
SAID = "then d x 0 1 5 q z, said in a room full of people who talk, with wirr\x7f\x7fth spaces and in haste"
KEPT = "then d x 0 1 5 q z, said in a room full of people who talk, with with spaces and in haste"


@contextmanager
def another_desk_writes(folder: Path, meeting: str) -> Iterator[None]:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.terminal.chatter", str(folder), meeting]
    talking = subprocess.Popen(command, cwd=root, env={**os.environ, "OPSDESK_USER": "ana"})
    try:
        yield
        assert talking.poll() is None, "the other desk fell silent"
    finally:
        talking.kill()
        talking.wait()


def in_the_room(sue: Terminal) -> None:
    sue.wait("KEPT PROMISES")
    sue.press("m")
    sue.wait("▌ Burning issues")


def kept(folder: Path) -> tuple[list[str], int]:
    """The notes of the meeting, and the section it is in."""
    with closing(SqliteStore(folder)) as store:
        return [note.text for note in store.all(Note)], current(store.get(Meeting, "M-1"))


def test_what_is_kept_is_what_was_typed(company: Path) -> None:
    with opened(company) as sue:
        in_the_room(sue)
        with another_desk_writes(company, "M-1"):
            sue.wait("News 5")
            sue.type("n")
            for number in range(LINES):
                for at in range(0, len(SAID), 5):
                    sue.type((f"{number} " if at == 0 else "") + SAID[at : at + 5])
                    sue.pump(0.03)
                sue.type("\r")
            sue.wait_until(lambda: len(kept(company)[0]) == LINES, "a line is lost")
        assert kept(company) == ([f"{number} {KEPT}" for number in range(LINES)], 0)


def test_what_stands_in_the_bar_is_what_was_typed(company: Path) -> None:
    with opened(company, size=(160, 40)) as sue:
        in_the_room(sue)
        with another_desk_writes(company, "M-1"):
            sue.wait("News 5")
            sue.type(f"n{SAID}")
            sue.wait(TYPING)
            sue.match(rf"note +{KEPT}\s")
            sue.resize(120, 36)
            sue.type(" of it")
            sue.wait(f"{KEPT[-40:]} of it")
        assert kept(company) == ([], 0)
