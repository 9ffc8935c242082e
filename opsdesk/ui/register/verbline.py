"""The line that a verb of a register asks for: read, answered as one types, kept; on whichever screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from opsdesk.core.entrywords import Slots, slots_of
from opsdesk.core.register import Register, Registered, Verb
from opsdesk.desk import Desk
from opsdesk.ui.ink import Ink
from opsdesk.ui.register import ahead
from opsdesk.ui.register.says import Says
from opsdesk.ui.register.typing import understandable, understood
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.register.verbs import RegisterVerbs

T = TypeVar("T")


class VerbLine(NamedTuple, Generic[T]):
    """`call` keeps a line that is understood whole, `anyway` also one that was asked about; both raise Invalid."""

    call: Callable[[str], T]
    anyway: Callable[[str], T]
    answer: Callable[[str], Sequence[Ink]]


def verb_line(
    desk: Desk,
    says: Says,
    slots: Slots,
    verb: Verb,
    record: Registered | None,
    call: Callable[[str], T],
    anyway: Callable[[str], T],
) -> VerbLine[T]:
    """`record`: what it is done with, where that is one."""

    def checked(text: str) -> T:
        understandable(says, slots, text)
        return call(text)

    def meant(text: str) -> T:
        understandable(says, slots, text, meant=True)
        return anyway(text)

    def answer(text: str) -> Sequence[Ink]:
        if not text.strip():
            return ()
        runs_into = ahead.of_verb(desk, says, slots, text, verb, record) if record is not None else []
        return [*runs_into, *understood(says, slots, text)]

    return VerbLine(checked, meant, answer)


def asked(register: Register, verb: Verb) -> str:
    """What the verb's line is made of, what may be left out in brackets."""
    from opsdesk.core.declared import title_of

    names = [title_of(register.shape, name).lower() for name in verb.asks]
    needed = [title_of(register.shape, name).lower() for name in verb.needs]
    return "  ".join([*needed, *(f"({name})" for name in names if name not in needed)])


def verb_mode(
    screen: RegisterVerbs,
    verb: Verb,
    whom: str,
    call: Callable[[str], T],
    said: Callable[[T], str],
    anyway: Callable[[str], T],
    text: str = "",
) -> Mode:
    """`whom`: the record's id, or how many there are; `text`: what the line begins with."""
    says = screen.book.says
    slots = slots_of(says.register, verb)
    id = f"{verb.id} {whom}"
    screen.slots[id] = slots
    one = screen.targets[0] if len(screen.targets) == 1 else None
    line = verb_line(screen.desk, says, slots, verb, one, call, anyway)
    return words_mode(
        screen,
        id=id,
        label=f"{whom}: {verb.label.lower()}",
        hint=asked(says.register, verb),
        call=line.call,
        said=said,
        answer=line.answer,
        text=text,
        then=lambda _: screen.do_unmark(),
        anyway=line.anyway,
    )
