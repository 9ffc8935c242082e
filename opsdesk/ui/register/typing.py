"""What is typed into the bar of a register: a new record, what a verb asks for, a field, the words to narrow by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from opsdesk.core.completion import Completion
from opsdesk.core.entrywords import Entry, Slots, slots_of
from opsdesk.core.errors import Invalid
from opsdesk.core.names import fold
from opsdesk.core.register import Register, Registered
from opsdesk.core.registercompletion import complete
from opsdesk.core.registerentry import parse
from opsdesk.core.stepping import past
from opsdesk.ui.ink import Ink
from opsdesk.ui.register import ahead, setting
from opsdesk.ui.register.says import Says
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.register.verbs import RegisterVerbs
    from opsdesk.ui.screens.base import DeskScreen

T = TypeVar("T")
NARROW = "narrow"
Pieces = Sequence[Ink]


def hint(register: Register) -> str:
    """What a new record's line is made of."""
    said = [
        "what" if register.text else "",
        "@who" if register.owner else "",
        "#customer" if register.customer else "",
        "field:value",
        "a date" if register.day else "",
        "until a date" if register.until else "",
    ]
    return "  ".join(filter(None, said))


def understood(says: Says, slots: Slots, text: str) -> Pieces:
    """The chips of a line, what is not known and what is wrong."""
    if not text.strip():
        return [Ink("Enter keeps it, Tab completes, Esc leaves", "dim")]
    entry = parse(text, slots, says.directories, says.look)
    known = [chip for chip in entry.chips if chip.field]
    chips = [Ink(chip.text, "orange" if chip.role == "unknown" else "ink") for chip in known]
    another = _another(says, entry, text)
    if another:
        return [*_between([*chips, Ink(another, "orange")])]
    told = [*chips, *(Ink(words, "orange") for words in _doubts(says, slots, entry))]
    return [*_between([*told, *_assumed(says, slots, entry)]), *_asked(says, entry, told)] or [Ink("words only", "dim")]


def _another(says: Says, entry: Entry, text: str) -> str:
    """Before one customer, of any other name: nothing tells whether there is such a customer."""
    strange = any(chip.role == "unknown" and text[chip.start : chip.start + 1] == "#" for chip in entry.chips)
    only = says.room.customer
    return f"only {says.directories['customers'].name(only)} in this call" if only and strange else ""


def _assumed(says: Says, slots: Slots, entry: Entry) -> list[Ink]:
    """What a new record is taken for, where nobody says."""
    words = "" if slots.only else says.register.assumed(entry.values)
    return [Ink(words, "dim")] if words else []


def _asked(says: Says, entry: Entry, told: Sequence[Ink]) -> Pieces:
    asked = next(filter(None, (*entry.asked, past(says.register, entry.values, says.look))), "")
    if not asked:
        return ()
    words = [Ink(" · ", "dim"), Ink(asked.rstrip("."), "orange")][not told :]
    return [*words, Ink("   ctrl+o ", "bright!"), Ink("keeps it so", "dim")]


def _doubts(says: Says, slots: Slots, entry: Entry) -> list[str]:
    """Before a customer it is said when what is typed will not be among what they see."""
    only, name = says.room.customer, slots.customer
    whose = (entry.values.get(name) or says.whose) if name and not slots.only else None
    if says.room.audience == "customer" and not slots.only and only not in (whose, *_several(whose)):
        return ["kept, and not shown here: it is not theirs"]
    return []


def _several(whose: object) -> tuple[object, ...]:
    return whose if isinstance(whose, tuple) else ()


def _between(pieces: Pieces) -> list[Ink]:
    return [each for piece in pieces for each in (Ink(" · ", "dim"), piece)][1:]


def understandable(says: Says, slots: Slots, text: str, meant: bool = False) -> None:
    """Raises Invalid in words for those in the room, before the desk says it in its own; also for what is asked about
    it, unless that is `meant`.
    """
    entry = parse(text, slots, says.directories, says.look)
    if entry.problems:
        raise Invalid(entry.problems[0])
    another = _another(says, entry, text)
    if another and not meant:
        raise Invalid(f"O{another[1:]}.", "Take the other name out, or put it in quotes.")
    if entry.asked and not meant:
        raise Invalid(entry.asked[0], "Quotes keep it as text, ctrl+o keeps the line as it is.")


