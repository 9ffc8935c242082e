"""Two people have changed the same: who, when, theirs, yours, both, and one key that settles it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Event
from textual.widgets import Static

from opsdesk.core.errors import Conflict, OpsDeskError
from opsdesk.desk.conflicts import Choice, Disagreement, Line
from opsdesk.ui.commands import BY_ID, Situation, for_screen, why_not
from opsdesk.ui.ink import Ink, content, lines, shorten
from opsdesk.ui.screens.differing import marked, plain, shown
from opsdesk.ui.screens.overlay import Overlay

LABEL = 8  # cells
OPEN = ("title", "text", "due", "state", "level")  # fields that others than the team may read
MOMENT = 1.0  # seconds without a key, after which a key is one that was meant for this
REDRAWN = 0.1  # seconds
ELSEWHERE = "not shown here"
READ = "a key counts once none has come for a second"


class Overtaken(Overlay[Choice]):
    """The ten seconds in which somebody meets it, with the room watching:

    1. Enter was pressed on a correction, and instead of "corrected" a panel stands over the lower part of the room. The
       clock and the section stay in sight and go on. The first line says that nothing is lost; the second who it was
       and when, as the room says it, so that the first word can be said aloud: "Ana has just moved that."
    2. Below it, of each field, theirs and mine, the words that differ bold; then what both would be, and what it was.
       Fields that do not contradict each other are not here: they are merged already.
    3. Directly below the keys: `t` theirs, `m` mine, `b` both. Where both cannot be true `b` is grey and says why.
       Whoever does not want to decide before the room presses Esc: theirs stays, the words wait in the bar.
    4. The line at the bottom says what was kept, and how to get the other back: `z`, or ↑ for one's own words.

    It does not open under the fingers of somebody who types. While keys go on coming they choose nothing and reach
    nothing below: only one that comes after a second without any counts, and until then the keys are grey. If the
    record is changed once more meanwhile that is said, theirs is the new one, mine is still what was typed. Before a
    customer or the whole company it names no person, and no value that is the team's own. Answers with the choice,
    about `conflict` as it is then; None: Esc, or `gone`, why there is nothing left to choose.
    """

    SEEN_THROUGH: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(command.keys), f"choose('{command.id}')", show=False, priority=True)
        for command in for_screen("conflict")
        if command.keys
    ]

    def __init__(self, conflict: Conflict, told: Disagreement, *, once_more: bool = False) -> None:
        super().__init__()
        self.conflict, self._told = conflict, told
        self.gone: OpsDeskError | None = None
        self._since = Event().time  # when what stands there was drawn first
        self._once_more = once_more
        self._drawn: tuple[bool, int] | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="panel"):
            yield Static(id="panel-title", markup=False)
            with VerticalScroll(id="panel-values"):
                yield Static(id="panel-lines", markup=False)
            yield Static(id="panel-keys", markup=False)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(VerticalScroll))
        self.home.changed.subscribe(self, lambda _: self._look_soon())
        self.set_interval(REDRAWN, self._draw_keys)
        self._fit()
        self.call_after_refresh(self._draw)
        self._look_soon()

    def on_resize(self) -> None:
        self._fit()
        self.call_after_refresh(self._draw)

    def _fit(self) -> None:
        """Below the clock of the room; where there is no room for one, below its one line."""
        wide, high = self.size
        tiny = wide < 60 or high < 18
        top = 2 if tiny else 15 if wide >= 160 and high >= 44 else 9
        self.set_class(tiny, "-tiny")
        values = high - top - (4 if tiny else 7)  # what is over and under them is always in sight
        self.query_one("#panel-values").styles.max_height = max(2, values)

    # news of it

    def _look_soon(self) -> None:
        self.run_worker(self._look_again(), group="looking", exclusive=True)

    async def _look_again(self) -> None:
        before = self.conflict
        try:
            newer = await self.home.reading(lambda: self.desk.again(before))
            told = await self.home.reading(lambda: self.desk.told(newer))
        except OpsDeskError as error:
            self.gone = error
            self.dismiss(None)
            return
        if newer is not before and self.is_current:
            self.conflict, self._told, self._once_more, self._since = newer, told, True, Event().time
            self._draw() if newer.differences else self.dismiss("theirs")

    # what is drawn

    def _draw(self) -> None:
        self.query_one("#panel-title", Static).update(content([Ink(self._title(), "bright!")], self.palette))
        self.query_one("#panel-lines", Static).update(lines(self._lines(), self.palette))
        self._drawn = None
        self._draw_keys()

    def _title(self) -> str:
        id, room = self.conflict.id, self._room
        who = "somebody" if self._openly else self._told.by
        if self._once_more:
            return shorten(f"{id}: {who} has changed it once more · nothing is lost", room)
        long = f"{id} was changed while you typed · nothing is lost"
        return long if len(long) <= room else f"{id} was changed · nothing is lost"

    @property
    def _room(self) -> int:
        """Cells of a line."""
        return max(20, self.size.width - (2 if self.has_class("-tiny") else 8))

    @property
    def _openly(self) -> bool:
        """Whether others than the team look on."""
        return self.home.glance.before.audience != "team"

    def _lines(self) -> Iterator[list[Ink]]:
        tiny = self.has_class("-tiny")
        for at, line in enumerate(self._told.lines):
            if at and not tiny:
                yield []
            yield [Ink(line.title, "bright!"), *self._who(line)]
            if self._openly and (line.field not in OPEN or self._foreign(line)):
                yield [Ink(f"  {ELSEWHERE}", "dim")]
                continue
            for label, words in self._values(line):
                yield from self._value(label, words)

    def _foreign(self, line: Line) -> bool:
        """What stands there tells a customer of another one."""
        return any(map(self.home.glance.tells, (line.theirs, line.mine, line.both, line.was)))

    def _who(self, line: Line) -> tuple[Ink, ...]:
        if self._openly:
            return (Ink(f"   changed {line.when}", "dim"),)
        return Ink("   ", "dim"), Ink(line.by, "accent"), Ink(f" {line.when}", "dim")

    def _values(self, line: Line) -> Iterator[tuple[str, list[Ink]]]:
        """Theirs and mine first: where there is no room for more these two are seen."""
        yield "theirs", marked(line.theirs, line.mine) + self._why(line.theirs_why)
        yield "mine", marked(line.mine, line.theirs) + self._why(line.mine_why)
        if line.both:
            yield "both", plain(line.both, "ink")
        yield "was", plain(line.was, "dim")

    def _why(self, why: str) -> list[Ink]:
        return plain(f"because {why}", "dim") if why and not self._openly else []

    def _value(self, label: str, words: list[Ink]) -> Iterator[list[Ink]]:
        most = 2 if self.has_class("-tiny") else max(1, (self.size.height - 14) // 5)
        for at, row in enumerate(shown(words, self._room - LABEL - 2, most)):
            yield [Ink(f"  {'' if at else label:<{LABEL}}", "dim"), *row]

    @property
    def waiting(self) -> bool:
        """Whether somebody may be typing still, or has had no time to read it."""
        return Event().time - max(self.home.key_at, self._since) < MOMENT

    def _draw_keys(self) -> None:
        """Where it differs from what stands there."""
        state = (self.waiting, self._room)
        if state != self._drawn and self.is_attached:
            self._drawn = state
            self.query_one("#panel-keys", Static).update(lines(self._keys(self.waiting), self.palette))

    def _keys(self, waiting: bool) -> list[list[Ink]]:
        pieces: list[Ink] = []
        for command in for_screen("conflict"):
            able = not waiting and not why_not(command, self.situation)
            pieces += [Ink(command.shown, "bright!" if able else "dim"), Ink(f" {command.label}   ", "dim")]
        return [pieces, [Ink(READ if waiting else self._not_both(), "dim")]]

    def _not_both(self) -> str:
        return f"b is not possible: {self._told.one}" if self._told.one else ""

    @property
    def situation(self) -> Situation:
        return Situation(screen="conflict", both="both" in self._told.choices)

    # the keys

    @property
    def meant(self) -> bool:
        """Whether the key that is heard now was pressed by somebody who had stopped typing."""
        return self.home.key_at - max(self.home.key_before, self._since) >= MOMENT

    def action_choose(self, choice: Choice) -> None:
        if self.meant and not why_not(BY_ID[choice], self.situation):
            self.dismiss(choice)
