"""What happens where two people have changed the same: it is asked about, and settled in one step."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from opsdesk.core.errors import Conflict, OpsDeskError
from opsdesk.core.record import Record
from opsdesk.desk.conflicts import Choice, Disagreement
from opsdesk.ui.screens.drawing import Drawing
from opsdesk.ui.screens.overtaken import Overtaken


class Question(msgspec.Struct, frozen=True):
    """A conflict that is to be put before whoever typed; `lost` gives the words back."""

    conflict: Conflict
    told: Disagreement
    lost: Callable[[], None]


class Choosing(Drawing):
    """While somebody is typing already, or something else lies over the screen, the question waits for its moment."""

    def __init__(self) -> None:
        super().__init__()
        self._questions: list[Question] = []

    async def overtaken(self, conflict: Conflict, lost: Callable[[], None]) -> None:
        try:
            told = await self.home.reading(lambda: self.desk.told(conflict))
        except OpsDeskError as error:
            self.refused(error)
            lost()
            return
        self._questions.append(Question(conflict, told, lost))
        if self.bar.typing:
            self.say(f"{told.sentence} Esc asks what is to be kept.", "orange")
        self.ask()

    def ask(self) -> None:
        """The oldest question that waits, if there is one and this is the moment."""
        if self._questions and self.is_active and not self.bar.typing:
            question = self._questions.pop(0)
            self.app.push_screen(
                Overtaken(question.conflict, question.told), lambda choice: self._answered(question, choice)
            )

    def _answered(self, question: Question, choice: Choice | None) -> None:
        conflict = question.conflict
        if choice is None:
            self.say(f"{conflict.id} stays as it is now · your words are in the bar", "orange")
            question.lost()
            return
        before = conflict.mine.rev if conflict.mine else 0
        self.intend(
            lambda: self.desk.resolve(conflict, choice),
            lambda kept: settled(kept, choice, wrote=kept.rev != before),
            lost=question.lost,
        )


KEPT: dict[Choice, str] = {"theirs": "theirs is kept", "mine": "yours is kept", "both": "both are kept"}


def settled(kept: Record, choice: Choice, *, wrote: bool) -> str:
    """What came of it; where theirs is all there is to it nothing was written, and there is nothing to undo."""
    return f"{kept.id}: {KEPT[choice]}" + (" · z undoes" if wrote else "")
