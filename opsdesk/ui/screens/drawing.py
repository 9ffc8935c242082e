"""Reading and drawing apart: values are read beside the screen, and drawn on it when they are there."""

from __future__ import annotations

from collections.abc import Callable

from opsdesk.core.errors import OpsDeskError
from opsdesk.ui.screens.intents import Intending


class Drawing(Intending):
    """A screen that keeps what it last read, so that a slow disk holds up the news and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self._due = self._reading = self._again = False

    def read(self) -> Callable[[], None]:
        """Reads everything that is drawn, on any thread; what it returns takes it over, on the screen's own.

        Raises OpsDeskError.
        """
        return lambda: None

    def redraw(self) -> None:
        """Draws what was read."""

    def draw_headline(self) -> None:
        """What the clock changes every second."""

    def refresh_soon(self) -> None:
        """Once after the next frame, however many ask for it."""
        if not self._due:
            self._due = True
            self.call_after_refresh(self.refresh_all)

    def refresh_all(self) -> None:
        """Reads again, beside the screen, and draws; once more where there is news meanwhile."""
        self._due = False
        if self._in_front:
            self._again = True
            if not self._reading:
                self.run_worker(self._read_again(), group="reading")

    def draw_again(self) -> None:
        """What was read, on a screen of another size."""
        if self._in_front:
            self.draw_all()

    @property
    def _in_front(self) -> bool:
        return self.there and self is self.home.front

    async def _read_again(self) -> None:
        self._reading = True
        try:
            while self._again:
                self._again = False
                take = await self.home.reading(self.read)
                if self._in_front:
                    take()
                    self.draw_all()
        except OpsDeskError as error:
            self.refused(error)
        finally:
            self._reading = False

    def draw_all(self) -> None:
        drawn = self.heed(self.redraw)
        self.bar.redraw()
        if drawn:
            self.heed(self.draw_headline)
            self.heed(self.draw_footer)
            self.home.take_leave()

    def heed(self, call: Callable[[], None]) -> bool:
        """Whether it went well; else what went wrong is said."""
        try:
            call()
        except OpsDeskError as error:
            self.refused(error)
            return False
        return True
