"""Which customer, measure and level the words after a verb of the score sheet mean."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.names import Directory, fold
from opsdesk.core.settings import Measure

if TYPE_CHECKING:
    from opsdesk.core.flagentry import FlagDraft
    from opsdesk.desk import Desk

LONGEST_NAME = 6
FEW = 5
WANTED = "It is said as: CUSTOMER MEASURE LEVEL WHY, as in globex support red 'two days without an answer'."


def customer_named(desk: Desk, typed: str) -> str:
    """The handle of the customer with this handle, name or clear beginning of one. Raises NotFound."""
    known = desk.people.names().customers
    found = known.find(typed.lstrip("#"))
    if len(found) == 1:
        return found[0]
    if found:
        named = ", ".join(f"{known.name(each)} (#{each})" for each in found[:FEW])
        raise NotFound(f"{typed!r} may be {named}.", "Name one by its handle.")
    near = get_close_matches(fold(typed), known.starting(""), n=3, cutoff=0.5)
    hint = f"Close are {', '.join(near)}." if near else "opsdesk list customers shows which there are."
    raise NotFound(f"No customer is called {typed!r}.", hint)


def refuse_left(desk: Desk, handle: str) -> None:
    """Of who is no customer any more nothing is said. Raises Invalid, with what brings it back."""
    from opsdesk.core.customers import Customer
    from opsdesk.core.dates import readable

    found = next(iter(desk.read.where(Customer, handle=handle)), None)
    if found is None or found.active:
        return
    left = f" (left {readable(found.left, desk.today())})" if found.left else ""
    raise Invalid(
        f"{found.name} is no customer any more{left}.", f"opsdesk retire --back '#{handle}' makes it one again."
    )


def measure_named(desk: Desk, typed: str) -> Measure:
    """The measure of this name or a clear beginning of it. Raises NotFound."""
    measures = desk.settings.measures
    found = [each for each in measures if fold(each.name) == fold(typed)]
    found = found or [each for each in measures if fold(typed) and fold(each.name).startswith(fold(typed))]
    if len(found) == 1:
        return found[0]
    raise NotFound(f"There is no measure {typed!r}.", f"There are {', '.join(each.name for each in measures)}.")


def person_named(desk: Desk, typed: str) -> str:
    """The handle of the person with this handle, name or clear beginning of one; as typed where there is none."""
    found = desk.people.names().people.find(typed.lstrip("@")) if typed else ()
    return found[0] if len(found) == 1 else typed.lstrip("@").lower()


def flag_meant(desk: Desk, words: Sequence[str]) -> FlagDraft:
    """A whole line; what is missing is only ever the reason. Raises NotFound for a name, Invalid without a level."""
    draft = desk.scores.parse(" ".join(words))
    refuse_left(desk, draft.customer)
    if "customer" in draft.missing:
        customer_named(desk, words[0])
        raise Invalid("It names no customer.", WANTED)
    if "measure" in draft.missing:
        _, rest = parted(desk, words)
        if not rest:
            raise Invalid("It names no measure.", WANTED)
        measure_named(desk, rest[0])
    if "level" in draft.missing:
        raise Invalid("It names no level.", "Say r, o, g or u behind the measure: red, orange, green, unknown.")
    return draft


def parted(desk: Desk, words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The customer that the first of them name, by its handle, and the rest. Raises NotFound."""
    apart = [part for word in words for part in word.split()]
    known: Directory = desk.people.names().customers
    for count in range(min(len(apart), LONGEST_NAME), 0, -1):
        found = known.find(" ".join(apart[:count]).lstrip("#"))
        if len(found) == 1:
            return found[0], apart[count:]
    return customer_named(desk, words[0]), apart[1:]
