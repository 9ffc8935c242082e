"""That what is typed will not be read by those who look on: while it is typed, and once it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opsdesk.ui.ink import Ink

if TYPE_CHECKING:
    from opsdesk.ui.drafts import Place
    from opsdesk.ui.widgets.capture_bar import Mode

NARROW = "narrow"  # its words are looked for, and kept nowhere
UNDOES = " · z undoes"


def answered(mode: Mode, typed: str, place: Place) -> Sequence[Ink]:
    """What the mode says of it, behind the warning.

    Of #customer and customers:customer the mode speaks itself, alike of those that there are and those there are not.
    """
    pieces = mode.answer(typed)
    words = " ".join(word for word in typed.split() if not _refers(word))
    warning = place.warning(words) if mode.id != NARROW else ""
    return [Ink(warning, "orange"), Ink(" · " if pieces else "", "dim"), *pieces] if warning else pieces


def _refers(word: str) -> bool:
    return word.startswith("#") or "=" in word or ":" in word.rstrip(":")


def warned(words: str, warning: str) -> str:
    """N-3 kept · names another customer: withheld from these minutes · z undoes."""
    done = words.removesuffix(UNDOES)
    undoes = UNDOES if done != words else ""
    return f"{done} · {warning}{undoes}" if done and warning else words
