"""The keys of the walk over the flags: the next one, the one before, and how it begins."""

from __future__ import annotations

from collections.abc import Callable

from opsdesk.core.clocks import current, current_section, view
from opsdesk.core.flagwalk import Turn, Walk, before
from opsdesk.core.meeting import Meeting
from opsdesk.core.moves import FLAGS
from opsdesk.ui.flagwalk.cells import CellKeys
from opsdesk.ui.flagwalk.typing import oranges_mode, skip_mode


class WalkKeys(CellKeys):
    """Each step is one intent, for the flag that was seen when the key was pressed."""

    # walking

    def do_walk_skip(self) -> None:
        turn = self.turn_now
        if turn is not None:
            self.type(skip_mode(self, turn))

    def do_walk_oranges(self) -> None:
        if self.flags is not None:
            self.type(oranges_mode(self, len(self.flags.walk.oranges)))

    def do_next(self) -> None:
        """It was spoken of: the next flag; after the last one the next section, or the closing."""
        turn = self.turn_now
        if self._walks and self.section_read != current(self.meeting):
            self.refresh_soon()  # it has only just been entered
        elif turn is None or view(self.meeting, self.desk.now()).last_five:
            super().do_next()
        else:
            self._discussed(turn)

    def _discussed(self, turn: Turn) -> None:
        name = self.cell_called(turn.cell)
        self.intend(
            lambda: self.desk.walk.discussed(self.meeting_id, of=turn.cell),
            lambda walk: self.then_comes(f"{name} discussed", walk),
            then=self._on_from,
        )

    def _on_from(self, walk: Walk) -> None:
        if walk.on and walk.current is None:
            super().do_next()

    def do_back(self) -> None:
        """The flag before; at the first the section before."""
        found = self.flags if self.stage == "walk" else None
        if found is None or before(found.walk) is None:
            super().do_back()
            return
        of = found.walk.current.cell if found.walk.current else None
        self.intend(
            lambda: self.desk.walk.back(self.meeting_id, of=of),
            lambda walk: f"back to {self.cell_called(walk.current.cell)} · z undoes" if walk.current else "",
        )

    # beginning

    def on_mount(self) -> None:
        super().on_mount()
        self.begin_walk(self.meeting)

    def event(
        self,
        call: Callable[[], Meeting],
        said: Callable[[Meeting], str],
        then: Callable[[Meeting], None] = lambda _: None,
    ) -> None:
        """Whoever leads into the section begins the walk."""
        at = current(self.meeting)

        def arrived(meeting: Meeting) -> None:
            then(meeting)
            if current(meeting) != at:
                self.begin_walk(meeting)

        super().event(call, said, arrived)

    def begin_walk(self, meeting: Meeting) -> None:
        on = meeting.state == "running" and meeting.closing is None
        if on and current_section(meeting).board == FLAGS and not self._listened:
            self.intend(lambda: self.desk.walk.begin(self.meeting_id), self._begun)

    def _begun(self, walk: Walk) -> str:
        if walk.current is None:
            return f"{walk.title}: no flag is red or orange · space goes on"
        reds = sum(each.score.level == "red" for each in walk.ahead)
        return f"{walk.title}: {walk.total} flag{'s' * (walk.total != 1)}, {reds} red · space is the next one"
