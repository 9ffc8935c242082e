"""What every screen and dialog knows of the application it is shown by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual.screen import Screen

from opsdesk.desk import Desk
from opsdesk.ui.theme import PALETTES, Palette

if TYPE_CHECKING:
    from opsdesk.ui.app import OpsDesk

T = TypeVar("T")


class AtHome(Screen[T], Generic[T]):
    """The application, its desk, the colours of its theme."""

    @property
    def home(self) -> OpsDesk:
        return cast("OpsDesk", self.app)

    @property
    def desk(self) -> Desk:
        return self.home.desk

    @property
    def palette(self) -> Palette:
        return PALETTES[self.app.theme]