def new_mode(screen: RegisterVerbs) -> Mode:
    says = screen.book.says
    kind = says.register.kind
    screen.slots[f"new {kind}"] = slots_of(says.register)
    use = screen.desk.registers
    return record_mode(
        screen,
        says,
        lambda text: use.add(kind, text),
        lambda text: use.anyway.add(kind, text),
        then=lambda made: screen.show_record(made.id),
    )


def record_mode(
    screen: DeskScreen,
    says: Says,
    add: Callable[[str], Registered],
    anyway: Callable[[str], Registered],
    then: Callable[[Registered], None] = lambda _: None,
) -> Mode:
    """A new record of a register in one line; `anyway`: where something was asked about it."""
    register = says.register
    slots = slots_of(register)

    def call(text: str) -> Registered:
        understandable(says, slots, text)
        return add(text)

    def meant(text: str) -> Registered:
        understandable(says, slots, text, meant=True)
        return anyway(text)

    return words_mode(
        screen,
        id=f"new {register.kind}",
        label=f"new {register.one}",
        hint=hint(register),
        call=call,
        said=lambda made: f"{made.id} kept · z undoes",
        answer=lambda text: [*ahead.of_new(screen.desk, says, slots, text), *understood(says, slots, text)],
        complete=lambda text, cursor: completions(says, slots, text, cursor),
        stays=True,
        then=then,
        anyway=meant,
    )


def set_mode(screen: RegisterVerbs, ids: Sequence[str], whom: str, seen: Sequence[Registered]) -> Mode:
    says = screen.book.says

    def answer(text: str) -> Pieces:
        if not text.strip():
            return [Ink(", ".join(setting.able(says.register)), "dim")]
        try:
            told = setting.told(says, text)
        except Invalid as error:
            return [Ink(f"{error.message} {error.hint}".strip(), "dim" if "=" not in text else "orange")]
        return _between([Ink(f"{title} {value}") for title, value in told])

    def call(text: str) -> object:
        return screen.desk.registers.set(ids, setting.settings(says, text), seen=seen)

    def anyway(text: str) -> object:
        return screen.desk.registers.anyway.set(ids, setting.settings(says, text), seen=seen)

    screen.slots[f"set {whom}"] = slots_of(says.register)
    return words_mode(
        screen,
        id=f"set {whom}",
        label=f"set of {whom}",
        hint="field=value",
        call=call,
        said=lambda _: f"{whom} set · z undoes",
        answer=answer,
        then=lambda _: screen.do_unmark(),
        anyway=anyway,
    )


def narrow_mode(screen: RegisterVerbs) -> Mode:
    """Every key narrows; nothing of it is a draft."""

    def answer(text: str) -> Pieces:
        screen.narrow(text)
        return [Ink(screen.count, "dim"), Ink("   Enter keeps it so, Esc shows all", "dim")]

    return Mode(id=NARROW, label="narrow", hint="words", submit=screen.narrow, answer=answer, text=screen.words)


def completions(says: Says, slots: Slots, text: str, cursor: int) -> tuple[Completion, ...]:
    """Of a line, or of field=value, which is completed alike; the names of fields too."""
    found = complete(text.replace("=", ":"), cursor, slots, says.directories)
    return found or (() if slots.only else _fields(says.register, text, cursor))


def _fields(register: Register, text: str, cursor: int) -> tuple[Completion, ...]:
    begun = text[:cursor].rsplit(" ", 1)[-1]
    sign = "=" if "=" in text or not text[:cursor].strip(begun).strip() else ":"
    names = [name for name in setting.able(register) if begun and name.startswith(fold(begun))]
    return tuple(Completion(name + sign, cursor - len(begun), cursor, name) for name in names)
