"""The pages of an outage, named in one line; a click turns to one."""

from __future__ import annotations

from textual.events import Click
from textual.widgets import Static

from opsdesk.ui.ink import Ink, content, width
from opsdesk.ui.theme import Palette
from opsdesk.ui.widgets.bars import MARGIN, KeyClicked

STANDING, POINTS, REVIEW = "show_standing", "show_points", "show_review"
PAGES = {STANDING: "how it stands", POINTS: "talking points", REVIEW: "review"}
ORDER = tuple(PAGES)


class Pages(Static):
    """The command that shows each page is its name."""

    places: tuple[tuple[int, int, str], ...] = ()
    _drawn: object = None

    def show(self, shown: str, palette: Palette) -> None:
        if (shown, palette) == self._drawn:
            return
        self._drawn = (shown, palette)
        pieces, places, column = [Ink(" " * MARGIN)], [], MARGIN
        for id, words in PAGES.items():
            pieces += [Ink(words, "accent!" if id == shown else "dim"), Ink("   ")]
            places.append((column, column + width(words), id))
            column += width(words) + 3
        self.places = tuple(places)
        self.update(content([*pieces, Ink("← →", "dim")], palette), layout=False)

    def on_click(self, event: Click) -> None:
        for start, end, id in self.places:
            if start <= event.x < end:
                self.post_message(KeyClicked(id))
