"""What is to be logged of a customer: the registers whose records name one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from opsdesk.core.names import fold
from opsdesk.ui.customer.logging import loggable
from opsdesk.ui.ink import Ink
from opsdesk.ui.register.typing import hint
from opsdesk.ui.screens.picker import Picker
from opsdesk.ui.widgets.columns import Column, Row


class LogPicker(Picker):
    """Answers with the kind of what is to be logged."""

    TITLE_TEXT = "Log of this customer   ·   Enter chooses, Esc goes back"
    HINT = "a request, a contact, a ticket …"
    COLUMNS: ClassVar[tuple[Column, ...]] = (Column(most=24), Column(flex=True, least=20))

    def rows(self, words: str) -> Sequence[Row]:
        parts = fold(words).split()
        found = loggable(self.home.glance.before)
        listed = [each for each in found if all(part in fold(f"{each.one} {each.title}") for part in parts)]
        return [Row(key=each.kind, cells=(Ink(each.one), Ink(hint(each), "dim"))) for each in listed]
