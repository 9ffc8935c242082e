"""The list of the customer page."""

from __future__ import annotations

from opsdesk.ui.widgets.spread import Spread


class PageList(Spread):
    """A record stands on several rows; those below the one with the cursor come into sight with it."""

    def _reveal(self) -> None:
        super()._reveal()
        here = self._here
        if here is None or not self.size.height:
            return
        rows = self._spread[here.column]
        last = here.line
        while last + 1 < len(rows) and not rows[last + 1].selectable and rows[last + 1].across:
            last += 1
        bottom = self.scroll_offset.y + self.size.height - 1
        if last > bottom:
            top = min(here.line, last - self.size.height + 1)
            self.scroll_to(y=top, animate=False, immediate=True)
