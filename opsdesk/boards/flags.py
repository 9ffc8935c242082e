"""All open flags: red, then orange, the longest first, with what is owed."""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.boards.lay import Found, Table
from opsdesk.core.scores import Score


def find(table: Table) -> Iterable[Found]:
    return [table.flag(score) for score in table.reader.live(Score) if score.level in ("red", "orange")]
