"""What somebody has typed and nobody has kept: it outlives the bar, the screen, and the desk's being left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from opsdesk.core.text import clean

if TYPE_CHECKING:
    from opsdesk.ui.widgets.capture_bar import CaptureBar, Mode

ELSE = "names another customer: withheld"
UNTOLD = "not said here: it is not for those who are in this meeting"
QUOTED = 32  # characters of a line that is named in a sentence


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """As it is kept for next time.

    `scope`: the meeting it was typed in, empty outside of one; `id`, `label`: of its mode. Where it corrects a record,
    `rev` and `was`: the record's, and its words, as they were then.
    """

    scope: str = ""
    id: str
    label: str = ""
    text: str
    rev: int = 0
    was: str = ""

    @property
    def quoted(self) -> str:
        short = self.text if len(self.text) <= QUOTED else f"{self.text[: QUOTED - 1].rstrip()}…"
        return f'"{short}"'


class Kept(msgspec.Struct, kw_only=True, eq=False):
    """A line on its way: "sent" to the desk, given "back" by it, or "left" in the bar.

    `mode` belongs to `bar`, and takes the line from what was seen when it was begun. `at`: when its last key was
    pressed. `asked`: how often its person was asked about it. `done`: the desk has it; set on the thread that writes.
    """

    line: Line
    state: Literal["sent", "back", "left"]
    mode: Mode | None = None
    bar: CaptureBar | None = None
    at: float = 0.0
    asked: int = 0
    done: bool = False

    def of(self, bar: CaptureBar) -> Mode | None:
        """The mode it can be gone on with in this bar; None where that screen is gone."""
        return self.mode if self.bar is bar else None


class Drafts:
    """`kept`: what `text` gave when the desk was left; `changed` is called when there is more to keep than before."""

    def __init__(self, kept: str = "", changed: Callable[[], None] = lambda: None) -> None:
        self._all = [Kept(line=line, state="left") for line in _read(kept)]
        self._changed = changed

    def __iter__(self) -> Iterator[Kept]:
        """Oldest first."""
        self._all = [kept for kept in self._all if not kept.done]
        return iter(tuple(self._all))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything that is not kept by the desk, oldest first, also what is still on its way there."""
        return tuple(kept.line for kept in self)

    @property
    def text(self) -> str:
        """To be given back as `kept`; empty where there is nothing."""
        return msgspec.json.encode(self.lines).decode() if self.lines else ""

    def put(self, kept: Kept) -> Kept:
        """Held from now on; the same words in the same place are one draft."""
        self._all = [*(each for each in self if each.state != "left" or not _twins(each.line, kept.line)), kept]
        if kept.state == "left":
            self._changed()
        return kept

    def turn(self, kept: Kept, state: Literal["back", "left"]) -> None:
        """The desk has not kept it, or is not to."""
        kept.state = state
        self._changed()

    def take(self, kept: Kept) -> None:
        """It stands in a bar again."""
        self._all = [each for each in self if each is not kept]

    def told(self) -> tuple[str, ...]:
        """What is said once the desk was left."""
        return tuple(f"Kept as a draft for next time: {line.label} {line.quoted}" for line in self.lines)

    # which of them

    def back(self, bar: CaptureBar, tells: Callable[[str], bool] = lambda text: False) -> Kept | None:
        """The oldest that was given back to this bar, and does not `tell`."""
        back = (kept for kept in self if kept.state == "back" and kept.bar is bar)
        return next((kept for kept in back if not tells(kept.line.text)), None)

    def of(self, scope: str, id: str, tells: Callable[[str], bool]) -> Kept | None:
        """The one last left in this mode, else the oldest that it was given back; none that `tells`."""
        mine = [kept for kept in self if (kept.line.scope, kept.line.id) == (scope, id) and not tells(kept.line.text)]
        back = [kept for kept in mine if kept.state == "back"]
        return next((kept for kept in reversed(mine) if kept.state == "left"), next(iter(back), None))

    def near(self, place: Place) -> Kept | None:
        """What is to be gone on with here: what was given back, then what was last left.

        What was typed elsewhere only where the team is alone.
        """
        scope, alone = place.scope, place.alone()
        here = [kept for kept in self if kept.state != "sent" and (alone or kept.line.scope == scope)]
        here = [kept for kept in here if not place.tells(kept.line.text)]
        back = [kept for kept in here if kept.state == "back"]
        own = [kept for kept in here if kept.line.scope == scope]
        return next(iter(back or own[-1:] or here[-1:]), None)

    def waiting(self) -> str:
        """What was given back and stands in no bar yet, in a word or two; empty where nothing is."""
        back = [kept.line for kept in self if kept.state == "back"]
        more = f" and {len(back) - 1} more" if len(back) > 1 else ""
        return f"{back[0].quoted}{more}" if back else ""


class Place(msgspec.Struct, frozen=True):
    """Where a bar stands: `quiet` are the seconds since the last key, `alone` whether only the team looks on, `tells`
    which words those who look on must not read.
    """

    drafts: Drafts
    scope: str
    quiet: Callable[[], float]
    alone: Callable[[], bool]
    tells: Callable[[str], bool]

    def warning(self, typed: str) -> str:
        """Of words that are kept and not shown there; says no more than was typed. Empty where they may be read."""
        where = "from these minutes" if self.scope else "while they look on"
        return f"{ELSE} {where}" if self.tells(typed) else ""

    def said(self, words: str) -> str:
        """As it may be said there."""
        return UNTOLD if self.tells(words) else words


def moved(line: Line, mode: Mode) -> bool:
    """Whether the record has changed under what was typed."""
    return (line.rev, line.was) != (mode.rev, mode.text) if mode.rev else line.was != mode.text


def _twins(one: Line, other: Line) -> bool:
    return (one.scope, one.id, one.text) == (other.scope, other.id, other.text)


def _read(kept: str) -> tuple[Line, ...]:
    """A file that somebody has spoilt holds nothing."""
    try:
        found = msgspec.json.decode(kept or "[]", type=tuple[Line, ...])
    except (msgspec.DecodeError, UnicodeError):
        return ()
    return tuple(replace(line, text=clean(line.text), label=clean(line.label)) for line in found if line.text.strip())
