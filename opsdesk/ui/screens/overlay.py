"""What every dialog over a screen shares: its ground, Esc, the palette of the theme."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from opsdesk.ui.screens.home import AtHome

T = TypeVar("T")


class Overlay(AtHome[T], ModalScreen[T], Generic[T]):
    """Esc closes it without an answer."""

    CSS_PATH = "overlay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_none", show=False, priority=True)]

    def action_dismiss_none(self) -> None:
        self.dismiss(None)
