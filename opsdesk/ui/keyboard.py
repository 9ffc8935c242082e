"""Each key acts before the next one is looked at, whatever is drawn meanwhile."""

from __future__ import annotations

from collections import deque

from textual.events import Event, Key, Paste
from textual.widgets import Input, TextArea

from opsdesk.ui.everywhere import Everywhere
from opsdesk.ui.widgets.capture_bar import CaptureBar

Typed = Key | Paste
SOON = 0.01  # seconds


class Keyboard(Everywhere):
    """Textual hands a key from widget to widget until one takes it, and each of them has a queue of its own: letters
    that go the short way overtake a Backspace, an Enter or the key that opens the bar, which go the long one. Here none
    is on its way while another is heard, and those pressed before a screen is there wait for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.key_at = self.key_before = 0.0  # when the last two keys were pressed, however late they are heard
        self._typed: deque[Typed] = deque()

    def quiet(self) -> float:
        """Seconds since the last key."""
        return Event().time - self.key_at

    async def on_event(self, event: Event) -> None:
        if not isinstance(event, Typed) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        await self.hear_typed()

    async def hear_typed(self) -> None:
        """What was typed and not heard yet, in its order, as far as there is a screen for it."""
        while self._typed and self.screen.is_mounted:
            await self._take(self._typed.popleft())
        if self._typed:
            self.set_timer(SOON, self.hear_typed)

    async def _take(self, event: Typed) -> None:
        bar = self._lit()
        if isinstance(event, Key):
            self.key_before, self.key_at = self.key_at, event.time
            taken = await self._pressed(event, bar)
        else:
            taken = bar is not None
            if bar is not None:
                bar.input.on_paste(event)
        if not taken:
            await super().on_event(event)

    def _lit(self) -> CaptureBar | None:
        """The bar, while everything that is typed is for it: a redraw or a window that was left takes no focus away."""
        front = self.front
        if front is None or front is not self.screen or not front.bar.typing:
            return None
        front.set_focus(front.bar.input)
        return front.bar

    async def _pressed(self, event: Key, bar: CaptureBar | None) -> bool:
        """Whether it is done with; what is left goes Textual's way."""
        self.app_focus = True
        if await self._check_bindings(event.key, priority=True):
            return True
        if bar is not None and event.key == "enter":
            bar.submit()
            return True
        if isinstance(self.focused, Input) and event.is_printable:
            self.focused.replace(event.character or "", *sorted(self.focused.selection))
            return True
        return not isinstance(self.focused, TextArea) and await self._check_bindings(event.key)
