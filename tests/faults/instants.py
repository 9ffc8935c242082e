"""When to kill: any time in the life of a child, measured on this machine as it is now."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.faults.forge import Forge

TRIED = 3
PAST_THE_END = 1.2


class Instants:
    """How long a piece of work takes that is left alone, and random times from its start to a little past its end."""

    def __init__(
        self, forge: Forge, folder: Path, work: str, *given: Any, before: Callable[[Path], Any] = Path.exists
    ) -> None:
        """`before` furnishes the folder for it."""
        self.chance, self.before = random.Random(f"{folder.name} {work}"), before
        self.whole = min(self._taken(forge, folder, work, *given) for _ in range(TRIED))

    def _taken(self, forge: Forge, folder: Path, work: str, *given: Any) -> float:
        self.before(folder)
        begun = perf_counter()
        forge.fork(work, str(folder), *given).finish()
        taken = perf_counter() - begun
        shutil.rmtree(folder)
        return taken

    def any(self) -> float:
        """In seconds from the fork."""
        return self.chance.uniform(0, PAST_THE_END) * self.whole

    def early(self) -> float:
        """While the desk is opened or made, and during the first commands."""
        return self.chance.uniform(0, 0.3) * self.whole


COUNTED = "tests.faults.counted:counted"
NEVER = 1_000_000_000


def steps(forge: Forge, folder: Path, most: int, work: str, *given: Any, statements: bool = True) -> list[int]:
    """Of the steps of this work in this folder as many as `most`, evenly spread over all of them.

    Without `statements` only what it does to files itself counts, and not what it has SQLite do.
    """
    whole = int(forge.fork(COUNTED, work, NEVER, statements, str(folder), *given).finish()[-1]["steps"])
    assert whole > 0
    return sorted({place * whole // most for place in range(most)})
