"""Find: a record by any part of it, from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from opsdesk.insight.find import find
from opsdesk.ui.ink import Ink
from opsdesk.ui.screens.picker import Picker
from opsdesk.ui.widgets.columns import Column, Row


class Find(Picker):
    """Only what those in the room may see is found."""

    TITLE_TEXT = "Find"
    HINT = "a name, a word, an id"
    COLUMNS: ClassVar[tuple[Column, ...]] = (Column(most=7), Column(flex=True, least=24), Column(most=34, drop=1))

    def rows(self, words: str) -> Sequence[Row]:
        if not words:
            return [
                Row(across=(Ink(" Customers, people, actions, decisions, notes, meetings: type any part.", "dim"),))
            ]
        hits = find(self.desk.read, words, self.home.room())
        return [Row(key=h.id, cells=(Ink(h.id, "accent"), Ink(h.text), Ink(h.about, "dim"))) for h in hits]
