"""The capture bar: lit while one types, answering as one types; what was said and what undo takes back below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Paste
from textual.widgets import Input, Static

from opsdesk.core.text import clean
from opsdesk.ui.ink import Ink, content
from opsdesk.ui.theme import PALETTES

Pieces = Sequence[Ink]


class Mode(msgspec.Struct, frozen=True, kw_only=True):
    """What is being typed. `submit` gets the text; `answer` says what it understands; `stays`: open after Enter.

    `text` is what the bar starts with (a correction; what is typed next is a word of its own); drafts of new
    entries are kept by `id`. `anyway` takes the text although something was asked about it.
    """

    id: str
    label: str
    hint: str
    submit: Callable[[str], None]
    answer: Callable[[str], Pieces] = lambda text: ()
    anyway: Callable[[str], None] | None = None
    stays: bool = False
    text: str = ""


def _begun(text: str) -> str:
    """Ready to be typed on: behind a whole word stands a space, behind a lone sign such as "@" none."""
    words = text.rstrip()
    return f"{words} " if len(words) > 1 else words


class OneLine(Input):
    """Several pasted lines become one, so that none is lost and none runs a command."""

    def on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(clean(event.text), *sorted(self.selection))


class CaptureBar(Vertical):
    """Three lines: the input, what it is understood as, what was said."""

    def __init__(self, finished: Callable[[], None]) -> None:
        """`finished` is called once what was typed is handed on, where the bar does not stay open."""
        super().__init__(id="capture")
        self._finished = finished
        self._mode: Mode | None = None
        self._drafts: dict[str, str] = {}
        self._returned: dict[str, Mode] = {}
        self._said = Ink("", "dim")
        self._offered: Pieces | None = None
        self._offered_for = ""

    def compose(self) -> ComposeResult:
        with Horizontal(id="capture-line"):
            yield Static(id="capture-mode", markup=False)
            yield OneLine(id="capture-input", compact=True, select_on_focus=False)
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
        self._keep_draft()
        mode = self._returned.pop(mode.id, mode)
        self._mode = mode
        self.input.can_focus = True
        self.input.placeholder = mode.hint
        self.input.value = _begun(mode.text) or self._drafts.pop(mode.id, "")
        self.input.cursor_position = len(self.input.value)
        self._light(True)
        self.screen.set_focus(self.input)
        self.answer()

    def close(self) -> None:
        """Back to the list; what was typed is kept as a draft."""
        self._keep_draft()
        self._mode = None
        self.input.can_focus = False
        self.input.value = ""
        self._light(False)

    def take(self) -> str:
        """The text, for submitting: the bar is empty at once, so that typing can go on."""
        text, self.input.value = self.input.value, ""
        return text

    def give_back(self, mode: Mode, text: str) -> None:
        """The submitted text could not be kept: it stands in the bar again, or waits as a draft."""
        if self._mode is not None and self._mode.id == mode.id and not self.input.value:
            self.input.value = text
            self.input.cursor_position = len(text)
        elif self._mode is None:
            self.open(replace(mode, text=text))
            self.retype(text)
        elif mode.text:
            self._returned[mode.id] = replace(mode, text=text)
        else:
            self._drafts[mode.id] = text

    def retype(self, text: str, cursor: int | None = None) -> None:
        """Other words in the bar; the cursor at their end, or where it is said to be."""
        self.input.value = text
        self.input.cursor_position = len(text) if cursor is None else cursor

    @property
    def said(self) -> str:
        return self._said.text

    def say(self, text: str, role: str = "dim") -> None:
        self._said = Ink(text, role)
        self._light(self.typing)

    def answer(self, pieces: Pieces | None = None) -> None:
        """Pieces that are given stay until the next key; else what the mode says of what is typed."""
        self._offered, self._offered_for = pieces, self.input.value
        if pieces is None:
            pieces = self._mode.answer(self.input.value) if self._mode else ()
        self._show("#capture-answer", pieces)

    def rest(self, line: str) -> None:
        """Not typing: the line under the cursor in full, or the draft that waits."""
        waiting = next(iter((*self._drafts.values(), *(mode.text for mode in self._returned.values()))), "")
        if not self.typing:
            self.answer([Ink("draft kept   ", "dim"), Ink(waiting, "dim")] if waiting else [Ink(line, "dim")])

    def _show(self, where: str, pieces: Pieces) -> None:
        self.query_one(where, Static).update(content(pieces, PALETTES[self.app.theme]))

    def redraw(self) -> None:
        """In the colours of the theme as it is now; what is offered stays."""
        self._light(self.typing)
        if self.typing:
            self.answer(self._offered)

    def _keep_draft(self) -> None:
        if self._mode is not None and not self._mode.text and self.input.value.strip():
            self._drafts[self._mode.id] = self.input.value

    def _light(self, on: bool) -> None:
        """Lit, the words stand below the input; else beside the name of the state."""
        self.set_class(on, "-lit")
        label = self._mode.label if self._mode else "list"
        beside = [] if on else [Ink("   "), self._said]
        self._show("#capture-mode", [Ink(label, "accent!" if on else "dim"), *beside])
        self._show("#capture-said", [self._said] if on else [])
        if not on:
            self.rest("")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.typing and (self._offered is None or self._offered_for != self.input.value):
            self.answer()

    def submit(self) -> None:
        """Hands the text to its mode; an empty line is nothing."""
        mode = self._mode
        if mode is None or not self.input.value.strip():
            return
        mode.submit(self.take())
        if not mode.stays:
            self._finished()
