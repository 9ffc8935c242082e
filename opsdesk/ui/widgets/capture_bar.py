"""The capture bar: lit while one types, answering as one types; what was said and what undo takes back below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from opsdesk.core.completion import Completion
from opsdesk.ui.drafts import Kept, Line, Place, moved
from opsdesk.ui.ink import Ink, content, foot, width, within
from opsdesk.ui.theme import PALETTES
from opsdesk.ui.undone import by_ctrl
from opsdesk.ui.warned import answered
from opsdesk.ui.widgets.one_line import OneLine

Pieces = Sequence[Ink]
EDGES = 4  # cells beside the line under the cursor
MARGINS = 6  # cells beside what was said
LINES = 2  # of it that are shown
QUIET = 1.0  # seconds without a key after which nobody is in the middle of something


class Mode(msgspec.Struct, frozen=True, kw_only=True):
    """What is being typed. `submit` gets the text; `answer` says what it understands; `stays`: open after Enter.

    `text` is what the bar starts with (a correction of the record at this `rev`), the cursor at `cursor`, else at its
    end; what is typed next is a word of its own. Drafts are kept by `id`, which names the record that they are of.
    `anyway` takes the text although something was asked about it. `complete`: what the word at the cursor can become,
    where that is more than a name. `bare`: an empty line says something too.
    """

    id: str
    label: str
    hint: str
    submit: Callable[[str], None]
    answer: Callable[[str], Pieces] = lambda text: ()
    anyway: Callable[[str], None] | None = None
    complete: Callable[[str, int], Sequence[Completion]] | None = None
    stays: bool = False
    bare: bool = False
    text: str = ""
    rev: int = 0
    cursor: int = -1


def _begun(mode: Mode) -> tuple[str, int]:
    """The words to begin with, and the place of the cursor: behind a whole word stands a space, behind "@" none."""
    if 0 <= mode.cursor < len(mode.text):
        return f"{mode.text[: mode.cursor]} {mode.text[mode.cursor :]}", mode.cursor + 1
    words = mode.text.rstrip()
    text = f"{words} " if len(words) > 1 else words
    return text, len(text)


def _plain(mode: Mode) -> str:
    return " ".join(mode.text.split())


def _waiting(line: Line) -> Pieces:
    return [Ink(f"draft kept   {line.text}", "dim"), Ink(f"   {line.label}" if line.label else "", "dim")]


class CaptureBar(Vertical):
    """Three lines: the input, what it is understood as, what was said. Nothing that was typed is ever dropped."""

    def __init__(self, finished: Callable[[], None], place: Place) -> None:
        """`finished` is called once what was typed is handed on, where the bar does not stay open."""
        super().__init__(id="capture")
        self._finished, self._place, self._drafts = finished, place, place.drafts
        self._mode: Mode | None = None
        self._spare: Kept | None = None  # a draft that up brings into the bar
        self._said = Ink("", "dim")
        self._offered: Pieces | None = None
        self._answered_for = ""
        self._drawn: dict[str, object] = {}

    def compose(self) -> ComposeResult:
        with Horizontal(id="capture-line"):
            yield Static(id="capture-mode", markup=False)
            yield OneLine(self._edited, id="capture-input")
        yield Static(id="capture-answer", markup=False)
        yield Static(id="capture-said", markup=False)

    def on_mount(self) -> None:
        self.input.can_focus = False
        self._light(False)

    @property
    def input(self) -> OneLine:
        return self.query_one("#capture-input", OneLine)

    @property
    def mode(self) -> Mode | None:
        return self._mode

    @property
    def typing(self) -> bool:
        return self._mode is not None

    def open(self, mode: Mode) -> None:
        """Lights the bar in this mode, with the draft that was left in it."""
        self.keep()
        kept = self._drafts.of(self._place.scope, mode.id, self._place.tells)
        if kept is None:
            self._begin(mode, *_begun(mode))
        elif kept.of(self) is None and moved(kept.line, mode):
            self._begin(mode, *_begun(mode))
            self._spare = kept
            self.say(f"{mode.label} has changed since you typed {kept.line.quoted} · ↑ puts that here", "orange")
        else:
            if moved(kept.line, mode):
                self.say(f"{mode.label} has changed since you typed this · Enter asks where it differs", "orange")
            self._go_on(kept, mode)

    def _go_on(self, kept: Kept, mode: Mode) -> None:
        """With what was typed before, in its own mode where that is still there."""
        self._drafts.take(kept)
        self._begin(kept.of(self) or mode, kept.line.text, len(kept.line.text))

    def _begin(self, mode: Mode, text: str, cursor: int) -> None:
        self._mode, self._spare = mode, None
        self.input.can_focus = True
        self.input.placeholder = mode.hint
        self.retype(text, cursor)
        self._light(True)
        self.screen.set_focus(self.input)
        self.answer()

    def close(self) -> None:
        """Back to the list; what was typed is kept as a draft."""
        self.keep()
        self._mode = self._spare = None
        self.input.can_focus = False
        self.input.value = ""
        self._light(False)

    def take(self) -> str:
        """The text, for submitting: the bar is empty at once, so that typing can go on."""
        text, self.input.value = self.input.value, ""
        return text

    # what could not be kept

    def sent(self, mode: Mode, text: str, at: float) -> Kept:
        """A line that is handed on now, with the key pressed at `at`."""
        return self._drafts.put(Kept(line=self._line(mode, text), state="sent", mode=mode, bar=self, at=at))

    def bring_back(self, *, at_once: bool = False) -> bool:
        """The oldest line that was given back stands in the bar, if nothing else does and nobody is typing."""
        kept = self._drafts.back(self, self._place.tells)
        busy = self.typing and bool(self.input.value.strip())
        if kept is None or kept.mode is None or busy or not (at_once or self._place.quiet() >= QUIET):
            return False
        self._go_on(kept, kept.mode)
        return True

    def recall(self) -> bool:
        """Up, where nothing has been typed: what was given back or left. Tells whether there was any."""
        mode, spare = self._mode, self._spare
        if mode is None or " ".join(self.input.value.split()) != (_plain(mode) if spare else ""):
            return False
        kept = spare or self._drafts.near(self._place)
        if kept is None:
            return False
        self._go_on(kept, mode)
        return True

    def keep(self) -> None:
        """What stands in the bar and is not what it began with becomes a draft."""
        mode = self._mode
        if mode is not None and " ".join(self.input.value.split()) not in ("", _plain(mode)):
            self._drafts.put(Kept(line=self._line(mode, self.input.value), state="left", mode=mode, bar=self))

    def _line(self, mode: Mode, text: str) -> Line:
        return Line(scope=self._place.scope, id=mode.id, label=mode.label, text=text, rev=mode.rev, was=mode.text)

    def retype(self, text: str, cursor: int | None = None) -> None:
        """Other words in the bar; the cursor at their end, or where it is said to be."""
        self.input.value = text
        self.input.cursor_position = len(text) if cursor is None else cursor

    @property
    def said(self) -> str:
        return self._said.text

    def say(self, text: str, role: str = "dim") -> None:
        self._said = Ink(self._place.said(text), role)
        self._light(self.typing)

    def answer(self, pieces: Pieces | None = None) -> None:
        """Pieces that are given stay until the next key; else what the mode says of what is typed."""
        self._offered, self._answered_for = pieces, self.input.value
        if pieces is None:
            pieces = answered(self._mode, self.input.value, self._place) if self._mode else ()
        self._show("#capture-answer", pieces)

    def rest(self, line: str, keys: str = "", lines: int = 2) -> None:
        """Not typing: what the list cuts of the line under the cursor, or the draft that was left last; below it what
        goes on, then its own keys. `lines`: of all of it, at most.
        """
        if not self.typing:
            kept = self._drafts.near(self._place)
            first, below = foot("" if kept else line, keys, self.size.width - EDGES, lines)
            self._show("#capture-said", [Ink(below, "dim")] if below else [])
            self.answer(_waiting(kept.line) if kept else [Ink(first, "dim")])

    def _show(self, where: str, pieces: Pieces) -> None:
        """What stands there already is not drawn again; the answer has one line, whatever it says."""
        wanted = (tuple(pieces), self.app.theme)
        if self._drawn.get(where) != wanted:
            self._drawn[where] = wanted
            drawn = content(pieces, PALETTES[self.app.theme])
            self.query_one(where, Static).update(drawn, layout=where != "#capture-answer")

    def redraw(self) -> None:
        """In the colours of the theme as it is now; what is offered stays."""
        self._light(self.typing)
        if self.typing:
            self.answer(self._offered)

    def _light(self, on: bool) -> None:
        """Lit, the words stand below the input; else beside the name of the state."""
        self.set_class(on, "-lit")
        label = self._mode.label if self._mode else "list"
        words = by_ctrl(self._said.text) if on else self._said.text
        said = Ink(within(words, self.size.width - MARGINS, LINES, 0 if on else width(label) + 3), self._said.role)
        beside = [] if on else [Ink("   "), said]
        self._show("#capture-mode", [Ink(label, "accent!" if on else "dim"), *beside])
        self._show("#capture-said", [said] if on else [])
        if not on:
            self.rest("")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._edited()

    def _edited(self) -> None:
        """What was answered for these very words is not asked again."""
        if self.typing and self._answered_for != self.input.value:
            self.answer()

    def submit(self) -> None:
        """Hands the text to its mode; an empty line is nothing, but where the mode is `bare`."""
        mode = self._mode
        if mode is None or not (mode.bare or self.input.value.strip()):
            return
        mode.submit(self.take())
        if not mode.stays:
            self._finished()
