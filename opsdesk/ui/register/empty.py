"""What a register says where nothing is listed: why, and what to do."""

from __future__ import annotations

from opsdesk.ui.register.says import Says
from opsdesk.ui.register.typing import hint


def told(says: Says, words: str, *, whole: bool, any_listed: bool) -> tuple[str, ...]:
    title, one = says.register.title.lower(), says.register.one
    if words and any_listed:
        over = "" if whole else " ; looks among what is over too."
        return (f'None of these {title} has "{words}".', f"Esc shows all again.{over}")
    if not says.team:
        return ("Nothing here is for those who are in the room.",)
    new = f"ctrl+n adds one: {hint(says.register)}"
    if whole:
        return (f"There are no {title} yet.", new)
    return (f"No {one} is open.", "; lists what is over.", new)
