"""What is said of the whole sheet, of one that has nothing to show, and of the meeting that goes on meanwhile."""

from __future__ import annotations

from datetime import datetime

from opsdesk.core.clocks import view
from opsdesk.core.meeting import Meeting
from opsdesk.core.scores import Level
from opsdesk.insight.coverage import Coverage
from opsdesk.ui.ink import Ink, flag
from opsdesk.ui.scores.book import Book
from opsdesk.ui.widgets.clock import spoken

LISTENED = "a customer is in the room: how we judge our customers is not shown"


def counted(book: Book, *, freshness: bool) -> list[Ink]:
    """How many are of each level, and of how many anybody knows."""
    levels: tuple[Level, ...] = ("red", "orange", "green", "unknown")
    made = [Ink(f"{flag(each).text} {book.counts[each]:,}  ", flag(each).role) for each in levels]
    if book.overridden:
        made.append(Ink(f"({book.overridden} judged)  ", "dim"))
    return [*made, *_fresh(book.coverage)] if freshness and book.rows else made


def _fresh(found: Coverage | None) -> list[Ink]:
    if found is None:
        return [Ink("  fresh …", "dim")]
    role = "bright" if found.met else "orange"
    return [Ink("  fresh ", "dim"), Ink(f"{found.percent} %", role), Ink(f" of {found.goal}", "dim")]


def meeting_clock(running: Meeting | None, now: datetime) -> list[Ink]:
    """The section that is on and what is left of it."""
    if running is None:
        return []
    found = view(running, now)
    tone = found.tone if found.tone != "green" else "ink"
    return [Ink(f"{found.title} ", "accent"), Ink(spoken(found.left), tone), Ink("   ")]


def empty(book: Book | None, words: str) -> tuple[str, ...]:
    """Why no customer is listed, and what to do; without a book: a customer listens."""
    if book is None:
        return (f"{LISTENED[:1].upper()}{LISTENED[1:]}. Esc goes back.",)
    if book.rows:
        return (f'No customer has "{words}".', "Esc shows all again.")
    return ("There are no customers yet.", "1, then a and a new #name in its line, adds one; so does opsdesk import.")
