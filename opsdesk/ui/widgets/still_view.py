"""What scrolls without moving anything beside it."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class StillView(ScrollView):
    """Its place on the screen does not depend on how many lines there are: the screen is not laid out anew for them."""

    virtual_size = Reactive(Size(0, 0))

    def watch_virtual_size(self, before: Size, now: Size) -> None:
        """Only where the scrollbar comes or goes the lines have another width."""
        room = self.container_size.height
        if (before.height > room) != (now.height > room):
            self.refresh(layout=True)
        elif self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = now.height
        self.scroll_y = min(self.scroll_y, self.max_scroll_y)
