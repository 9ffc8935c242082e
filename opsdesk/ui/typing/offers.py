"""What the bar offers: the other date, the new name, the name that is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opsdesk.core.completion import complete as complete_names
from opsdesk.core.marks import DUE
from opsdesk.ui.ink import Ink
from opsdesk.ui.typing.modes import ACTION_HINT

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen


def take_offer(screen: DeskScreen) -> None:
    """The offered date takes the place of the one that was typed."""
    bar, offer = screen.bar, screen.offer
    if bar.mode is None or offer is None:
        return
    text = bar.input.value
    chip = next((c for c in screen.draft(text).chips if c.role == "due"), None)
    if chip is not None:
        marker = DUE if text[chip.start : chip.end].lower().startswith(DUE) else ""
        bar.retype(f"{text[: chip.start]}{marker}{offer.isoformat()}{text[chip.end :]}")


def anyway(screen: DeskScreen) -> None:
    """Creates the names that are not known; with none, keeps what was asked about as it is."""
    bar = screen.bar
    if bar.mode is None or not bar.input.value.strip():
        return
    unknown = creatable(screen, bar.input.value) if bar.mode.hint == ACTION_HINT else ()
    if unknown:
        screen.intend(
            lambda: create(screen, unknown), lambda made: f"{made} created · z undoes", then=lambda _: bar.answer()
        )
    elif bar.mode.anyway is not None:
        mode = bar.mode
        bar.mode.anyway(bar.take())
        if not mode.stays:
            screen.stop_typing()


def creatable(screen: DeskScreen, text: str) -> tuple[str, ...]:
    """Names nobody has; the start of several names is none."""
    draft = screen.draft(text)
    return tuple(name for name in draft.unknown if name not in draft.ambiguous)


def create(screen: DeskScreen, unknown: Sequence[str]) -> str:
    """A person for each @name and !name, a customer for each #name; nobody twice."""
    people = screen.desk.people
    for customer, name in dict.fromkeys((name[0] == "#", name[1:].title()) for name in unknown):
        (people.add_customer if customer else people.add)(name)
    return ", ".join(unknown)


def complete(screen: DeskScreen) -> None:
    """Tab: the word before the cursor is completed; of several the likeliest, and the others are named."""
    bar = screen.bar
    text, cursor = bar.input.value, bar.input.cursor_position
    own = bar.mode.complete if bar.mode else None
    found = own(text, cursor) if own else complete_names(text, cursor, screen.home.glance.shown)
    if not found:
        fields = ", field: one of what it asks for" if own else ""
        bar.answer([Ink(f"nothing to complete here: @ names a person, # a customer{fields}", "dim")])
        return
    first, *others = found
    word = first.text if first.text.endswith(":") else f"{first.text} "
    bar.retype(text[: first.start] + word + text[first.end :].lstrip(), first.start + len(word))
    if others:
        names = ", ".join(dict.fromkeys(f"{o.text} {o.label}" if o.label != o.text else o.text for o in others[:4]))
        bar.answer([Ink(f"{first.label}", "ink"), Ink(f"   also: {names}", "dim")])
