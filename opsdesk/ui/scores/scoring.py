"""A screen on which levels are said: of which meeting that is, and what a cell says now."""

from __future__ import annotations

from collections.abc import Mapping

from opsdesk.core.register import Look
from opsdesk.core.scores import Score, measure_key
from opsdesk.ui.screens.base import DeskScreen


class Scoring(DeskScreen):
    @property
    def look(self) -> Look:
        return Look(self.desk.now(), self.desk.settings)

    @property
    def said_in(self) -> Mapping[str, str]:
        """`meeting` and `section` of what is said here; empty outside of one."""
        raise NotImplementedError

    def score_of(self, handle: str, measure: str) -> Score | None:
        """What the cell says now."""
        found = self.desk.read.live(Score)
        key = measure_key(measure)
        cell = [each for each in found if each.customer == handle and measure_key(each.measure) == key]
        return max(cell, key=lambda each: each.at, default=None)
