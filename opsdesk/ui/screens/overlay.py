"""What every dialog over a screen shares: its ground, Esc, the banner of an outage, the palette of the theme."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from opsdesk.core.register import Look
from opsdesk.ui.screens.home import AtHome
from opsdesk.ui.widgets.banner import Banner

T = TypeVar("T")
OUTAGE_KEY = "F10"


class Overlay(AtHome[T], ModalScreen[T], Generic[T]):
    """Esc closes it without an answer."""

    CSS_PATH = "overlay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_none", show=False, priority=True)]

    def action_dismiss_none(self) -> None:
        self.dismiss(None)


class Warned(Overlay[T], Generic[T]):
    """An outage stands on top of it, and F10 leads from it to how that stands."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f10", "outage", show=False, priority=True)]

    def on_mount(self) -> None:
        banner = Banner(id="banner", markup=False)
        banner.key = OUTAGE_KEY
        self.mount(banner)
        self.home.changed.subscribe(self, lambda _: self.draw_banner())
        self.set_interval(1, self.draw_banner)
        self.call_after_refresh(self.draw_banner)

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw_banner)

    def draw_banner(self) -> None:
        look = Look(self.desk.now(), self.desk.settings)
        self.query_one(Banner).show(self.home.glance.alarm, look, self.palette)

    def action_outage(self) -> None:
        """Esc there leads back to the screen that lies below."""
        self.dismiss(None)
        self.home.show_outage()
