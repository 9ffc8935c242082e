"""What happens where two people have changed the same: it is asked about, and settled in one step."""

from __future__ import annotations

import msgspec

from opsdesk.core.errors import Conflict, OpsDeskError
from opsdesk.core.record import Record
from opsdesk.desk.conflicts import Choice, Disagreement
from opsdesk.ui.screens.drawing import Drawing
from opsdesk.ui.screens.intents import Sent
from opsdesk.ui.screens.overtaken import Overtaken
from opsdesk.ui.widgets.capture_bar import QUIET


class Question(msgspec.Struct, frozen=True):
    """A conflict that is to be put before whoever typed; `sent` holds the words."""

    conflict: Conflict
    told: Disagreement
    sent: Sent


class Choosing(Drawing):
    """While somebody is typing, or something else lies over the screen, the question waits for its moment."""

    def __init__(self) -> None:
        super().__init__()
        self._questions: list[Question] = []

    async def overtaken(self, conflict: Conflict, sent: Sent) -> None:
        try:
            told = await self.home.reading(lambda: self.desk.told(conflict))
        except OpsDeskError as error:
            self.lose(sent, error)
            return
        if not self.there:
            self.lose(sent, conflict)
            return
        self._questions.append(Question(conflict, told, sent))
        if self.bar.typing:
            self.say(f"{told.sentence} Esc asks what is to be kept.", "orange")
        self.ask(at_once=sent.line is not None and sent.line.at == self.home.key_at)

    def on_unmount(self) -> None:
        """Nobody can be asked here any more: what was typed waits as a draft."""
        for question in self._questions:
            if question.sent.line is not None:
                self.home.drafts.turn(question.sent.line, "left")

    @property
    def asking(self) -> bool:
        """Whether a question waits, or stands over the screen."""
        return bool(self._questions) or not self.is_current

    def ask(self, *, at_once: bool = False) -> None:
        """The oldest question that waits, if there is one and nobody is in the middle of something."""
        if not self._questions or not self.is_active or self.bar.typing:
            return
        if at_once or self.home.quiet() >= QUIET:
            question = self._questions.pop(0)
            line = question.sent.line
            page = Overtaken(question.conflict, question.told, once_more=line is not None and line.asked > 0)
            self.app.push_screen(page, lambda choice: self._answered(page, question.sent, choice))

    def _answered(self, page: Overtaken, sent: Sent, choice: Choice | None) -> None:
        conflict = page.conflict
        if choice is None:
            self._as_it_is(page, sent)
            return
        if sent.line is not None:
            sent.line.asked, sent.line.at = sent.line.asked + 1, self.home.key_at
        before = conflict.mine.rev if conflict.mine else 0

        def settle() -> Record:
            kept = self.desk.resolve(conflict, choice)
            if sent.line is not None:
                sent.line.done = choice != "theirs"
            return kept

        def own(_: Record) -> None:
            if choice == "theirs" and sent.line is not None:
                self.home.drafts.turn(sent.line, "left")
                self.draw_footer()

        self.intend(
            settle,
            lambda kept: settled(kept, choice, wrote=kept.rev != before, typed=sent.line is not None),
            lost=sent.lost,
            then=own,
            line=sent.line,
        )

    def _as_it_is(self, page: Overtaken, sent: Sent) -> None:
        """Theirs stays. The words stand in the bar at once, unless it was left by somebody who goes on typing."""
        sent.lost()
        back = sent.line is not None and self.give_back(sent.line, at_once=page.meant)
        where = "your words are in the bar" if back else "your words come back to the bar"
        told = str(page.gone) if page.gone else f"{page.conflict.id} stays as it is now"
        self.say(f"{told} · {where}" if sent.line is not None else told, "orange")


KEPT: dict[Choice, str] = {"theirs": "theirs is kept", "mine": "yours is kept", "both": "both are kept"}


def settled(kept: Record, choice: Choice, *, wrote: bool, typed: bool) -> str:
    """What came of it, and how one gets the other back; where theirs is all there is to it nothing was written."""
    own = " · ↑ in the bar brings your words back" if choice == "theirs" and typed else ""
    return f"{kept.id}: {KEPT[choice]}" + own + (" · z undoes" if wrote else "")
