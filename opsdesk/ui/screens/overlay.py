"""What every dialog over a screen shares: its ground, Esc, the palette of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from opsdesk.desk import Desk
from opsdesk.ui.theme import PALETTES, Palette

if TYPE_CHECKING:
    from opsdesk.ui.app import OpsDesk

T = TypeVar("T")


class Overlay(ModalScreen[T], Generic[T]):
    """Esc closes it without an answer."""

    CSS_PATH = "overlay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_none", show=False, priority=True)]

    @property
    def home(self) -> OpsDesk:
        return cast("OpsDesk", self.app)

    @property
    def desk(self) -> Desk:
        return self.home.desk

    @property
    def palette(self) -> Palette:
        return PALETTES[self.app.theme]

    def action_dismiss_none(self) -> None:
        self.dismiss(None)
